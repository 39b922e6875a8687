#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard's window: its size, its menu, its keys:

    tests/gtk/run-wizard-test tests/gtk/test-wizard-window.py build/src/gtk/optsetup [TEST]...
"""

import stat

import wizard as driver

SIZE = 640, 660


class Window(driver.Case):
    def start_with_state(self, text=None):
        """A wizard that finds TEXT where it has kept its size."""
        self.state = self.folder()
        if text is not None:
            self.kept().parent.mkdir()
            self.kept().write_bytes(text)
        return self.start_again()

    def kept(self):
        return self.state / "optsetup" / "window.ini"

    def start_again(self, *options):
        wizard = self.start(*options, environment={"XDG_STATE_HOME": str(self.state)})
        wizard.get("list item", "Set up my address")
        return wizard

    def assert_size(self, wizard, size):
        driver.wait_until(lambda: wizard.keyboard.size() == size,
                          f"the window has {size}, not {wizard.keyboard.size()}")

    def close(self, wizard):
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+q")
        self.assertEqual(wizard.wait_exit(), 0)

    def test_size_is_kept(self):
        wizard = self.start_with_state()
        self.assert_size(wizard, SIZE)
        wizard.keyboard.resize(500, 400)
        self.assert_size(wizard, (500, 400))
        self.close(wizard)
        self.assertEqual(stat.S_IMODE(self.kept().stat().st_mode), 0o600)
        self.assertEqual([path.name for path in self.kept().parent.iterdir()], ["window.ini"])

        self.assert_size(self.start_again(), (500, 400))

    def test_practice_keeps_no_size(self):
        self.state = self.folder()
        wizard = self.start_again("--practice")
        wizard.keyboard.resize(500, 400)
        self.assert_size(wizard, (500, 400))
        self.close(wizard)
        self.assertEqual(list(self.state.iterdir()), [])

    def test_size_that_is_none(self):
        """What is not a size is as good as nothing."""
        for text in (b"", b"\xff\x00 no settings", b"[Window]\nWidth=many\nHeight=400\n",
                     b"[Window]\nWidth=0\nHeight=0\n", b"[Window]\nWidth=-5\nHeight=400\n",
                     b"[Window]\nWidth=99999999999\nHeight=400\n", b"[Window]\nWidth=500\n"):
            with self.subTest(text):
                wizard = self.start_with_state(text)
                self.assert_size(wizard, SIZE)
                self.close(wizard)
                self.assertIn("Width=640\nHeight=660\nMaximized=false\n",
                              self.kept().read_text(encoding="utf-8"))

    def test_size_cannot_be_kept(self):
        """A link stays what it is, and the wizard closes all the same."""
        wizard = self.start_with_state(b"")
        self.kept().unlink()
        self.kept().symlink_to("elsewhere")
        self.close(wizard)
        self.assertTrue(self.kept().is_symlink())
        self.assertFalse((self.kept().parent / "elsewhere").exists())


if __name__ == "__main__":
    driver.main(Window)
