# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of programs for the terminal share: accounts that were set up by hand, and a
terminal."""

import contextlib
import email
import email.header
import email.utils
import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time

import case

DEADLINE_S = 30
ROWS, COLUMNS = 24, 200

# What some syntax or other takes for its own, and what is not ASCII.
NASTY_NAMES = (
    "Jane \"J\" O'Doe \\ \\ `$HOME #1 100% ; {x} é 🙂 \u202eabc",
    "'Jane'",
    "\"Jane\"",
    "\\",
    "\\n\\t\\x41\\101\\u0041",
    "`id` $(id) ${HOME} $HOME $& $1 \\$ \\`",
    "# Jane # Doe",
    "%n %s %% %U %H",
    "<b>Jane</b> & | > ! ~ * ? [a]",
    "يوحنا דו",
    "éa fé0",
    "Zoë O'Doe & 字 🙂 $HOME `id` #1 100% {x}",
    "aB3\"\\`$#%;<>&'é字😀x" * 10 + "x" * 30,
)

# With what an address may have, and no program's look-up has to say to a shell.
NASTY_ADDRESS = "o'neil!#$%&+-/=^_`{|}~@optimum.net"

# getmail does not deliver as root, which everybody is in the lab: here it takes itself for nobody.
NOT_AS_ROOT = """
import os, pwd, runpy, sys
nobody = pwd.getpwnam("nobody")
os.geteuid, os.getegid = lambda: nobody.pw_uid, lambda: nobody.pw_gid
sys.argv[:1] = []
runpy.run_path(sys.argv[0], run_name="__main__")
"""

STARTTLS = {"imap": "starttls://mail.optonline.net:143", "pop3": "starttls://mail.optonline.net:110",
            "smtp": "starttls://mail.optonline.net:587"}
TLS = {"imap": "tls://mail.optonline.net:993", "pop3": "tls://mail.optonline.net:995",
       "smtp": "tls://mail.optonline.net:465"}


def set_up(test, servers, user=case.ADDRESS, address=case.ADDRESS):
    """Makes the program believe that it has set up an account with these servers before; its
    password is in the keyring as that of the usual servers is: neither port nor security count."""
    escaped = user.replace("\\", "\\\\").replace(" ", "\\s")
    lines = [f"[{address}]", "saved=2026-01-02T03:04:05Z"]
    for service, server in servers.items():
        lines += [f"{service}={server}", f"{service}-user={escaped}"]
    folder = test.home / ".config/optsetup"
    folder.mkdir(exist_ok=True)
    (folder / "accounts.ini").write_text("\n".join(lines) + "\n", encoding="utf-8")


def set_up_without_tls(test, protocol):
    """As set_up(), with servers that have no TLS and take passwords all the same."""
    host = "no-starttls.lab.example"
    attributes = ("host", host, "service", protocol, "user", case.ADDRESS)
    test.run_program("secret-tool", "store", "--label=Lab", *attributes,
                     stdin=case.PASSWORD.encode())
    test.addCleanup(test.run_program, "secret-tool", "clear", *attributes)
    set_up(test, {service: server.replace(case.HOST, host) for service, server in STARTTLS.items()})


def sender_of(message):
    """Name and address, as whoever gets the message sees them."""
    name, address = email.utils.parseaddr(email.message_from_string(message)["From"])
    return str(email.header.make_header(email.header.decode_header(name))), address


def take_terminal():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A program that finds itself at a terminal, as a context manager."""

    def __init__(self, test, *command, **more):
        self.test = test
        self.output = ""
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave,
                                        env={**test.environment, "TERM": "xterm", **more},
                                        cwd=test.home, preexec_fn=take_terminal)
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)

    def read(self, until):
        """Until the output has come so far, or the program has ended."""
        deadline = time.monotonic() + DEADLINE_S
        while not until():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {DEADLINE_S} s in vain at: {self.output}")
            if select.select([self.master], [], [], 0.1)[0]:
                try:
                    self.output += os.read(self.master, 4096).decode(errors="replace")
                except OSError:  # Nobody is at the other end any more.
                    return

    def expect(self, text):
        self.read(lambda: text in self.output)
        self.test.assertIn(text, self.output)

    def type(self, text):
        os.write(self.master, text.encode())

    def finish(self, status=0):
        """Returns all that it wrote."""
        self.read(lambda: self.process.poll() is not None and not self.waits())
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(DEADLINE_S)
        self.test.assertEqual(self.process.returncode, status, self.output)
        return self.output

    def waits(self):
        return bool(select.select([self.master], [], [], 0)[0])


def fetchmail(test, *options, status=0, password=case.PASSWORD):
    """As a person does who has no mail system on the machine: what comes goes into a file."""
    with Terminal(test, "fetchmail", "--mda", f"cat >> '{test.home}/fetched'", *options) as at:
        at.expect("Enter password for ")
        at.type(password + "\n")
        output = at.finish(status)
    test.assert_no_password(output)
    return output


def getmail(test, *arguments, status=0):
    return test.run_program(sys.executable, "-c", NOT_AS_ROOT, shutil.which("getmail"),
                            "--getmaildir", test.home, *arguments, status=status)


def open_in_mutt(test, program, subject):
    """Opens the mailbox at a terminal, and copies its one message into a file."""
    copy = test.home / "copy"
    copy.unlink(missing_ok=True)
    with Terminal(test, program, "-e", f"push '<copy-message>{copy}<enter><exit>'") as at:
        output = at.finish()
    test.assert_no_password(output)
    test.assertTrue(copy.exists(), output)
    test.assertIn(f"Subject: {subject}", copy.read_text())
