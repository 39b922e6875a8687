#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard against real servers and a real keyring, inside the lab:

    tests/lab/lab tests/gtk/run-wizard-test tests/gtk/test-wizard-lab.py build/src/gtk/optsetup
"""

import os
import pathlib
import shutil
import stat
import subprocess
import sys
import zipfile

from gi.repository import Gio, GLib

import wizard as driver

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lab"))
import servers  # noqa: E402

JANE = "jane.doe@optonline.net"
SERVICES = ("imap", "pop3", "smtp")
NEW = "a new horse 8"
REGISTRY = "/usr/libexec/evolution-source-registry"
REGISTRY_NAME = "org.gnome.evolution.dataserver.Sources"


class Lab(driver.Case):
    def setUp(self):
        self.password = servers.accounts()[JANE]

    def start_keyring(self):
        """An empty keyring, unlocked; in the foreground, so that it ends with the test."""
        daemon = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock",
                                   "--components=secrets"], stdin=subprocess.PIPE,
                                  env={**os.environ, "XDG_DATA_HOME": str(self.folder())},
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(daemon.wait)
        self.addCleanup(daemon.terminate)
        daemon.stdin.write(b"keyring")
        daemon.stdin.close()
        driver.wait_until(self.keyring_is_there, "the keyring is there")

    @staticmethod
    def keyring_is_there():
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus",
                             "org.freedesktop.DBus", "NameHasOwner",
                             GLib.Variant("(s)", ("org.freedesktop.secrets",)), None, 0, -1,
                             None).unpack()[0]

    def look_up(self, service):
        """What any other program finds in the keyring."""
        done = subprocess.run(["secret-tool", "lookup", "host", "mail.optonline.net",
                               "service", service, "user", JANE], stdout=subprocess.PIPE,
                              timeout=30, check=False)
        return done.stdout.decode()

    def start_registry(self):
        """Evolution's data server; it has no account of ours."""
        if not shutil.which(REGISTRY) and os.environ.get("CI") != "true":
            self.skipTest("evolution-source-registry is missing (package evolution-data-server)")
        daemon = subprocess.Popen([REGISTRY], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(daemon.wait)
        self.addCleanup(daemon.terminate)
        driver.wait_until(self.registry_name, "the registry is there")

    @staticmethod
    def registry_name():
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        names = bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus",
                              "org.freedesktop.DBus", "ListNames", None, None, 0, -1,
                              None).unpack()[0]
        return next((name for name in names if name.startswith(REGISTRY_NAME)), None)

    @staticmethod
    def sources():
        """The files that Evolution has of ours."""
        folder = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "evolution" / "sources"
        return sorted(path.name for path in folder.glob("optsetup-*.source"))

    def start_account(self, password):
        """Welcome, and an account typed in."""
        wizard = self.start()
        wizard.open_row("Set up my address")
        wizard.page("Your account")
        wizard.fill("Your name", "Jane Doe")
        wizard.fill("Email address", JANE)
        wizard.fill("Password", password)
        wizard.label("This address belongs to Optonline. We know its servers; you need not.")
        self.assertTrue(wizard.get("radio button", "On all my devices").has("checked"))
        return wizard

    def check(self, wizard, heading):
        before = len(servers.sign_ins(JANE))
        wizard.press("Check")
        tree = wizard.page("Result", 40)
        self.assertEqual(tree.find("heading").name, heading)
        return sorted(servers.sign_ins(JANE)[before:])

    def test_from_welcome_to_done(self):
        self.start_keyring()
        wizard = self.start_account(self.password)
        seen = self.check(wizard, "Your mail works")
        self.assertEqual(seen, [(service, True) for service in SERVICES])
        number = len(servers.preloaded())
        wizard.label(f"Your mailbox holds {number} messages. Sending is allowed as {JANE}.")

        wizard.press("Next")
        tree = wizard.page("Your password")
        self.assertTrue(tree.find("check box", "Remember the password on this computer")
                        .has("checked"))
        self.assertEqual([self.look_up(service) for service in SERVICES], [""] * 3)
        wizard.press("Next")
        wizard.page("Use your mail")
        self.assertEqual([self.look_up(service) for service in SERVICES], [self.password] * 3)

        path = self.folder() / "settings.zip"
        is_here = bool(wizard.snapshot().find_all("list item", "Thunderbird"))
        if not is_here:
            wizard.open_row("More programs")
            wizard.page("More programs")
        wizard.open_row("Thunderbird")
        wizard.page("Thunderbird")
        wizard.save_as(path)
        driver.wait_until(path.exists, "the file is written")
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        with zipfile.ZipFile(path) as archive:
            self.assertIsNone(archive.testzip())
            (name,) = [name for name in archive.namelist() if name.endswith("prefs.js")]
            prefs = archive.read(name).decode()
        for part in JANE, "mail.optonline.net", "Jane Doe", "993", "465":
            self.assertIn(part, prefs)
        self.assertNotIn(self.password, prefs)

        wizard.press("Back")
        if not is_here:
            wizard.page("More programs")
            wizard.press("Back")
        wizard.page("Use your mail")
        wizard.press("Done")
        tree = wizard.page("Done")
        for text in JANE, "Kept in the keyring of this computer", str(path):
            self.assertIn(text, tree.labels())

        # Whoever comes back finds the account on the first page.
        wizard.open_row("Check again any time")
        wizard.get("button", f"Check {JANE}")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+q")
        self.assertEqual(wizard.wait_exit(), 0)
        self.assert_nothing_leaks(wizard)

    def assert_nothing_leaks(self, wizard):
        """No password in what it printed, or in any file of its own."""
        self.assertNotIn(self.password, wizard.said())
        for variable in "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME":
            for path in pathlib.Path(os.environ[variable]).rglob("*"):
                if path.is_file():
                    self.assertNotIn(self.password.encode(), path.read_bytes(), path)

    def test_set_up_and_undo(self):
        """Evolution is set up: what will be changed, that, and then exactly that away again."""
        self.start_keyring()
        self.start_registry()
        opened = self.make_evolution()
        wizard = self.start_account(self.password)
        self.check(wizard, "Your mail works")
        wizard.press("Next")
        wizard.page("Your password")
        wizard.press("Next")
        self.open_evolution(wizard, "Set it up now, with the password")

        # A plan, and a no: nothing is changed.
        wizard.press("Set it up…")
        wizard.label("This will be changed")
        plan = self.lines(wizard)
        self.assertEqual(len([line for line in plan if line.startswith("• New file")]), 3, plan)
        wizard.press("Cancel")
        wizard.get("button", "Set it up…")
        self.assertEqual(self.sources(), [])

        wizard.press("Set it up…")
        wizard.press("Set it up")
        wizard.label("It is set up")
        done = [line.replace("• New ", "• The ") for line in plan]
        self.assertEqual(self.lines(wizard), done)
        self.assertEqual(len(self.sources()), 3)
        self.assertNotIn(self.password, " ".join(wizard.snapshot().labels()))

        # It is still so after going elsewhere, and stands on the last page.
        wizard.press("Back")
        wizard.page("More programs")
        wizard.press("Back")
        wizard.page("Use your mail")
        wizard.press("Done")
        tree = wizard.page("Done")
        self.assertIn("Evolution", tree.labels())
        wizard.press("Open Evolution")
        driver.wait_until(opened.exists, "Evolution is opened")
        wizard.press("Back")
        self.open_evolution(wizard, "It is set up")
        wizard.press("Undo")
        wizard.label("Undone. All is as it was before.")
        self.assertEqual(self.sources(), [])
        self.assert_nothing_leaks(wizard)

        # Done once more, and closed: the next time it can still be undone.
        wizard.press("Set it up…")
        wizard.press("Set it up")
        wizard.label("It is set up")
        wizard.kill()
        wizard = self.start_account(self.password)
        self.check(wizard, "Your mail works")
        wizard.press("Next")
        wizard.page("Your password")
        wizard.press("Next")
        self.open_evolution(wizard, "It is set up")
        self.assertEqual(self.lines(wizard), done)
        wizard.press("Undo")
        wizard.label("Undone. All is as it was before.")
        self.assertEqual(self.sources(), [])

    def make_evolution(self):
        """A program that the desktop takes for Evolution, and the file that it makes when opened."""
        folder = self.folder()
        program = folder / "evolution"
        program.write_text(f"#!/bin/sh\ntouch {folder}/opened\n")
        program.chmod(0o700)
        launcher = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "applications" / "evolution.desktop"
        launcher.parent.mkdir(exist_ok=True)
        launcher.write_text(f"[Desktop Entry]\nType=Application\nName=Evolution\nExec={program}\n")
        self.addCleanup(launcher.unlink)
        return folder / "opened"

    @staticmethod
    def open_evolution(wizard, words):
        wizard.page("Use your mail")
        wizard.open_row("More programs")
        tree = wizard.page("More programs")
        row = tree.find("list item", "Evolution")
        driver.wait_until(lambda: words in wizard.bus.snapshot(row.reference).labels(), words)
        wizard.open_row("Evolution")
        wizard.page("Evolution")

    @staticmethod
    def lines(wizard):
        text = wizard.wait(lambda tree: next((label for label in tree.labels()
                                              if label.startswith("• ")), None),
                           "there are changes")
        return text.splitlines()

    def test_message_there_and_back(self):
        """By real servers; and a second one within a minute is refused."""
        before = sorted(servers.mailbox(JANE).glob("[cn][ue][rw]/*"))
        wizard = self.start_account(self.password)
        self.check(wizard, "Your mail works")
        wizard.press("Send myself a test message")
        wizard.label("Your test message arrived")
        self.assertEqual(sorted(servers.mailbox(JANE).glob("[cn][ue][rw]/*")), before)
        wizard.press("Send another one")
        wizard.label("A test message was sent less than a minute ago. "
                     "Wait a minute, then try again.")
        self.assertEqual(servers.Postfix().queued(), [])
        self.assert_nothing_leaks(wizard)

    def test_wrong_password(self):
        wizard = self.start_account("not my pass word")
        seen = self.check(wizard, "Your password was not accepted")
        self.assertEqual([accepted for _, accepted in seen], [False], seen)

        # The right one then works, and nobody was locked out.
        wizard.press("Enter the password again")
        wizard.page("Your account")
        wizard.fill("Password", self.password)
        seen = self.check(wizard, "Your mail works")
        self.assertEqual(seen, [(service, True) for service in SERVICES])

    def test_new_password(self):
        """A password that does not work changes nothing; one that does goes to the keyring."""
        self.start_keyring()
        wizard = self.start_account(self.password)
        self.check(wizard, "Your mail works")
        wizard.press("Next")
        wizard.page("Your password")
        wizard.press("Next")
        wizard.page("Use your mail")
        for page in "Your password", "Result", "Your account":
            wizard.press("Back")
            wizard.page(page)
        wizard.press("Back")
        wizard.press(f"Check {JANE}")
        wizard.label("Your settings")
        wizard.heading("These settings work", 40)

        dovecot = servers.Dovecot()
        self.addCleanup(dovecot.change_password, JANE, self.password)
        dovecot.change_password(JANE, NEW)
        wizard.press("Check again")
        wizard.heading("These settings do not work", 40)
        wizard.label("The server did not accept the password that is kept on this computer. If you "
                     "have changed it on the web, enter the new one. If not, try it on the web "
                     "mail.")
        wizard.label("The one that is known was not accepted. Type the one that is right now.")
        wizard.press("New password…")
        wizard.page("New password")
        self.assertEqual(self.type_new_password(wizard, "mistyped",
                                                "The new password was not proven"),
                         [self.password] * 3)
        self.assertEqual(self.type_new_password(wizard, NEW, "Your new password works"), [NEW] * 3)
        wizard.label("Changed in")
        wizard.press("Done")
        wizard.page("Your settings")

    def type_new_password(self, wizard, password, heading):
        """Types a password, has it checked, and says what the keyring has then."""
        wizard.fill("New password", password)
        wizard.press("Check")
        wizard.heading(heading, 40)
        return [self.look_up(service) for service in SERVICES]

    def test_no_keyring(self):
        wizard = self.start_account(self.password)
        self.check(wizard, "Your mail works")
        wizard.press("Next")
        wizard.page("Your password")
        wizard.press("Next")
        wizard.label("Not kept. You can go on; programs will ask you for the password.")
        wizard.label("This desktop has no keyring. Install GNOME Keyring or KWallet to keep "
                     "passwords.")
        wizard.press("Go on")
        wizard.page("Use your mail")
        wizard.press("Done")
        tree = wizard.page("Done")
        self.assertIn("Not kept; programs will ask you for it", tree.labels())

    def test_not_to_be_remembered(self):
        """The switch is off: there is a keyring, and it stays empty."""
        self.start_keyring()
        wizard = self.start_account(self.password)
        self.check(wizard, "Your mail works")
        wizard.press("Next")
        wizard.page("Your password")
        wizard.get("check box", "Remember the password on this computer").press()
        wizard.wait(lambda tree: not tree.find("check box").has("checked"), "the switch is off")
        wizard.press("Next")
        wizard.page("Use your mail")
        self.assertEqual([self.look_up(service) for service in SERVICES], [""] * 3)

    def test_close_before_anything_is_kept(self):
        """It is asked once, and the safe answer is the one at hand."""
        wizard = self.start_account(self.password)
        self.check(wizard, "Your mail works")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+q")
        dialog = wizard.wait(lambda tree: tree.window(1).focused() and tree.window(1),
                             "the question is asked")
        self.assertIn("Close before your mail is set up?", dialog.labels())
        self.assertEqual(dialog.focused().name, "Go on")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Escape")
        wizard.wait(lambda tree: len(tree.children) == 1, "the question is gone")
        wizard.page("Result")

        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+q")
        self.assertEqual(wizard.wait_exit(), 0)

    def test_close_is_the_answer(self):
        wizard = self.start_account(self.password)
        self.check(wizard, "Your mail works")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+q")
        wizard.wait(lambda tree: tree.window(1).sensitive_button("Close"),
                    "the question is asked").press()
        self.assertEqual(wizard.wait_exit(), 0)


if __name__ == "__main__":
    missing = [tool for tool in ("gnome-keyring-daemon", "secret-tool") if not shutil.which(tool)]
    if missing and os.environ.get("CI") != "true":
        print(f"1..0 # SKIP {' and '.join(missing)} missing")
        sys.exit(0)
    driver.main(Lab)
