#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page with name, address and password makes of what is typed:

    tests/gtk/run-wizard-test tests/gtk/test-wizard-account.py build/src/gtk/optsetup [TEST]...
"""

import wizard as driver

CAPS_LOCK = "Caps Lock is on."
TOO_LONG = "The password is too long."
NOT_AN_ADDRESS = "An address has one @, as in jane@optonline.net."
OPTONLINE = "This address belongs to Optonline. We know its servers; you need not."


class Account(driver.Case):
    def start_typing(self):
        wizard = self.start("--practice")
        wizard.open_row("Set up my address")
        wizard.page("Your account")
        return wizard

    def assert_typed(self, wizard, name, address):
        driver.wait_until(lambda: (wizard.text("Your name"), wizard.text("Email address"))
                          == (name, address), f"there is {name} and {address}")

    def test_mailbox_in_the_address(self):
        wizard = self.start_typing()
        wizard.fill("Email address", "Jane Doe <jane@Optonline.net>")
        self.assert_typed(wizard, "Jane Doe", "jane@optonline.net")
        wizard.label(OPTONLINE)

        # A name that is there stays.
        wizard.fill("Email address", "\"Somebody\" <joe@optimum.net>")
        self.assert_typed(wizard, "Jane Doe", "joe@optimum.net")

    def test_mailbox_in_the_name(self):
        wizard = self.start_typing()
        wizard.fill("Your name", "Jane Doe <jane@optonline.net>")
        self.assert_typed(wizard, "Jane Doe", "jane@optonline.net")
        wizard.fill("Your name", "Jane <other@optonline.net>")
        self.assert_typed(wizard, "Jane", "jane@optonline.net")

    def test_no_mailbox(self):
        """What is none stays as it was typed, and can be mended."""
        wizard = self.start_typing()
        wizard.fill("Email address", "Jane <jane@@optonline.net>")
        wizard.fill("Your name", "J <3 D>")
        wizard.type("p", "secret")
        self.assert_typed(wizard, "J <3 D>", "Jane <jane@@optonline.net>")
        wizard.fill("Email address", "Jane <jane@optonline.net>")
        self.assert_typed(wizard, "J <3 D>", "jane@optonline.net")

    def test_password_is_judged_when_it_is_left(self):
        wizard = self.start_typing()
        wizard.type("e", "jane@optonline.net")
        wizard.label(OPTONLINE)
        wizard.type("p", "x")
        wizard.fill("Password", "x" * 2000)
        tree = wizard.snapshot()
        self.assertNotIn(TOO_LONG, tree.labels())
        self.assertFalse(tree.find("text", "Password").is_invalid())
        self.assertFalse(tree.find("button", "Check").has("sensitive"))

        wizard.keyboard.press("Tab")
        wizard.keyboard.press("Tab")
        tree = wizard.label(TOO_LONG) and wizard.snapshot()
        self.assertTrue(tree.find("text", "Password").is_invalid())
        self.assertEqual(tree.find("text", "Password").descriptions(), [TOO_LONG])

        # Two errors, two sentences.
        wizard.type("e", "jane")
        wizard.keyboard.press("Tab")
        wizard.label(f"{NOT_AN_ADDRESS}\n{TOO_LONG}")

        wizard.type("p", "x")
        wizard.wait(lambda tree: not tree.find("text", "Password").is_invalid(), "it is taken back")
        wizard.label(NOT_AN_ADDRESS)

    def test_caps_lock(self):
        wizard = self.start_typing()
        wizard.type("p", "x")
        self.assertNotIn(CAPS_LOCK, wizard.snapshot().labels())
        wizard.keyboard.press("Caps_Lock")
        self.addCleanup(wizard.keyboard.press, "Caps_Lock")
        wizard.label(CAPS_LOCK)

        # It matters for the password only.
        wizard.keyboard.press("Alt_L+e")
        wizard.wait(lambda tree: CAPS_LOCK not in tree.labels(), "it is not said any more")
        wizard.keyboard.press("Alt_L+p")
        wizard.label(CAPS_LOCK)

    def test_four_times_next(self):
        """From the first task to Done, with an address and a password, and no server asked for."""
        wizard = self.start("--practice")
        wizard.open_row("Set up my address")
        wizard.page("Your account")
        for mnemonic, text in ("n", "Jane Doe"), ("e", "works@optonline.net"), ("p", "practice"):
            wizard.type(mnemonic, text)
        asked = set()
        for title in "Result", "Your password", "Use your mail", "Done":
            asked |= {node.name for node in wizard.snapshot().find_all("text")}
            # The one button that goes on, whatever it is called there.
            wizard.keyboard.focus_topmost()
            wizard.wait(self.go_on_button, "one can go on").press()
            wizard.page(title, 40)
        self.assertEqual(asked, {"Your name", "Email address", "Password"})

    @staticmethod
    def go_on_button(tree):
        return next((tree.sensitive_button(name) for name in ("Check", "Next", "Done")
                     if tree.sensitive_button(name)), None)


if __name__ == "__main__":
    driver.main(Account)
