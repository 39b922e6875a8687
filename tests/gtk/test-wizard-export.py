#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the wizard hands to other programs: which it offers, what is on their pages, what it saves:

    tests/gtk/run-wizard-test tests/gtk/test-wizard-export.py build/src/gtk/optsetup [TEST]...
"""

import os
import pathlib
import re
import shutil
import stat
import subprocess

import wizard as driver
from drag import Partner
from practice import PASSWORD, PracticeCase

ADDRESS = "works@optonline.net"
FOLDER_CLIENT = "Outlook (Autodiscover on this computer)"
CODE_CLIENT = "Thunderbird for Android (QR code)"
GROUPS = ("On this computer", "On a phone", "Anything else", "Where your mail lives")


class Export(PracticeCase):
    def open(self, *programs, pop3=False, person=None):
        """The page "Use your mail", on a computer that has PROGRAMS and no other."""
        folder = self.folder()
        for name in programs:
            program = folder / name
            program.write_text("#!/bin/false\n")
            program.chmod(0o755)
        wizard = self.start("--practice", environment={"PATH": str(folder)})
        wizard.open_row(ADDRESS)
        wizard.page("Your account")
        if pop3:
            wizard.open_row("On this computer only")
        if person is not None:
            wizard.fill("Your name", person)
        self.check(wizard, "Your mail works")
        wizard.press("Next")
        wizard.page("Your password")
        wizard.press("Next")
        wizard.page("Use your mail")
        return wizard

    @staticmethod
    def open_client(wizard, name):
        """The page of a program from the list of all."""
        wizard.open_row("More programs")
        wizard.page("More programs")
        wizard.open_row(name)
        return wizard.page(name)

    @staticmethod
    def close_client(wizard):
        wizard.press("Back")
        wizard.page("More programs")
        wizard.press("Back")
        wizard.page("Use your mail")

    @staticmethod
    def groups(tree):
        """Heading -> the rows below it, each a name and what it says."""
        found, rows = {}, None
        for node in tree.walk():
            if node.role == "label" and node.name in GROUPS:
                rows = found.setdefault(node.name, {})
            elif node.role == "list item" and rows is not None:
                labels = [label.name for label in node.find_all("label")]
                rows[labels[0]] = labels[1] if len(labels) > 1 else ""
        return found

    def test_programs_of_this_computer(self):
        wizard = self.open("thunderbird", "mutt", "aerc")
        groups = self.groups(wizard.snapshot())
        self.assertEqual(list(groups), list(GROUPS))
        self.assertEqual(list(groups["On this computer"]),
                         ["Thunderbird", "Mutt and NeoMutt", "aerc"])
        self.assertEqual(list(groups["Anything else"]),
                         ["Sheet to print", "Sheet as plain text", "More programs"])
        self.assertRegex(groups["Anything else"]["More programs"], "others$")
        self.assertLessEqual(sum(len(rows) for rows in groups.values()), 12)
        self.assertEqual(wizard.focused().name, "Thunderbird")

    def test_buttons(self):
        """What a page is for, at once; where the row is too short for a button, its page has it."""
        wizard = self.open("mutt")
        tree = wizard.snapshot()
        buttons = {row.name: [button.name for button in row.find_all("button")]
                   for row in tree.find_all("list item")}
        self.assertEqual(buttons["Mutt and NeoMutt"], ["Save…"])
        self.assertEqual(buttons[CODE_CLIENT], ["Show code"])
        self.assertEqual(buttons["Gmail app on Android"], [])
        self.assertEqual(buttons["Sheet to print"], ["Print…"])
        button = tree.find("list item", "Mutt and NeoMutt").find("button")
        self.assertEqual(button.descriptions(), ["Mutt and NeoMutt"])

        button.press()
        wizard.wait(lambda tree: tree.window(1).sensitive_button("Save"), "the dialogue is open")
        wizard.press("Cancel")
        wizard.wait(lambda tree: len(tree.children) == 1, "the dialogue is gone")
        wizard.page("Mutt and NeoMutt")
        wizard.press("Back")
        wizard.page("Use your mail")
        wizard.press("Print…")
        wizard.wait(lambda tree: tree.window(1).sensitive_button("Preview"), "the dialogue is open")
        wizard.press("Cancel")
        wizard.wait(lambda tree: len(tree.children) == 1, "the dialogue is gone")
        wizard.press("Show code")
        wizard.page(CODE_CLIENT)
        wizard.press("Back")
        wizard.page("Use your mail")

        wizard.keyboard.resize(360, 640)
        wizard.wait(lambda tree: not tree.find("list").find_all("button"), "the buttons are gone")

    def test_no_program_here(self):
        wizard = self.open()
        groups = self.groups(wizard.snapshot())
        self.assertEqual(groups["On this computer"], {})
        wizard.label(re.compile("^No mail program that is known was found here"))
        self.assertEqual(wizard.focused().name, next(iter(groups["On a phone"])))

    def test_search(self):
        wizard = self.open()
        wizard.open_row("More programs")
        tree = wizard.page("More programs")
        names = [node.name for node in tree.find_all("list item")]
        self.assertEqual(names, sorted(names, key=str.casefold))
        self.assertGreater(len(names), 20)

        wizard.fill("Search for a program", "OUTLOOK exp")
        found = wizard.wait(lambda tree: self.rows(tree) < set(names) and self.rows(tree),
                            "the list is shorter")
        self.assertTrue(all(name.startswith("Outlook Express") for name in found), found)
        wizard.fill("Search for a program", "Eudora")
        wizard.label(re.compile("^No program of this name is known here"))
        self.assertEqual(self.rows(wizard.snapshot()), set())
        wizard.fill("Search for a program", "")
        wizard.wait(lambda tree: self.rows(tree) == set(names), "all are back")

    @staticmethod
    def rows(tree):
        return {node.name for node in tree.find_all("list item")}

    def test_values_to_copy(self):
        wizard = self.open()
        tree = self.open_client(wizard, "Gmail app on Android")
        self.assertEqual(tree.find("heading").name, "Gmail app on Android")
        self.assertFalse(tree.find_all("button", "Save…"))
        labels = tree.labels()
        for text in "What to do", "1", "2", "Incoming mail (IMAP)", "Outgoing mail (SMTP)":
            self.assertIn(text, labels)
        self.assertEqual([text for text in labels if PASSWORD in text], [])

        copies = tree.find_all("button", "Copy “Port”")
        self.assertEqual(len(copies), 2)
        copies[0].press()
        wizard.label("Copied")
        self.assertEqual(self.paste(wizard), "993")

    def paste(self, wizard):
        """What the clipboard holds, by the one entry that is near."""
        wizard.press("Back")
        wizard.page("More programs")
        wizard.wait(lambda tree: tree.find("text").has("focused"), "the entry has the focus")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+v")
        return wizard.wait(lambda tree: tree.find("text").text(), "it is pasted")

    def test_file_to_copy(self):
        wizard = self.open("mutt")
        wizard.open_row("Mutt and NeoMutt")
        tree = wizard.page("Mutt and NeoMutt")
        wizard.wait(lambda tree: tree.find("button", "Save…").has("focused"), "Save has the focus")
        tree.find("button", "Copy what is in the file").press()
        wizard.label("Copied")
        wizard.open_row("Look into “optsetup.muttrc”")
        preview = wizard.label(re.compile("smtp_url")).name
        self.assertIn(ADDRESS, preview)
        self.assertNotIn(PASSWORD, preview)

    def save_folder(self, wizard, parent):
        """A button, then the desktop's dialogue for folders, where a path can be typed."""
        wizard.press("Save…")
        wizard.wait(lambda tree: tree.window(1).sensitive_button("Save"), "it is open")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+l")
        entry = wizard.wait(lambda tree: tree.window(1).find("text"), "a path can be typed")
        entry.set_text(f"{parent}/")
        wizard.wait(lambda tree: tree.window(1).sensitive_button("Save"),
                    "the dialogue can be left").press()

    def test_folder(self):
        wizard = self.open()
        self.open_client(wizard, FOLDER_CLIENT)
        parent = self.folder()
        self.save_folder(wizard, parent)
        folder = parent / "outlook-autodiscover"
        driver.wait_until(folder.exists, "the folder is there")
        names = {path.name for path in folder.iterdir()}
        self.assertEqual(len(names), 2)
        self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700)
        for path in folder.iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
            self.assertNotIn(PASSWORD.encode(), path.read_bytes())

        # A second time it asks; no keeps everything, yes keeps what is somebody else's.
        wizard.wait(lambda tree: len(tree.children) == 1, "the dialogue is gone")
        mine = folder / "mine.txt"
        mine.write_text("mine")
        for path in folder.iterdir():
            path.write_text("mine")
        for answer in "Cancel", "Replace":
            self.save_folder(wizard, parent)
            wizard.label("Write into the folder “outlook-autodiscover”?")
            wizard.press(answer)
            wizard.wait(lambda tree: len(tree.children) == 1, "the question is gone")
            changed = {path.name for path in folder.iterdir() if path.read_bytes() != b"mine"}
            self.assertEqual(changed, names if answer == "Replace" else set())

        self.close_client(wizard)
        wizard.press("Done")
        tree = wizard.page("Done")
        self.assertTrue([text for text in tree.labels() if str(folder) in text], tree.labels())

    def save(self, wizard, path):
        wizard.save_as(path)
        driver.wait_until(path.exists, f"{path} is written")
        wizard.wait(lambda tree: len(tree.children) == 1, "the dialogue is gone")
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        return path.read_text(encoding="utf-8")

    def test_leave_on_server(self):
        """Two weeks unless somebody says otherwise; IMAP knows nothing of it."""
        wizard = self.open()
        folder = self.folder()
        self.assertNotIn("Leave mail on server", self.save_sheet(wizard, folder / "imap.txt"))
        self.assertFalse(wizard.snapshot().find_all("combo box"))

        wizard.open_row("On this computer only")
        wizard.get("spin button", "Days")
        self.assertIn("for 14 days", self.save_sheet(wizard, folder / "default.txt"))

        wizard.move_focus(lambda tree: tree.find("spin button"), "the days")
        wizard.keyboard.press("Up")
        wizard.keyboard.press("Up")
        self.assertIn("for 16 days", self.save_sheet(wizard, folder / "days.txt"))

        self.choose_leave(wizard, "Up")
        self.assertRegex(self.save_sheet(wizard, folder / "never.txt"),
                         "Leave mail on server *no\n")
        self.choose_leave(wizard, "Down", "Down")
        self.assertRegex(self.save_sheet(wizard, folder / "always.txt"),
                         "Leave mail on server *always\n")

    def save_sheet(self, wizard, path):
        wizard.open_row("Sheet as plain text")
        wizard.page("Sheet as plain text")
        text = self.save(wizard, path)
        wizard.press("Back")
        wizard.page("Use your mail")
        return text

    @staticmethod
    def choose_leave(wizard, *keys):
        name = "Leave a copy on the server"
        wizard.move_focus(lambda tree: tree.find("combo box", name), name)
        for key in ("Return", *keys, "Return"):
            driver.pump(200)
            wizard.keyboard.press(key)
        wizard.wait(lambda tree: not tree.find_all("spin button"), "no days are asked for")

    def test_print(self):
        """Through the desktop's own dialogue into a file, after a look at the paper."""
        wizard = self.open()
        wizard.open_row("Sheet to print")
        wizard.page("Sheet to print")
        wizard.wait(lambda tree: tree.find("button", "Print…").has("focused"), "Print has the focus")
        self.assertIn("The sheet as it will be printed",
                      [node.current_name() for node in wizard.snapshot().find_all("image")])

        wizard.press("Print…")
        wizard.wait(lambda tree: tree.window(1).sensitive_button("Preview"), "the dialogue is open")
        wizard.press("Preview")
        preview = wizard.wait(lambda tree: tree.find("window", "Print preview"), "there is a preview")
        self.assertEqual([node.current_name() for node in preview.find_all("image")
                          if node.current_name()], ["The sheet as it will be printed"])
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Escape")
        wizard.wait(lambda tree: len(tree.children) == 1, "the preview is gone")
        self.assertFalse(wizard.snapshot().find_all("label", "The sheet is printed"))

        wizard.press("Print…")
        wizard.wait(lambda tree: tree.window(1).find("label", "Print to File"), "it is offered")
        wizard.keyboard.focus_topmost()
        wizard.move_focus(lambda tree: tree.window(1).find("tree table").find("list"),
                          "the printers")
        wizard.keyboard.press("space")
        wizard.press("Print")
        wizard.label("The sheet is printed")
        paths = list(pathlib.Path(os.environ["HOME"]).rglob("*.pdf"))
        self.assertEqual(len(paths), 1)
        self.assertTrue(paths[0].read_bytes().startswith(b"%PDF-"))
        paths[0].unlink()

    def drag_row(self, wizard, name):
        """What another program gets that the row of a file is dragged to."""
        with Partner(wizard) as partner:
            place = wizard.snapshot().find("list item", name).middle()
            path = pathlib.Path(partner.take_from(place))
        self.assertEqual(path.name, name)
        self.assertEqual(stat.S_IMODE(path.parent.stat().st_mode), 0o700)
        return path

    def test_drag_file(self):
        """A file by itself, which goes with the window."""
        wizard = self.open("mutt")
        wizard.open_row("Mutt and NeoMutt")
        wizard.page("Mutt and NeoMutt")
        path = self.drag_row(wizard, "optsetup.muttrc")
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        content = path.read_text(encoding="utf-8")
        self.assertIn(ADDRESS, content)
        self.assertNotIn(PASSWORD, content)

        # It stays for a program that reads it later.
        wizard.press("Back")
        wizard.page("Use your mail")
        self.open_client(wizard, FOLDER_CLIENT)
        folder = self.drag_row(wizard, "outlook-autodiscover")
        self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700)
        self.assertEqual([stat.S_IMODE(child.stat().st_mode) for child in folder.iterdir()],
                         [0o600] * 2)
        self.assertTrue(path.exists())

        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+q")
        self.assertEqual(wizard.wait_exit(), 0)
        self.assertFalse(path.parent.exists())
        self.assertFalse(folder.parent.exists())

    def test_drag_no_password(self):
        """With the password in it, a file cannot be dragged."""
        wizard = self.open()
        self.open_client(wizard, "K-9 Mail")
        wizard.label("Without the password. It can also be dragged out.")
        wizard.get("check box", "Include the password").press()
        wizard.label("With the password")
        runtime = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        with Partner(wizard) as partner:
            place = wizard.snapshot().find("list item", "mail-settings.k9s").middle()
            partner.drag(place, partner.middle)
            self.assertEqual(list(runtime.glob("optsetup-*")), [])
            wizard.get("check box", "Include the password").press()
            wizard.label("Without the password. It can also be dragged out.")
            path = pathlib.Path(partner.take_from(place))
        self.assertEqual(path.name, "mail-settings.k9s")
        self.assertNotIn(PASSWORD.encode(), path.read_bytes())

    def test_password_in_a_file(self):
        """Only on demand, only in the file, and asked for anew each time."""
        wizard = self.open()
        folder = self.folder()
        self.open_client(wizard, "K-9 Mail")
        self.assertNotIn(PASSWORD, self.save(wizard, folder / "without.k9s"))

        warning = re.compile("^Whoever has this file can read your mail")
        switch = wizard.get("check box", "Include the password")
        self.assertFalse(switch.has("checked"))
        self.assertFalse(wizard.snapshot().find_all("label", warning))
        switch.press()
        wizard.label(warning)
        wizard.label("With the password")
        self.assertIn(PASSWORD, self.save(wizard, folder / "with.k9s"))
        wizard.open_row("Look into “mail-settings.k9s”")
        preview = wizard.label(re.compile("<k9settings")).name
        self.assertNotIn(PASSWORD, preview)
        self.assertEqual([text for text in wizard.snapshot().labels() if PASSWORD in text], [])

        self.close_client(wizard)
        self.open_client(wizard, "K-9 Mail")
        self.assertFalse(wizard.get("check box", "Include the password").has("checked"))
        self.assertNotIn(PASSWORD, self.save(wizard, folder / "again.k9s"))
        self.assertNotIn(PASSWORD, wizard.said())

    def test_code(self):
        wizard = self.open()
        wizard.open_row(CODE_CLIENT)
        wizard.page(CODE_CLIENT)
        self.assertEqual(self.images(wizard), ["Code with your settings"])
        self.assertIn(ADDRESS, self.scan(wizard))
        self.assertNotIn(PASSWORD, self.scan(wizard))

        # A no, and then a yes.
        self.answer(wizard, "Cancel")
        self.assertEqual(self.images(wizard), ["Code with your settings"])
        self.answer(wizard, "Show")
        wizard.label(re.compile("^Whoever photographs this screen can read your mail"))
        self.assertEqual(self.images(wizard), ["Code with your settings and the password"])
        self.assertIn(PASSWORD, self.scan(wizard))

        # The picture never has it, and the code only as long as it is seen.
        path = self.folder() / "code.png"
        wizard.save_as(path)
        driver.wait_until(path.exists, f"{path} is written")
        self.assertNotIn(PASSWORD, self.read_code(path))
        wizard.wait(lambda tree: len(tree.children) == 1, "the dialogue is gone")
        wizard.press("Back")
        wizard.page("Use your mail")
        wizard.open_row(CODE_CLIENT)
        wizard.page(CODE_CLIENT)
        self.assertFalse(wizard.get("check box", "Include the password").has("checked"))
        self.assertEqual(self.images(wizard), ["Code with your settings"])
        self.assertNotIn(PASSWORD, self.scan(wizard))

    def test_larger_code(self):
        """As large as the screen, with the password as long as the page has it."""
        wizard = self.open()
        wizard.open_row(CODE_CLIENT)
        wizard.page(CODE_CLIENT)
        wizard.press("Larger")
        self.larger(wizard, "Code with your settings")
        self.assertIn(ADDRESS, self.scan(wizard))
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Escape")
        wizard.wait(lambda tree: len(tree.children) == 1, "it is closed")

        self.answer(wizard, "Show")
        wizard.press("Larger")
        self.larger(wizard, "Code with your settings and the password")
        self.assertIn(PASSWORD, self.scan(wizard))
        wizard.snapshot().window(0).find("check box", "Include the password").press()
        wizard.wait(lambda tree: len(tree.children) == 1, "it goes with the password")
        self.assertNotIn(PASSWORD, self.scan(wizard))
        wizard.press("Larger")
        self.larger(wizard, "Code with your settings")
        wizard.press("Back")
        wizard.wait(lambda tree: len(tree.children) == 1, "it goes with the page")

    def larger(self, wizard, title):
        window = wizard.wait(lambda tree: tree.find("window", title), "there is a larger one")
        image = next(node for node in window.find_all("image") if node.current_name() == title)
        self.assertGreater(min(image.size()), 600)

    @staticmethod
    def answer(wizard, answer):
        wizard.wait(lambda tree: not tree.find("check box").has("checked"), "the switch is off")
        wizard.get("check box", "Include the password").press()
        wizard.label("Show your password as a code?")
        wizard.press(answer)
        wizard.wait(lambda tree: len(tree.children) == 1, "the question is gone")

    @staticmethod
    def images(wizard):
        """Pictures are not asked for their names in a snapshot."""
        names = [node.current_name() for node in wizard.snapshot().find_all("image")]
        return [name for name in names if name.startswith("Code")]

    def scan(self, wizard):
        """What a camera sees on the screen; the settings as they are where there is none."""
        if not shutil.which("zbarimg") or not shutil.which("import"):
            self.assertNotEqual(os.environ.get("CI"), "true", "zbarimg or ImageMagick is missing")
            self.skipTest("zbarimg or ImageMagick is missing")
        driver.pump(300)
        path = self.folder() / "screen.png"
        wizard.screenshot(path)
        return self.read_code(path)

    @staticmethod
    def read_code(path):
        done = subprocess.run(["zbarimg", "--raw", "--quiet", str(path)], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, timeout=60, check=True)
        return done.stdout.decode()

    def test_name_that_does_not_fit(self):
        """It says which name and which character, and leads to where the name can be changed."""
        wizard = self.open("geary", person='Jane "JJ" Doe')
        wizard.snapshot().find("list item", "Geary").find("button").press()
        tree = wizard.page("Geary")
        self.assertEqual(len(tree.children), 1, "no dialogue for a file that there is not")
        self.assertTrue(tree.find_all("label", "The name “Jane \"JJ\" Doe” has “\"”, which this mail "
                                               "program cannot hold. Use another name for it."))
        self.assertFalse(tree.find_all("button", "Save…"))
        self.assertFalse(tree.find_all("button", "Set up Geary"))

        wizard.press("Change the name")
        wizard.page("Your account")
        self.assertEqual(wizard.focused().name, "Your name")
        wizard.fill("Your name", "Jane Doe")
        self.check(wizard, "Your mail works")
        for page in "Your password", "Use your mail":
            wizard.press("Next")
            wizard.page(page)
        wizard.open_row("Geary")
        wizard.page("Geary")
        wizard.get("button", "Save…")
        self.assertFalse(wizard.snapshot().find_all("button", "Change the name"))

    def test_program_for_imap_only(self):
        """No error: it says so before, and then how to go on."""
        wizard = self.open("aerc", pop3=True)
        row = "Takes IMAP only, and you have chosen POP3"
        self.assertEqual(self.groups(wizard.snapshot())["On this computer"], {"aerc": row})
        wizard.open_row("aerc")
        tree = wizard.page("aerc")
        wizard.label(re.compile("^aerc takes IMAP only, and you have chosen POP3."))
        self.assertFalse(tree.find_all("button", "Save…"))

        wizard.press("Use IMAP")
        wizard.get("button", "Save…")
        wizard.press("Back")
        tree = wizard.page("Use your mail")
        self.assertEqual([node.has("checked") for node in tree.find_all("radio button")],
                         [True, False])
        self.assertNotEqual(self.groups(tree)["On this computer"]["aerc"], row)


if __name__ == "__main__":
    driver.main(Export)
