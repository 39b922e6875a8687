# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mbsync fetches mail with our file, the password from the keyring."""

import case
import starttls


class Isync(case.Case):
    programs = ("mbsync", "secret-tool")

    def setUp(self):
        super().setUp()
        (self.home / "Mail" / "isync" / case.ADDRESS).mkdir(parents=True)

    def fetch(self):
        self.empty_mailbox()
        self.deliver("For mbsync")
        exported = self.export("isync")
        signed_in = self.sign_ins()
        self.assert_no_password(self.run_program("mbsync", "-V", "-c", exported, case.ADDRESS))
        self.assertEqual(self.sign_ins(), [*signed_in, ("imap", True)])

        mail = [file.read_text() for file in
                (self.home / "Mail" / "isync" / case.ADDRESS / "INBOX").glob("[cn]*/*")]
        self.assertEqual(len(mail), 1)
        self.assertIn("Subject: For mbsync", mail[0])
        # Nothing was taken away from the server.
        self.assertEqual(len(self.mailbox()), 1)
        return exported

    def test_checks_certificates(self):
        """A server whose certificate is not its own gets no password."""
        for security in "tls", "starttls":
            if security == "starttls":
                starttls.use(self)
            exported = self.export("isync", "--force")
            exported.write_text(exported.read_text().replace(f"Host {case.HOST}",
                                                             "Host wrong-name.lab.example"))
            signed_in = self.sign_ins()
            output = self.run_program("mbsync", "-c", exported, case.ADDRESS, status=1)
            self.assertIn("certificate", output.lower())
            self.assertEqual(self.sign_ins(), signed_in)

    def test_fetches(self):
        self.assertIn("SSLType IMAPS", self.fetch().read_text())

    def test_fetches_with_starttls(self):
        starttls.use(self)
        self.assertIn("SSLType STARTTLS", self.fetch().read_text())
