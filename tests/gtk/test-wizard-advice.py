#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the wizard advises when something is wrong, and what its buttons then do:

    tests/gtk/run-wizard-test tests/gtk/test-wizard-advice.py build/src/gtk/optsetup [TEST]...
"""

import base64
import re
import stat
import urllib.parse

import screen
import wizard as driver
from practice import PASSWORD, SERVICES, PracticeCase, servers

# Refused, and nowhere in what the servers say.
WRONG_PASSWORD = "Zebra/7291+ok"


class Advice(PracticeCase):
    @staticmethod
    def actions(tree, row=None):
        """The words on what can be pressed below the reason, or else in the row of a server."""
        def is_place(node):
            if row is None:
                return not [above for above in node.ancestors() if above.role == "list"]
            outer = [above for above in node.ancestors() if above.role == "list item"][-1:]
            return outer != [] and outer[0].find_all("list item", row) != []

        return [node.name for node in tree.find_all("button") if is_place(node)
                and node.name not in ("Back", "Main menu", "Next", "Go on", "Close", "Minimize", "Maximize",
                                      "Copy the dialogue")]

    def test_enter_the_password_again(self):
        """It leads to the password, which typing replaces."""
        wizard = self.start_with("wrong-password@optonline.net")
        # An empty entry further up does not draw the focus away.
        wizard.fill("Your name", "")
        tree = self.check(wizard, "Your password was not accepted")
        self.assertEqual(self.actions(tree), ["Enter the password again", "Open web mail",
                                              "Reset password", "Try the others anyway"])
        wizard.press("Enter the password again")
        wizard.page("Your account")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.type(PASSWORD)
        wizard.keyboard.press("Return")
        wizard.heading("Your mail works")

    def test_locked(self):
        """Nothing invites to another sign-in."""
        wizard = self.start_with("locked@optonline.net")
        tree = self.check(wizard, "Your account is locked")
        self.assertEqual(self.actions(tree), ["Ask for help"])
        for service in SERVICES:
            self.assertEqual(self.actions(tree, service), [], service)

    def test_countdown(self):
        """The time to wait runs down in sight, and whoever does not want to wait need not."""
        wizard = self.start_with("busy@optonline.net")
        tree = self.check(wizard, "The server has a problem right now")
        self.assertEqual(len(self.actions(tree)), 1)

        first = self.left_s(tree)
        self.assertGreater(first, 30)
        wizard.wait(lambda tree: self.left_s(tree) == first - 2, "two seconds have passed")

        wizard.press(re.compile("^Try again in "))
        wizard.wait(lambda tree: tree.find("heading").name == "The server has a problem right now"
                    and self.left_s(tree) > first - 2, "it was tried again")

    def left_s(self, tree):
        """What the button says."""
        name = (self.actions(tree) or [""])[0]
        match = re.fullmatch("Try again in ([0-9]+):([0-5][0-9])", name)
        if match is None:
            raise screen.Gone(f"no countdown: {name}")
        return 60 * int(match[1]) + int(match[2])

    def test_other_port(self):
        """The button names what it changes, and tries that."""
        wizard = self.start_with("server-down@optonline.net")
        tree = self.check(wizard)
        name = self.actions(tree)[0]
        self.assertRegex(name, "^Use ")
        wizard.press(name)
        wizard.page("Result", 40)
        tree = wizard.wait(lambda tree: self.actions(tree)[:1] not in ([], [name]) and tree,
                           "another server has been tried")
        self.assertEqual(list(servers(tree)), SERVICES)

    def test_certificate(self):
        """What was expected and what was shown stand side by side, and the misfit is marked."""
        wizard = self.start_with("wrong-name@optonline.net")
        self.check(wizard, "Receiving works, sending does not")
        # It is reached as the rest of the row is.
        wizard.open_row(SERVICES[2])
        tree = wizard.wait(lambda tree: "Expected" in tree.labels() and tree, "the row is open")
        row = next(node for node in tree.find_all("list item")
                   if node.name.startswith("The server’s certificate."))
        self.assertEqual(row.name, "The server’s certificate. The name does not fit: expected "
                                   "mail.optonline.net, shown mail.example.com.")
        self.assertEqual(row.labels()[1:6], ["Expected", "Shown", "Name", "mail.optonline.net",
                                             "mail.example.com"])
        # The servers whose certificates fit have nothing to compare.
        self.assertEqual(tree.labels().count("Expected"), 1)
        self.assertIn(SERVICES[2], [node.name for above in row.ancestors()
                                    for node in above.find_all("list item")
                                    if above.role == "list item"])
        wizard.move_focus(lambda tree: tree.find("list item", row.name), "the comparison")

    def test_different_troubles(self):
        """Each server's row has its own button where that differs from the page's."""
        wizard = self.start_with("server-down@optonline.net")
        tree = self.check(wizard)
        page = self.actions(tree)
        self.assertRegex(page[0], "^Use ")
        self.assertEqual(self.actions(tree, SERVICES[0]), [])
        for service in SERVICES[1:]:
            wizard.open_row(service)
            actions = wizard.wait(lambda tree: self.actions(tree, service), "the row is open")
            self.assertEqual(len(actions), 1, service)
            self.assertRegex(actions[0], "^Use ")
            self.assertNotIn(actions[0], page)

    def test_report(self):
        """A support agent gets all but the password."""
        wizard = self.start_with("wrong-password@optonline.net")
        wizard.fill("Password", WRONG_PASSWORD)
        self.check(wizard, "Your password was not accepted")
        wizard.press("Copy report")
        wizard.label("Report copied")

        path = self.folder() / "report.txt"
        wizard.save_as(path, "Save report…")
        driver.wait_until(path.exists, f"{path} is written")
        wizard.label(f"Saved as {path}")
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        report = path.read_text(encoding="utf-8")
        for part in ("wrong-password@optonline.net", "mail.optonline.net", "password-refused"):
            self.assertIn(part, report)
        sent = WRONG_PASSWORD.encode()
        login = "wrong-password@optonline.net".encode()
        for form in (WRONG_PASSWORD, WRONG_PASSWORD[::-1], base64.b64encode(sent).decode(),
                     base64.b64encode(b"\0" + login + b"\0" + sent).decode(),
                     urllib.parse.quote(WRONG_PASSWORD, safe=""), sent.hex()):
            self.assertNotIn(form.lower(), report.lower())


if __name__ == "__main__":
    driver.main(Advice)
