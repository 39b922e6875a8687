# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Claws Mail keeps every key of our file, and fetches mail with it."""

import subprocess

import accountrc
import case
import starttls
import wizard as driver


# A keyboard has all letters of its password.
EASY = "jane.doe@optonline.net"


class Claws(accountrc.Case):
    programs = ("claws-mail",)
    client = "claws"
    program = ("claws-mail", "--offline")
    folder = ".claws-mail"

    def test_keeps_pop3(self):
        self.assertEqual(self.check_keeps("pop3")["protocol"], "0")

    def test_keeps_imap(self):
        self.assertEqual(self.check_keeps("imap")["protocol"], "1")

    def test_keeps_starttls(self):
        starttls.use(self)
        wanted = self.check_keeps("pop3")
        self.assertEqual((wanted["ssl_pop"], wanted["pop_port"]), ("2", "110"))
        self.assertEqual((wanted["ssl_smtp"], wanted["smtp_port"]), ("2", "587"))

    def test_keeps_nasty_names(self):
        for name in accountrc.NASTY:
            self.check_keeps("pop3", name)

    def start_receiving(self):
        """The program, fetching mail; returns how to see what it shows."""
        with open(self.home / "log", "wb") as log:
            process = subprocess.Popen(["claws-mail", "--receive-all"], env=self.environment,
                                       stdout=log, stderr=log)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        bus = driver.Bus()
        reference = driver.wait_until(lambda: bus.find_application(process.pid), "it is there")
        return lambda: bus.snapshot(reference)

    def received(self):
        return [file.read_text() for file in (self.home / "Mail" / "inbox").iterdir()
                if file.name.isdigit()]

    def check_receives(self, subject):
        """A person starts it, types the password and agrees to a certificate that it calls
        correct."""
        snapshot = self.start_receiving()
        driver.wait_until(lambda: snapshot().find("button", "OK"), "it asks for the password")
        keyboard = driver.Keyboard()
        keyboard.focus_topmost()
        keyboard.type(case.servers.accounts()[EASY])
        keyboard.press("Return")
        driver.wait_until(lambda: snapshot().find("button", "Accept and save"),
                          "it asks about the certificate").press()
        driver.wait_until(lambda: any(subject in text for text in self.received()),
                          "the message is in its inbox")

    def test_fetches(self):
        self.make_folders()
        self.deliver("for Claws", to=EASY)
        self.run_cli("export", EASY, "--client", "claws", "--protocol", "pop3", "--output",
                     self.home / "exported")
        (self.home / "exported").rename(self.accountrc)
        self.check_receives("for Claws")
