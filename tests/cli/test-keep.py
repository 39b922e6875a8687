#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli save, list, forget"""

import os
import stat

from harness import CANARY, SERVICES, SETUP, WORKS, CliTest, forms, main


class Keep(CliTest):
    """save, list, forget"""

    def store(self):
        return self.path("config", "optsetup", "accounts.ini")

    def list(self):
        done = self.run_cli("list", "--json")
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        self.assertEqual(list(done.json), ["schema", "keyring", "accounts"])
        for account in done.json["accounts"]:
            self.assertEqual(list(account), ["address", "name", "provider", "saved", "checked", "verdict",
                                             "password_kept", "servers"])
        return done.json

    def test_save_list_forget(self):
        self.use_keyring()
        done = self.run_cli("save", "Jane.Doe@optonline.net", "--name", "Jane “Zoë” Doe", password=CANARY)
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        (account,) = self.list()["accounts"]
        self.assertEqual((account["address"], account["name"], account["password_kept"]),
                         ("jane.doe@optonline.net", "Jane “Zoë” Doe", True))
        self.assertEqual(account["provider"], {"id": "optonline", "name": "Optonline"})
        self.assertEqual([server["service"] for server in account["servers"]], SERVICES)
        with open(self.store(), "rb") as file:
            text = file.read()
        for form in forms(CANARY):
            self.assertNotIn(form, text)
        self.assertEqual(stat.S_IMODE(os.stat(self.store()).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(os.path.dirname(self.store())).st_mode), 0o700)
        self.assertEqual(self.run_cli("list").output,
                         "jane.doe@optonline.net  password in the keyring\n  Not checked since it was set up\n")

        done = self.run_cli("forget", "JANE.doe@optonline.net")
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        self.assertIn("3 passwords", done.output)
        self.assertEqual(self.list()["accounts"], [])
        self.assertIn("No accounts", self.run_cli("list").output)
        done = self.run_cli("forget", "jane.doe@optonline.net")
        self.assertEqual((done.status, done.output), (1, ""))
        self.assertIn("nothing is kept", done.errors)

    def test_forget_test_messages(self):
        self.use_keyring()
        path = self.path("state", "optsetup", "deliveries.ini")
        os.makedirs(os.path.dirname(path))
        with open(path, "w", encoding="utf-8") as file:
            for i, address in enumerate((WORKS, "other@optonline.net")):
                file.write(f"[optsetup-{i}@optonline.net]\naddress={address}\nsubject=x\nsent=1700000000\n")
        done = self.run_cli("forget", WORKS)
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        self.assertIn("test messages", done.output)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertNotIn(WORKS, text)
        self.assertIn("other@optonline.net", text)
        self.assertEqual(self.run_cli("forget", WORKS).status, 1)

    def test_save_again_keeps_the_name(self):
        self.use_keyring()
        self.run_cli("save", WORKS, "--name", "Jane", password=CANARY)
        done = self.run_cli("save", WORKS)
        self.assertEqual(done.status, 0, str(done))
        self.assertIn("the one that the keyring had", done.output)
        self.assertEqual([account["name"] for account in self.list()["accounts"]], ["Jane"])
        self.run_cli("save", WORKS, "--name", "Jane Doe")
        self.assertEqual([account["name"] for account in self.list()["accounts"]], ["Jane Doe"])

    def test_save_by_hand(self):
        self.use_keyring()
        self.assert_bad_use(self.run_cli("save", "me@localhost", password=CANARY), "--server")
        done = self.run_cli("save", "me@localhost", "--server", "imap=tls://mail.example.net:993",
                            "--server", "smtp=starttls://mail.example.net:587", password=CANARY)
        self.assertEqual(done.status, 0, str(done))
        (account,) = self.list()["accounts"]
        self.assertEqual(account["provider"], None)
        self.assertEqual([server["port"] for server in account["servers"]], [993, 587])
        done = self.run_cli("export", "me@localhost", "--client", "json", "--output", "-")
        self.assertEqual(done.status, 0, str(done))
        self.assertIn("mail.example.net", done.output)
        self.assertIn("2 passwords", self.run_cli("forget", "me@localhost").output)

    def test_bad_input(self):
        self.use_keyring()
        for args, password in (([WORKS], ""), ([WORKS], "a\0bcdef"), ([WORKS, "--name", "a\nb"], CANARY),
                               ([WORKS, "--name", b"\xff"], CANARY), (["jane"], CANARY),
                               (["jane@optonlin.net"], CANARY), ([WORKS, "--server", "x"], CANARY)):
            with self.subTest(args=args):
                self.assert_bad_use(self.run_cli("save", *args, password=password))
        self.assertEqual(self.list()["accounts"], [])

    def test_without_a_keyring(self):
        done = self.run_cli("save", WORKS, password=CANARY)
        self.assertEqual((done.status, done.output), (1, ""), str(done))
        self.assertIn("no keyring", done.errors)
        self.assertFalse(os.path.exists(self.store()))
        done = self.run_cli("list")
        self.assertEqual(done.status, 0)
        self.assertIn("no keyring", done.errors)
        self.assertEqual(self.list(), {"schema": 1, "keyring": "keyring-missing", "accounts": []})
        self.assertEqual(self.run_cli("forget", WORKS).status, 1)

    def test_keyring_gone(self):
        """What the list still has can be listed and forgotten."""
        self.use_keyring()
        self.run_cli("save", WORKS, password=CANARY)
        del self.env["SECRET_BACKEND"]
        (account,) = self.list()["accounts"]
        self.assertIsNone(account["password_kept"])
        self.assertEqual(self.run_cli("forget", WORKS).status, 0)
        self.assertEqual(self.list()["accounts"], [])

    def test_only_in_the_keyring(self):
        self.use_keyring()
        self.run_cli("save", WORKS, password=CANARY)
        os.remove(self.store())
        (account,) = self.list()["accounts"]
        self.assertEqual((account["address"], account["saved"], account["password_kept"]),
                         (WORKS, None, True))
        self.assertIn("only a password", self.run_cli("list").output)
        self.assertEqual(self.run_cli("forget", WORKS).status, 0)

    def test_broken_list(self):
        self.use_keyring()
        os.makedirs(os.path.dirname(self.store()))
        for broken in "nonsense", "[jane]\n", "\0\0\0":
            with open(self.store(), "w", encoding="utf-8") as file:
                file.write(broken)
            for args, password in ((["save", WORKS], CANARY), (["list"], None), (["forget", WORKS], None)):
                done = self.run_cli(*args, password=password)
                self.assertEqual((done.status, done.output), (1, ""), str(done))
                self.assertIn("accounts.ini", done.errors)
            # It is not in the way of what does not need it.
            done = self.run_cli("export", WORKS, "--client", "json", "--output", "-")
            self.assertEqual(done.status, 0)
            with open(self.store(), encoding="utf-8") as file:
                self.assertEqual(file.read(), broken)
        os.remove(self.store())
        self.assertEqual(self.list()["accounts"], [])

    def test_list_not_written(self):
        """The keyring has it by then, and that is said."""
        self.use_keyring()
        os.makedirs(os.path.dirname(self.store()))
        with open(self.path("elsewhere"), "w", encoding="utf-8"):
            os.symlink(self.path("elsewhere"), self.store())
        done = self.run_cli("save", WORKS, password=CANARY)
        self.assertEqual((done.status, done.output), (1, ""), str(done))
        self.assertIn("the keyring has the password", done.errors)
        self.assertEqual(os.path.getsize(self.path("elsewhere")), 0)

    def test_practice_keeps_nothing(self):
        self.use_keyring()
        for args in ["save", WORKS], ["list"], ["forget", WORKS], SETUP, [*SETUP, "--undo"]:
            self.assert_bad_use(self.practice(*args), "practicing keeps nothing")
        self.assertFalse(os.path.exists(self.path("config")))
        self.assertFalse(os.path.exists(self.path("keyring")))
        self.assertFalse(os.path.exists(self.path("state")))


if __name__ == "__main__":
    main()
