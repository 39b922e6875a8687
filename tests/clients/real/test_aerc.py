# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""aerc signs in and sends with our file, the passwords from the keyring. It has no way to work
without a terminal, so it gets one that nobody sees."""

import email
import email.header
import email.utils
import fcntl
import os
import pty
import struct
import subprocess
import termios
import threading

import case
import starttls


class Terminal:
    """A program that believes a person sits before it."""

    def __init__(self, *command, environment):
        self.output = b""
        self.screen, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 150, 0, 0))
        self.process = subprocess.Popen(command, env={**environment, "TERM": "xterm"}, stdin=theirs,
                                        stdout=theirs, stderr=theirs, start_new_session=True,
                                        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(theirs)
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        try:
            while data := os.read(self.screen, 65536):
                self.output += data
        except OSError:
            # The program has gone, and the terminal with it.
            pass

    def wait_for(self, *texts):
        """The first of these that is shown."""
        def find():
            return next((text for text in texts if text.encode() in self.output), None)

        try:
            case.servers.wait_until(find, f"{texts} is shown")
        except RuntimeError as error:
            raise AssertionError(self.output.decode(errors="replace")) from error
        return find()

    def type(self, text):
        os.write(self.screen, text.encode())

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.reader.join()
        os.close(self.screen)


class Aerc(case.Case):
    programs = ("aerc", "secret-tool")

    def export_in_place(self, *options):
        (self.home / ".config" / "aerc").mkdir(exist_ok=True)
        return self.export("aerc", *options, name=".config/aerc/accounts.conf")

    def start(self):
        # An editor that leaves the message as it is.
        terminal = Terminal("aerc", environment={**self.environment, "EDITOR": "true"})
        self.addCleanup(terminal.close)
        return terminal

    def send(self, terminal, subject):
        """A message to oneself; returns the name and address from which it arrived."""
        terminal.wait_for("Connected")
        self.empty_mailbox()
        terminal.type(f':compose -H "To: {case.ADDRESS}" -H "Subject: {subject}"\r')
        terminal.wait_for("Send this email?")
        terminal.type("y")
        text = self.wait_for_message(f"Subject: {subject}")
        self.assert_no_password(terminal.output.decode(errors="replace"))
        name, address = email.utils.parseaddr(email.message_from_string(text)["From"])
        return str(email.header.make_header(email.header.decode_header(name))), address

    def check_sends(self, terminal):
        signed_in = self.sign_ins()
        self.assertEqual(self.send(terminal, "Sent by aerc"), (case.NAME, case.ADDRESS))
        # It may look at the mailbox again, but sends once.
        self.assertEqual(set(self.sign_ins()[len(signed_in):]) - {("imap", True)}, {("smtp", True)})
        self.assertIn(("imap", True), self.sign_ins())

    def test_sends(self):
        self.assertIn("smtps+plain://", self.export_in_place().read_text())
        self.check_sends(self.start())

    def test_sends_with_starttls(self):
        starttls.use(self)
        exported = self.export_in_place()
        self.assertIn("source = imap://", exported.read_text())
        self.assertIn("outgoing = smtp+plain://", exported.read_text())
        terminal = self.start()
        # Newer versions want the line away that older ones need; our steps say so.
        if terminal.wait_for("deprecated", "Connected") == "deprecated":
            exported.write_text(exported.read_text().replace("smtp-starttls = yes\n", ""))
            terminal = self.start()
        self.check_sends(terminal)

    def test_reads_nasty_names(self):
        """No quotation mark and no backslash: aerc reads them, but sends them otherwise."""
        for number, name in enumerate((
                "`id` $(id) $HOME #1 ; 100% %s %(source)s (x) {x} [y] <z> é 🙂 \u202eabc",
                "'Jane', Doe: @home.",
                "`", "(", "aB3`$#%;<>&'é字😀 " * 10 + "x")):
            self.export_in_place("--name", name, "--force")
            self.assertEqual(self.send(self.start(), f"Name {number}"), (name, case.ADDRESS))

    def test_refuses_what_others_can_read(self):
        self.export_in_place().chmod(0o644)
        self.start().wait_for("too open permissions")
