# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""msmtp sends, and finds the password in the keyring by itself."""

import case
import terminal


class Msmtp(case.Case):
    programs = ("msmtp",)

    def send(self, subject):
        config = self.export("msmtp", "--force")
        self.assertNotIn("passwordeval", config.read_text())
        self.run_program("msmtp", "-C", config, case.ADDRESS,
                         stdin=f"To: {case.ADDRESS}\nSubject: {subject}\n\nHello.\n".encode())
        message = self.wait_for_message(subject)
        self.assertIn(f"Return-Path: <{case.ADDRESS}>", message)
        self.assertIn("ESMTPSA", message)

    def test_sends(self):
        for number, servers in enumerate((terminal.TLS, terminal.STARTTLS)):
            terminal.set_up(self, servers)
            before = self.sign_ins()
            self.send(f"by msmtp {number}")
            self.assertEqual(self.sign_ins(), before + [("smtp", True)])

    def test_answers_as_an_account_of_its_own(self):
        # As the steps say: at the end of a file that has another account.
        config = self.home / ".msmtprc"
        config.write_text("defaults\nauth off\ntls off\nport 1\n\naccount other\nhost other.example\n\n"
                          + self.export("msmtp").read_text().partition("\naccount default")[0])
        config.chmod(0o600)
        output = self.run_program("msmtp", "--serverinfo", f"--account={case.ADDRESS}")
        self.assertIn("mail.optonline.net", output)
        self.assertIn("AUTH", output)

    def test_reads_nasty_values(self):
        for user in terminal.NASTY_NAMES[:-1]:
            terminal.set_up(self, terminal.STARTTLS, user=user)
            config = self.export("msmtp", "--force")
            output = self.run_program("msmtp", "-C", config, "--pretend", case.ADDRESS).splitlines()
            for line in (f"user = {user}", f"from = {case.ADDRESS}", "host = mail.optonline.net",
                         "port = 587", "tls = on", "tls_starttls = on", "tls_trust_file = system",
                         "tls_certcheck = on", "auth = choose"):
                self.assertIn(line, output)

    def test_reads_a_nasty_address(self):
        terminal.set_up(self, terminal.TLS, user=terminal.NASTY_ADDRESS,
                        address=terminal.NASTY_ADDRESS)
        config = self.home / "exported"
        self.run_cli("export", terminal.NASTY_ADDRESS, "--client", "msmtp", "--output", config)
        output = self.run_program("msmtp", "-C", config, "--pretend", case.ADDRESS).splitlines()
        self.assertIn(f"user = {terminal.NASTY_ADDRESS}", output)
        self.assertIn(f"from = {terminal.NASTY_ADDRESS}", output)
        self.assertIn("tls_starttls = off", output)

    def test_reads_the_longest_line(self):
        # One letter more is refused, so that msmtp never sees it.
        longest = "x" * (499 - len('user ""'))
        terminal.set_up(self, terminal.TLS, user=longest)
        config = self.export("msmtp")
        output = self.run_program("msmtp", "-C", config, "--pretend", case.ADDRESS).splitlines()
        self.assertIn(f"user = {longest}", output)
        terminal.set_up(self, terminal.TLS, user=longest + "x")
        self.run_cli("export", case.ADDRESS, "--client", "msmtp", "--output", "-", status=2)
