# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""GNOME Online Accounts is given accounts, and gives the password back."""

import case
import goa
from gi.repository import GLib

# Without the characters that its own sign-in sends as they are.
PLAIN = "jane.doe@optonline.net"


class Goa(goa.Case):
    def test_gives_the_password(self):
        before = self.accounts(), self.keyring(), self.config()
        self.setup("--dry-run")
        self.assertEqual((self.accounts(), self.keyring(), self.config()), before)

        self.setup()
        (path, interfaces), = self.accounts().items()
        mail = interfaces[f"{goa.NAME}.Mail"]
        self.assertEqual(interfaces[f"{goa.NAME}.Account"]["ProviderType"], "imap_smtp")
        self.assertEqual(mail["EmailAddress"], case.ADDRESS)
        self.assertEqual(mail["Name"], case.NAME)
        for kind in "Imap", "Smtp":
            self.assertEqual((mail[f"{kind}Host"], mail[f"{kind}UserName"]),
                             (case.HOST, case.ADDRESS))
            self.assertTrue(mail[f"{kind}UseSsl"])
            self.assertFalse(mail[f"{kind}UseTls"])
            self.assertFalse(mail[f"{kind}AcceptSslErrors"])
        for which in "imap-password", "smtp-password":
            self.assertEqual(self.get_password(path, which), case.PASSWORD)
        self.assert_no_password(self.config())

        self.assertEqual(self.accounts().keys(), {path})
        self.setup(status=1)
        self.assertEqual(self.accounts().keys(), {path})
        self.setup_undone()
        self.assertEqual((self.accounts(), self.keyring(), self.config()), before)

    def test_warns_of_the_password(self):
        done = case.subprocess.run([case.CLI, "setup", case.ADDRESS, "--client", "goa"],
                                   env=self.environment, timeout=60, capture_output=True,
                                   check=False)
        self.assertEqual(done.returncode, 0)
        self.assertIn("letters beyond English", done.stderr.decode())
        self.assert_no_password((done.stdout + done.stderr).decode())
        self.setup_undone()

    def test_signs_in(self):
        password = case.servers.accounts()[PLAIN]
        read_end, write_end = case.os.pipe()
        with case.os.fdopen(write_end, "w") as pipe:
            pipe.write(password)
        with case.os.fdopen(read_end):
            done = case.subprocess.run(
                [case.CLI, "setup", PLAIN, "--client", "goa", "--password-fd", str(read_end)],
                env=self.environment, pass_fds=[read_end], timeout=60, check=False,
                stdout=case.subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0)

        path, = self.accounts()
        self.call(path, f"{goa.NAME}.Account", "EnsureCredentials")
        self.assertFalse(self.accounts()[path][f"{goa.NAME}.Account"]["AttentionNeeded"])
        self.assertTrue(case.servers.sign_ins(PLAIN))
        self.setup_undone(PLAIN)
        self.assertEqual(self.accounts(), {})

    def test_leaves_other_accounts(self):
        self.setup()
        other = self.call("/org/gnome/OnlineAccounts/Manager", f"{goa.NAME}.Manager", "AddAccount",
                          GLib.Variant("(sssa{sv}a{ss})", (
                              "imap_smtp", "other@optonline.net", "other@optonline.net",
                              {"imap-password": GLib.Variant("s", "x")},
                              {"Enabled": "true", "EmailAddress": "other@optonline.net"})))[0]
        self.setup_undone()
        self.assertEqual(self.accounts().keys(), {other})

    def test_gone_already(self):
        self.setup()
        path, = self.accounts()
        self.call(path, f"{goa.NAME}.Account", "Remove")
        self.assertIn("All of it", self.setup_undone())

    def test_keeps_nasty_names(self):
        for name in ("Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x} é 🙂 \u202eabc", "x" * 200):
            self.setup(name=name)
            interfaces, = self.accounts().values()
            self.assertEqual(interfaces[f"{goa.NAME}.Mail"]["Name"], name)
            self.setup_undone()
