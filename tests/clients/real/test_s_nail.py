# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""S-nail lists the mailbox and sends, with the password out of the keyring."""

import case
import terminal


class SNail(case.Case):
    programs = ("s-nail", "secret-tool", "sed")

    def setUp(self):
        super().setUp()
        # As the steps say; but for root, ~ is what the system has for the home, not $HOME.
        mailrc = self.home / ".mailrc"
        mailrc.write_text(f"source {self.home}/optsetup.mailrc\n")
        self.environment.update(MAILRC=str(mailrc), MBOX=str(self.home / "mbox"),
                                DEAD=str(self.home / "dead"))

    def set_up(self, protocol, servers, *options, **more):
        terminal.set_up(self, servers, **more)
        return self.export("s-nail", "--protocol", protocol, "--force", *options,
                           name="optsetup.mailrc")

    def run_s_nail(self, commands, *options, account=case.ADDRESS):
        output = self.run_program("s-nail", "-A", account, *options,
                                  stdin="".join(f"{command}\n" for command in commands).encode())
        self.assert_no_password(output)
        return output

    def send(self, subject):
        self.run_s_nail(["Hello."], "-s", subject, case.ADDRESS)
        return self.wait_for_message(subject)

    def test_lists_headers(self):
        for servers in terminal.TLS, terminal.STARTTLS:
            for protocol in "imap", "pop3":
                subject = f"by {servers[protocol].replace('mail.optonline.net', '')}"
                self.set_up(protocol, servers)
                self.empty_mailbox()
                self.deliver(subject)
                before = self.sign_ins()
                output = self.run_s_nail(["from *", "type 1", "quit"], "-f", "%")
                self.assertIn("john@optimum.net", output)
                self.assertIn(subject, output)
                self.assertIn("Hello.", output)
                self.assertEqual(self.sign_ins()[len(before):], [(protocol, True)])
                self.assertEqual(len(self.mailbox()), 1, "it left the message on the server")

    def test_moves_when_told_to(self):
        config = self.set_up("pop3", terminal.TLS)
        config.write_text(config.read_text().replace("set hold", "set nohold"))
        self.empty_mailbox()
        self.deliver("to be moved")
        self.run_s_nail(["type 1", "quit"], "-f", "%")
        self.assertEqual(self.mailbox(), [])
        self.assertIn("Subject: to be moved", (self.home / "mbox").read_text())

    def test_sends(self):
        for servers in terminal.TLS, terminal.STARTTLS:
            subject = f"by S-nail and {servers['smtp']}"
            self.set_up("imap", servers)
            before = self.sign_ins()
            message = self.send(subject)
            self.assertEqual(terminal.sender_of(message), (case.NAME, case.ADDRESS))
            self.assertIn(("smtp", True), self.sign_ins()[len(before):])

    def test_sends_nasty_names(self):
        sent = 0
        for number, name in enumerate(terminal.NASTY_NAMES):
            if not name.isascii() and set(name) & set("()<>[]:;@\\,.\""):
                self.run_cli("export", case.ADDRESS, "--client", "s-nail", "--name", name,
                             "--output", "-", status=2)
                continue
            self.set_up("imap", terminal.TLS, "--name", name)
            message = self.send(f"by S-nail as number {number}.")
            self.assertEqual(terminal.sender_of(message), (name, case.ADDRESS), message)
            sent += 1
        self.assertGreater(sent, 8)

    def test_reads_a_nasty_address(self):
        address = terminal.NASTY_ADDRESS
        terminal.set_up(self, terminal.STARTTLS, address=address)
        self.run_cli("export", address, "--client", "s-nail", "--output",
                     self.home / "optsetup.mailrc")
        output = self.run_s_nail(["echo $from", "echo $mta", "echo $inbox", "varshow smtp-use-starttls",
                                  "xit"], "-f", "%", account=address)
        self.assertIn(f"\n{address}\n", output)

    def test_insists_on_tls(self):
        for protocol in "imap", "pop3":
            terminal.set_up_without_tls(self, protocol)
            self.export("s-nail", "--protocol", protocol, "--force", name="optsetup.mailrc")
            before = self.sign_ins()
            output = self.run_s_nail(["from *", "xit"], "-f", "%")
            self.assertIn("TLS", output)
            self.assertIn("no active mailbox", output.lower())
            self.assertEqual(self.sign_ins(), before)
