# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Geary is given an account, and signs in with the password that is in the keyring for it."""

import email.header
import email.utils

import case
from gi.repository import GLib

NAME = "org.gnome.Geary"


class Geary(case.Case):
    programs = ("geary", "secret-tool")

    def everything(self):
        return {path.relative_to(self.home): path.read_bytes() if path.is_file() else None
                for path in self.home.rglob("*")
                if ".local/state" not in str(path) and path.suffix != ".log"}

    def keyring(self):
        return self.run_program("secret-tool", "search", "--all", "--unlock", "xdg:schema", NAME)

    def setup(self, *options, name=case.NAME, status=0):
        return self.run_cli("setup", case.ADDRESS, "--client", "geary", "--name", name, *options,
                            status=status)

    def undo(self, status=0):
        return self.run_cli("setup", case.ADDRESS, "--client", "geary", "--undo", status=status)

    def account_file(self, number="01"):
        return self.home / ".config" / "geary" / f"account_{number}" / "geary.ini"

    def start_geary(self):
        geary = case.start_daemon("geary", "--gapplication-service", name=NAME, home=self.home)
        self.addCleanup(geary.wait)
        self.addCleanup(geary.terminate)
        return geary

    def test_undo_leaves_nothing(self):
        before = self.everything(), self.keyring()
        self.setup("--dry-run")
        self.assertEqual((self.everything(), self.keyring()), before)
        self.setup()
        self.assertEqual(self.account_file().stat().st_mode & 0o777, 0o600)
        self.assert_no_password(self.account_file().read_text())
        self.setup(status=1)
        self.undo()
        self.assertEqual((self.everything(), self.keyring()), before)

    def sign_in_with_geary(self):
        """Geary, once it has signed in; what the servers heard from it."""
        before = len(self.sign_ins())
        geary = self.start_geary()
        case.servers.wait_until(lambda: len(self.sign_ins()) > before, "Geary signs in")
        return geary, self.sign_ins()[before:]

    def close(self, geary):
        geary.terminate()
        geary.wait()
        case.servers.wait_until(lambda: not case.owns_name(NAME), "Geary ends")

    def test_signs_in(self):
        keyring = self.keyring()
        self.setup()
        geary, sign_ins = self.sign_in_with_geary()
        self.assertEqual(set(sign_ins), {("imap", True)})
        self.setup(status=1)
        self.undo(status=1)
        self.assertTrue(self.account_file().exists())
        self.close(geary)

        output = self.undo()
        self.assertIn("copy of the mail", output)
        self.assertFalse(self.account_file().parent.exists())
        self.assertEqual(self.keyring(), keyring)

        # What is left there is none of a new account's.
        self.setup()
        self.assertTrue(self.account_file("02").exists())
        self.undo()
        self.assertFalse(self.account_file("02").parent.exists())
        self.assertEqual(self.keyring(), keyring)

    def test_keeps_nasty_names(self):
        """It writes the file anew, with what it has understood, once it knows the folders."""
        for name in ("aB3`$#%;<>&'é字😀 " * 12)[:200].strip(), "J. O'Doe; (x), {y} 100% @ 1":
            with self.subTest(name):
                self.setup(name=name)
                file, = self.home.glob(".config/geary/account_*/geary.ini")
                written = file.read_text()
                geary, _ = self.sign_in_with_geary()
                case.servers.wait_until(lambda: file.read_text() != written, "Geary writes")
                self.close(geary)
                self.assertEqual(self.sender(file), (name, case.ADDRESS))
                self.undo()

    @staticmethod
    def sender(path):
        file = GLib.KeyFile()
        file.load_from_file(str(path), GLib.KeyFileFlags.NONE)
        mailbox, = file.get_string_list("Account", "sender_mailboxes")
        name, address = email.utils.parseaddr(mailbox)
        return str(email.header.make_header(email.header.decode_header(name))), address

    def test_refuses_what_it_cannot_keep(self):
        before = self.everything(), self.keyring()
        for name in 'Jane "J" Doe', "Jane \\ Doe", "=?utf-8?q?Jane?=":
            self.setup(name=name, status=2)
        self.setup("--protocol", "pop3", status=2)
        self.assertEqual((self.everything(), self.keyring()), before)
