# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mpop fetches, and finds the password in the keyring by itself."""

import case
import terminal


class Mpop(case.Case):
    programs = ("mpop",)

    def fetch(self, subject):
        self.empty_mailbox()
        self.deliver(subject)
        config = self.export("mpop", "--force")
        self.assertNotIn("passwordeval", config.read_text())
        self.run_program("mpop", "-C", config, case.ADDRESS)
        fetched = (self.home / f"{case.ADDRESS}.mbox").read_text()
        self.assertEqual(fetched.count(f"Subject: {subject}"), 1)
        return config

    def test_fetches(self):
        for number, servers in enumerate((terminal.TLS, terminal.STARTTLS)):
            terminal.set_up(self, servers)
            before = self.sign_ins()
            self.fetch(f"for mpop {number}")
            self.assertEqual(self.sign_ins()[len(before):], [("pop3", True)])
            self.assertEqual(len(self.mailbox()), 1, "it left the message on the server")

    def test_fetches_once(self):
        config = self.fetch("for mpop once")
        self.run_program("mpop", "-C", config)
        self.assertEqual((self.home / f"{case.ADDRESS}.mbox").read_text().count("Subject: "), 1)

    def test_removes_when_told_to(self):
        config = self.fetch("for mpop to remove")
        config.write_text(config.read_text().replace("keep on", "keep off"))
        self.run_program("mpop", "-C", config)
        self.assertEqual(self.mailbox(), [])

    def test_reads_nasty_values(self):
        for user in terminal.NASTY_NAMES[:-1]:
            terminal.set_up(self, terminal.STARTTLS, user=user)
            config = self.export("mpop", "--force")
            output = self.run_program("mpop", "-C", config, "--pretend").splitlines()
            for line in (f"user = {user}", "host = mail.optonline.net", "port = 110", "tls = on",
                         "tls_starttls = on", "tls_trust_file = system", "tls_certcheck = on",
                         "auth = choose", "keep = on"):
                self.assertIn(line, output)

    def test_reads_a_nasty_address(self):
        terminal.set_up(self, terminal.TLS, user=terminal.NASTY_ADDRESS,
                        address=terminal.NASTY_ADDRESS)
        config = self.home / "exported"
        self.run_cli("export", terminal.NASTY_ADDRESS, "--client", "mpop", "--output", config)
        output = self.run_program("mpop", "-C", config, "--pretend")
        self.assertIn(f"user = {terminal.NASTY_ADDRESS}\n", output)
        self.assertIn(terminal.NASTY_ADDRESS.replace("/", "_") + ".mbox", output)
