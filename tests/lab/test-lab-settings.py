#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What mail programs have, put to the test against real servers, inside the lab:

    tests/lab/lab tests/lab/test-lab-settings.py build/src/cli/optsetup-cli [TEST]...
"""

import pathlib
import re
import shlex
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

import servers
from harness import CliTest, main
from settings import NEW, fetchmailrc, msmtprc, prefs, tree, write, write_evolution, write_profile

JANE = "jane.doe@optonline.net"
JOHN = "john@optimum.net"
ACCOUNTS = servers.accounts()
WRONG = "what it was before"
OLD = {"pop3": ("mail.optonline.net", 110, 0), "smtp": ("mail.optonline.net", 587, 0)}
GOOD_SIGN_INS = [("pop3", True), ("smtp", True)]


class Settings(CliTest):
    def setUp(self):
        super().setUp()
        self.use_keyring()
        self.before = {address: len(servers.sign_ins(address)) for address in (JANE, JOHN)}

    def sign_ins(self, address=JANE):
        """Those that the servers saw since the last time."""
        seen = servers.sign_ins(address)
        new, self.before[address] = seen[self.before[address]:], len(seen)
        return sorted(new)

    def check_profile(self, settings, status, password=ACCOUNTS[JANE]):
        write_profile(self, prefs(JANE, settings))
        done = self.run_cli("check", "--from", "thunderbird", "--json", password=password)
        self.assertEqual((done.status, done.errors), (status, ""), str(done))
        return done.json[0]

    def assert_repairs(self, output, services):
        """What is printed as the way on makes settings of the same kind with nothing wrong."""
        (command,) = re.findall(r"optsetup-cli (export .*)", output)
        self.run_cli(*shlex.split(command), "--output", self.path("repaired.zip"))
        (found,) = self.run_cli("scan", self.path("repaired.zip"), "--json").json["accounts"]
        self.assertEqual(([server["service"] for server in found["servers"]], found["differences"]),
                         (services, []))

    def test_good_settings(self):
        self.assertEqual(self.check_profile(NEW, 0)["verdict"], "works")
        self.assertEqual(self.sign_ins(), GOOD_SIGN_INS)

    def test_unprotected_settings(self):
        """The servers would take the password on those ports after STARTTLS; they never get it."""
        found = self.check_profile(OLD, 1)
        self.assertEqual(found["verdict"], "wanted-works")
        self.assertEqual(self.sign_ins(), GOOD_SIGN_INS)
        self.assertEqual({server["port"] for server in found["wanted"]["servers"]}, {995, 465})

    def test_host_that_was_switched_off(self):
        found = self.check_profile({**NEW, "pop3": ("pop.optonline.net", 995, 3)}, 1)
        self.assertEqual(found["verdict"], "wanted-works")
        self.assertEqual(self.sign_ins(), GOOD_SIGN_INS)

    def test_wrong_password(self):
        self.assertEqual(self.check_profile(NEW, 1, password=WRONG)["verdict"], "fails")
        seen = self.sign_ins()
        self.assertEqual([accepted for _, accepted in seen], [False], seen)

    def test_name_without_domain(self):
        """What is refused is the name, so nobody is sent to reset a password that is right."""
        write_profile(self, prefs(JANE, NEW, user="jane.doe"))
        done = self.run_cli("check", "--from", "thunderbird", password=ACCOUNTS[JANE])
        self.assertEqual((done.status, done.errors), (1, ""), str(done))
        self.assertIn("Your password is right", done.output)
        self.assert_repairs(done.output, ["pop3", "smtp"])
        for word in "Caps Lock", "reset":
            self.assertNotIn(word, done.output)
        self.assertEqual([accepted for _, accepted in servers.sign_ins("jane.doe")], [False])
        self.assertEqual(self.sign_ins(), GOOD_SIGN_INS)

    def test_name_without_domain_among_others(self):
        self.run_cli("save", JANE, password=ACCOUNTS[JANE])
        write_profile(self, prefs(JANE, NEW, user="jane.doe"))
        write(self, fetchmailrc(JANE), ".fetchmailrc")
        done = self.run_cli("check", "--all", "--json")
        self.assertEqual([(found["verdict"], found["skipped"]) for found in done.json],
                         [("works", None), ("wanted-works", None), ("works", None)], str(done))

    def test_password_that_another_program_keeps(self):
        """Only for somebody who said so, and then with no question."""
        write_evolution(self, JANE)
        for name in "a1", "t1":
            subprocess.run(["secret-tool", "store", "--label=Evolution", "xdg:schema",
                            "org.gnome.Evolution.Data.Source", "eds-origin", "evolution-data-server",
                            "e-source-uid", name], input=ACCOUNTS[JANE].encode(), env=self.env,
                           check=True)
        done = self.run_cli("check", "--from", "evolution")
        self.assertEqual((done.status, self.sign_ins()), (3, []), str(done))
        self.assertIn("--use-kept-password", done.errors)
        for source in ["--from", "evolution"], ["--all"]:
            done = self.run_cli("check", *source, "--json", "--use-kept-password")
            self.assertEqual((done.status, done.errors), (0, ""), str(done))
            self.assertEqual([found["verdict"] for found in done.json], ["works"])
            self.assertEqual(self.sign_ins(), [("imap", True), ("smtp", True)])
            self.assertNotIn(ACCOUNTS[JANE], done.output)

    def test_all(self):
        """Two addresses, three programs, and one that has the same as another."""
        for address in JANE, JOHN:
            self.assertEqual(self.run_cli("save", address, password=ACCOUNTS[address]).status, 0)
        write_profile(self, prefs(JANE, OLD))
        write(self, msmtprc(JOHN, "mail.optimum.net"), ".msmtprc")
        write(self, fetchmailrc(JANE), ".fetchmailrc")
        done = self.run_cli("check", "--all", "--json")
        self.assertEqual((done.status, done.errors), (1, ""), str(done))
        self.assertEqual([(found["address"], found["client"], found["verdict"]) for found in done.json],
                         [(JANE, None, "works"), (JOHN, None, "works"),
                          (JANE, "thunderbird", "wanted-works"), (JOHN, "msmtp", "works"),
                          (JANE, "fetchmail", "works")])
        self.assertNotIn(False, [accepted for _, accepted in self.sign_ins() + self.sign_ins(JOHN)])
        accounts = self.run_cli("list", "--json").json["accounts"]
        self.assertEqual([account["verdict"] for account in accounts], ["works", "works"])

    def test_all_with_a_wrong_password(self):
        """It is refused once, whatever the number of settings that would try it."""
        self.run_cli("save", JANE, password=WRONG)
        self.run_cli("save", JOHN, password=ACCOUNTS[JOHN])
        write_profile(self, prefs(JANE, OLD))
        write(self, fetchmailrc(JANE), ".fetchmailrc")
        done = self.run_cli("check", "--all", "--json")
        self.assertEqual((done.status, done.errors), (1, ""), str(done))
        self.assertEqual([(found["verdict"], found["skipped"]) for found in done.json],
                         [("fails", None), ("works", None), ("none", "password-refused"),
                          ("none", "password-refused")])
        seen = self.sign_ins()
        self.assertEqual([accepted for _, accepted in seen], [False], seen)

    def test_password_changed(self):
        self.run_cli("save", JANE, password=WRONG)
        done = self.run_cli("check", JANE)
        self.assertEqual(done.status, 1)
        # Nobody has typed it, so nobody is told to look at a key.
        self.assertIn("refused the password that is kept on this computer", done.output)
        self.assertIn(f"optsetup-cli passwd {JANE}", done.output)
        self.assertNotIn("Caps Lock", done.output)
        done = self.run_cli("check", JANE, password=WRONG)
        self.assertIn("Caps Lock", done.output)
        self.assertNotIn("optsetup-cli passwd", done.output)
        done = self.run_cli("passwd", JANE, password=ACCOUNTS[JANE])
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        self.assertRegex(done.output, r"(?m)^This was changed:\n  .")
        (account,) = self.run_cli("list", "--json").json["accounts"]
        self.assertEqual(account["verdict"], "works")
        # The keyring has it.
        self.assertEqual(self.run_cli("check", JANE).status, 0)

    def test_password_changed_where_sending_is_off(self):
        address = "no.smtp@optonline.net"
        self.run_cli("save", address, password=WRONG)
        done = self.run_cli("passwd", address, password=ACCOUNTS[address])
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        self.assertEqual(self.run_cli("check", address, "--services", "imap").status, 0)

    def test_password_not_changed(self):
        self.run_cli("save", JANE, password=ACCOUNTS[JANE])
        before = tree(self.path("keyring"))
        done = self.run_cli("passwd", JANE, password=WRONG)
        self.assertEqual((done.status, done.errors), (1, ""), str(done))
        self.assertEqual([accepted for _, accepted in self.sign_ins()], [False])
        self.assertEqual(tree(self.path("keyring")), before)
        self.assertEqual(self.run_cli("check", JANE).status, 0)


if __name__ == "__main__":
    main()
