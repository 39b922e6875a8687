#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli check, against the practice servers"""

import base64
import re
import shlex

from harness import AT_ONCE_S, CANARY, GOOD, SERVICES, WORKS, CliTest, main


class Check(CliTest):
    """Against the practice servers."""

    def assert_schema(self, found):
        def keys(value, **types):
            self.assertEqual(list(value), list(types))
            for key, kind in types.items():
                self.assertIsInstance(value[key], kind, key)

        null = type(None)
        keys(found, schema=int, address=str, provider=(dict, null), verdict=str, elapsed_ms=int,
             unused_proxy=(str, null), servers=list)
        self.assertEqual(found["schema"], 1)
        self.assertIn(found["verdict"], ("works", "partly", "fails", "cancelled"))
        if found["provider"] is not None:
            keys(found["provider"], id=str, name=str)
        for server in found["servers"]:
            keys(server, service=str, host=str, port=int, security=str, user=str, result=str,
                 diagnosis=(str, null), title=str, advice=str, server_words=(str, null),
                 address_used=(str, null), steps=list, candidates=list, tls=(dict, null),
                 mailbox=(dict, null))
            self.assertIn(server["result"], ("works", "fails", "skipped"))
            self.assertEqual(server["diagnosis"] is not None, server["result"] == "fails")
            for step in server["steps"]:
                keys(step, step=str, ms=int)
            for candidate in server["candidates"]:
                keys(candidate, host=str, port=int, diagnosis=(str, null))
            if server["tls"] is not None:
                keys(server["tls"], version=(str, null), cipher=(str, null), expected_name=str,
                     problems=list, certificate=(dict, null))
                if server["tls"]["certificate"] is not None:
                    keys(server["tls"]["certificate"], subject=str, issuer=str, names=list,
                         not_before=str, not_after=str, sha256=str)
            if server["mailbox"] is not None:
                keys(server["mailbox"], messages=int, bytes=(int, null))

    def check(self, address, *args, password=GOOD):
        done = self.practice("check", address, "--json", *args, password=password)
        self.assert_schema(done.json)
        return done, {server["service"]: server for server in done.json["servers"]}

    def diagnoses(self, address, status, verdict, *args, password=GOOD):
        done, servers = self.check(address, *args, password=password)
        self.assertEqual((done.status, done.json["verdict"]), (status, verdict), str(done))
        return {service: server["diagnosis"] or server["result"] for service, server in servers.items()}

    def test_works(self):
        done, servers = self.check(WORKS)
        self.assertEqual((done.status, done.errors, done.json["verdict"]), (0, "", "works"))
        self.assertEqual(list(servers), SERVICES)
        self.assertEqual(servers["pop3"]["mailbox"], {"messages": 12, "bytes": 345678})
        self.assertIsNone(servers["smtp"]["mailbox"])
        self.assertEqual([step["step"] for step in servers["smtp"]["steps"]],
                         ["resolve", "connect", "secure", "greet", "sign-in", "verify"])

    def test_all_practice_accounts(self):
        everywhere = dict.fromkeys(SERVICES)
        for address, verdict, want in (
                ("works@optimum.net", "works", {}),
                ("works@suddenlink.net", "works", {}),
                ("anybody@optonline.net", "works", {}),
                ("moved@optonline.net", "works", {}),
                ("sending-blocked@optonline.net", "partly", {"smtp": "sender-refused"}),
                ("mailbox-full@optimum.net", "partly", {"smtp": "mailbox-full"}),
                ("busy@optonline.net", "fails", dict.fromkeys(everywhere, "temporary-failure")),
                ("server-down@optonline.net", "fails", dict.fromkeys(everywhere, "connection-refused")),
                ("old-certificate@optonline.net", "partly", {"smtp": "certificate-expired"}),
                ("wrong-clock@optonline.net", "fails", dict.fromkeys(everywhere, "clock-wrong")),
                ("wrong-name@optonline.net", "partly", {"smtp": "certificate-wrong-name"}),
                ("portal@optonline.net", "fails", dict.fromkeys(everywhere, "captive-portal")),
                ("unknown-certificate@optonline.net", "fails",
                 dict.fromkeys(everywhere, "certificate-untrusted"))):
            with self.subTest(address=address):
                got = self.diagnoses(address, 0 if verdict == "works" else 1, verdict)
                self.assertEqual(got, {**dict.fromkeys(SERVICES, "works"), **want})

    def test_wrong_password_is_one_refusal(self):
        got = self.diagnoses(WORKS, 1, "fails", password=CANARY)
        self.assertEqual(sorted(got.values()), ["password-refused", "skipped", "skipped"])

    def test_all_sign_ins(self):
        got = self.diagnoses(WORKS, 1, "fails", "--all-sign-ins", password=CANARY)
        self.assertEqual(got, dict.fromkeys(SERVICES, "password-refused"))

    def test_locked(self):
        got = self.diagnoses("locked@optonline.net", 1, "fails")
        self.assertEqual(sorted(got.values()), ["account-locked", "skipped", "skipped"])

    def test_access_off(self):
        """What it is an example of, in whatever order the servers would be ready."""
        got = self.diagnoses("access-off@optimum.net", 1, "partly")
        self.assertEqual(got, {"imap": "service-disabled", "pop3": "service-disabled", "smtp": "works"})

    def test_services(self):
        self.assertEqual(self.diagnoses(WORKS, 0, "works", "--services", "smtp,pop3"),
                         {"pop3": "works", "smtp": "works"})
        for text in ("", ",", "imap,", "pop", "IMAP", "imap;pop3", "imap, pop3", b"\xff"):
            with self.subTest(text=text):
                self.assert_bad_use(self.practice("check", WORKS, "--services", text, password=GOOD),
                                    "pop3, imap and smtp")

    def test_servers(self):
        done, servers = self.check(WORKS, "--server", "imap=starttls://mail.optimum.net:143",
                                   "--server=smtp=starttls://mail.optonline.net:587")
        self.assertEqual(done.json["verdict"], "works", str(done))
        self.assertEqual([(server["host"], server["port"], server["security"])
                          for server in servers.values()],
                         [("mail.optimum.net", 143, "starttls"), ("mail.optonline.net", 995, "tls"),
                          ("mail.optonline.net", 587, "starttls")])

    def test_server_that_is_none(self):
        for text in ("", "imap", "imap=", "=tls://x.example:1", "imap=x.example:993", "tls://x.example:1",
                     "imap=plain://x.example:143", "imap=imaps://x.example:993", "imap=tls://:993",
                     "imap=tls://x.example:0", "imap=tls://x.example:65536", "imap=tls://x.example:99x",
                     "imap=tls://x.example:-1", "imap=tls://192.0.2.1:993", "imap=tls://[2001:db8::1]:993",
                     "imap=tls://user:secret@x.example:993", "imap=tls://x.example:993/INBOX",
                     "ftp=tls://x.example:21", b"imap=tls://\xff.example:993",
                     "imap=tls://x_y.example:993", "imap=tls://" + "x" * 300 + ".example:993"):
            with self.subTest(text=text):
                self.assert_bad_use(self.practice("check", WORKS, "--server", text, password=GOOD))

    def test_server_twice(self):
        self.assert_bad_use(self.practice("check", WORKS, "--server", "imap=tls://a.example",
                                          "--server", "imap=tls://b.example", password=GOOD), "twice")

    def test_timeout_that_is_none(self):
        for text in ("", "0", "-1", "+1", " 1", "1s", "1.5", "0x10", "3601", "99999999999999999999", "x"):
            with self.subTest(text=text):
                self.assert_bad_use(self.practice("check", WORKS, f"--timeout={text}", password=GOOD),
                                    "1 to 3600")

    def test_timeout(self):
        done, servers = self.check("slow@optonline.net", "--timeout", "1")
        self.assertEqual((done.status, [server["diagnosis"] for server in servers.values()]),
                         (1, ["server-too-slow"] * 3), str(done))
        self.assertLess(done.json["elapsed_ms"], 1000 + 900 * AT_ONCE_S)

    def test_typo_is_not_corrected(self):
        self.assert_bad_use(self.practice("check", "jane@optonlin.net", password=CANARY),
                            "Did you mean jane@optonline.net?")

    def test_unknown_address(self):
        self.assert_bad_use(self.practice("check", "jane@localhost", password=CANARY), "--server")
        self.assert_bad_use(self.practice("check", "jane@localhost", "--services", "imap,pop3", "--server",
                                          "imap=tls://x.example:993", password=CANARY),
                            "--server pop3=tls://HOST:PORT")

    def test_practice_reaches_no_real_server(self):
        got = self.diagnoses("jane@localhost", 1, "fails", "--server", "imap=tls://mail.optonline.net:993")
        self.assertEqual(got, {"imap": "host-unknown"})

    def test_text(self):
        done = self.practice("check", WORKS, password=GOOD)
        self.assertEqual((done.status, done.errors), (0, ""))
        self.assertRegex(done.output, r"(?m)^IMAP  mail\.optonline\.net:993 +Works: 12 messages$")
        self.assertNotIn("\x1b", done.output)
        self.assertEqual(len(done.output.splitlines()), 5)

    def test_text_of_a_failure(self):
        done = self.practice("check", "sending-blocked@optonline.net", password=GOOD)
        self.assertIn("SMTP: The server will not send for you", done.output)
        self.assertIn("The server said: “Sender refused”", done.output)

    def text(self, address, *args, password=GOOD):
        done = self.practice("check", address, *args, password=password)
        self.assertEqual((done.status, done.errors), (1, ""), str(done))
        return done.output

    def test_text_of_a_certificate(self):
        output = self.text("wrong-name@optonline.net")
        lines = output[output.index("          Expected"):].splitlines()
        column = lines[0].index("Shown")
        self.assertRegex(lines[1], r"\A! Name    mail\.optonline\.net +mail\.example\.com\Z")
        self.assertRegex(lines[2], r"\A  Issuer  an authority that this computer trusts +OptSetup practice\Z")
        self.assertRegex(lines[3], r"\A  Dates   \d+ \w+ \d{4}, today +\d+ \w+ \d{4} to \d+ \w+ \d{4}\Z")
        for line in lines[1:4]:
            self.assertEqual(line[column - 2:column], "  ", line)
            self.assertNotEqual(line[column], " ", line)
        self.assertRegex(self.text("unknown-certificate@optonline.net"), r"(?m)^! Issuer ")
        self.assertRegex(self.text("old-certificate@optonline.net"), r"(?m)^! Dates ")
        self.assertNotIn("Issuer", self.text("busy@optonline.net"))

    def test_text_of_what_to_do(self):
        for address, args, want in (
                ("busy@optonline.net", (), "  Try again in 1 minute.\n"),
                ("locked@optonline.net", (), "  Contact: https://"),
                ("mailbox-full@optimum.net", (), "  Web mail: https://"),
                ("server-down@optonline.net", (), " --server smtp=starttls://mail.optonline.net:587\n"),
                ("jane@example.org", ("--server", "imap=tls://x.example:993"),
                 "  Give another server with --server SERVICE=tls://"),
                (WORKS, ("--server", "pop3=tls://x.example:995", "--server",
                         "smtp=starttls://mail.optonline.net:587"),
                 f"\nTry: optsetup-cli --practice check {WORKS} --server pop3=tls://mail.optonline.net:995"
                 " --server smtp=starttls://mail.optonline.net:587\n"),
                ("o'hara@optonline.net", ("--server", "imap=tls://x.example:993"),
                 "check 'o'\\''hara@optonline.net' --server imap=tls://mail.optonline.net:993\n")):
            with self.subTest(address=address):
                self.assertIn(want, self.text(address, *args))

    def test_nobody_is_told_to_lock_an_account(self):
        hint = "With --all-sign-ins they are tried too."
        self.assertIn(hint, self.text(WORKS, password=CANARY))
        self.assertNotIn(hint, self.text("locked@optonline.net"))

    def test_what_to_try_works(self):
        output = self.text(WORKS, "--server", "imap=tls://x.example:993")
        command = shlex.split(re.search(r"(?m)^Try: optsetup-cli (.*)$", output)[1])
        self.assertEqual(self.run_cli(*command, password=GOOD).status, 0)

    def test_nothing_to_resume_in_practice(self):
        """No command is printed that is refused."""
        done = self.practice("check", "on-its-way@optonline.net", "--timeout", "3", "--delivery",
                             password=GOOD)
        self.assertEqual(done.status, 0, str(done))
        self.assertIn("may still arrive", done.output.replace("\n", " "))
        self.assertNotIn("--delivery-resume", done.output)

    def test_trace(self):
        done = self.practice("check", WORKS, "--json", "--trace", password=GOOD)
        self.assert_schema(done.json)
        self.assertIn("imap C: A1 AUTHENTICATE PLAIN (hidden)\n", done.errors)
        self.assertNotIn(base64.b64encode(f"\0{WORKS}\0{GOOD}".encode()).decode(), done.errors)
        done = self.practice("check", WORKS, "--trace", password=CANARY)
        self.assertIn(" C: ", done.errors)

    def test_stand_in(self):
        """The usual server is down: that is said, though all works, because other programs use it."""
        sentence = ("mail.optonline.net, the usual server, does not work right now. "
                    "mail.optimum.net does, and is used instead.")
        done = self.practice("check", "moved@optonline.net", password=GOOD)
        self.assertIn(f"Everything works. {sentence}", " ".join(done.output.split()))
        self.assertEqual(done.output.count("usual"), 1)
        done = self.practice("check", "moved@optonline.net", "--report", "-", password=GOOD)
        self.assertIn(f"\nNote            {sentence}\n", done.output)
        for address in WORKS, "server-down@optonline.net":
            done = self.practice("check", address, password=GOOD)
            self.assertNotIn("usual", done.output)

    def test_trace_is_whole(self):
        """Every line once, in the order of each dialogue, over all servers that were tried."""
        done = self.practice("check", "moved@optonline.net", "--json", "--trace", password=GOOD)
        report = self.practice("check", "moved@optonline.net", "--report", "-", password=GOOD)
        for service in SERVICES:
            got = [line[len(service) + 1:] for line in done.errors.splitlines()
                   if line.startswith(service + " ")]
            part = report.output.split(f"\n{service.upper()}\n====\n")[1].split("\n\n\n")[0]
            want = [line[4:] for line in part.splitlines() if re.match(r"    ([CS]:|\*) ", line)]
            self.assertGreater(len(got), 5)
            self.assertEqual(got, want)


if __name__ == "__main__":
    main()
