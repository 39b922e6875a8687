#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli scan"""

import glob
import os
import re

from harness import CANARY, JANE, WORKS, CliTest, forms, languages, main, measure
from settings import (NEW, OLD, autoconfig, check_schema, fetchmailrc, many_prefs, msmtprc, prefs, tree, write,
                      write_profile)


class Scan(CliTest):
    MEMBERS = ["client", "program", "path", "address", "name", "provider", "severity", "servers",
               "differences"]

    def scan(self, *args, status=0):
        done = self.run_cli("scan", "--json", *args)
        self.assertEqual((done.status, done.errors), (status, ""), str(done))
        self.assertEqual((list(done.json), done.json["schema"]),
                         (["schema", "accounts", "troubles"], 1))
        for account in done.json["accounts"]:
            self.assertEqual(list(account), self.MEMBERS)
            check_schema(self, account)
        for trouble in done.json["troubles"]:
            self.assertEqual(list(trouble), ["client", "path", "id", "text"])
        text = self.run_cli("scan", *args)
        self.assertEqual(text.status, status, str(text))
        return done.json, text

    def ids(self, account):
        return {(difference["service"], difference["id"]) for difference in account["differences"]}

    def test_nothing(self):
        found, text = self.scan()
        self.assertEqual((found["accounts"], found["troubles"]), ([], []))
        self.assertEqual((text.output, text.errors), ("No mail accounts were found.\n", ""))

    def test_right(self):
        path = write_profile(self, prefs(JANE))
        found, text = self.scan()
        (account,) = found["accounts"]
        self.assertEqual((account["client"], account["path"], account["address"]),
                         ("thunderbird", path, JANE))
        self.assertEqual((account["severity"], account["differences"]), (None, []))
        self.assertEqual(account["provider"], {"id": "optonline", "name": "Optonline"})
        self.assertEqual(account["servers"][0], {
            "service": "pop3", "host": "mail.optonline.net", "port": 995, "security": "tls",
            "auth": "password", "user": JANE})
        self.assertIn("All of it is as Optonline wants it.", text.output)

    def test_for_everybody(self):
        """What a provider publishes is compared without an address."""
        path = write(self, autoconfig("pop.optonline.net"), "config-v1.1.xml")
        found, _ = self.scan(path, status=1)
        (account,) = found["accounts"]
        self.assertEqual((account["address"], account["provider"]["id"]), (None, "optonline"))
        self.assertEqual(self.ids(account), {("pop3", "host-retired"), ("smtp", "host-retired")})
        path = write(self, autoconfig(), "config-v1.1.xml")
        _, text = self.scan(path)
        self.assertIn("All of it is as Optonline wants it.", text.output)

    def test_folder_or_a_file_of_it(self):
        """Whoever has a folder may choose it, or what is in it."""
        for client, name in (("evolution", "*-account.source"), ("evolution", "*-transport.source"),
                             ("geary", "geary.ini"), ("outlook-autodiscover", "autodiscover.xml")):
            with self.subTest(client=client, name=name):
                folder = self.path("work", name)
                done = self.practice("export", WORKS, "--client", client, "--output", folder)
                self.assertEqual(done.status, 0, str(done))
                (file,) = glob.glob(os.path.join(glob.escape(folder), name))
                for path in folder, file:
                    found, _ = self.scan(path)
                    self.assertEqual([(account["client"], account["address"], len(account["servers"]) > 1)
                                      for account in found["accounts"]], [(client, WORKS, True)])

    def test_address_that_nobody_wrote(self):
        """Who signs in with a name alone is known by the server."""
        write(self, fetchmailrc("jane.doe", "pop.optonline.net"), ".fetchmailrc")
        found, text = self.scan(status=1)
        self.assertIsNone(found["accounts"][0]["address"])
        self.assertIn(f"fetchmail: {JANE}\n", text.output)
        write(self, fetchmailrc("jane.doe", "mail.example.com"), ".fetchmailrc")
        _, text = self.scan(status=0)
        self.assertIn("fetchmail: (no address)\n", text.output)

    def test_columns_in_every_language(self):
        write_profile(self, prefs(JANE, {"pop3": ("mail.optonline.net", 995, 3), "smtp": OLD["smtp"]}))
        for language in languages():
            self.env["LC_ALL"] = language
            done = self.run_cli("scan")
            with self.subTest(language=language):
                rows = [line for line in done.output.splitlines() if line.startswith(("  POP3 ", "  SMTP "))]
                self.assertEqual(len(rows), 2)
                self.assertEqual(*(measure(row[:row.index(JANE)]) for row in rows))

    def test_old_settings_of_several_programs(self):
        write_profile(self, prefs("Jane.Doe@optonline.net", OLD, "jane.doe"))
        write(self, msmtprc(JANE, port=25, tls="off"), ".msmtprc")
        write(self, fetchmailrc(JANE, "pop.optonline.net", ""), ".fetchmailrc")
        found, text = self.scan(status=1)
        programs = {account["client"]: account for account in found["accounts"]}
        self.assertEqual(sorted(programs), ["fetchmail", "msmtp", "thunderbird"])
        self.assertLessEqual({("pop3", "host-retired"), ("pop3", "no-tls"),
                              ("pop3", "user-not-address"), ("smtp", "no-tls"),
                              (None, "sender-case")}, self.ids(programs["thunderbird"]))
        self.assertIn(("smtp", "no-tls"), self.ids(programs["msmtp"]))
        self.assertIn(("pop3", "host-retired"), self.ids(programs["fetchmail"]))
        self.assertEqual(programs["msmtp"]["severity"], "not-safe")
        self.assertEqual(programs["fetchmail"]["severity"], "broken")
        self.assertIn("  Will not work: POP3 pop.optonline.net → mail.optonline.net\n", text.output)
        self.assertRegex(text.output, r"(?m)^  POP3  pop\.optonline\.net:110 +not protected +jane\.doe$")
        joined = re.sub(r"\s+", " ", text.output)
        for account in found["accounts"]:
            for difference in account["differences"]:
                self.assertIn(f" {difference['text']} {difference['advice']} ", joined + " ")
        self.assertLess(max(measure(line) for line in text.output.splitlines() if line[:3] == "   "), 80)

    def test_no_port(self):
        """An account that cannot work is none that is not there."""
        write(self, msmtprc(JANE, port=70000), ".msmtprc")
        found, text = self.scan(status=1)
        (account,) = found["accounts"]
        self.assertIn(("smtp", "port-invalid"), self.ids(account))
        self.assertIsNone(account["servers"][0]["port"])
        self.assertRegex(text.output, r"(?m)^  SMTP  mail\.optonline\.net  ")
        self.assertIn("  Will not work: SMTP\n", text.output)

    def test_only_old(self):
        """What works is nothing to fail for."""
        servers = {**NEW, "pop3": ("mail.optimum.net", 995, 3)}
        write_profile(self, prefs(JANE, servers))
        found, _ = self.scan(status=0)
        self.assertEqual(found["accounts"][0]["severity"], "old")

    def test_of_no_known_provider(self):
        for security, status, ids, words in (
                (3, 0, set(), "nothing to compare"),
                (0, 1, {(service, "no-tls") for service in OLD}, "nothing else can be compared")):
            with self.subTest(security=security):
                servers = {service: ("mail.example.org", port, security)
                           for service, (_, port, _) in OLD.items()}
                write_profile(self, prefs("jane@example.org", servers))
                found, text = self.scan(status=status)
                (account,) = found["accounts"]
                self.assertEqual((account["provider"], self.ids(account)), (None, ids))
                self.assertIn(words, text.output)

    def test_our_own(self):
        self.use_keyring()
        self.run_cli("save", JANE, "--name", "Jane Doe", password=CANARY)
        found, text = self.scan(status=0)
        (account,) = found["accounts"]
        self.assertEqual((account["client"], account["program"], account["name"]),
                         (None, "OptSetup", "Jane Doe"))
        self.assertIn(f"OptSetup: {JANE}\n", text.output)

    def test_what_cannot_be_read(self):
        """It keeps nobody from the others, and nothing is well before it was read."""
        path = write_profile(self, prefs(JANE))
        with open(path, "r+b") as file:
            file.truncate(11 * 1024 * 1024)
        write(self, msmtprc(JANE), ".msmtprc")
        write(self, "nonsense", "config", "optsetup", "accounts.ini")
        done = self.run_cli("scan", "--json")
        self.assertEqual((done.status, [account["client"] for account in done.json["accounts"]]),
                         (1, ["msmtp"]), str(done))
        self.assertEqual([(trouble["client"], trouble["id"]) for trouble in done.json["troubles"]],
                         [(None, "damaged"), ("thunderbird", "too-large")])
        done = self.run_cli("scan")
        self.assertEqual(done.status, 1, str(done))
        self.assertRegex(done.errors, r"(?m)^optsetup-cli: “.*accounts\.ini”: .")
        self.assertIn(f"optsetup-cli: “{path}”: This file is too large", done.errors)

    def test_damaged_list_of_profiles(self):
        path = write(self, "[Profile0\nPath=a.default\n", ".thunderbird", "profiles.ini")
        done = self.run_cli("scan", "--json")
        self.assertEqual([(trouble["client"], trouble["path"], trouble["id"])
                          for trouble in done.json["troubles"]], [("thunderbird", path, "damaged")])
        self.assertEqual(done.status, 1, str(done))

    def test_other_files(self):
        """They are told of, unless the accounts stand in one that was read."""
        path = write(self, "source ~/.mutt/opt.rc\n", ".muttrc")
        done = self.run_cli("scan", "--json")
        self.assertEqual([(trouble["client"], trouble["path"], trouble["id"])
                          for trouble in done.json["troubles"]], [("mutt", path, "partial")])
        write(self, f'set smtp_url="smtps://{JANE}@mail.optonline.net"\n', "config", "mutt",
              "optsetup.muttrc")
        done = self.run_cli("scan", "--json")
        self.assertEqual(([account["client"] for account in done.json["accounts"]],
                          done.json["troubles"]), (["mutt"], []))

    def test_file(self):
        path = write(self, prefs(JANE, OLD), "work", "prefs.js")
        found, _ = self.scan("prefs.js", status=1)
        self.assertEqual([(account["client"], account["path"]) for account in found["accounts"]],
                         [("thunderbird", "prefs.js")])
        self.assertEqual(self.run_cli("--practice", "scan", path).status, 1)
        found, _ = self.scan(write(self, many_prefs([(JANE, NEW, JANE), (WORKS, NEW, WORKS)]), "two"))
        self.assertEqual([account["address"] for account in found["accounts"]], [JANE, WORKS])

    def test_folder(self):
        """What we write several files for, we take as several."""
        for client in "evolution", "geary":
            done = self.run_cli("export", JANE, "--client", client, "--output", client)
            self.assertEqual(done.status, 0, str(done))
            found, _ = self.scan(client)
            self.assertEqual([(account["client"], account["path"], account["address"])
                              for account in found["accounts"]], [(client, client, JANE)])

    def test_folder_with_a_pipe(self):
        """It is refused, and nobody waits."""
        os.makedirs(self.path("sources"))
        os.mkfifo(self.path("sources", "a.source"))
        self.assert_bad_use(self.run_cli("scan", self.path("sources")), "not a file")

    def test_file_that_is_none(self):
        large = write(self, b"", "large")
        os.truncate(large, 11 * 1024 * 1024)
        os.mkfifo(self.path("pipe"))
        os.symlink("loop", self.path("loop"))
        for path, text in ((large, "too large"), (self.path("pipe"), "not a file"),
                           (self.home, "not a file"), ("/dev/null", "not a file"),
                           (self.path("loop"), "cannot be read"), ("none", "cannot be read"),
                           (write(self, b"", "empty"), "not a settings file"),
                           (write(self, bytes(range(256)) * 20, "noise"), "not a settings file"),
                           (write(self, b"\0" * 5000, "zeros"), "not a settings file"),
                           (write(self, b"\x7fELF\x02\x01\x01", "program"), "not a settings file"),
                           (write(self, "{" * 100000, "deep"), "not a settings file"),
                           (write(self, "<a>" * 100000, "deeper"), "not a settings file"),
                           (b"\xff\xfe", "cannot be read"), ("x" * 5000, "cannot be read")):
            for args in [], ["--json"]:
                with self.subTest(path=path):
                    self.assert_bad_use(self.run_cli("scan", *args, "--", path), text)

    def test_hostile_words(self):
        """They do not reach the terminal as they are."""
        evil = "\u202etel\u202c.example"
        servers = {"pop3": (f"pop.{evil}", 995, 3), "smtp": (f"\x1b[31m{evil}", 465, 3)}
        name = self.path("\x1b[31m\n\u202eprefs.js")
        path = write(self, prefs("jane@optonline.net", servers, f"jane{evil}\u0085"), name)
        done = self.run_cli("scan", path)
        for character in "\x1b", "\u202e", "\u0085":
            self.assertNotIn(character, done.output + done.errors)
        self.assertEqual(self.run_cli("scan", "--json", path).json["schema"], 1)

    def test_passwords_in_settings(self):
        """Neither shown nor touched, and it is said that they are there."""
        write(self, msmtprc(JANE, password="t0psecret-canary"), ".msmtprc")
        write(self, fetchmailrc(JANE, password="t0psecret-canary"), ".fetchmailrc")
        before = tree(self.home)
        found, text = self.scan(status=1)
        self.assertEqual(tree(self.home), before)
        for form in forms("t0psecret-canary"):
            self.assertNotIn(form, str(found).encode() + text.raw + text.errors.encode())
        for account in found["accounts"]:
            self.assertIn("password-in-file", {difference["id"] for difference in account["differences"]})

    def test_practice_does_not_look(self):
        write_profile(self, prefs(JANE))
        self.assert_bad_use(self.practice("scan"), "give a FILE")


if __name__ == "__main__":
    main()
