#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader finds on every page, and the whole way with nothing but the keyboard:

    tests/gtk/run-wizard-test tests/gtk/test-accessibility.py build/src/gtk/optsetup [TEST]...
"""

import re

import tour
import wizard as driver

# What can be used, and so must say what it is.
USED = ("button", "check box", "combo box", "heading", "label", "menu item", "radio button",
        "spin button", "text")
# These get the focus; a list or a box would tell nobody anything.
FOCUSED = (*USED, "list item")


# What does something, and so must not be taken for another of its kind.
DOES = ("button", "check box", "combo box", "radio button", "spin button", "text")


class EveryPage(driver.Case):
    """Names, roles and relations of all that is on each page, and then of all that Tab leads to."""

    def go(self, name):
        wizard = tour.start(self, name)
        tour.TOURS[name](wizard, self.look)

    def look(self, name):
        with self.subTest(name):
            tree = self.wizard.snapshot()
            self.audit(tree.children[-1])
            if "wrong" in name:
                self.assert_error(tree)
            self.tab_through()

    def audit(self, window):
        for node in window.walk():
            if node.role in USED and node.has("focusable"):
                self.assert_named(node)
            if node.role == "button":
                self.assertNotIn("_", node.raw_name)
            self.assertNotIn(node.role, ("unknown", "role 0"), str(node))
        self.assertLessEqual(len(window.find_all("heading")), 1)
        # libadwaita has the buttons of a question twice, for two widths, and shows what fits.
        if window.has("modal"):
            return
        done = [self.describe(node) for node in window.walk()
                if node.role in DOES and node.has("focusable")]
        self.assertEqual(sorted({words for words in done if done.count(words) > 1}), [])

    def assert_named(self, node):
        # The button that shows a password is libadwaita's, and has a description only.
        self.assertTrue(node.name or node.description(), f"no name: {path_to(node)}")

    @staticmethod
    def describe(node):
        """All that tells it from others: its name, its description, and what it is a part of."""
        parts = [above.name for above in node.ancestors() if above.role in ("list", "list item")]
        return f"{node.role} “{node.name}” ({node.description()}) in {parts}"

    def assert_error(self, tree):
        """One entry is wrong, and why stands in a sentence that is on the screen."""
        wrong = [node for node in tree.find_all("text") if node.is_invalid()]
        self.assertEqual(len(wrong), 1, wrong)
        (sentence,) = wrong[0].descriptions()
        self.assertRegex(sentence, r"\.$")
        self.assertIn(sentence, tree.labels())

    def tab_through(self):
        """As it is told to a screen reader until it comes round: with a name, and a role that says
        more than that something is there."""
        wizard = self.wizard
        wizard.keyboard.focus_topmost()
        first = mark = wizard.press_to_move("Tab")
        for _ in range(100):
            node = wizard.bus.look_at(wizard.bus.told[-1])
            self.assertIn(node.role, FOCUSED, f"{node} takes the focus")
            self.assert_named(node)
            told, before = len(wizard.bus.told), mark
            mark = wizard.press_to_move("Tab")
            # The code has a window to itself, where there is one thing to go to.
            if mark != before:
                self.assertGreater(len(wizard.bus.told), told, f"nothing was told after {node}")
            if mark == first:
                return
        raise AssertionError("Tab does not come round")


for name in tour.TOURS:
    def test(self, name=name):
        self.go(name)

    setattr(EveryPage, f"test_{name}", test)


class Accessibility(driver.Case):
    def start_with(self, address):
        wizard = self.start("--practice")
        wizard.open_row(address)
        wizard.page("Your account")
        return wizard

    def test_account(self):
        wizard = self.start_with("works@optonline.net")
        tree = wizard.snapshot()
        self.assertEqual([node.name for node in tree.find_all("text")],
                         ["Your name", "Email address", "Password"])
        self.assertEqual([(node.name, node.has("checked")) for node in
                          tree.find_all("radio button")],
                         [("On all my devices", True), ("On this computer only", False)])

    def test_servers(self):
        wizard = self.start_with("works@optonline.net")
        wizard.press("Check")
        wizard.heading("Your mail works")
        # Folded in, so it is reached as it would be: by opening the first row.
        wizard.open_row("Receiving mail (IMAP)")
        wizard.open_row("Change servers…")
        tree = wizard.page("Servers")
        self.assertEqual([node.name for node in tree.find_all("text")],
                         ["Server", "Port", "Sign-in name"] * 3)
        self.assertEqual([node.text() for node in tree.find_all("text", "Server")],
                         ["mail.optonline.net"] * 3)

    def test_verdict_is_told(self):
        """The focus comes to the verdict as to something else: it would not be spoken otherwise."""
        wizard = self.start_with("works@optonline.net")
        self.check_and_listen(wizard, "Your mail works")
        wizard.press("Back")
        wizard.page("Your account")
        wizard.fill("Email address", "wrong-password@optonline.net")
        wizard.fill("Password", "mistyped")
        self.check_and_listen(wizard, "Your password was not accepted")

    def check_and_listen(self, wizard, verdict):
        before = len(wizard.bus.told)
        wizard.press("Check")
        wizard.heading(verdict)
        driver.wait_until(lambda: self.last_told(wizard) == ("heading", verdict), "it is told")
        self.assertGreater(len(wizard.bus.told), before + 1)
        self.assertNotEqual(*wizard.bus.told[-2:])

    @staticmethod
    def last_told(wizard):
        node = wizard.bus.look_at(wizard.bus.told[-1])
        return node.role, node.name

    def test_entries_are_told(self):
        wizard = self.start_with("works@optonline.net")
        for mnemonic, name in (("n", "Your name"), ("e", "Email address"), ("p", "Password")):
            wizard.keyboard.focus_topmost()
            wizard.keyboard.press(f"Alt_L+{mnemonic}")
            driver.wait_until(lambda wanted=name: self.last_told(wizard) == ("text", wanted),
                              f"“{name}” is told")

    def test_certificate(self):
        """Opened, the row of a server that fails has more to say."""
        wizard = self.start_with("wrong-name@optonline.net")
        wizard.press("Check")
        wizard.get("heading", re.compile("does not$"))
        wizard.open_row("Sending mail (SMTP)")
        tree = wizard.snapshot()
        misfits = [node for node in tree.find_all("list item")
                   if node.name.startswith("The server’s certificate.")]
        self.assertEqual([node.has("focusable") for node in misfits], [True])

    def test_question(self):
        wizard = self.start_with("works@optonline.net")
        wizard.press("Check")
        wizard.heading("Your mail works")
        wizard.open_row("Receiving mail (IMAP)")
        wizard.open_row("Change servers…")
        tree = wizard.page("Servers")
        tree.find("text", "Server").set_text("mail.example.com")
        wizard.press("Use these")
        dialog = wizard.wait(lambda tree: tree.window(1).focused() and tree.window(1),
                             "the question is asked")
        self.assertTrue(dialog.has("modal"), dialog)
        self.assertIn("Send your password to mail.example.com?", " ".join(map(str, dialog.walk())))
        # libadwaita has them side by side and one above the other, and shows what fits.
        self.assertEqual({node.name for node in dialog.find_all("button")}, {"Cancel", "Send"})

    def test_only_the_page_that_is_seen(self):
        """GTK 4.8 would have the pages that are not shown in the tree as well."""
        wizard = self.start("--practice")
        wizard.label("Practice mode")
        self.assertEqual(wizard.snapshot().find_all("text"), [])
        wizard.open_row("works@optonline.net")
        self.assertNotIn("Practice mode", wizard.page("Your account").labels())

    def test_mnemonics(self):
        """Alt and a letter, from anywhere on the page."""
        wizard = self.start_with("works@optonline.net")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Alt_L+c")
        wizard.heading("Your mail works")
        wizard.keyboard.press("Alt_L+b")
        wizard.page("Your account")


def path_to(node):
    return " < ".join(str(above) for above in node.ancestors() if above.role != "group")


if __name__ == "__main__":
    driver.main(EveryPage, Accessibility)
