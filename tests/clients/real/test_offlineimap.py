# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OfflineIMAP fetches mail with our file, the password from the keyring."""

import case
import starttls


class Offlineimap(case.Case):
    programs = ("offlineimap", "secret-tool")

    def test_fetches(self):
        self.empty_mailbox()
        self.deliver("For OfflineIMAP")
        exported = self.export("offlineimap")
        signed_in = self.sign_ins()
        output = self.run_program("offlineimap", "-o", "-c", exported)
        self.assert_no_password(output)
        new = self.sign_ins()[len(signed_in):]
        self.assertTrue(new)
        self.assertEqual(set(new), {("imap", True)})

        mail = [file.read_text() for file in
                (self.home / "Mail" / "offlineimap" / case.ADDRESS / "INBOX").glob("[cn]*/*")]
        self.assertEqual(len(mail), 1, output)
        self.assertIn("Subject: For OfflineIMAP", mail[0])
        self.assertEqual(len(self.mailbox()), 1)

    def test_checks_certificates(self):
        """A server whose certificate is not its own gets no password."""
        exported = self.export("offlineimap")
        exported.write_text(exported.read_text().replace(f"remotehost = {case.HOST}",
                                                         "remotehost = wrong-name.lab.example"))
        signed_in = self.sign_ins()
        output = self.run_program("offlineimap", "-o", "-c", exported, status=1)
        self.assertIn("certificate", output.lower())
        self.assertEqual(self.sign_ins(), signed_in)

    def test_starttls_is_refused(self):
        starttls.use(self)
        self.run_cli("export", case.ADDRESS, "--client", "offlineimap", "--output",
                     self.home / "exported", status=2)
        self.assertFalse((self.home / "exported").exists())
