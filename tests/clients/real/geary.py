# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Geary: its program, its files and what it keeps in the keyring."""

import email.header
import email.utils

import case
from gi.repository import GLib

NAME = "org.gnome.Geary"


class Case(case.Case):
    programs = ("geary", "secret-tool")

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

    @staticmethod
    def sender(path):
        file = GLib.KeyFile()
        file.load_from_file(str(path), GLib.KeyFileFlags.NONE)
        mailbox, = file.get_string_list("Account", "sender_mailboxes")
        name, address = email.utils.parseaddr(mailbox)
        return str(email.header.make_header(email.header.decode_header(name))), address
