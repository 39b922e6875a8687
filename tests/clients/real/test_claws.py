# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Claws Mail keeps every key of our file, and fetches mail with it."""

import accountrc
import claws
import starttls


class Claws(claws.Case):
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

    def test_fetches(self):
        self.make_folders()
        self.deliver("for Claws", to=claws.EASY)
        self.run_cli("export", claws.EASY, "--client", "claws", "--protocol", "pop3", "--output",
                     self.home / "exported")
        (self.home / "exported").rename(self.accountrc)
        self.check_receives("for Claws")
