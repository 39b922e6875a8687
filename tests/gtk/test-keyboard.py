#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard with nothing but a keyboard, from one end to the other: no pointer, and nothing asked of
the accessibility bus but what is on the screen:

    tests/gtk/run-wizard-test tests/gtk/test-keyboard.py build/src/gtk/optsetup [TEST]...
"""

import re

import old_settings
import wizard as driver
from practice import PASSWORD
from walk import Walk


class Keyboard(driver.Case):
    def page(self, title):
        """The page, around which Tab leads in the order in which it is read, and Shift+Tab back."""
        tree = self.wizard.page(title)
        forth = Walk(self.wizard)
        back = Walk(self.wizard, "Shift_L+Tab")
        with self.subTest(title):
            self.assertEqual([*forth.faults, *back.faults], [])
            self.assertEqual([str(widget) for widget in forth.missed()], [])
            self.assertEqual(sorted(forth.marks()), sorted(back.marks()))
        return tree

    def press(self, name, key="space"):
        """A button, by Tab and a key."""
        self.wizard.wait(lambda tree: tree.sensitive_button(name), f"“{name}” can be pressed")
        self.wizard.move_focus(lambda tree: tree.sensitive_button(name), f"button “{name}”")
        self.wizard.keyboard.press(key)

    def type(self, *texts):
        """Into one entry after the other."""
        for text in texts[:-1]:
            self.wizard.keyboard.type(text)
            self.wizard.keyboard.press("Tab")
        self.wizard.keyboard.type(texts[-1])

    def test_set_up(self):
        wizard = self.start("--practice")
        self.page("")
        wizard.open_row("Set up my address")
        self.page("Your account")
        self.type("Jane Doe", "works@optonline.net", PASSWORD)
        wizard.keyboard.press("Return")
        wizard.heading("Your mail works")
        self.page("Result")
        self.press("Next")
        self.page("Your password")
        self.press("Next", "Return")
        self.page("Use your mail")

        path = self.folder() / "sheet.txt"
        wizard.open_row("Sheet as plain text")
        self.page("Sheet as plain text")
        self.press("Save…")
        wizard.wait(lambda tree: tree.window(1).find("text", "Name:"), "the dialogue is open")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+a")
        wizard.keyboard.type(str(path))
        wizard.keyboard.press("Return")
        driver.wait_until(path.exists, "it is saved")
        wizard.wait(lambda tree: len(tree.children) == 1, "the dialogue is gone")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Alt_L+Left")
        wizard.page("Use your mail")
        self.press("Done")
        tree = self.page("Done")
        self.assertIn(str(path), tree.labels())
        self.press("Close", "Return")
        self.assertEqual(wizard.wait_exit(), 0)


if __name__ == "__main__":
    driver.main(Keyboard)
