#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard's window: its size, its menu, its keys:

    tests/gtk/run-wizard-test tests/gtk/test-wizard-window.py build/src/gtk/optsetup [TEST]...
"""

import stat

import wizard as driver
from gauge import BORDER

SIZE = 640, 660
SMALLEST = 360, 294


class Keys(driver.Case):
    """The menu, and what opens from it or by a key."""

    def press(self, wizard, key):
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press(key)

    def start_with_data(self, mime_type, *files, **environment):
        """A wizard on a desktop with some files of data, and a program that opens a type."""
        self.data = self.folder()
        self.opened = self.data / "opened"
        for name in files:
            (self.data / name).parent.mkdir(parents=True, exist_ok=True)
            (self.data / name).write_text("<html></html>")
        applications = self.data / "applications"
        applications.mkdir()
        program = self.data / "program"
        program.write_text(f'#!/bin/sh\necho "$1" > {self.opened}.new\n'
                           f'mv {self.opened}.new {self.opened}\n')
        program.chmod(0o700)
        (applications / "program.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=P\nExec={program} %u\nMimeType={mime_type};\n")
        (applications / "mimeapps.list").write_text(
            f"[Default Applications]\n{mime_type}=program.desktop\n")
        return self.start(environment={"XDG_DATA_DIRS": f"{self.data}:/usr/share", **environment})

    def assert_opened(self, what):
        driver.wait_until(self.opened.exists, "something is opened")
        # GIO hands out local files by their path.
        opened = self.opened.read_text(encoding="utf-8").strip().removeprefix("file://")
        self.assertEqual(opened, what)

    def test_help_in_the_viewer(self):
        wizard = self.start_with_data("x-scheme-handler/help", "help/C/optsetup/index.page")
        self.press(wizard, "F1")
        self.assert_opened("help:optsetup")

    def test_help_in_the_browser(self):
        """Also where there is a viewer, but the guide is not where it looks."""
        wizard = self.start_with_data("text/html", "doc/optsetup/help/index.html")
        self.press(wizard, "F1")
        self.assert_opened(f"{self.data}/doc/optsetup/help/index.html")

    def test_help_in_a_language(self):
        """The first of the person's that the guide has."""
        pages = "doc/optsetup/help/es/index.html", "doc/optsetup/help/index.html"
        wizard = self.start_with_data("text/html", *pages, LANGUAGE="fr:es_MX:ru")
        self.press(wizard, "F1")
        self.assert_opened(f"{self.data}/{pages[0]}")

    def test_no_help(self):
        # GTK wants to know its settings and the kinds of files; nothing else is there.
        folder = self.folder()
        for name in "glib-2.0", "mime":
            (folder / name).symlink_to(f"/usr/share/{name}")
        wizard = self.start(environment={"XDG_DATA_DIRS": str(folder)})
        self.press(wizard, "F1")
        wizard.label("The help is not installed on this computer")

    def test_menu(self):
        """It is there on every page, however narrow."""
        wizard = self.start()
        wizard.keyboard.resize(*SMALLEST)
        wizard.get("button", "Main menu")
        wizard.open_row("Set up my address")
        wizard.page("Your account")
        self.press(wizard, "F10")
        wizard.get("menu item", "About OptSetup")
        self.press(wizard, "Escape")
        wizard.wait(lambda tree: not tree.find_all("menu item", "About OptSetup"),
                    "the menu is closed")
        self.press(wizard, "Control_L+Shift_L+slash")
        overlay = wizard.wait(lambda tree: tree.window(1).labels() and tree.window(1),
                              "the shortcuts are shown")
        for title in "Go on", "Go back", "Copy the report", "Help", "Main menu", "Quit":
            self.assertIn(title, overlay.labels())

    def test_copy_the_report(self):
        """The key copies it from a result, and before that nothing."""
        wizard = self.start("--practice")
        wizard.open_row("slow@optonline.net")
        wizard.page("Your account")
        wizard.press("Check")
        wizard.heading("Checking your mail…")
        self.press(wizard, "Control_L+c")
        wizard.press("Cancel")
        wizard.page("Your account")
        self.assertNotIn("Report copied", wizard.snapshot().labels())

        wizard.fill("Email address", "works@optonline.net")
        wizard.press("Check")
        wizard.heading("Your mail works")
        self.press(wizard, "Control_L+c")
        wizard.label("Report copied")

    def test_copy_the_report_of_old_settings(self):
        wizard = self.start("--practice")
        wizard.open_row("Find out why mail does not work")
        wizard.page("Mail programs")
        wizard.open_row("works@optonline.net")
        wizard.page("Your settings")
        wizard.fill("Password", "practice")
        wizard.press("Check both")
        wizard.heading("Your provider’s settings work", 40)
        self.press(wizard, "Control_L+c")
        wizard.label("Report copied")

    def test_first_focus(self):
        wizard = self.start()
        wizard.wait(lambda tree: tree.focused() and tree.focused().name == "Set up my address",
                    "the first task has the focus")
        self.press(wizard, "Return")
        wizard.page("Your account")


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
        """On the screen, and as the wizard knows it, which comes a moment later."""
        def has_size():
            known = wizard.gauge.windows()[0]
            borders = size[0] - known.width, size[1] - known.height
            return (wizard.keyboard.size() == size
                    and all(0 <= border <= 2 * BORDER for border in borders))

        driver.wait_until(has_size, f"the window has {size}, not {wizard.keyboard.size()}")

    def close(self, wizard):
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+q")
        self.assertEqual(wizard.wait_exit(), 0)

    def test_own_buttons(self):
        """On the first page, and on the others where there is room besides Back and Next."""
        def has_buttons():
            return any(widget.type == "GtkWindowControls"
                       for widget in wizard.gauge.windows()[0].widgets)

        wizard = self.start_with_state()
        wizard.keyboard.resize(*SMALLEST)
        self.assert_size(wizard, SMALLEST)
        self.assertTrue(has_buttons())
        wizard.open_row("Set up my address")
        wizard.arrive("Your account")
        driver.wait_until(lambda: not has_buttons(), "there are no buttons")
        wizard.keyboard.resize(*SIZE)
        driver.wait_until(has_buttons, "there are buttons")
        wizard.keyboard.resize(*SMALLEST)
        driver.wait_until(lambda: not has_buttons(), "there are no buttons again")

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
    driver.main(Window, Keys)
