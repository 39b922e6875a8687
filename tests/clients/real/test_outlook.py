# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The XML files for programs on Windows, read by a program that reads XML."""

import case

NASTY = "Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x} <b>&amp; ]]> é 🙂 \u202eabc"
NAMES = case.NAME, NASTY, "x" * 200


class Outlook(case.Case):
    programs = ("xmllint",)

    def read(self, file, **wanted):
        """Every path to an element, by the elements' bare names, must hold what is wanted."""
        self.assertEqual(self.run_program("xmllint", "--nonet", "--noout", file), "")
        for path, want in wanted.items():
            steps = "/".join(f"*[local-name()='{step}']" for step in path.split("__"))
            got = self.run_program("xmllint", "--nonet", "--xpath", f"string(/{steps})", file)
            self.assertEqual(got, f"{want}\n")

    def test_autodiscover(self):
        for number, name in enumerate(NAMES):
            folder = self.export("outlook-autodiscover", "--protocol", "pop3", "--name", name,
                                 name=f"autodiscover-{number}")
            self.assertEqual(sorted(file.name for file in folder.iterdir()),
                             ["autodiscover.xml", "outlook-autodiscover.reg"])
            self.read(folder / "autodiscover.xml",
                      Autodiscover__Response__User__DisplayName=name,
                      Autodiscover__Response__Account__Protocol__Type="POP3",
                      Autodiscover__Response__Account__Protocol__Server=case.HOST,
                      Autodiscover__Response__Account__Protocol__Port=995,
                      Autodiscover__Response__Account__Protocol__LoginName=case.ADDRESS)

    def test_live_mail(self):
        for protocol, prefix, port in ("imap", "IMAP", 0x3e1), ("pop3", "POP3", 0x3e3):
            for name in NAMES:
                file = self.export("windows-live-mail", "--protocol", protocol, "--name", name,
                                   "--force", name="mail.oeaccount")
                self.read(file, **{"MessageAccount__SMTP_Display_Name": name,
                                   "MessageAccount__SMTP_Email_Address": case.ADDRESS,
                                   f"MessageAccount__{prefix}_Server": case.HOST,
                                   f"MessageAccount__{prefix}_Port": f"{port:08x}",
                                   f"MessageAccount__{prefix}_User_Name": case.ADDRESS})
