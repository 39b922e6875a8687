# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Claws Mail keeps every key of our file."""

import accountrc
import starttls


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
