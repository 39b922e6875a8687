# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Claws Mail, used as a person does: with a keyboard and a screen."""

import subprocess

import accountrc
import case
import wizard as driver

# A keyboard has all letters of its password.
EASY = "jane.doe@optonline.net"


class Case(accountrc.Case):
    programs = ("claws-mail",)
    client = "claws"
    program = ("claws-mail", "--offline")
    folder = ".claws-mail"

    def start_receiving(self):
        """The program, fetching mail; returns how to see what it shows."""
        with open(self.home / "log", "wb") as log:
            process = subprocess.Popen(["claws-mail", "--receive-all"], env=self.environment,
                                       stdout=log, stderr=log)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.receiving = process
        bus = driver.Bus()
        reference = driver.wait_until(lambda: bus.find_application(process.pid), "it is there")
        return lambda: bus.snapshot(reference)

    def stop_receiving(self):
        self.receiving.kill()
        self.receiving.wait()

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
