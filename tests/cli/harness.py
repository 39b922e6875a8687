# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli as scripts and people use it. Each module runs as test-VERB.py PROGRAM [TEST]...

Everything is hermetic: a home of its own for each test, the practice servers or a local one that
never answers, libsecret's file in place of a keyring. Nothing here waits by the clock.
"""

import base64
import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import time
import traceback
import unicodedata
import unittest
import urllib.parse

PROGRAM = os.path.abspath(sys.argv[1]) if sys.argv[1:] else None
DEADLINE_S = 60
# A program built to look for leaks takes its time, above all to read the list of authorities.
AT_ONCE_S = float(os.environ.get("OPT_AT_ONCE_S", "1"))
GOOD = "practice"
CANARY = "Zq7'\"x \\%s é✓"
SERVICES = ["imap", "pop3", "smtp"]
WORKS = "works@optonline.net"
JANE = "jane.doe@optonline.net"
SETUP = ["setup", WORKS, "--client", "evolution"]
VERBS = ["detect", "check", "scan", "explain", "save", "passwd", "list", "forget", "clients", "export",
         "setup"]


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

    def run_cli(self, *args, password=None, deadline_s=DEADLINE_S, **options):
        """Runs it to the end. A password goes to its standard input."""
        if password is not None:
            password = password if isinstance(password, bytes) else password.encode()
            args += ("--password-fd", "0")
            options["stdin"] = subprocess.PIPE
        with self.start(*args, **options) as process:
            try:
                output, errors = process.communicate(password, timeout=deadline_s)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return self.checked(Done(process.returncode, output or b"", errors), password)

    def checked(self, done, password, asked=False):
        """What holds for every run; one that asked has its questions before the complaint."""
        for form in forms(password or b""):
            self.assertNotIn(form, done.raw + done.errors.encode(), f"a password shows: {done}")
        self.assertIn(done.status, (0, 1, 2, 3, 130), str(done))
        if done.status == 2:
            self.assertEqual(done.output, "", "wrong use prints nothing to stdout")
            before = r"(?:[^\n]*\n)*" if asked else ""
            self.assertRegex(done.errors, rf"\A{before}optsetup-cli: [^\n]+\n\Z")
        return done

    def practice(self, *args, **options):
        return self.run_cli("--practice", *args, **options)

    def assert_bad_use(self, done, text=""):
        self.assertEqual(done.status, 2, str(done))
        self.assertIn(text, done.errors)

    def assert_left(self, *names):
        """Exactly these are in the current folder, whole, and for the owner alone."""
        self.assertEqual(sorted(os.listdir(self.work)), sorted(names))


def measure(line):
    """How many columns of a terminal it takes."""
    return sum(0 if unicodedata.category(character) in ("Mn", "Cf")
               else 2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def languages():
    """What the program speaks and this machine, too."""
    return sorted(name for name in os.listdir(os.environ["OPT_LOCALE_DIR"])
                  if os.path.isdir(os.path.join(os.environ.get("LOCPATH", ""), name)))


def wait_until(condition, what):
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited too long until {what}")
        os.sched_yield()


def wait_until_read(pipe):
    """Until the other end has taken all that was written."""
    wait_until(lambda: fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4) == b"\0" * 4, "it is read")


class Tap(unittest.TestResult):
    """Test Anything Protocol, so that Meson counts each test."""

    def __init__(self):
        super().__init__()
        self.number = 0
        self.failed_parts = []

    def line(self, word, test, directive=""):
        self.number += 1
        print(f"{word} {self.number} - {type(test).__name__}.{test._testMethodName}{directive}",
              flush=True)

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

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.line("ok", test, f" # SKIP {reason}")

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.line("not ok", test)
        self.explain(error)

    addError = addFailure


def main():
    """Runs what the module that was started has."""
    if PROGRAM is None:
        raise SystemExit(__doc__)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)

    # Those of the harness are imported there, and have no tests of their own.
    module = sys.modules["__main__"]
    cases = unittest.defaultTestLoader.loadTestsFromModule(module)
    tests = [test for case in cases for test in case
             if not sys.argv[2:] or test._testMethodName in sys.argv[2:]]
    print(f"1..{len(tests)}", flush=True)
    result = Tap()
    unittest.TestSuite(tests).run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
