# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Geary is given an account, and signs in with the password that is in the keyring for it."""

import case
import geary


class Geary(geary.Case):
    def everything(self):
        return {path.relative_to(self.home): path.read_bytes() if path.is_file() else None
                for path in self.home.rglob("*")
                if ".local/state" not in str(path) and path.suffix != ".log"}

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

    def test_signs_in(self):
        keyring = self.keyring()
        self.setup()
        program, sign_ins = self.sign_in_with_geary()
        self.assertEqual(set(sign_ins), {("imap", True)})
        self.setup(status=1)
        self.undo(status=1)
        self.assertTrue(self.account_file().exists())
        self.close(program)

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
                program, _ = self.sign_in_with_geary()
                case.servers.wait_until(lambda: file.read_text() != written, "Geary writes")
                self.close(program)
                self.assertEqual(self.sender(file), (name, case.ADDRESS))
                self.undo()

    def test_refuses_what_it_cannot_keep(self):
        before = self.everything(), self.keyring()
        for name in 'Jane "J" Doe', "Jane \\ Doe", "=?utf-8?q?Jane?=":
            self.setup(name=name, status=2)
        self.setup("--protocol", "pop3", status=2)
        self.assertEqual((self.everything(), self.keyring()), before)
