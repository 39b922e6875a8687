#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli check --from"""

import json
import os
import re
import subprocess

from harness import CANARY, GOOD, JANE, WORKS, CliTest, forms, main
from settings import (NEW, OLD, autoconfig, check_schema, fetchmailrc, many_prefs, prefs, tree, write,
                      write_evolution, write_profile)
from silence import PlainServer, SilentServer, interrupt, use_provider
from terminal import Terminal

STRANGE = {"pop3": ("mail.example.org", 995, 3), "smtp": ("mail.optonline.net", 465, 3)}
MEMBERS = ["schema", "client", "program", "path", "address", "name", "provider", "severity",
           "servers", "differences", "also", "verdict", "skipped", "text", "now", "wanted"]


class From(CliTest):
    """Against the practice servers, with a file."""

    def write(self, text):
        return write(self, text, "work", "prefs.js")

    def check(self, text, *args, password=GOOD, status=0):
        path = self.write(text)
        done = self.practice("check", "--from", path, "--json", *args, password=password)
        self.assertEqual((done.status, done.errors), (status, ""), str(done))
        for found in done.json:
            self.assertEqual((list(found), found["schema"]), (MEMBERS, 1))
            check_schema(self, found)
        return done.json

    def text(self, text, *args, password=GOOD, status=0):
        done = self.practice("check", "--from", self.write(text), *args, password=password)
        self.assertEqual((done.status, done.errors), (status, ""), str(done))
        return done.output

    def test_works(self):
        (found,) = self.check(prefs(WORKS))
        self.assertEqual((found["verdict"], found["skipped"], found["wanted"], found["also"]),
                         ("works", None, None, []))
        self.assertEqual([server["result"] for server in found["now"]["servers"]], ["works"] * 2)
        output = self.text(prefs(WORKS))
        self.assertRegex(output, r"\AThunderbird: works@optonline\.net\n")
        self.assertRegex(output, r"(?m)^POP3  mail\.optonline\.net:995 +Works")
        self.assertIn("All of it is as Optonline wants it.", output)
        self.assertNotIn("optsetup-cli", output)

    def test_for_everybody(self):
        """Settings without an address are checked for the one that is given."""
        path = write(self, autoconfig(), "config-v1.1.xml")
        done = self.practice("check", "--from", path, WORKS, password=GOOD)
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        self.assertRegex(done.output, r"(?m)^POP3  mail\.optonline\.net:995 +Works")
        done = self.practice("check", "--from", path)
        self.assertEqual((done.status, done.errors), (1, ""), str(done))
        self.assertIn("do not say whose address they are for", done.output)

    def test_old_settings(self):
        (found,) = self.check(prefs(WORKS, OLD), status=1)
        self.assertEqual(found["verdict"], "wanted-works")
        self.assertEqual([server["result"] for server in found["wanted"]["servers"]], ["works"] * 2)
        output = self.text(prefs(WORKS, OLD), status=1)
        self.assertRegex(output, r"(?s)\nAs it is:\nPOP3  pop\.opt.*\nAs Optonline wants it:\nPOP3  mail\.opt")
        self.assertIn("Will not work: POP3 pop.optonline.net → mail.optonline.net", output)
        self.assertNotIn("Try: ", output)

    def test_how_to_go_on_works(self):
        output = self.text(prefs(WORKS, OLD), status=1)
        command = re.search(r"(?m)^To have settings for Thunderbird: optsetup-cli (.*)$", output)[1]
        self.assertEqual(self.run_cli(*command.split()).status, 0)
        self.assertEqual(sorted(os.listdir(self.work)), ["prefs.js", "thunderbird-settings.zip"])

    def test_wrong_password(self):
        """It says nothing of the settings, so nobody is sent off to change them."""
        output = self.text(prefs(WORKS), password=CANARY, status=1)
        self.assertIn("Your password was not accepted", output)
        self.assertNotIn("To have settings", output)
        (found,) = self.check(prefs(WORKS, OLD), password=CANARY, status=1)
        self.assertEqual(found["verdict"], "not-safe")

    def test_partly(self):
        (found,) = self.check(prefs("sending-blocked@optonline.net"), status=1)
        self.assertEqual(found["verdict"], "partly")

    def test_several_accounts(self):
        accounts = many_prefs([(WORKS, NEW, WORKS), ("busy@optonline.net", NEW, "busy@optonline.net")])
        path = self.write(accounts)
        self.assert_bad_use(self.practice("check", "--from", path, password=GOOD), "give the ADDRESS")
        (found,) = self.check(accounts, "Works@OPTONLINE.net")
        self.assertEqual((found["address"], found["verdict"]), (WORKS, "works"))
        self.assert_bad_use(self.practice("check", "--from", path, JANE, password=GOOD), JANE)
        self.assert_bad_use(self.practice("check", "--from", path, "jane", password=GOOD))

    def test_address_that_nobody_wrote(self):
        """Whose account it is may be known by its server and the name to sign in with."""
        path = write(self, fetchmailrc("works"), "work", "fetchmailrc")
        for args in [], [WORKS]:
            done = self.practice("check", "--from", path, *args, password=GOOD)
            self.assertRegex(done.output, r"\Afetchmail: works@optonline\.net\n", str(done))
        self.assert_bad_use(self.practice("check", "--from", path, JANE, password=GOOD), JANE)

    def test_one_password_for_one_address(self):
        """Once refused, it is not tried again with the other settings."""
        accounts = many_prefs([(WORKS, NEW, WORKS), (WORKS, OLD, WORKS)])
        self.assertEqual([found["verdict"] for found in self.check(accounts, status=1)],
                         ["works", "wanted-works"])
        first, second = self.check(accounts, password=CANARY, status=1)
        self.assertEqual((first["verdict"], first["skipped"]), ("fails", None))
        self.assertEqual((second["verdict"], second["skipped"], second["now"]),
                         ("none", "password-refused", None))

    def test_no_password_to_be_had(self):
        done = self.practice("check", "--from", self.write(prefs(WORKS)))
        self.assertEqual((done.status, done.output), (3, ""), str(done))

    def test_host_of_somebody_else(self):
        """It gets nothing before somebody has named it."""
        path = self.write(prefs(WORKS, STRANGE))
        for args in [], ["--json"], ["--confirm-host", "mail.example.net"], ["--confirm-host", ""]:
            self.assert_bad_use(self.practice("check", "--from", path, *args, password=GOOD),
                                "--confirm-host mail.example.org")
        (found,) = self.check(prefs(WORKS, STRANGE), "--confirm-host", "MAIL.example.org", status=1)
        self.assertEqual(found["verdict"], "wanted-works")
        self.assertIn("host-other", [difference["id"] for difference in found["differences"]])

    def test_of_no_known_provider(self):
        path = self.write(prefs("me@example.org", STRANGE))
        self.assert_bad_use(self.practice("check", "--from", path, password=GOOD), "--confirm-host")
        output = self.text(prefs("me@example.org", STRANGE), "--confirm-host", "mail.example.org",
                           "--confirm-host", "mail.optonline.net", status=1)
        self.assertIn("nothing to compare", output)

    def test_trace(self):
        path = self.write(prefs(WORKS))
        done = self.practice("check", "--from", path, "--json", "--trace", password=GOOD)
        self.assertIn("pop3 C: ", done.errors)
        self.assertEqual(json.loads(done.output)[0]["verdict"], "works")

    def test_files_that_are_none(self):
        for path, text in ((self.home, "not a file"), ("/dev/null", "not a file"),
                           ("./none", "cannot be read"), ("none", "neither a file nor an id"),
                           (b"\xff\xfe", "neither a file nor an id"), ("", "neither a file nor"),
                           (write(self, b"", "empty"), "not a settings file"),
                           (write(self, "user_pref(", "half", "prefs.js"), "")):
            with self.subTest(path=path):
                self.assert_bad_use(self.practice("check", "--from", path, password=CANARY), text)

    def test_programs_are_not_practiced_with(self):
        write_profile(self, prefs(WORKS))
        self.assert_bad_use(self.practice("check", "--from", "thunderbird", password=GOOD), "give a file")
        self.assert_bad_use(self.practice("check", "--all"), "--from FILE")

    def test_what_does_not_go_together(self):
        path = self.write(prefs(WORKS))
        for args, text in (
                ([], "needs an ADDRESS"), (["--from"], ""),
                (["--from", path, "--services", "pop3"], "--services"),
                (["--from", path, "--server", "pop3=tls://x.example:995"], "--server"),
                (["--from", path, "--all-sign-ins"], "--all-sign-ins"),
                (["--from", path, "--report", "x.txt"], "--report"),
                (["--from", path, "--all"], "--from"), (["--all", "--password-fd", "0"], "--password-fd"),
                (["--all", "--trace"], "--trace"), (["--all", WORKS], "ADDRESS"),
                ([WORKS, "--use-kept-password"], "--use-kept-password"),
                ([WORKS, "--confirm-host", "x.example"], "--confirm-host"),
                (["--from", path, "--use-kept-password", "--password-fd", "0"], "--password-fd"),
                (["--from", path, "--timeout", "0"], "--timeout")):
            with self.subTest(args=args):
                self.assert_bad_use(self.run_cli("check", *args), text)
        self.assert_bad_use(self.practice("check", "--from", path, "--use-kept-password"), "--practice")


class AtATerminal(CliTest):
    def test_each_account_is_asked_for(self):
        write(self, many_prefs([(WORKS, NEW, WORKS), ("busy@optonline.net", NEW, "busy@optonline.net")]),
              "work", "prefs.js")
        with Terminal(self, "--practice", "check", "--from", "prefs.js", "--json",
                      stdout=subprocess.PIPE) as terminal:
            before = terminal.flags()
            for address, password in (WORKS, GOOD), ("busy@optonline.net", CANARY):
                terminal.wait_for(f"Password for {address}: ")
                terminal.type(password + "\n")
            done = terminal.finish(CANARY)
            self.assertEqual(terminal.flags(), before)
        self.assertEqual((done.status, [found["verdict"] for found in done.json]),
                         (1, ["works", "fails"]))

    def ask(self, answer):
        write(self, prefs(WORKS, STRANGE), "work", "prefs.js")
        with Terminal(self, "--practice", "check", "--from", "prefs.js", "--json",
                      stdout=subprocess.PIPE) as terminal:
            before = terminal.flags()
            terminal.wait_for("Type mail.example.org")
            terminal.type(answer)
            if answer == "Mail.Example.org\n":
                terminal.wait_for(f"Password for {WORKS}: ")
                terminal.type(GOOD + "\n")
            done = terminal.finish()
            self.assertEqual(terminal.flags(), before)
        return done

    def test_host_of_somebody_else(self):
        done = self.ask("Mail.Example.org\n")
        self.assertEqual((done.status, done.json[0]["verdict"]), (1, "wanted-works"))
        for answer in "\n", "y\n", "mail.example.or\n", "mail.example.orgs\n", "\x04":
            with self.subTest(answer=answer):
                done = self.ask(answer)
                self.assertEqual((done.status, done.output), (2, ""))
                self.assertNotIn("Password for", done.errors)
        done = self.ask("mail\x03")
        self.assertEqual((done.status, done.output), (130, ""))


class OnThisMachine(CliTest):
    """Without --practice."""

    def write_profile(self, *ports, security=3):
        use_provider(self, *ports)
        servers = {service: ("localhost", ports[0], security) for service in ("pop3", "smtp")}
        return write_profile(self, prefs("me@test.example", servers))

    def test_no_such_settings(self):
        done = self.run_cli("check", "--from", "thunderbird", password=CANARY)
        self.assertEqual((done.status, done.output), (1, ""), str(done))
        self.assertIn("no account of Thunderbird", done.errors)
        self.assert_bad_use(self.run_cli("check", "--from", "sheet-text", password=CANARY),
                            "cannot be read here")

    def test_damaged_settings(self):
        path = write_profile(self, prefs(JANE))
        os.truncate(path, 11 * 1024 * 1024)
        done = self.run_cli("check", "--from", "thunderbird", password=CANARY)
        self.assertEqual((done.status, done.output), (1, ""), str(done))
        self.assertIn("too large", done.errors)

    def test_interrupted(self):
        """With the password nowhere to be seen meanwhile, and the settings as they were."""
        def look(process):
            for name in "cmdline", "environ":
                with open(f"/proc/{process.pid}/{name}", "rb") as file:
                    seen = file.read()
                for form in forms(CANARY):
                    self.assertNotIn(form, seen)

        with SilentServer() as server:
            self.write_profile(server.port)
            before = tree(self.path(".thunderbird"))
            done = interrupt(self, server, "check", "--from", "thunderbird", "--json", meanwhile=look)
        self.assertEqual(done.json[0]["verdict"], "cancelled")
        self.assertEqual(tree(self.path(".thunderbird")), before)

    def test_nothing_goes_out_unprotected(self):
        with PlainServer() as server:
            self.write_profile(server.port, security=0)
            done = self.run_cli("check", "--from", "thunderbird", "--json", "--timeout", "5",
                                password=CANARY)
            said = server.finish()
        self.assertEqual(done.status, 1, str(done))
        for form in forms(CANARY) + [b"USER", b"PASS", b"AUTH"]:
            self.assertNotIn(form, said)
        self.assertIn("no-tls", [difference["id"] for difference in done.json[0]["differences"]])

    def test_password_of_the_keyring(self):
        self.use_keyring()
        with SilentServer() as server:
            self.write_profile(server.port)
            self.assertEqual(self.run_cli("check", "--from", "thunderbird").status, 3)
            self.run_cli("save", "me@test.example", password=CANARY)
            interrupt(self, server, "check", "--from", "thunderbird", password=None)

    def test_kept_password_is_offered(self):
        """By name, and not taken unless somebody says so."""
        write_evolution(self, JANE)
        done = self.run_cli("check", "--from", "evolution")
        self.assertEqual((done.status, done.output), (3, ""), str(done))
        self.assertIn("Evolution may keep the password; with --use-kept-password", done.errors)
        done = self.run_cli("check", "--from", "evolution", "--use-kept-password")
        self.assertEqual((done.status, done.output), (3, ""), str(done))
        self.assertNotIn("--use-kept-password", done.errors)


if __name__ == "__main__":
    main()
