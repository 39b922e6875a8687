# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mutt and NeoMutt open the mailbox and send, with the password out of the keyring."""

import re

import case
import terminal

PROGRAMS = ("mutt", "neomutt")
WAYS_IN = ("imap", "pop3")


class Mutt(case.Case):
    programs = PROGRAMS + ("secret-tool",)

    def setUp(self):
        super().setUp()
        (self.home / "Mail").mkdir()
        # As the steps say; of their own they start by asking for a folder and for a message's fate.
        for program in PROGRAMS:
            (self.home / f".{program}rc").write_text(
                "set delete = yes\nset confirmappend = no\nset confirmcreate = no\n"
                "set wait_key = no\nset sleep_time = 0\nset move = no\nset record = \"\"\nset copy = no\n"
                "source ~/optsetup.muttrc\n")

    def set_up(self, protocol, servers, **options):
        terminal.set_up(self, servers, **options)
        return self.export("mutt", "--protocol", protocol, "--force", name="optsetup.muttrc")

    def test_opens_the_mailbox(self):
        for program in PROGRAMS:
            for servers in terminal.TLS, terminal.STARTTLS:
                for protocol in WAYS_IN:
                    subject = f"for {program} by {servers[protocol].replace('/', '')}"
                    self.set_up(protocol, servers)
                    self.empty_mailbox()
                    self.deliver(subject)
                    before = self.sign_ins()
                    terminal.open_in_mutt(self, program, subject)
                    self.assertEqual(self.sign_ins()[len(before):], [(protocol, True)])
                    self.assertEqual(len(self.mailbox()), 1)

    def test_sends(self):
        for program in PROGRAMS:
            for servers in terminal.TLS, terminal.STARTTLS:
                subject = f"by {program} and {servers['smtp']}"
                self.set_up("imap", servers)
                before = self.sign_ins()
                self.run_program(program, "-s", subject, case.ADDRESS, stdin=b"Hello.\n")
                message = self.wait_for_message(subject)
                self.assertIn(f"From: {case.NAME} <{case.ADDRESS}>", message)
                self.assertEqual(self.sign_ins()[len(before):], [("smtp", True)])

    def test_fetches(self):
        for program in PROGRAMS:
            for delete, left in ("no", 1), ("yes", 0):
                config = self.set_up("pop3", terminal.TLS)
                text = config.read_text()
                self.assertIn("set pop_delete = no\n", text)
                config.write_text(text.replace("set pop_delete = no", f"set pop_delete = {delete}"))
                subject = f"fetched by {program}, {delete}"
                self.empty_mailbox()
                self.deliver(subject)
                mbox = self.home / "inbox"
                mbox.touch()
                with terminal.Terminal(self, program, "-e", f"set spoolfile = {mbox}",
                                       "-e", "push '<fetch-mail><exit>'") as at:
                    at.finish()
                self.assertIn(f"Subject: {subject}", mbox.read_text())
                self.assertEqual(len(self.mailbox()), left)

    def read_back(self, program):
        """What the program holds, by name; names differ a little between the two."""
        output = self.run_program(program, "-D")
        values = {}
        for line in output.splitlines():
            found = re.match(r'(?:set )?(\w+) ?= ?"(.*)"$', line)
            if found:
                values[found[1].replace("_", "")] = re.sub(r"\\(.)", r"\1", found[2])
        return values

    def test_reads_nasty_values(self):
        self.set_up("imap", terminal.TLS)
        # Mutt shows no more than 200 letters of a value, but has them all: see below.
        for name in terminal.NASTY_NAMES[:-1]:
            self.export("mutt", "--force", "--name", name, name="optsetup.muttrc")
            for program in PROGRAMS:
                values = self.read_back(program)
                self.assertEqual(values["realname"], name)
                self.assertEqual(values["from"], case.ADDRESS)
                self.assertEqual(values["imapuser"], case.ADDRESS)

    def test_sends_nasty_names(self):
        self.set_up("imap", terminal.TLS)
        for number, name in enumerate(terminal.NASTY_NAMES):
            self.export("mutt", "--force", "--name", name, name="optsetup.muttrc")
            for program in PROGRAMS:
                subject = f"by {program} as number {number}."
                self.run_program(program, "-s", subject, case.ADDRESS, stdin=b"Hello.\n")
                self.assertEqual(terminal.sender_of(self.wait_for_message(subject)),
                                 (name, case.ADDRESS))

    def test_insists_on_tls(self):
        for protocol in WAYS_IN:
            terminal.set_up_without_tls(self, protocol)
            self.export("mutt", "--protocol", protocol, "--force", name="optsetup.muttrc")
            before = self.sign_ins()
            for program in PROGRAMS:
                with terminal.Terminal(self, program) as at:
                    at.expect("Encrypted connection unavailable")
            self.assertEqual(self.sign_ins(), before)

    def test_refuses_a_name_for_the_shell(self):
        for user in terminal.NASTY_NAMES[0], "a;id", "-a", "$(id)":
            terminal.set_up(self, terminal.TLS, user=user)
            self.run_cli("export", case.ADDRESS, "--client", "mutt", "--output", "-", status=2)
