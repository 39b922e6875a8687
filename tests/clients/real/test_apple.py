# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The profile for Apple's Mail, read by a program that reads property lists."""

import plistlib

import case

NASTY = "Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x} <b>&amp; é 🙂 \u202eabc"


class Apple(case.Case):
    programs = ("plistutil",)

    def convert(self, source, form, target):
        self.run_program("plistutil", "-i", source, "-f", form, "-o", target)
        return target

    def test_plistutil(self):
        for protocol, kind, port in ("imap", "IMAP", 993), ("pop3", "POP", 995):
            for name in case.NAME, NASTY, "x" * 200:
                self.check(protocol, kind, port, name)

    def check(self, protocol, kind, port, name):
        profile = self.export("apple", "--protocol", protocol, "--name", name, "--force",
                              name="mail.mobileconfig")
        binary = self.convert(profile, "bin", self.home / "binary.plist")
        again = self.convert(binary, "xml", self.home / "again.plist")
        # Nothing is lost on the way there and back, and nothing is added.
        self.assertEqual(again.read_bytes(), profile.read_bytes())

        read = plistlib.loads(binary.read_bytes())
        self.assertEqual(read["PayloadType"], "Configuration")
        mail, = read["PayloadContent"]
        self.assertEqual(mail["PayloadType"], "com.apple.mail.managed")
        self.assertEqual(mail["EmailAccountType"], f"EmailType{kind}")
        self.assertEqual(mail["EmailAccountName"], name)
        self.assertEqual(mail["EmailAddress"], case.ADDRESS)
        for direction, number in ("Incoming", port), ("Outgoing", 465):
            self.assertEqual(mail[f"{direction}MailServerHostName"], case.HOST)
            self.assertEqual(mail[f"{direction}MailServerPortNumber"], number)
            self.assertEqual(mail[f"{direction}MailServerUsername"], case.ADDRESS)
            self.assertIs(mail[f"{direction}MailServerUseSSL"], True)
        self.assertFalse([key for key in mail if key.endswith("Password")
                          and key != "OutgoingPasswordSameAsIncomingPassword"])
        self.assertNotEqual(mail["PayloadUUID"], read["PayloadUUID"])
