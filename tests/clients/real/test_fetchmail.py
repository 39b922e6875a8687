# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""fetchmail fetches, with a password that a person types: it knows of no keyring."""

import case
import terminal


class Fetchmail(case.Case):
    programs = ("fetchmail", "secret-tool")

    def set_up(self, protocol, servers, **options):
        terminal.set_up(self, servers, **options)
        return self.export("fetchmail", "--protocol", protocol, "--force", name=".fetchmailrc")

    def fetch(self, *options, status=0, password=case.PASSWORD):
        return terminal.fetchmail(self, *options, status=status, password=password)

    def fetched(self):
        return (self.home / "fetched").read_text()

    def test_fetches(self):
        for servers in terminal.TLS, terminal.STARTTLS:
            for protocol in "imap", "pop3":
                subject = f"for fetchmail by {servers[protocol]}."
                self.set_up(protocol, servers)
                self.empty_mailbox()
                self.deliver(subject)
                before = self.sign_ins()
                self.fetch()
                self.assertEqual(self.fetched().count(f"Subject: {subject}"), 1)
                self.assertEqual(self.sign_ins()[len(before):], [(protocol, True)])
                self.assertEqual(len(self.mailbox()), 1, "it left the message on the server")
                # Nothing is new, and that is status 1.
                self.fetch(status=1)
                self.assertEqual(self.fetched().count(f"Subject: {subject}"), 1)

    def test_removes_when_told_to(self):
        config = self.set_up("pop3", terminal.TLS)
        self.assertIn("  keep\n", config.read_text())
        config.write_text(config.read_text().replace("  keep\n", "  nokeep\n"))
        self.empty_mailbox()
        self.deliver("to remove")
        self.fetch()
        self.assertIn("Subject: to remove", self.fetched())
        self.assertEqual(self.mailbox(), [])

    def test_insists_on_tls(self):
        for protocol in "pop3", "imap":
            terminal.set_up_without_tls(self, protocol)
            self.export("fetchmail", "--protocol", protocol, "--force", name=".fetchmailrc")
            before = self.sign_ins()
            output = self.fetch("-v", status=2)
            self.assertNotIn("PASS", output)
            self.assertNotIn("LOGIN \"", output)
            self.assertEqual(self.sign_ins(), before)

    def test_reads_nasty_values(self):
        # What it shows of its settings it mangles, so it is asked what it says to the server.
        for user in terminal.NASTY_NAMES:
            self.set_up("pop3", terminal.TLS, user=user)
            output = self.fetch("-v", status=3, password="not this one")
            self.assertIn(f"POP3> USER {user}\r\n", output)

    def test_reads_every_option(self):
        for protocol, servers, ssl in (("imap", terminal.TLS, True), ("pop3", terminal.STARTTLS, False)):
            config = self.set_up(protocol, servers)
            dump = self.run_program("fetchmail", "--configdump")
            values = dict(line.strip().rstrip(",").replace("'", '"').split(":", 1)
                          for line in dump.splitlines() if ":" in line and "#" not in line)
            for key, value in (("pollname", f'"{case.HOST}"'), ("protocol", f'"{protocol.upper()}"'),
                               ("service", f'"{servers[protocol].rsplit(":", 1)[1]}"'),
                               ("uidl", str(protocol == "pop3").upper()), ("keep", "TRUE"),
                               ("remote", f'"{case.ADDRESS}"'), ("ssl", str(ssl).upper()),
                               ("sslproto", '"TLS1.2+"'), ("sslcertck", "TRUE"),
                               ("password", "None")):
                self.assertEqual(values[f'"{key}"'], value, key)
            config.chmod(0o644)
            self.run_program("fetchmail", "--configdump", status=6)
