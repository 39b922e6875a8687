# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests with real mail programs share.

They run inside the lab and on a desktop of its own (see ../test-real.py), so there are real servers
under the real names, a session bus, a display that nobody sees and a real keyring. The keyring
holds one account's password, put there by the program itself; nothing else knows it.
"""

import base64
import os
import pathlib
import shutil
import smtplib
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

from gi.repository import Gio, GLib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "lab"))
import servers  # noqa: E402

ADDRESS = "awkward@optonline.net"
NAME = "Jane Doe"
HOST = "mail.optonline.net"
PASSWORD = servers.accounts()[ADDRESS]
PROVIDER = "Optonline"

# Where the program is; test-real.py says.
CLI = None


def environment(home):
    """That of a person whose home is `home`."""
    folders = {"HOME": home, "XDG_CONFIG_HOME": home / ".config", "XDG_DATA_HOME": home / ".local/share",
               "XDG_CACHE_HOME": home / ".cache", "XDG_STATE_HOME": home / ".local/state"}
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {**os.environ, **{name: str(folder) for name, folder in folders.items()}}


def owns_name(name):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                         "NameHasOwner", GLib.Variant("(s)", (name,)), None, 0, -1, None).unpack()[0]


def start_daemon(*command, name, home, stdin=b""):
    """A service of the session, in the foreground; returns once it owns `name` on the bus."""
    with open(pathlib.Path(home) / f"{name}.log", "ab") as log:
        daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log,
                                  env=environment(pathlib.Path(home)))
    daemon.stdin.write(stdin)
    daemon.stdin.close()
    servers.wait_until(lambda: owns_name(name), f"{name} is there")
    return daemon


class Keyring:
    """A keyring, unlocked and with the password in it, for the time of all tests."""

    def __enter__(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="optsetup-keyring-"))
        self.daemon = start_daemon("gnome-keyring-daemon", "--foreground", "--unlock",
                                   "--components=secrets", name="org.freedesktop.secrets",
                                   home=self.home, stdin=b"keyring")
        subprocess.run([CLI, "save", ADDRESS, "--name", NAME, "--password-fd", "0"],
                       input=PASSWORD.encode(), env=environment(self.home), timeout=60, check=True,
                       stdout=subprocess.DEVNULL)
        return self

    def __exit__(self, *_):
        self.daemon.terminate()
        self.daemon.wait()
        shutil.rmtree(self.home, ignore_errors=True)


class Case(unittest.TestCase):
    """One mail program; `programs` are the executables that it needs."""

    programs = ()
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        missing = [name for name in cls.programs if shutil.which(name) is None]
        if missing and os.environ.get("CI") == "true":
            raise AssertionError(f"{', '.join(missing)} is not installed. With CI=true it must run.")
        if missing:
            raise unittest.SkipTest(f"{', '.join(missing)} is not installed")

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="optsetup-real-"))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.environment = environment(self.home)

    def run_cli(self, *arguments, status=0, stdin=None):
        """The program itself; returns what it printed."""
        done = subprocess.run([CLI, *arguments], env=self.environment, input=stdin, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        text = done.stdout.decode() + done.stderr.decode()
        self.assertEqual(done.returncode, status, text)
        self.assert_no_password(text)
        return done.stdout.decode()

    def export(self, client, *options, name="exported"):
        """The client's file, or folder, as a person would get it."""
        path = self.home / name
        # What a program works with is never replaced: a test that wants another file removes it.
        if path.is_file():
            path.unlink()
        self.run_cli("export", ADDRESS, "--client", client, "--name", NAME, "--output", path,
                     *options)
        for file in [path] if path.is_file() else path.rglob("*"):
            if file.is_file():
                self.assertEqual(file.stat().st_mode & 0o777, 0o600)
                self.assert_no_password(file.read_bytes().decode(errors="replace"))
        return path

    def run_program(self, *command, stdin=None, status=0, timeout=60, **more):
        """A mail program at this person's; returns its output, errors included."""
        done = subprocess.run(command, env={**self.environment, **more}, input=stdin,
                              timeout=timeout, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              cwd=self.home, check=False)
        output = done.stdout.decode(errors="replace")
        self.assertEqual(done.returncode, status, output)
        return output

    def assert_no_password(self, text):
        raw = PASSWORD.encode()
        for form in (PASSWORD, base64.b64encode(raw).decode().rstrip("="), raw.hex(),
                     urllib.parse.quote(PASSWORD, safe="")):
            self.assertNotIn(form.lower(), text.lower(), "the password is in there")

    def sign_ins(self):
        return servers.sign_ins(ADDRESS)

    def mailbox(self, address=ADDRESS):
        """The files of the messages in the person's mailbox."""
        return sorted(servers.mailbox(address).glob("[cn][ue][rw]/*"))

    def empty_mailbox(self):
        for file in self.mailbox():
            file.unlink()

    def deliver(self, subject, to=ADDRESS):
        """One more message in the mailbox, by the servers themselves."""
        before = len(self.mailbox(to))
        with smtplib.SMTP_SSL(HOST, context=ssl.create_default_context()) as smtp:
            smtp.login("john@optimum.net", servers.accounts()["john@optimum.net"])
            smtp.sendmail("john@optimum.net", to,
                          f"From: john@optimum.net\r\nTo: {to}\r\nSubject: {subject}\r\n"
                          "\r\nHello.\r\n")
        servers.wait_until(lambda: len(self.mailbox(to)) > before, "the message arrives")

    def wait_for_message(self, subject):
        """The message with this subject, once it is in the mailbox."""
        def find():
            for file in self.mailbox():
                text = file.read_text(errors="replace")
                if subject in text:
                    return text
            return None

        servers.wait_until(find, f"“{subject}” arrives")
        return find()
