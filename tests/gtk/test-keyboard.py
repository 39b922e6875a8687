#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard with nothing but a keyboard, from one end to the other: no pointer, and nothing asked of
the accessibility bus but what is on the screen:

    tests/gtk/run-wizard-test tests/gtk/test-keyboard.py build/src/gtk/optsetup [TEST]...
"""

import wizard as driver
from practice import PASSWORD
from walk import Walk


class Keyboard(driver.Case):
    def page(self, title):
        """The page, around which Tab leads in the order in which it is read, and Shift+Tab back."""
        tree = self.wizard.page(title)
        with self.subTest(title):
            self.walk()
        return tree

    def walk(self):
        forth = Walk(self.wizard)
        back = Walk(self.wizard, "Shift_L+Tab")
        self.assertEqual([*forth.faults, *back.faults], [])
        self.assertEqual([str(widget) for widget in forth.missed()], [])
        self.assertEqual(sorted(forth.marks()), sorted(back.marks()))

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

    def keys(self, *keys):
        self.wizard.keyboard.focus_topmost()
        for key in keys:
            self.wizard.keyboard.press(key)

    def wait_windows(self, number):
        """All that was opened is there, or gone."""
        return self.wizard.wait(lambda tree: len(tree.children) == number and tree,
                                f"there are {number} windows")

    def test_set_up(self):
        wizard = self.start("--practice")
        self.page("OptSetup")
        wizard.open_row("Set up my address")
        self.page("Your account")
        # The first empty entry had the focus, and the walk came back to it.
        self.type("Jane Doe", "works@optonline.net", PASSWORD)
        wizard.keyboard.press("Return")
        wizard.heading("Your mail works")
        self.page("Result")
        wizard.open_row("Receiving mail (IMAP)")
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
        self.keys("Control_L+a")
        wizard.keyboard.type(str(path))
        wizard.keyboard.press("Return")
        driver.wait_until(path.exists, "it is saved")
        self.wait_windows(1)
        self.keys("Alt_L+Left")
        wizard.arrive("Use your mail")
        self.press("Done")
        tree = self.page("Done")
        self.assertIn(str(path), tree.labels())
        self.press("Close", "Return")
        self.assertEqual(wizard.wait_exit(), 0)

    def test_own_servers(self):
        wizard = self.start("--practice")
        wizard.open_row("Set up my address")
        wizard.arrive("Your account")
        self.type("Jane Doe", "jane@localhost", PASSWORD)
        wizard.label("This is not an Optimum address.")
        self.page("Your account")
        self.press("Enter servers myself")
        self.page("Servers")
        self.type("mail.example.com")
        self.press("Use these")
        self.page("Your account")
        self.press("Check")
        self.wait_windows(2)
        wizard.wait(lambda tree: tree.window(1).focused(), "the question is asked")
        with self.subTest("question"):
            self.walk()
        self.keys("Escape")
        self.wait_windows(1)
        wizard.arrive("Your account")

    def test_found(self):
        wizard = self.start("--practice")
        wizard.open_row("Find out why mail does not work")
        self.page("Mail programs")
        wizard.open_row("works@optonline.net")
        self.page("Your settings")
        self.press("Check both")
        wizard.get("button", "Check again")
        self.page("Your settings")
        self.press("Fix it for Thunderbird")
        self.page("Thunderbird")
        self.keys("Alt_L+Left")
        wizard.arrive("Your settings")
        self.keys("Alt_L+b")
        wizard.arrive("Mail programs")

    def test_menu_and_shortcuts(self):
        wizard = self.start()
        start = driver.wait_until(wizard.gauge.focus, "something has the focus")
        self.keys("F10")
        wizard.get("menu item", "About OptSetup")
        self.assertNotEqual(wizard.press_to_move("Down"), start)
        self.keys("Escape")
        wizard.wait(lambda tree: not tree.find_all("menu item"), "the menu is closed")

        for name in "About OptSetup", "Keyboard shortcuts":
            with self.subTest(name):
                self.keys("F10")
                wizard.get("menu item", name)
                self.choose(name)
                self.wait_windows(2)
                self.keys("Escape")
                self.wait_windows(1)
        self.keys("Control_L+Shift_L+slash")
        self.wait_windows(2)
        self.keys("Escape")
        self.wait_windows(1)
        self.walk()

    def choose(self, name):
        """A line of the menu, by the arrows."""
        for _ in range(6):
            self.wizard.press_to_move("Down")
            node = self.wizard.bus.look_at(self.wizard.bus.told[-1])
            if (node.role, node.name) == ("menu item", name):
                self.wizard.keyboard.press("Return")
                return
        raise AssertionError(f"no arrow leads to {name}")


if __name__ == "__main__":
    driver.main(Keyboard)
