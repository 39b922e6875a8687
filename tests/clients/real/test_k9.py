# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings file for K-9 Mail, read by a program that reads XML."""

import case

NASTY = "Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x} <b>&amp; ]]> é 🙂 \u202eabc"


class K9(case.Case):
    programs = ("xmllint",)

    def test_xmllint(self):
        for protocol, port in ("imap", 993), ("pop3", 995):
            for name in case.NAME, NASTY, "x" * 200:
                file = self.export("k9", "--protocol", protocol, "--name", name, "--force",
                                   name="mail.k9s")
                account = "/k9settings/accounts/account"
                for path, want in ((f"{account}/identities/identity/name", name),
                                   (f"{account}/identities/identity/email", case.ADDRESS),
                                   (f"{account}/incoming-server/@type", protocol.upper()),
                                   (f"{account}/incoming-server/host", case.HOST),
                                   (f"{account}/incoming-server/port", port),
                                   (f"{account}/incoming-server/username", case.ADDRESS),
                                   (f"count({account}//password)", 0)):
                    got = self.run_program("xmllint", "--nonet", "--xpath", f"string({path})", file)
                    self.assertEqual(got, f"{want}\n")

    def test_password(self):
        """For those who asked for it."""
        output = self.home / "mail.k9s"
        self.run_cli("export", case.ADDRESS, "--client", "k9", "--output", output,
                     "--include-password", "--password-fd", "0", stdin=case.PASSWORD.encode())
        self.assertEqual(output.stat().st_mode & 0o777, 0o600)
        for server in "incoming-server", "outgoing-server":
            got = self.run_program("xmllint", "--nonet", "--xpath",
                                   f"string(//{server}/password)", output)
            self.assertEqual(got, f"{case.PASSWORD}\n")
