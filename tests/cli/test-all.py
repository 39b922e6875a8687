#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli check --all, as far as no real server has to take a password: see tests/lab"""

import os
import re
import subprocess
import time
import zipfile

from harness import AT_ONCE_S, CANARY, JANE, CliTest, main
from settings import NEW, OLD, check_schema, many_prefs, msmtprc, prefs, tree, write, write_profile
from silence import SilentServer, interrupt, use_provider

ME = "me@test.example"
YOU = "you@test.example"


class All(CliTest):
    def setUp(self):
        super().setUp()
        self.use_keyring()

    def check(self, *args, status):
        done = self.run_cli("check", "--all", "--json", *args)
        self.assertEqual((done.status, done.errors), (status, ""), str(done))
        for found in done.json:
            check_schema(self, found)
        return {(found["address"], found["client"]): found for found in done.json}

    def save(self, *addresses, password=CANARY):
        for address in addresses:
            done = self.run_cli("save", address, password=password)
            self.assertEqual(done.status, 0, str(done))

    def local(self, port):
        return {service: ("localhost", port, 3) for service in NEW}

    def test_nothing(self):
        self.assertEqual(self.check(status=0), {})
        done = self.run_cli("check", "--all")
        self.assertEqual((done.status, done.output, done.errors), (0, "No mail accounts were found.\n", ""))

    def test_password_unknown(self):
        """Nobody is asked, and no server either."""
        write_profile(self, prefs(JANE))
        found = self.check(status=3)[JANE, "thunderbird"]
        self.assertEqual((found["skipped"], found["verdict"], found["now"]),
                         ("password-unknown", "none", None))
        done = self.run_cli("check", "--all")
        self.assertEqual((done.status, done.errors), (3, ""), str(done))
        self.assertEqual(done.output,
                         f"{JANE}  (Thunderbird)  Skipped: the keyring has no password for it.\n")

    def test_what_needs_no_test(self):
        """A host that was switched off is known to be, password or none."""
        write_profile(self, prefs(JANE, OLD))
        done = self.run_cli("check", "--all")
        self.assertEqual((done.status, done.errors), (3, ""), str(done))
        for text in ("has switched pop.optonline.net off", "  Not safe: SMTP\n",
                     "--client thunderbird --protocol pop3"):
            self.assertIn(text, done.output)

    def test_repair_of_what_was_saved(self):
        """What is recommended is what the commands that are told come to."""
        folder = self.path("config", "optsetup")
        os.makedirs(folder)
        with open(os.path.join(folder, "accounts.ini"), "w", encoding="utf-8") as file:
            file.write(f"[{JANE}]\nprovider=optonline\nsaved=2026-01-01T00:00:00Z\n"
                       "pop3=tls://pop.optonline.net:995\npop3-user=jane.doe\n"
                       f"imap=tls://localhost:8000\nimap-user={JANE}\n"
                       f"smtp=tls://mail.optonline.net:465\nsmtp-user={JANE}\n")
        write_profile(self, prefs(JANE, OLD))
        output = self.run_cli("check", "--all").output
        commands = re.findall(r": optsetup-cli (.*)", output)
        self.assertEqual([command.split()[0] for command in commands], ["save", "export"], output)

        done = self.run_cli(*commands[1].split(), "--output", self.path("work", "new.zip"))
        self.assertEqual(done.status, 0, str(done))
        with zipfile.ZipFile(self.path("work", "new.zip")) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith("prefs.js")]
            text = archive.read(name).decode()
        self.assertIn('server1.hostname", "mail.optonline.net"', text)
        self.assertIn(f'server1.userName", "{JANE}"', text)
        self.assertNotIn("pop.optonline.net", text)

        done = self.run_cli(*commands[0].split(), password=CANARY)
        self.assertEqual(done.status, 0, str(done))
        account = self.run_cli("scan", "--json").json["accounts"][0]
        self.assertEqual((account["client"], account["differences"]), (None, []))
        self.assertEqual([(server["host"], server["user"]) for server in account["servers"]],
                         [("mail.optonline.net", JANE)] * 3)

    def test_strangers_are_none_of_our_business(self):
        servers = {service: ("mail.example.org", port, 3) for service, (_, port, _) in NEW.items()}
        write_profile(self, prefs("jane@example.org", servers))
        self.assertEqual(self.check(status=0), {})

    def test_host_that_nobody_confirmed(self):
        servers = {**NEW, "pop3": ("mail.example.org", 995, 3)}
        write_profile(self, prefs(JANE, servers))
        self.assertEqual(self.check(status=3)[JANE, "thunderbird"]["skipped"], "host-not-confirmed")
        self.assertIn("--confirm-host mail.example.org", self.run_cli("check", "--all").output)
        found = self.check("--confirm-host", "mail.example.org", status=3)
        self.assertEqual(found[JANE, "thunderbird"]["skipped"], "password-unknown")

    def test_kept_password_does_not_go_to_a_new_host(self):
        """Not even to one that was confirmed: it was not kept for that."""
        with SilentServer() as server:
            use_provider(self, server.port)
            self.save(ME)
            servers = {**self.local(server.port), "pop3": ("other.localhost", server.port, 3)}
            write_profile(self, prefs(ME, servers))
            found = self.check("--timeout", "1", "--confirm-host", "other.localhost", status=1)
        self.assertEqual(found[ME, "thunderbird"]["skipped"], "password-unknown")

    def test_same_settings_are_tested_once(self):
        with SilentServer() as server:
            use_provider(self, server.port)
            accounts = [(ME, self.local(server.port), ME)]
            write_profile(self, many_prefs(accounts * 2))
            write(self, msmtprc(ME, "localhost", server.port), ".msmtprc")
            self.save(ME)
        found = self.check("--timeout", "1", status=1)
        self.assertEqual(sorted(found, key=str), [(ME, "msmtp"), (ME, "thunderbird"), (ME, None)])
        self.assertEqual([place["client"] for place in found[ME, "thunderbird"]["also"]], ["thunderbird"])
        self.assertEqual(list(found[ME, "thunderbird"]["also"][0]), ["client", "program", "path"])
        self.assertEqual((found[ME, None]["verdict"], found[ME, None]["also"]), ("fails", []))

    def test_result_is_noted(self):
        with SilentServer() as server:
            use_provider(self, server.port)
            self.save(ME, YOU)
            before = [account["checked"] for account in self.run_cli("list", "--json").json["accounts"]]
            started = time.monotonic()
            done = self.run_cli("check", "--all", "--timeout", "2")
            took = time.monotonic() - started
        self.assertEqual((before, done.status), ([None, None], 1), str(done))
        # Both addresses at the same time.
        self.assertLess(took, 2 + 1.8 * AT_ONCE_S)
        for account in self.run_cli("list", "--json").json["accounts"]:
            self.assertEqual(account["verdict"], "fails")
            self.assertRegex(account["checked"], r"\A\d{4}-\d\d-\d\dT")
        self.assertRegex(self.run_cli("list").output,
                         rf"\A{ME}  password in the keyring\n  Did not work on [\d/]+\n{YOU}  ")
        lines = done.output.splitlines()
        self.assertEqual([line.split("  ")[:2] for line in lines[:2]],
                         [[ME, "(OptSetup)"], [YOU, "(OptSetup)"]])
        self.assertEqual(done.output.count("\nAs it is:\n"), 2)

    def test_interrupted(self):
        with SilentServer() as server:
            use_provider(self, server.port)
            self.save(ME)
            before = {name: tree(self.path(name)) for name in ("keyring", "config")}
            done = interrupt(self, server, "check", "--all", "--json", password=None)
        self.assertEqual([found["verdict"] for found in done.json], ["cancelled"])
        self.assertEqual({name: tree(self.path(name)) for name in before}, before)

    def test_what_cannot_be_read(self):
        path = write_profile(self, prefs(JANE))
        os.truncate(path, 11 * 1024 * 1024)
        done = self.run_cli("check", "--all", "--json")
        self.assertEqual((done.status, done.json), (1, []), str(done))
        self.assertIn("too large", done.errors)

    def test_without_a_keyring(self):
        del self.env["SECRET_BACKEND"]
        write_profile(self, prefs(JANE))
        self.assertEqual(self.check(status=3)[JANE, "thunderbird"]["skipped"], "password-unknown")

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            done = self.run_cli("check", "--all", stdout=full, stdin=subprocess.DEVNULL)
        self.assertEqual(done.status, 1, str(done))


if __name__ == "__main__":
    main()
