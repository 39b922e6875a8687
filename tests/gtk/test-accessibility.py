#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader finds on every page, and the whole way with nothing but the keyboard:

    tests/gtk/run-wizard-test tests/gtk/test-accessibility.py build/src/gtk/optsetup [TEST]...
"""

import re

import old_settings
import wizard as driver

# What can be used, and so must say what it is.
USED = ("button", "check box", "combo box", "heading", "label", "menu item", "radio button",
        "spin button", "text")
# These get the focus; a list or a box would tell nobody anything.
FOCUSED = (*USED, "list item")


class Accessibility(driver.Case):
    def start_with(self, address):
        wizard = self.start("--practice")
        wizard.open_row(address)
        wizard.page("Your account")
        return wizard

    def audit(self, wizard, heading=None):
        """Names and roles of all that is on the page, and then of all that Tab leads to."""
        tree = wizard.snapshot()
        for node in tree.walk():
            if node.role in USED and node.has("focusable"):
                self.assert_named(node)
            if node.role == "button":
                self.assertNotIn("_", node.raw_name)
            self.assertNotIn(node.role, ("unknown", "role 0"), str(node))
        if heading is not None:
            self.assertEqual([node.name for node in tree.find_all("heading")], [heading])

        for node in self.tab_through(wizard):
            self.assertIn(node.role, FOCUSED, f"{node} takes the focus")
            self.assert_named(node)

    def assert_named(self, node):
        # The button that shows a password is libadwaita's, and has a description only.
        self.assertTrue(node.name or node.description(), f"no name: {path_to(node)}")

    def tab_through(self, wizard):
        """Everything that gets the focus until it comes round, as it is told to a screen reader."""
        wizard.keyboard.focus_topmost()
        found = []
        first = wizard.press_to_move("Tab")
        for _ in range(100):
            found.append(wizard.bus.look_at(wizard.bus.told[-1]))
            told = len(wizard.bus.told)
            mark = wizard.press_to_move("Tab")
            self.assertGreater(len(wizard.bus.told), told, f"nothing was told after {found[-1]}")
            if mark == first:
                return found
        raise AssertionError(f"Tab does not come round: {[str(node) for node in found]}")

    def test_welcome(self):
        wizard = self.start("--practice")
        self.audit(wizard)

    def test_account(self):
        wizard = self.start_with("works@optonline.net")
        tree = wizard.snapshot()
        self.assertEqual([node.name for node in tree.find_all("text")],
                         ["Your name", "Email address", "Password"])
        self.assertEqual([(node.name, node.has("checked")) for node in
                          tree.find_all("radio button")],
                         [("On all my devices", True), ("On this computer only", False)])
        self.audit(wizard)

        wizard.fill("Email address", "jane@optonlin.net")
        wizard.label("Did you mean this?")
        self.audit(wizard)

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
        self.audit(wizard)

    def test_result(self):
        wizard = self.start_with("works@optonline.net")
        wizard.press("Check")
        wizard.heading("Your mail works")
        self.audit(wizard, "Your mail works")
        wizard.open_row("Receiving mail (IMAP)")
        self.audit(wizard, "Your mail works")

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

    def test_failure(self):
        wizard = self.start_with("wrong-password@optonline.net")
        wizard.press("Check")
        wizard.heading("Your password was not accepted")
        self.audit(wizard, "Your password was not accepted")

    def test_advice_and_certificate(self):
        """Opened, the row of a server that fails has more to say."""
        wizard = self.start_with("wrong-name@optonline.net")
        wizard.press("Check")
        heading = wizard.get("heading", re.compile("does not$")).name
        wizard.open_row("Sending mail (SMTP)")
        self.audit(wizard, heading)
        tree = wizard.snapshot()
        misfits = [node for node in tree.find_all("list item")
                   if node.name.startswith("The server’s certificate.")]
        self.assertEqual([node.has("focusable") for node in misfits], [True])

        wizard.press("Back")
        wizard.page("Your account")
        wizard.fill("Email address", "server-down@optonline.net")
        wizard.press("Check")
        wizard.page("Result")
        wizard.open_row("Receiving mail (POP3)")
        self.audit(wizard)

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

    def test_save_export_done(self):
        wizard = self.start_with("works@optonline.net")
        wizard.press("Check")
        wizard.heading("Your mail works")
        wizard.press("Next")
        wizard.page("Your password")
        self.audit(wizard, "Keep your password safe")
        wizard.press("Next")
        tree = wizard.page("Use your mail")
        self.audit(wizard)
        for client in ("Thunderbird for Android (QR code)", "Mail on iPhone, iPad and Mac (profile)",
                       "Sheet to print"):
            with self.subTest(client):
                self.audit_client(wizard, client)
                wizard.page("Use your mail")

        wizard.open_row("More programs")
        wizard.page("More programs")
        self.audit(wizard)
        for client in ("Gmail app on Android", "K-9 Mail", "mpop (fetches)",
                       "Outlook (Autodiscover on this computer)"):
            with self.subTest(client):
                self.audit_client(wizard, client)
                wizard.page("More programs")
        wizard.press("Back")
        wizard.page("Use your mail")
        wizard.press("Done")
        wizard.page("Done")
        self.audit(wizard)

    def test_found_and_review(self):
        wizard = self.start("--practice")
        wizard.open_row("Find out why mail does not work")
        wizard.page("Mail programs")
        self.audit(wizard, "4 mail accounts were found")
        wizard.open_row("works@optonline.net")
        wizard.page("Your settings")
        self.audit(wizard)
        wizard.keyboard.press("Alt_L+c")
        wizard.get("button", "Check again")
        self.audit(wizard, "Your provider’s settings work")

    def test_nothing_found(self):
        wizard = self.start(environment=old_settings.environment(self.folder()))
        wizard.open_row("Move my settings to another program")
        wizard.page("Move settings")
        wizard.heading("No mail account was found")
        self.audit(wizard, "No mail account was found")

    def test_saved_and_new_password(self):
        home = self.folder()
        old_settings.write_saved(home)
        wizard = self.start(environment=old_settings.environment(home))
        wizard.label("Your accounts")
        self.audit(wizard)
        wizard.press(f"Check {old_settings.JANE}")
        wizard.label("Your settings")
        self.audit(wizard, "These settings are up to date")
        wizard.press("New password…")
        tree = wizard.page("New password")
        self.assertEqual([node.name for node in tree.find_all("text")], ["New password"])
        self.audit(wizard, "Type the new password")

    def audit_client(self, wizard, client):
        """The page of a program, with everything unfolded and the way back."""
        wizard.open_row(client)
        tree = wizard.page(client)
        self.audit(wizard, client)
        for row in ("You", "Incoming mail (IMAP)"):
            if tree.find_all("list item", row):
                wizard.open_row(row)
        for node in wizard.snapshot().find_all("button", re.compile("^Copy ")):
            self.assertRegex(node.name, "^Copy (“.+”|what is in the file)$")
        wizard.press("Back")

    def test_way_in(self):
        wizard = self.start_with("works@optonline.net")
        wizard.open_row("On this computer only")
        wizard.press("Check")
        wizard.heading("Your mail works")
        wizard.press("Next")
        wizard.page("Your password")
        wizard.press("Next")
        wizard.page("Use your mail")
        wizard.get("spin button", "Days")
        wizard.get("combo box", "Leave a copy on the server")
        self.audit(wizard)

    def test_only_the_page_that_is_seen(self):
        """GTK 4.8 would have the pages that are not shown in the tree as well."""
        wizard = self.start("--practice")
        wizard.label("Practice mode")
        self.assertEqual(wizard.snapshot().find_all("text"), [])
        wizard.open_row("works@optonline.net")
        self.assertNotIn("Practice mode", wizard.page("Your account").labels())

    def test_by_keyboard_alone(self):
        wizard = self.start("--practice")
        wizard.open_row("Set up my address")
        wizard.page("Your account")
        for text, key in (("Jane Doe", "Tab"), ("works@optonline.net", "Tab"),
                          ("practice", None)):
            wizard.keyboard.type(text)
            if key is not None:
                wizard.keyboard.press(key)
        wizard.wait(lambda tree: [node.text() for node in tree.find_all("text")]
                    == ["Jane Doe", "works@optonline.net", "practice"], "all is typed")
        wizard.keyboard.press("Return")
        wizard.heading("Your mail works")

        # The focus is on the heading; from there Tab leads to the button, and space presses it.
        self.press_by_key(wizard, "Next", "space")
        wizard.page("Your password")
        self.press_by_key(wizard, "Next", "Return")
        wizard.page("Use your mail")

        # The first program has the focus.
        wizard.wait(lambda tree: tree.focused().role == "list item", "a program has the focus")
        wizard.keyboard.press("Return")
        wizard.get("button", "Save…")
        wizard.wait(lambda tree: tree.find("button", "Save…").has("focused"), "Save has the focus")
        wizard.keyboard.press("Alt_L+Left")
        wizard.page("Use your mail")
        self.press_by_key(wizard, "Done", "space")
        wizard.page("Done")
        self.press_by_key(wizard, "Close", "Return")
        self.assertEqual(wizard.wait_exit(), 0)

    @staticmethod
    def press_by_key(wizard, name, key):
        wizard.move_focus(lambda tree: tree.sensitive_button(name), f"button “{name}”")
        wizard.keyboard.press(key)

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
    driver.main(Accessibility)
