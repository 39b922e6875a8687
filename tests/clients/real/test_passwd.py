# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A password is changed at the provider, and then everywhere on this computer, or nowhere."""

import case
import evolution
import geary
import goa

ADDRESS = "jane.doe@optonline.net"
OLD = case.servers.accounts()[ADDRESS]
NEW = "an even \"better\" \\ horse 8"
WRONG = "neither of them"


class Passwd(evolution.Case, goa.Case):
    programs = (evolution.REGISTRY, goa.DAEMON, "geary", "msmtp", "mpop", "secret-tool")

    def setUp(self):
        super().setUp()
        self.registry_name = self.start_registry()
        self.run_cli("save", ADDRESS, "--password-fd", "0", stdin=OLD.encode())
        self.addCleanup(self.run_cli, "forget", ADDRESS)
        for client in "evolution", "goa", "geary":
            self.run_cli("setup", ADDRESS, "--client", client)
            self.addCleanup(self.run_cli, "setup", ADDRESS, "--client", client, "--undo")

    def passwd(self, password, status):
        before = case.servers.sign_ins(ADDRESS)
        self.run_cli("passwd", ADDRESS, "--password-fd", "0", stdin=password.encode(),
                     status=status)
        return case.servers.sign_ins(ADDRESS)[len(before):]

    def passwords(self):
        """By place, as each program gets its own."""
        found = {f"ours {service}": self.run_program("secret-tool", "lookup", "host", case.HOST,
                                                     "service", service, "user", ADDRESS)
                 for service in ("imap", "pop3", "smtp")}
        for uid in self.sources(self.registry_name):
            if not uid.endswith("-identity"):
                found[f"Evolution {uid.rsplit('-', 1)[1]}"] = self.look_up(uid)
        account, = self.accounts()
        for which in "imap-password", "smtp-password":
            found[f"goa {which}"] = self.get_password(account, which)
        found["geary"] = self.run_program("secret-tool", "lookup", "xdg:schema", geary.NAME, "proto",
                                          "IMAP", "host", case.HOST, "login", ADDRESS)
        return found

    def assert_everywhere(self, password):
        found = self.passwords()
        self.assertEqual(len(found), 8)
        self.assertEqual(found, dict.fromkeys(found, password))

    def test_changes_it_everywhere(self):
        """GNOME's daemon signs in, too, when it likes: with what it has, and that is never WRONG."""
        self.assert_everywhere(OLD)
        refused = [service for service, accepted in self.passwd(WRONG, status=1) if not accepted]
        self.assertEqual(len(refused), 1)
        self.assert_everywhere(OLD)

        dovecot = case.servers.Dovecot()
        self.addCleanup(dovecot.change_password, ADDRESS, OLD)
        dovecot.change_password(ADDRESS, NEW)
        self.assertLessEqual({("imap", True), ("pop3", True), ("smtp", True)},
                             set(self.passwd(NEW, status=0)))
        self.assert_everywhere(NEW)
        self.check_sends_and_fetches()

    def check_sends_and_fetches(self):
        before = len(self.mailbox(ADDRESS))
        for client in "msmtp", "mpop":
            self.run_cli("export", ADDRESS, "--client", client, "--output", self.home / client)
        self.run_program("msmtp", "-C", self.home / "msmtp", ADDRESS,
                         stdin=f"To: {ADDRESS}\nSubject: with the new one\n\nHello.\n".encode())
        case.servers.wait_until(lambda: len(self.mailbox(ADDRESS)) > before, "the message arrives")
        self.run_program("mpop", "-C", self.home / "mpop")
        self.assertIn("Subject: with the new one", (self.home / f"{ADDRESS}.mbox").read_text())
