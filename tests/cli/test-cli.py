#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli as scripts and people use it: test-cli.py PROGRAM [TEST]...

Everything is hermetic: a home of its own for each test, the practice servers or a local one that
never answers, libsecret's file in place of a keyring. Nothing here waits by the clock.
"""

import base64
import fcntl
import json
import os
import pty
import re
import resource
import select
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import termios
import time
import traceback
import unittest
import urllib.parse
import zipfile

PROGRAM = None
DEADLINE_S = 60
# A program built to look for leaks takes its time, above all to read the list of authorities.
AT_ONCE_S = float(os.environ.get("OPT_AT_ONCE_S", "1"))
GOOD = "practice"
CANARY = "Zq7'\"x \\%s é✓"
SERVICES = ["imap", "pop3", "smtp"]
WORKS = "works@optonline.net"
SETUP = ["setup", WORKS, "--client", "evolution"]


def forms(password):
    """What must not be seen: the password, and what it would look like in disguise."""
    raw = password if isinstance(password, bytes) else password.encode()
    raw = raw.rstrip(b"\r\n")
    # The one of the practice accounts is part of other words.
    if GOOD.encode() in raw.lower():
        return []
    found = [raw, raw.hex().encode(), raw.hex().upper().encode(),
             urllib.parse.quote_from_bytes(raw, safe="").encode(),
             urllib.parse.quote_from_bytes(raw, safe="/").encode(), raw[::-1]]
    # Base64 looks different at each of three places in a longer text.
    found += [base64.b64encode(b"\0" * shift + raw)[4 if shift else 0:].rstrip(b"=")[:-1]
              for shift in range(3)]
    return [form for form in found if len(form) >= 6]


class Done:
    """A program that has ended."""

    def __init__(self, status, output, errors):
        self.status, self.raw = status, output
        self.output, self.errors = output.decode(errors="replace"), errors.decode(errors="replace")

    @property
    def json(self):
        return json.loads(self.output)

    def __str__(self):
        return f"exit {self.status}\n{self.output}\n{self.errors}"


class CliTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="optsetup-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.work = self.path("work")
        os.mkdir(self.work)
        self.env = {key: value for key, value in os.environ.items()
                    if not key.startswith(("SECRET_", "DBUS_", "XDG_", "LC_", "LANG"))}
        self.env |= {
            "HOME": self.home,
            "XDG_CONFIG_HOME": self.path("config"),
            "XDG_CONFIG_DIRS": self.path("xdg"),
            "XDG_DATA_HOME": self.path("data"),
            "XDG_CACHE_HOME": self.path("cache"),
            "XDG_STATE_HOME": self.path("state"),
            "XDG_RUNTIME_DIR": self.path("run"),
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus",
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "",
            "TERM": "xterm",
            "G_DEBUG": "fatal-warnings",
        }

    def path(self, *names):
        return os.path.join(self.home, *names)

    def use_keyring(self):
        """libsecret's own encrypted file; it leaks a string of GIO's whenever it writes it."""
        self.env |= {"SECRET_BACKEND": "file", "SECRET_FILE_TEST_PATH": self.path("keyring"),
                     "SECRET_FILE_TEST_PASSWORD": "opens the keyring",
                     "ASAN_OPTIONS": self.env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}

    def start(self, *args, **options):
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("start_new_session", True)
        return subprocess.Popen([PROGRAM, *args], stderr=subprocess.PIPE, cwd=self.work,
                                env=self.env, **options)

    def run_cli(self, *args, password=None, **options):
        """Runs it to the end. A password goes to its standard input."""
        if password is not None:
            password = password if isinstance(password, bytes) else password.encode()
            args += ("--password-fd", "0")
            options["stdin"] = subprocess.PIPE
        with self.start(*args, **options) as process:
            try:
                output, errors = process.communicate(password, timeout=DEADLINE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return self.checked(Done(process.returncode, output or b"", errors), password)

    def checked(self, done, password):
        """What holds for every run."""
        for form in forms(password or b""):
            self.assertNotIn(form, done.raw + done.errors.encode(), f"a password shows: {done}")
        self.assertIn(done.status, (0, 1, 2, 3, 130), str(done))
        if done.status == 2:
            self.assertEqual(done.output, "", "wrong use prints nothing to stdout")
            self.assertRegex(done.errors, r"\Aoptsetup-cli: [^\n]+\n\Z")
        return done

    def practice(self, *args, **options):
        return self.run_cli("--practice", *args, **options)

    def assert_bad_use(self, done, text=""):
        self.assertEqual(done.status, 2, str(done))
        self.assertIn(text, done.errors)

    def assert_left(self, *names):
        """Exactly these are in the current folder, whole, and for the owner alone."""
        self.assertEqual(sorted(os.listdir(self.work)), sorted(names))


class Use(CliTest):
    """Options and words."""

    def test_help(self):
        for args in (["--help"], ["-h"], ["help"]):
            done = self.run_cli(*args)
            self.assertEqual((done.status, done.errors), (0, ""))
            for verb in ("detect", "check", "explain", "save", "list", "forget", "clients", "export",
                         "setup"):
                self.assertRegex(done.output, rf"(?m)^  {verb} ")

    def test_help_of_a_verb(self):
        for verb in ("detect", "check", "explain", "save", "list", "forget", "clients", "export",
                         "setup"):
            asked = [self.run_cli(verb, "--help"), self.run_cli("help", verb), self.run_cli(verb, "-h")]
            self.assertEqual({done.status for done in asked}, {0})
            self.assertEqual(len({done.output for done in asked}), 1)
            self.assertIn(f"optsetup-cli {verb} [OPTION", asked[0].output)

    def test_help_names_practice_accounts(self):
        self.assertIn(WORKS, self.practice("help").output)
        self.assertNotIn(WORKS, self.run_cli("help").output)

    def test_version(self):
        self.assertRegex(self.run_cli("--version").output, r"\Aoptsetup-cli \d+\.\d+\.\d+\n\Z")

    def test_bad_use(self):
        for args in ([], ["--nonsense"], ["nonsense"], ["help", "nonsense"], ["--practice"],
                     ["detect"], ["detect", WORKS, WORKS], ["detect", "--nonsense", WORKS],
                     ["check"], ["check", WORKS, "x"], ["check", WORKS, "--server"],
                     ["check", "--nonsense", WORKS], ["check", WORKS, "--timeout"],
                     ["explain"], ["explain", "--list", "offline"], ["explain", "offline", "x"],
                     ["explain", "--nonsense"], ["check", WORKS, "--report"],
                    ["save"], ["save", WORKS, "x"], ["save", "--json", WORKS],
                     ["list", "x"], ["list", "--name", "x"], ["forget"], ["forget", WORKS, "x"],
                     ["clients", "x"], ["clients", "--force"],
                     ["export"], ["export", WORKS], ["export", WORKS, "--client"],
                     ["export", WORKS, "--all"], ["export", WORKS, "--all", "--output"],
                     ["export", WORKS, "--client", "nonsense"], ["export", "--client", "json"],
                     ["setup"], ["setup", "--client", "geary"], ["setup", WORKS],
                     ["setup", WORKS, "--client"], ["setup", WORKS, "--client", "nonsense"],
                     ["setup", WORKS, "--client", "geary", "x"], ["setup", WORKS, "--json"],
                     ["check", WORKS, "secret-as-argument"]):
            with self.subTest(args=args):
                self.assert_bad_use(self.run_cli(*args))

    def test_odd_bytes_do_not_reach_the_terminal(self):
        for word in (b"\x1b[31mred", b"\xff\xfe", b"two\nlines", "\u202eleft".encode()):
            done = self.run_cli(word)
            self.assert_bad_use(done)
            for byte in ("\x1b", "\u202e"):
                self.assertNotIn(byte, done.errors)

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            done = self.run_cli("clients", "--json", stdout=full)
        self.assertEqual(done.status, 1, str(done))
        self.assertIn("No space left", done.errors)

    def test_plain_c_locale(self):
        self.env["LC_ALL"] = "C"
        done = self.practice("check", WORKS, password=CANARY)
        self.assertEqual(done.status, 1)
        self.assertTrue(done.output.isascii())
        self.assertNotIn("server?s", done.output)


ADDRESSES_THAT_ARE_NONE = [
    b"", b" ", b"jane", b"@", b"jane@", b"@optonline.net", b"a@b@c", b"jane doe@optonline.net",
    b"jane\r\n@optonline.net", b"jane@opton\tline.net", b"\xff@optonline.net", b"jane@-x.net",
    b"jane@x..net", b".jane@optonline.net", b"x" * 65 + b"@optonline.net",
    b"jane@" + b"x" * 64 + b".net", b"jane@" + b".".join([b"x" * 60] * 5),
    "jane\u202e@optonline.net".encode(), b"jane@[192.0.2.1]", b"<jane@optonline.net",
]


class Detect(CliTest):
    def detect(self, address, status, how, provider=None, suggestion=None):
        done = self.practice("detect", address, "--json")
        self.assertEqual(done.status, status, str(done))
        found = done.json
        self.assertEqual(list(found), ["schema", "address", "provider", "how", "suggestion", "servers"])
        self.assertEqual((found["schema"], found["how"], found["suggestion"]), (1, how, suggestion))
        self.assertEqual(found["provider"] and found["provider"]["id"], provider)
        return found

    def test_known(self):
        found = self.detect(" Jane <mailto:Jane.Doe@OPTONLINE.net> ".replace("mailto:", ""), 0, "domain",
                            "optonline")
        self.assertEqual(found["address"], "jane.doe@optonline.net")
        self.assertEqual(found["provider"], {"id": "optonline", "name": "Optonline"})
        self.assertEqual(found["servers"], [
            {"service": "imap", "host": "mail.optonline.net", "port": 993, "security": "tls"},
            {"service": "pop3", "host": "mail.optonline.net", "port": 995, "security": "tls"},
            {"service": "smtp", "host": "mail.optonline.net", "port": 465, "security": "tls"}])
        self.detect("x@suddenlink.net", 0, "domain", "suddenlink")

    def test_typo(self):
        found = self.detect("Jane@optonlin.net", 1, "typo", suggestion="jane@optonline.net")
        self.assertEqual(found["servers"], [])
        done = self.practice("detect", "jane@optonlin.net")
        self.assertEqual(done.status, 1)
        self.assertIn("Did you mean jane@optonline.net?", done.output)

    def test_unknown(self):
        for address in "jane@example.com", "jane@optimum.com", "jane@localhost":
            self.assertEqual(self.detect(address, 1, "none")["servers"], [])

    def test_text(self):
        done = self.practice("detect", "jane@optimum.net")
        self.assertEqual((done.status, done.errors), (0, ""))
        self.assertIn("tls://mail.optimum.net:993", done.output)

    def test_not_an_address(self):
        for address in ADDRESSES_THAT_ARE_NONE:
            for verb in ["detect"], ["detect", "--json"], ["check"], ["export", "--client", "json"]:
                with self.subTest(address=address, verb=verb):
                    self.assert_bad_use(self.practice(*verb, "--", address))


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
        got = self.diagnoses("access-off@optimum.net", 1, "partly", "--all-sign-ins")
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

    def test_trace(self):
        done = self.practice("check", WORKS, "--json", "--trace", password=GOOD)
        self.assert_schema(done.json)
        self.assertIn("imap C: A1 AUTHENTICATE PLAIN (hidden)\n", done.errors)
        self.assertNotIn(base64.b64encode(f"\0{WORKS}\0{GOOD}".encode()).decode(), done.errors)
        done = self.practice("check", WORKS, "--trace", password=CANARY)
        self.assertIn(" C: ", done.errors)

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


class Report(CliTest):
    """--report"""

    def report(self, *args, address=WORKS, password=GOOD, **options):
        return self.practice("check", address, "--report", *args, password=password, **options)

    def read(self, name="report.txt"):
        with open(os.path.join(self.work, name), encoding="utf-8") as file:
            return file.read()

    def test_new_file(self):
        done = self.report("report.txt")
        self.assertEqual((done.status, done.errors), (0, ""))
        self.assertIn("Everything works.", done.output)
        self.assertTrue(done.output.endswith("\nThe report is in “report.txt”.\n"), str(done))
        status = os.lstat(os.path.join(self.work, "report.txt"))
        self.assertEqual(stat.S_IMODE(status.st_mode), 0o600)
        self.assertRegex(self.read(), r"\AOptSetup report\n=+\n")
        self.assertIn("Verdict         works\n", self.read())
        self.assert_left("report.txt")

    def test_failure(self):
        done = self.report("report.txt", password=CANARY)
        self.assertEqual((done.status, done.errors), (1, ""))
        self.assertIn("Diagnosis       password-refused\n", self.read())
        for form in forms(CANARY):
            self.assertNotIn(form, self.read().encode())

    def test_json(self):
        done = self.report("report.txt", "--json")
        self.assertEqual((done.status, done.errors, done.json["verdict"]), (0, "", "works"))
        self.assertIn("Verdict         works\n", self.read())

    def test_existing(self):
        with open(os.path.join(self.work, "report.txt"), "w", encoding="utf-8") as file:
            file.write("mine")
        for args in [], ["--json"]:
            done = self.report("report.txt", *args)
            self.assertEqual((done.status, done.output), (1, ""), str(done))
            self.assertIn("--force", done.errors)
        self.assertEqual(self.read(), "mine")
        self.assertEqual(self.report("report.txt", "--force").status, 0)
        self.assertIn("OptSetup report", self.read())
        self.assert_left("report.txt")

    def test_refused_before_the_password(self):
        """There is none to be had here, which nobody gets to know."""
        with open(os.path.join(self.work, "report.txt"), "w", encoding="utf-8"):
            pass
        done = self.practice("check", WORKS, "--report", "report.txt")
        self.assertEqual((done.status, done.output), (1, ""), str(done))

    def test_no_place(self):
        os.symlink(self.path("target"), self.path("link"))
        locked = self.path("locked")
        os.mkdir(locked, 0o500)
        places = [self.path("none", "x.txt"), self.path("link"), self.work, "", "x/", "/dev/null",
                  b"\xff" * 300] + ([] if os.geteuid() == 0 else [f"{locked}/x.txt"])
        for place in places:
            for force in [], ["--force"]:
                with self.subTest(place=place, force=force):
                    done = self.report(place, *force)
                    self.assertEqual((done.status, done.output), (1, ""), str(done))
                    self.assertRegex(done.errors, r"\Aoptsetup-cli: [^\n]+\n\Z")
        self.assertFalse(os.path.exists(self.path("target")))
        self.assert_left()

    def test_not_written(self):
        """What shows only afterwards does not take the result away."""
        limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))}
        done = self.report("report.txt", **limit)
        self.assertEqual(done.status, 1, str(done))
        self.assertIn("Everything works.", done.output)
        self.assertNotIn("The report is in", done.output)
        self.assertIn("File too large", done.errors)
        done = self.report("report.txt", "--json", **limit)
        self.assertEqual((done.status, done.json["verdict"]), (1, "works"))
        self.assert_left()

    def test_stdout(self):
        done = self.report("-")
        self.assertEqual((done.status, done.errors), (0, ""))
        self.assertRegex(done.output, r"\AOptSetup report\n")
        self.assertNotIn("Everything works.", done.output)
        self.assert_left()
        done = self.report("-", "--trace", address="sending-blocked@optonline.net")
        self.assertEqual(done.status, 1)
        self.assertRegex(done.output, r"\AOptSetup report\n")
        self.assertIn("smtp C: EHLO", done.errors)
        self.assert_bad_use(self.report("-", "--json"), "--report=-")
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.report("-", stdout=full).status, 1)

    def test_stdout_is_utf_8(self):
        self.env["LC_ALL"] = "C"
        done = self.report("-", password=CANARY)
        self.assertEqual(done.status, 1)
        self.assertIn("’", done.raw.decode())


class Explain(CliTest):
    """What an id means; no server and no keyring is asked."""

    def ids(self):
        return [one["id"] for one in self.run_cli("explain", "--list", "--json").json]

    def test_list(self):
        done = self.run_cli("explain", "--list")
        self.assertEqual((done.status, done.errors), (0, ""))
        rows = [re.fullmatch(r"([a-z0-9-]+)  +(\S.*)", line).groups() for line in done.output.splitlines()]
        listed = self.run_cli("explain", "--list", "--json").json
        self.assertEqual(rows, [(one["id"], one["title"]) for one in listed])
        self.assertEqual([list(one) for one in listed], [["id", "title"]] * len(rows))
        ids = self.ids()
        self.assertEqual(len(ids), len(set(ids)))
        self.assertNotIn("works", ids)
        for name in ("offline", "port-25-blocked", "cancelled", "keyring-missing", "keyring-failed"):
            self.assertIn(name, ids)

    def test_every_one(self):
        for name in self.ids():
            with self.subTest(id=name):
                found = self.run_cli("explain", name, "--json").json
                self.assertEqual(list(found), ["id", "title", "cause", "advice", "offer", "wait_s"])
                self.assertEqual(found["id"], name)
                done = self.run_cli("explain", name)
                self.assertEqual((done.status, done.errors), (0, ""))
                parts = [" ".join(part.split()) for part in done.output.split("\n\n")]
                self.assertEqual(parts, [found["title"], found["advice"], f"Cause: {found['cause']}"]
                                 + ([found["offer"]] if found["offer"] else []))
                for line in done.output.splitlines():
                    self.assertLess(len(line), 80)

    def test_every_diagnosis_of_a_check_is_there(self):
        found = self.practice("check", "sending-blocked@optonline.net", "--json", password=GOOD).json
        self.assertIn(found["servers"][2]["diagnosis"], self.ids())

    def test_nearest(self):
        for typed, meant in (("pasword-refused", "password-refused"), ("Offline", "offline"),
                             ("clock_wrong", "clock-wrong"), ("expired", "certificate-expired")):
            self.assert_bad_use(self.run_cli("explain", typed), f"Did you mean {meant}?")
        for typed in ("works", "", "nonsense", "x" * 100000, b"\xff\xfe", "\x1b[31m"):
            done = self.run_cli("explain", typed)
            self.assert_bad_use(done, "explain --list")
            self.assertNotIn("Did you mean", done.errors)


class Password(CliTest):
    """Where it may come from, and what it may be."""

    def check(self, **options):
        return self.practice("check", WORKS, "--json", **options)

    def test_one_line_break_goes(self):
        for end in b"", b"\n", b"\r\n":
            self.assertEqual(self.check(password=GOOD.encode() + end).status, 0, end)
        for password in b"practice ", b" practice", b"practice\t", b"Practice":
            self.assertEqual(self.check(password=password).status, 1, password)
        for password in b"practice\n\n", b"practice\r", b"practice\r\r\n", b"\npractice", b"pr\nactice":
            self.assert_bad_use(self.check(password=password), "cannot be sent")

    def test_refused(self):
        for password, text in ((b"", "Enter your password"), (b"\n", "Enter your password"),
                               (b"\r\n", "Enter your password"), (b"sec\0retive", "cannot be sent"),
                               (b"\0", "cannot be sent"), (b"gr\xfc\xdfe aus", "cannot be sent"),
                               (b"verylong" * 129, "too long"), (b"x" * 1025 + b"\n", "too long"),
                               (b"abcdefgh" * 100000, "too long")):
            with self.subTest(password=password[:20]):
                self.assert_bad_use(self.check(password=password), text)

    def test_awkward(self):
        for password in (CANARY, "  two  spaces  ", "пароль-密码-🔑", "a\"b'c\\d #e%f$g;h{i} é", "x" * 1000,
                         "\x01control\x7f", "é" * 512, "verylong" * 128, "--json", "%n%n%n%n%s%s%s"):
            with self.subTest(password=password[:20]):
                done = self.check(password=password + "\n")
                self.assertEqual(done.status, 1, str(done))
                self.assertEqual(sorted(server["diagnosis"] or server["result"]
                                        for server in done.json["servers"]),
                                 ["password-refused", "skipped", "skipped"])

    def test_descriptor_that_is_none(self):
        with open("/dev/null", "wb") as null:
            for text in ("", "x", "-1", "1.0", "99999999999", "900", "3", "5", "7", "0x0"):
                with self.subTest(text=text):
                    self.assert_bad_use(self.practice("check", WORKS, f"--password-fd={text}"),
                                        "--password-fd")
            fd = null.fileno()
            self.assert_bad_use(self.practice("check", WORKS, "--password-fd", str(fd), pass_fds=[fd]),
                                "cannot be read")
        folder = os.open(self.home, os.O_RDONLY)
        self.addCleanup(os.close, folder)
        self.assert_bad_use(self.practice("check", WORKS, "--password-fd", str(folder),
                                          pass_fds=[folder]), "cannot be read")

    def test_other_descriptor(self):
        read, write = os.pipe()
        os.write(write, b"practice\n")
        os.close(write)
        done = self.practice("check", WORKS, "--json", "--password-fd", str(read), pass_fds=[read])
        os.close(read)
        self.assertEqual(done.status, 0, str(done))

    def test_file(self):
        with open(self.path("password"), "w+", encoding="utf-8") as file:
            file.write("practice\n")
            file.seek(0)
            self.assertEqual(self.practice("check", WORKS, "--password-fd", "0", stdin=file).status, 0)

    def test_in_pieces_without_blocking(self):
        read, write = os.pipe()
        os.set_blocking(read, False)
        with self.start("--practice", "check", WORKS, "--json", "--password-fd", str(read),
                        pass_fds=[read]) as process:
            for piece in b"pra", b"cti", b"ce":
                os.write(write, piece)
            os.close(write)
            process.communicate(timeout=DEADLINE_S)
        os.close(read)
        self.assertEqual(process.returncode, 0)

    def test_none_to_be_had(self):
        for args in ["check", WORKS], ["check", WORKS, "--json"]:
            done = self.practice(*args)
            self.assertEqual((done.status, done.output), (3, ""), str(done))
            self.assertIn("no password to be had", done.errors)
        self.assertEqual(self.run_cli("save", WORKS).status, 3)

    def test_nothing_in_the_environment_counts(self):
        self.env |= {"PASSWORD": GOOD, "OPTSETUP_PASSWORD": GOOD, "OPT_PASSWORD": GOOD}
        self.assertEqual(self.check().status, 3)

    def test_interrupted_while_reading(self):
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            read, write = os.pipe()
            with self.start("--practice", "check", WORKS, "--password-fd", str(read),
                            pass_fds=[read]) as process:
                os.close(read)
                os.write(write, b"half of it")
                wait_until_read(write)
                process.send_signal(number)
                output, errors = process.communicate(timeout=DEADLINE_S)
            os.close(write)
            done = self.checked(Done(process.returncode, output, errors), "half of it")
            self.assertEqual((done.status, done.output), (130, ""), str(done))


def wait_until(condition, what):
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited too long until {what}")
        os.sched_yield()


def wait_until_read(pipe):
    """Until the other end has taken all that was written."""
    wait_until(lambda: fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4) == b"\0" * 4, "it is read")


class Terminal:
    """A program at a terminal of its own; its standard output may go elsewhere."""

    def __init__(self, test, *args, stdout=None):
        self.test, self.seen = test, b""
        self.master, self.slave = pty.openpty()

        def take_terminal():
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            [PROGRAM, *args], cwd=test.work, env=test.env, stdin=self.slave,
            stdout=self.slave if stdout is None else stdout, stderr=self.slave,
            pass_fds=[self.slave], preexec_fn=take_terminal)  # one thread: nothing to go wrong

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        os.close(self.slave)
        os.close(self.master)

    def read(self, timeout):
        ready, _, _ = select.select([self.master], [], [], timeout)
        if ready:
            self.seen += os.read(self.master, 65536)
        return bool(ready)

    def wait_for(self, text):
        deadline = time.monotonic() + DEADLINE_S
        while text.encode() not in self.seen:
            if not self.read(max(0, deadline - time.monotonic())):
                raise AssertionError(f"no “{text}” in {self.seen}")

    def type(self, text):
        os.write(self.master, text if isinstance(text, bytes) else text.encode())

    def flags(self):
        return termios.tcgetattr(self.slave)[3]

    def finish(self, password=None):
        output = b""
        if self.process.stdout is not None:
            output = self.process.stdout.read()
        while self.process.poll() is None:
            self.read(0.01)
        while self.read(0):
            pass
        return self.test.checked(Done(self.process.returncode, output, self.seen), password)


def show(output):
    """What a tall and wide terminal shows in the end, line by line."""
    screen, row = [""], 0
    for part in re.findall(r"\x1b\[\d*[A-Z]|\r|\n|[^\x1b\r\n]+", output):
        if part == "\n":
            row += 1
            screen += [""] * (row + 1 - len(screen))
        elif part.endswith("A") and part[0] == "\x1b":
            row -= int(part[2:-1])
        elif part == "\x1b[K":
            screen[row] = ""
        elif part == "\x1b[J":
            screen[row:] = [""]
        elif part != "\r":
            screen[row] = part
    return screen


class AtATerminal(CliTest):
    def test_prompt(self):
        with Terminal(self, "--practice", "check", WORKS, "--json", stdout=subprocess.PIPE) as terminal:
            before = terminal.flags()
            terminal.wait_for(f"Password for {WORKS}: ")
            self.assertTrue(before & termios.ECHO)
            self.assertFalse(terminal.flags() & termios.ECHO)
            terminal.type(CANARY + "\n")
            done = terminal.finish(CANARY)
            self.assertEqual(terminal.flags(), before)
        self.assertEqual(done.status, 1)
        self.assertEqual(done.json["verdict"], "fails")
        self.assertEqual(done.errors.replace("\r\n", "\n"), f"Password for {WORKS}: \n")

    def test_good_password(self):
        with Terminal(self, "--practice", "check", WORKS) as terminal:
            terminal.wait_for("Password for ")
            terminal.type("practice\n")
            self.assertEqual(terminal.finish().status, 0)

    def test_thousand_characters(self):
        with Terminal(self, "--practice", "check", WORKS) as terminal:
            terminal.wait_for("Password for ")
            terminal.type("verylong" * 125 + "\n")
            self.assertEqual(terminal.finish("verylong" * 125).status, 1)

    def test_descriptor_that_is_a_terminal(self):
        with Terminal(self, "--practice", "check", WORKS, "--password-fd", "0") as terminal:
            before = terminal.flags()
            wait_until(lambda: not terminal.flags() & termios.ECHO, "typing is hidden")
            terminal.type(CANARY + "\n\x04")
            self.assertEqual(terminal.finish(CANARY).status, 1)
            self.assertEqual(terminal.flags(), before)

    def test_nothing_typed(self):
        for typed in "\n", "\x04":
            with Terminal(self, "--practice", "check", WORKS, stdout=subprocess.PIPE) as terminal:
                before = terminal.flags()
                terminal.wait_for("Password for ")
                terminal.type(typed)
                terminal.process.wait(DEADLINE_S)
                self.assertEqual(terminal.process.returncode, 2)
                self.assertEqual(terminal.flags(), before)

    def test_ctrl_c(self):
        with Terminal(self, "--practice", "check", WORKS, stdout=subprocess.PIPE) as terminal:
            before = terminal.flags()
            terminal.wait_for("Password for ")
            terminal.type("half of it\x03")
            done = terminal.finish("half of it")
            self.assertEqual(terminal.flags(), before)
        self.assertEqual((done.status, done.output), (130, ""))

    def test_keys_that_would_leave_it_silent(self):
        with Terminal(self, "--practice", "check", WORKS) as terminal:
            before = terminal.flags()
            terminal.wait_for("Password for ")
            terminal.type("\x1c\x1a\n")
            self.assertEqual(terminal.finish().status, 1)
            self.assertEqual(terminal.flags(), before)

    def test_live_progress(self):
        with Terminal(self, "--practice", "check", WORKS) as terminal:
            terminal.wait_for("Password for ")
            terminal.type("practice\n")
            done = terminal.finish()
        self.assertIn("\x1b[3A", done.errors)
        self.assertIn("connecting", done.errors)
        # As the terminal shows it in the end.
        last = done.errors.rsplit("\x1b[3A", 1)[1].replace("\r\x1b[K", "").replace("\r", "")
        self.assertEqual([line.split()[0] for line in last.splitlines()[:3]], ["IMAP", "POP3", "SMTP"])
        self.assertEqual(last.count("Works"), 3)

    def test_live_trace(self):
        """The dialogues scroll by above the lines of the servers, which stay whole."""
        with Terminal(self, "--practice", "check", WORKS, "--trace") as terminal:
            terminal.wait_for("Password for ")
            terminal.type("practice\n")
            screen = show(terminal.finish().errors)
        said = [i for i, line in enumerate(screen) if re.match("(imap|pop3|smtp) ([CS]:|\\*) ", line)]
        servers = [i for i, line in enumerate(screen) if re.match("(IMAP|POP3|SMTP)  ", line)]
        self.assertEqual([screen[i].split()[0] for i in servers], ["IMAP", "POP3", "SMTP"], screen)
        self.assertEqual(servers, list(range(servers[0], servers[0] + 3)), screen)
        self.assertLess(max(said), servers[0], screen)
        # Nothing is lost, and nothing is left of what was written over.
        self.assertEqual(said, list(range(said[0], servers[0])), screen)
        self.assertEqual(len([line for line in screen if line.endswith("(hidden)")]), 3)

    def test_dumb_terminal(self):
        self.env["TERM"] = "dumb"
        with Terminal(self, "--practice", "check", WORKS) as terminal:
            terminal.wait_for("Password for ")
            terminal.type("practice\n")
            self.assertNotIn("\x1b", terminal.finish().errors)

    def test_ctrl_c_during_a_check(self):
        with Terminal(self, "--practice", "check", "slow@optonline.net") as terminal:
            terminal.wait_for("Password for ")
            terminal.type("practice\n")
            terminal.wait_for("greeting")
            terminal.type("\x03")
            started = time.monotonic()
            done = terminal.finish()
            self.assertLess(time.monotonic() - started, AT_ONCE_S)
        self.assertEqual(done.status, 130, str(done))
        self.assertIn("Stopped before the end.", done.errors)

    def test_no_archive_on_a_terminal(self):
        with Terminal(self, "--practice", "export", WORKS, "--client", "thunderbird", "--output",
                      "-") as terminal:
            terminal.process.wait(DEADLINE_S)
            terminal.read(1)
            self.assertEqual(terminal.process.returncode, 2)
            self.assertIn(b"not text", terminal.seen)
            self.assertNotIn(b"PK", terminal.seen)

    def test_no_password_on_a_terminal(self):
        for client in self.run_cli("clients", "--json").json:
            if client["can_hold_password"]:
                with Terminal(self, "--practice", "export", WORKS, "--client", client["id"], "--output",
                              "-", "--include-password") as terminal:
                    terminal.process.wait(DEADLINE_S)
                    terminal.read(1)
                    self.assertEqual(terminal.process.returncode, 2)
                    self.assertIn(b"would show on the terminal", terminal.seen)

    def test_text_on_a_terminal(self):
        with Terminal(self, "--practice", "export", WORKS, "--client", "json", "--output",
                      "-") as terminal:
            self.assertEqual(terminal.finish().status, 0)
            self.assertIn(b"mail.optonline.net", terminal.seen)


class SilentServer:
    """Takes connections and says nothing."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.connections = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for connection in [*self.connections, self.socket]:
            connection.close()

    def wait_for_client(self):
        self.socket.settimeout(DEADLINE_S)
        self.connections.append(self.socket.accept()[0])
        self.connections[-1].settimeout(DEADLINE_S)
        # The handshake: our side is waiting for an answer now.
        self.connections[-1].recv(1)


class Silence(CliTest):
    """Without --practice, against a server on this machine that never answers."""

    def test_interrupted(self):
        for number in signal.SIGINT, signal.SIGTERM:
            with SilentServer() as server, \
                    self.start("check", "me@localhost", "--server", f"imap=tls://localhost:{server.port}",
                               "--password-fd", "0", "--json", stdin=subprocess.PIPE) as process:
                process.stdin.write(CANARY.encode())
                process.stdin.close()
                process.stdin = None
                server.wait_for_client()
                process.send_signal(number)
                started = time.monotonic()
                output, errors = process.communicate(timeout=DEADLINE_S)
                self.assertLess(time.monotonic() - started, AT_ONCE_S)
            done = self.checked(Done(process.returncode, output, errors), CANARY)
            self.assertEqual((done.status, done.errors), (130, ""), str(done))
            self.assertEqual(done.json["verdict"], "cancelled")
            self.assertEqual(done.json["servers"][0]["diagnosis"], "cancelled")

    def test_trace_comes_at_once(self):
        """Before the check is over, which it never would be."""
        with SilentServer() as server, \
                self.start("check", "me@localhost", "--server", f"imap=tls://localhost:{server.port}",
                           "--password-fd", "0", "--json", "--trace",
                           stdin=subprocess.PIPE) as process:
            process.stdin.write(CANARY.encode())
            process.stdin.close()
            process.stdin = None
            self.assertEqual(process.stderr.readline(),
                             f"imap * tls://localhost:{server.port}\n".encode())
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=DEADLINE_S)
        done = self.checked(Done(process.returncode, output, errors), CANARY)
        self.assertEqual((done.status, done.json["verdict"]), (130, "cancelled"))

    def test_report_of_what_was_stopped(self):
        with SilentServer() as server, \
                self.start("check", "me@localhost", "--server", f"imap=tls://localhost:{server.port}",
                           "--password-fd", "0", "--report", "report.txt",
                           stdin=subprocess.PIPE) as process:
            process.stdin.write(CANARY.encode())
            process.stdin.close()
            process.stdin = None
            server.wait_for_client()
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=DEADLINE_S)
        self.assertEqual(process.returncode, 130)
        with open(os.path.join(self.work, "report.txt"), encoding="utf-8") as file:
            self.assertIn("Verdict         cancelled\n", file.read())

    def use_provider(self, *ports):
        folder = self.path("xdg", "optsetup", "providers.d")
        os.makedirs(folder)
        urls = ";".join(f"tls://localhost:{port}" for port in ports)
        with open(os.path.join(folder, "test.ini"), "w", encoding="utf-8") as file:
            file.write("[test]\nname=Test\ndomains=test.example\n" +
                       "".join(f"{service}={urls}\n" for service in SERVICES))

    def test_timeout_is_for_the_whole(self):
        """Not for each of the servers that are tried one after the other."""
        with SilentServer() as first, SilentServer() as second:
            self.use_provider(first.port, second.port)
            done = self.run_cli("check", "me@test.example", "--json", "--timeout", "1", "--services",
                                "imap", password=CANARY)
        self.assertEqual(done.status, 1, str(done))
        (server,) = done.json["servers"]
        self.assertEqual((server["diagnosis"], len(server["candidates"])), ("server-too-slow", 1))
        self.assertLess(done.json["elapsed_ms"], 1000 + 900 * AT_ONCE_S)

    def check_and_stop(self, server, *args):
        """Whether a check without --password-fd goes as far as the server."""
        with self.start("check", "me@test.example", "--services", "imap", *args) as process:
            server.wait_for_client()
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=DEADLINE_S)
        self.assertEqual(process.returncode, 130)

    def test_password_from_the_keyring(self):
        self.use_keyring()
        with SilentServer() as server, SilentServer() as other:
            self.use_provider(server.port)
            self.assertEqual(self.run_cli("check", "me@test.example").status, 3)
            self.assertEqual(self.run_cli("save", "me@test.example", password=CANARY).status, 0)
            self.check_and_stop(server)
            # The same host, another port.
            self.check_and_stop(other, "--server", f"imap=tls://localhost:{other.port}")
            # A host that it was not kept for.
            done = self.run_cli("check", "me@test.example", "--server", "smtp=tls://other.example:465")
            self.assertEqual(done.status, 3, str(done))

    def test_result_is_noted(self):
        self.use_keyring()
        with SilentServer() as server:
            self.use_provider(server.port)
            self.run_cli("save", "me@test.example", password=CANARY)
            self.run_cli("check", "me@test.example", "--services", "imap", "--timeout", "1")
            self.assertIsNone(self.run_cli("list", "--json").json["accounts"][0]["checked"])
            self.run_cli("check", "me@test.example", "--timeout", "1")
        account = self.run_cli("list", "--json").json["accounts"][0]
        self.assertEqual(account["verdict"], "fails")
        self.assertRegex(account["checked"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")


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
        self.assertIn("password in the keyring", self.run_cli("list").output)

        done = self.run_cli("forget", "JANE.doe@optonline.net")
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        self.assertIn("3 passwords", done.output)
        self.assertEqual(self.list()["accounts"], [])
        self.assertIn("No accounts", self.run_cli("list").output)
        done = self.run_cli("forget", "jane.doe@optonline.net")
        self.assertEqual((done.status, done.output), (1, ""))
        self.assertIn("nothing is kept", done.errors)

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


class Setup(CliTest):
    """Without the programs, which tests/clients has; here is what goes wrong before them."""

    def setup(self, *args, client="evolution", **options):
        return self.run_cli("setup", "jane@optonline.net", "--client", client, *args, **options)

    def assert_failed(self, done, text):
        self.assertEqual((done.status, done.output), (1, ""), str(done))
        self.assertRegex(done.errors, rf"\Aoptsetup-cli: [^\n]*{text}[^\n]*\n\Z")

    def test_bad_use(self):
        for args, text in ((["--protocol", "smtp"], "pop3 or imap"), (["--protocol", ""], "pop3 or imap"),
                           (["--name", "two\nlines"], ""), (["--name", b"\xff"], ""),
                           (["--undo", "--name", "x"], "with --undo"),
                           (["--undo", "--protocol", "imap"], "with --undo"),
                           (["--undo", "--password-fd", "0"], "with --undo")):
            with self.subTest(args=args):
                self.assert_bad_use(self.setup(*args), text)
        self.assert_bad_use(self.setup(client="json"), "cannot be set up from here")
        self.assert_bad_use(self.run_cli("setup", "me@localhost", "--client", "goa"), "not an Opt")
        self.assert_bad_use(self.run_cli("setup", "nonsense", "--client", "goa", "--undo"))

    def test_no_program(self):
        self.env["PATH"] = self.path("bin")
        for client in "evolution", "goa", "geary":
            for args in [], ["--dry-run"]:
                with self.subTest(client=client, args=args):
                    self.assert_failed(self.setup(*args, client=client), "not on this computer")
        self.assertFalse(os.path.exists(self.path("state")))

    def make_evolution(self):
        program = self.path("bin", "evolution")
        os.makedirs(os.path.dirname(program), exist_ok=True)
        with open(program, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n")
        os.chmod(program, 0o755)
        self.env["PATH"] = self.path("bin")

    def test_plan(self):
        self.make_evolution()
        done = self.setup("--dry-run")
        self.assertEqual(done.status, 0, str(done))
        lines = done.output.splitlines()
        self.assertEqual(len(set(lines)), len(lines), "two lines are the same")
        self.assertEqual(done.output.count("keyring item"), 2)
        self.assertIn("Evolution 3.46", done.output)

    def test_folder_that_the_list_cannot_hold(self):
        self.make_evolution()
        self.env["XDG_CONFIG_HOME"] = os.fsencode(self.path("config")) + b"\xff"
        self.assert_failed(self.setup("--dry-run"), "not valid text")

    def test_nothing_to_undo(self):
        for client in "evolution", "goa", "geary":
            self.assert_failed(self.setup("--undo", client=client), "nothing to undo")
        self.assertFalse(os.path.exists(self.path("state")))

    def write_list(self, text):
        os.makedirs(self.path("state", "optsetup"))
        with open(self.path("state", "optsetup", "setups.ini"), "w", encoding="utf-8") as file:
            file.write(text)

    def test_list_that_cannot_be_read(self):
        for text in ("nonsense", "[evolution jane@optonline.net]\n",
                     "[evolution jane@optonline.net]\nchange-1=file;\n",
                     "[evolution jane@optonline.net]\nchange-1=everything;/;\n",
                     f"[evolution jane@optonline.net]\nchange-1=file;{self.path('victim')};;\n",
                     "[evolution jane@optonline.net]\nchange-1=sources;x;../../../victim;\n",
                     "[evolution jane@optonline.net]\nchange-1=item;a;b;c;\n",
                     f"[evolution jane@optonline.net]\nchange-1=item;a;b;{'c;d;' * 40}\n"):
            with self.subTest(text=text):
                self.write_list(text)
                self.assert_failed(self.setup("--undo"), "left as it is")
                with open(self.path("state", "optsetup", "setups.ini"), encoding="utf-8") as file:
                    self.assertEqual(file.read(), text)
                shutil.rmtree(self.path("state"))

    def test_undo_by_the_list(self):
        """Whatever capitals were typed; only what is ours is taken."""
        folder = self.path("config", "evolution", "sources")
        os.makedirs(folder)
        mine, other = (os.path.join(folder, f"{name}.source") for name in ("optsetup-1", "other"))
        for path in mine, other:
            with open(path, "w", encoding="utf-8") as file:
                file.write("[Data Source]\n")
        self.write_list("[evolution jane@optonline.net]\n"
                        f"change-1=folder;{folder};\n"
                        "change-2=sources;jane@optonline.net;optsetup-1;\n")
        done = self.run_cli("setup", "Jane@Optonline.net", "--client", "evolution", "--undo",
                            "--dry-run")
        self.assertEqual((done.status, done.output.count("The file")), (0, 1), str(done))
        self.assertNotIn("New", done.output)
        self.assertEqual(sorted(os.listdir(folder)), ["optsetup-1.source", "other.source"])
        done = self.run_cli("setup", "Jane@Optonline.net", "--client", "evolution", "--undo")
        self.assertEqual(done.status, 0, str(done))
        self.assertIn("else is in it by now", done.output)
        self.assertEqual(os.listdir(folder), ["other.source"])
        self.assert_failed(self.setup("--undo"), "nothing to undo")


class Export(CliTest):
    def export(self, *args, **options):
        return self.practice("export", WORKS, *args, **options)

    def clients(self, wanted=lambda client: True):
        return [client for client in self.run_cli("clients", "--json").json if wanted(client)]

    def test_clients(self):
        done = self.run_cli("clients", "--json")
        self.assertEqual((done.status, done.errors), (0, ""))
        for client in done.json:
            self.assertEqual(list(client), ["id", "name", "group", "installed", "running", "protocols",
                                            "file_name", "media_type", "folder", "direct",
                                            "can_hold_password", "password_path", "proof", "tried"])
            for name in "installed", "running", "folder", "direct", "can_hold_password":
                self.assertIsInstance(client[name], bool)
            for name in "id", "name", "password_path", "tried":
                self.assertTrue(client[name].strip())
            self.assertIn(client["group"], ("computer", "phone", "other"))
            self.assertLessEqual(set(client["protocols"]), {"pop3", "imap"})
            self.assertTrue(client["protocols"])
            self.assertNotIn("/", client["file_name"] or "")
        for name in "id", "file_name":
            values = [client[name] for client in done.json if client[name]]
            self.assertEqual(len(values), len(set(values)))
        ids = [client["id"] for client in done.json]
        self.assertIn("thunderbird", ids)
        self.assertEqual([line.split()[0] for line in self.run_cli("clients").output.splitlines()], ids)

    def test_installed_come_first(self):
        self.env["PATH"] = self.path("bin")
        before = [client["id"] for client in self.clients(lambda client: not client["installed"])]
        os.makedirs(self.path("bin"))
        for name in "thunderbird", "not-a-mail-program":
            with open(self.path("bin", name), "w", encoding="utf-8"):
                os.chmod(self.path("bin", name), 0o700)
        found = [client["installed"] for client in self.clients()]
        self.assertIn(True, found)
        self.assertEqual(found, sorted(found, reverse=True))
        rest = [client["id"] for client in self.clients(lambda client: not client["installed"])]
        self.assertEqual(rest, [client_id for client_id in before if client_id in rest])
        self.assertNotIn("thunderbird", rest)

    def assert_private(self, path):
        """One file, or a folder of files, for the owner alone; returns the files' bytes."""
        info = os.stat(path)
        if not stat.S_ISDIR(info.st_mode):
            self.assertEqual(stat.S_IMODE(info.st_mode), 0o600)
            with open(path, "rb") as file:
                return [file.read()]
        self.assertEqual(stat.S_IMODE(info.st_mode), 0o700)
        self.assertTrue(os.listdir(path))
        return [self.assert_private(os.path.join(path, name))[0] for name in os.listdir(path)]

    def test_every_client_and_protocol(self):
        for client in self.clients(lambda client: client["file_name"]):
            name = client["file_name"]
            for protocol in client["protocols"]:
                done = self.export("--client", client["id"], "--protocol", protocol, "--force")
                self.assertEqual((done.status, done.errors), (0, ""), str(done))
                self.assertIn("1. ", done.output)
                self.assertIn(f"\nPassword: {client['password_path']}\n", done.output)
                self.assertIn(f"\nTried: {client['tried']}\n", done.output)
                self.assert_left(name)
                self.assertEqual(os.path.isdir(os.path.join(self.work, name)), client["folder"])
                self.assert_private(os.path.join(self.work, name))
            if client["folder"]:
                shutil.rmtree(os.path.join(self.work, name))
            else:
                os.remove(os.path.join(self.work, name))

    def test_every_client_without_a_file(self):
        for client in self.clients(lambda client: not client["file_name"]):
            for protocol in client["protocols"]:
                done = self.export("--client", client["id"], "--protocol", protocol)
                self.assertEqual((done.status, done.errors), (0, ""), str(done))
                self.assertRegex(done.output, r"(?m)^1\. ")
                self.assertRegex(done.output, r"(?m)^  [^ ].*  .*mail\.optonline\.net")
                self.assertRegex(done.output, r"(?m)^Outgoing mail \(SMTP\)$")
            self.assert_bad_use(self.export("--client", client["id"], "--output", "x"), "no file")
        self.assert_left()

    def test_the_other_protocol(self):
        for client in self.clients(lambda client: len(client["protocols"]) == 1):
            (taken,) = client["protocols"]
            other = {"imap": "pop3", "pop3": "imap"}[taken]
            self.assert_bad_use(self.export("--client", client["id"], "--protocol", other),
                                f"{client['name']} receives mail by {taken.upper()} only")
            self.assertEqual(self.export("--client", client["id"]).status, 0)

    def test_folder(self):
        for client in self.clients(lambda client: client["folder"]):
            self.assert_bad_use(self.export("--client", client["id"], "--output", "-"), "several files")
            for output in "new", "new/":
                done = self.export("--client", client["id"], "--output", output)
                self.assertEqual((done.status, done.errors), (0, ""), str(done))
                done = self.export("--client", client["id"], "--output", output)
                self.assertEqual((done.status, done.output), (1, ""), str(done))
                self.assertIn("not empty", done.errors)
                done = self.export("--client", client["id"], "--output", output, "--force")
                self.assertEqual((done.status, done.errors), (0, ""), str(done))
                self.assert_private(os.path.join(self.work, "new"))
                shutil.rmtree(os.path.join(self.work, "new"))
            os.symlink(self.path("target"), os.path.join(self.work, "new"))
            done = self.export("--client", client["id"], "--output", "new", "--force")
            self.assertEqual((done.status, done.output), (1, ""), str(done))
            os.remove(os.path.join(self.work, "new"))
        self.assert_left()
        self.assertFalse(os.path.exists(self.path("target")))

    def test_archive(self):
        self.export("--client", "thunderbird", "--output", self.path("out.zip"), "--name", "Zoë “Z”")
        with zipfile.ZipFile(self.path("out.zip")) as archive:
            self.assertIn("Zoë", archive.read("prefs.js").decode())

    def test_stdout(self):
        done = self.export("--client", "json", "--output", "-")
        self.assertEqual(done.status, 0)
        self.assertIn("mail.optonline.net", json.dumps(done.json))
        self.assertRegex(done.errors, r"\A1\. ")
        done = self.export("--client", "thunderbird", "--output", "-")
        self.assertEqual((done.status, done.raw[:2]), (0, b"PK"))
        self.assert_left()
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.export("--client", "json", "--output", "-", stdout=full).status, 1)

    def test_existing(self):
        with open(os.path.join(self.work, "mail-settings.txt"), "w", encoding="utf-8") as file:
            file.write("mine")
        done = self.export("--client", "sheet-text")
        self.assertEqual((done.status, done.output), (1, ""), str(done))
        self.assertIn("--force", done.errors)
        with open(os.path.join(self.work, "mail-settings.txt"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")
        self.assertEqual(self.export("--client", "sheet-text", "--force").status, 0)
        self.assert_left("mail-settings.txt")

    def test_no_place(self):
        locked = "/sys/kernel" if os.geteuid() == 0 else self.path("locked")
        if os.geteuid() != 0:
            os.mkdir(locked, 0o500)
        os.symlink(self.path("target"), self.path("link"))
        for output in (f"{locked}/x.txt", self.path("none", "x.txt"), self.path("link"), self.work, "",
                       "x/", "/dev/null", b"\xff" * 300):
            for force in [], ["--force"]:
                with self.subTest(output=output):
                    done = self.export("--client", "sheet-text", "--output", output, *force)
                    self.assertEqual((done.status, done.output), (1, ""), str(done))
                    self.assertRegex(done.errors, r"\Aoptsetup-cli: [^\n]+\n\Z")
        self.assertFalse(os.path.exists(self.path("target")))
        self.assert_left()

    def test_full_disk(self):
        for name, before in (("new.txt", None), ("old.txt", "what was there")):
            if before is not None:
                with open(os.path.join(self.work, name), "w", encoding="utf-8") as file:
                    file.write(before)
            done = self.export("--client", "sheet-text", "--output", name, "--force",
                               preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)))
            self.assertEqual((done.status, done.output), (1, ""), str(done))
            self.assertIn("File too large", done.errors)
        self.assert_left("old.txt")
        with open(os.path.join(self.work, "old.txt"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "what was there")

    def test_bad_input(self):
        for args in (["--client", ""], ["--client", "JSON"], ["--client", b"\xff"],
                     ["--client", "json", "--protocol", "smtp"], ["--client", "json", "--protocol", ""],
                     ["--client", "json", "--protocol", "IMAP"],
                     ["--client", "json", "--name", "two\nlines"], ["--client", "json", "--name", b"\xff"],
                     ["--client", "json", "--name", "\x1b[31m"]):
            with self.subTest(args=args):
                self.assert_bad_use(self.export(*args))
        self.assert_left()

    def test_no_password_in_a_file(self):
        for client in self.clients(lambda client: not client["can_hold_password"]):
            self.assert_bad_use(self.export("--client", client["id"], "--include-password"),
                                "cannot hold the password")
        self.assert_bad_use(self.export("--client", "json", "--password-fd", "0"), "--include-password")
        self.assert_left()

    def test_password_in_a_file(self):
        for client in self.clients(lambda client: client["can_hold_password"]):
            name = client["file_name"]
            self.assertEqual(self.export("--client", client["id"]).status, 0)
            (without,) = self.assert_private(os.path.join(self.work, name))
            # What is in the way is found before anybody is asked.
            done = self.export("--client", client["id"], "--include-password")
            self.assertEqual((done.status, done.output), (1, ""), str(done))
            done = self.export("--client", client["id"], "--include-password", "--force", password=CANARY)
            self.assertEqual(done.status, 0, str(done))
            self.assertIn("warning: the password is in", done.errors)
            self.assertNotIn("\nPassword: ", done.output)
            (with_password,) = self.assert_private(os.path.join(self.work, name))
            self.assertNotEqual(without, with_password)
            os.remove(os.path.join(self.work, name))
            done = self.export("--client", client["id"], "--include-password")
            self.assertEqual((done.status, done.output), (3, ""), str(done))
            self.assert_left()

    def test_password_of_the_keyring_in_a_file(self):
        self.use_keyring()
        self.run_cli("save", WORKS, password=CANARY)
        for client in self.clients(lambda client: client["can_hold_password"]):
            files = []
            for password in None, CANARY:
                done = self.run_cli("export", WORKS, "--client", client["id"], "--include-password",
                                    "--force", password=password)
                self.assertEqual(done.status, 0, str(done))
                files += self.assert_private(os.path.join(self.work, client["file_name"]))
            self.assertEqual(files[0], files[1])

    def test_leave_on_server(self):
        for days, wanted in ((None, 14), ("1", 1), ("3650", 3650), ("never", 0), ("always", None)):
            args = ["--leave-on-server", days] if days else ["--protocol", "pop3"]
            done = self.export("--client", "json", "--output", "-", *args)
            self.assertEqual((done.json["incoming"], done.json["leave_on_server_days"]), ("pop3", wanted))
        for days in "", "0", "3651", "-1", "1.5", "Never", "14 days", b"\xff":
            with self.subTest(days=days):
                self.assert_bad_use(self.export("--client", "json", "--leave-on-server", days),
                                    "--leave-on-server")
        self.assert_bad_use(self.export("--client", "json", "--leave-on-server", "3", "--protocol", "imap"),
                            "is for pop3")
        self.assert_left()

    def test_all(self):
        clients = self.clients()
        for args, protocols in (([], {"imap", "pop3"}), (["--protocol", "imap"], {"imap"}),
                                (["--leave-on-server", "3"], {"pop3"})):
            done = self.export("--all", "--output", "lot", *args)
            self.assertEqual((done.status, done.errors), (0, ""), str(done))
            wanted = [client["file_name"] for client in clients
                      if client["file_name"] and protocols & set(client["protocols"])]
            self.assertEqual(sorted(os.listdir(os.path.join(self.work, "lot"))), sorted(wanted))
            self.assert_private(os.path.join(self.work, "lot", wanted[0]))
            told = {line.split(maxsplit=1)[0]: line.split(maxsplit=1)[1]
                    for line in done.output.splitlines()}
            for client in clients:
                said = told.pop(client["id"])
                if client["file_name"] in wanted:
                    self.assertEqual(said, os.path.join("lot", client["file_name"]))
                else:
                    self.assertRegex(said, r"\Aleft out: .")
            self.assertEqual(told, {})
            shutil.rmtree(os.path.join(self.work, "lot"))

    def test_all_as_single(self):
        """The same bytes as one by one."""
        self.assertEqual(self.export("--all", "--output", "lot").status, 0)
        for client in self.clients(lambda client: client["file_name"]):
            self.export("--client", client["id"])
            self.assertEqual(self.assert_private(os.path.join(self.work, client["file_name"])),
                             self.assert_private(os.path.join(self.work, "lot", client["file_name"])))

    def test_all_existing(self):
        os.mkdir(os.path.join(self.work, "lot"))
        for name in "mine", "mail-settings.txt":
            with open(os.path.join(self.work, "lot", name), "w", encoding="utf-8") as file:
                file.write("mine")
        done = self.export("--all", "--output", "lot")
        self.assertEqual((done.status, done.output), (1, ""), str(done))
        self.assertIn("not empty", done.errors)
        self.assertEqual(len(os.listdir(os.path.join(self.work, "lot"))), 2)
        done = self.export("--all", "--output", "lot", "--force")
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        with open(os.path.join(self.work, "lot", "mine"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")

    def test_all_but_one(self):
        """What one format cannot express keeps nobody from the others."""
        servers = "".join(f"{service}=tls://mail.example.net:{port}\n{service}-user=%EMAILADDRESS%\n"
                          for service, port in (("imap", 993), ("pop3", 995), ("smtp", 465)))
        os.makedirs(self.path("config", "optsetup"))
        with open(self.path("config", "optsetup", "accounts.ini"), "w", encoding="utf-8") as file:
            file.write(f"[{WORKS}]\nname=\nprovider=optonline\n{servers}saved=2026-01-02T03:04:05Z\n")
        done = self.run_cli("export", WORKS, "--all", "--output", "lot")
        self.assertEqual(done.status, 1, str(done))
        self.assertRegex(done.errors, r"(?m)^optsetup-cli: autoconfig: .")
        self.assertNotIn("autoconfig", done.output)
        left = os.listdir(os.path.join(self.work, "lot"))
        self.assertIn("mail-settings.json", left)
        self.assertNotIn("config-v1.1.xml", left)

    def test_all_bad_use(self):
        for args in (["--client", "json", "--output", "lot"], ["--output", "-"], [],
                     ["--output", "lot", "--include-password"], ["--output", "lot", "--password-fd", "0"],
                     ["--output", "lot", "--protocol", "smtp"]):
            with self.subTest(args=args):
                self.assert_bad_use(self.export("--all", *args))
        self.assert_left()

    def test_live_configuration(self):
        """What a mail program works with is not replaced, by whatever name and force."""
        os.makedirs(self.path("config", "msmtp"))
        os.mkdir(self.path(".claws-mail"))
        live = [self.path(".muttrc"), self.path("config", "msmtp", "config"),
                self.path(".claws-mail", "accountrc")]
        for path in live:
            with open(path, "w", encoding="utf-8") as file:
                file.write("mine")
        os.symlink(self.path(".claws-mail"), os.path.join(self.work, "link"))
        for path in [*live, os.path.join(self.work, "link", "accountrc")]:
            for force in [], ["--force"]:
                for args in (["export", WORKS, "--client", "sheet-text", "--output", path],
                             ["check", WORKS, "--report", path]):
                    done = self.practice(*args, *force)
                    self.assertEqual((done.status, done.output), (1, ""), str(done))
                    self.assertIn("works with this file", done.errors)
        for path in live:
            with open(path, encoding="utf-8") as file:
                self.assertEqual(file.read(), "mine")

    def test_running(self):
        os.makedirs(self.path(".thunderbird", "a.default"))
        with open(self.path(".thunderbird", "profiles.ini"), "w", encoding="utf-8") as file:
            file.write("[Profile0]\nName=default\nIsRelative=1\nPath=a.default\n")
        with open(self.path(".thunderbird", "a.default", ".parentlock"), "w", encoding="utf-8") as lock:
            for locked in False, True:
                if locked:
                    fcntl.lockf(lock, fcntl.LOCK_EX)
                done = self.export("--client", "thunderbird", "--force")
                self.assertEqual("Thunderbird is running." in done.output, locked, str(done))
                (found,) = self.clients(lambda client: client["id"] == "thunderbird")
                self.assertEqual(found["running"], locked)
                self.assertNotIn("running", self.export("--client", "json", "--output", "-").errors)

    def test_unknown_address(self):
        self.assert_bad_use(self.practice("export", "me@localhost", "--client", "json"), "not an Opt")
        self.assert_bad_use(self.practice("export", "me@optonlin.net", "--client", "json"), "Did you mean")

    def test_saved_account_first(self):
        self.use_keyring()
        self.run_cli("save", "jane@optonline.net", "--name", "Jane Doe", "--server",
                     "imap=tls://mail.optimum.net:993", password=CANARY)
        done = self.run_cli("export", "Jane@optonline.net", "--client", "json", "--output", "-")
        self.assertIn("mail.optimum.net", done.output)
        self.assertIn("Jane Doe", done.output)
        for form in forms(CANARY):
            self.assertNotIn(form, done.raw)


class Tap(unittest.TestResult):
    """Test Anything Protocol, so that Meson counts each test."""

    def __init__(self):
        super().__init__()
        self.number = 0
        self.failed_parts = []

    def line(self, word, test):
        self.number += 1
        print(f"{word} {self.number} - {type(test).__name__}.{test._testMethodName}", flush=True)

    def explain(self, error):
        for text in "".join(traceback.format_exception(*error)).splitlines():
            print("#", re.sub(r"[^ -~]", "?", text))

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.failed_parts.append(test)
            print("#", re.sub(r"[^ -~]", "?", str(subtest)))
            self.explain(error)

    def stopTest(self, test):
        super().stopTest(test)
        if test in self.failed_parts:
            self.line("not ok", test)

    def addSuccess(self, test):
        self.line("ok", test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.line("not ok", test)
        self.explain(error)

    addError = addFailure


def main():
    global PROGRAM
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    PROGRAM = os.path.abspath(sys.argv[1])
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)

    load = unittest.defaultTestLoader.loadTestsFromTestCase
    cases = (Use, Detect, Check, Report, Password, AtATerminal, Silence, Keep, Setup, Export)
    tests = [test for case in cases for test in load(case)
             if not sys.argv[2:] or test._testMethodName in sys.argv[2:]]
    print(f"1..{len(tests)}", flush=True)
    result = Tap()
    unittest.TestSuite(tests).run(result)
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
