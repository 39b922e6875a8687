# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""getmail fetches mail with our file, the password from the keyring."""

import case
import starttls
import terminal


class Getmail(case.Case):
    programs = ("getmail", "secret-tool")

    def setUp(self):
        super().setUp()
        self.empty_mailbox()
        self.deliver("For getmail")
        for folder in "cur", "new", "tmp":
            (self.home / "Mail" / "getmail" / case.ADDRESS / folder).mkdir(parents=True)

    def getmail(self, *arguments, status=0):
        return terminal.getmail(self, *arguments, status=status)

    def fetched(self):
        return [file.read_text() for file in
                (self.home / "Mail" / "getmail" / case.ADDRESS / "new").iterdir()]

    def test_fetches(self):
        exported = self.export("getmail")
        # The second time there is nothing new, and what was fetched is still there.
        for _ in range(2):
            signed_in = self.sign_ins()
            self.assert_no_password(self.getmail("--rcfile", exported))
            self.assertEqual(self.sign_ins(), [*signed_in, ("pop3", True)])
            self.assertEqual(len(self.fetched()), 1)
            self.assertIn("Subject: For getmail", self.fetched()[0])
            self.assertEqual(len(self.mailbox()), 1)

    def test_understands_leave_on_server(self):
        output = self.getmail("--rcfile", self.export("getmail"), "--dump")
        self.assertRegex(output, r"delete_after\s*[:=]\s*14\b")
        self.assertRegex(output, r"delete\s*[:=]\s*False\b")

    def test_checks_certificates(self):
        """A server whose certificate is not its own gets no password."""
        exported = self.export("getmail")
        exported.write_text(exported.read_text().replace(f"server = {case.HOST}",
                                                         "server = wrong-name.lab.example"))
        signed_in = self.sign_ins()
        output = self.getmail("--rcfile", exported, status=127)
        self.assertIn("'wrong-name.lab.example' doesn't match", output)
        self.assertEqual(self.sign_ins(), signed_in)
        self.assertEqual(self.fetched(), [])

    def test_starttls_is_refused(self):
        starttls.use(self)
        self.run_cli("export", case.ADDRESS, "--client", "getmail", "--output",
                     self.home / "exported", status=2)
        self.assertFalse((self.home / "exported").exists())
