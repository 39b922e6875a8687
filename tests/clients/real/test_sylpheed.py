# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sylpheed keeps every key of our file."""

import accountrc
import starttls


class Sylpheed(accountrc.Case):
    programs = ("sylpheed",)
    client = "sylpheed"
    program = ("sylpheed",)
    folder = ".sylpheed-2.0"

    def test_keeps_pop3(self):
        self.assertEqual(self.check_keeps("pop3")["protocol"], "0")

    def test_keeps_imap(self):
        self.assertEqual(self.check_keeps("imap")["protocol"], "3")

    def test_keeps_starttls(self):
        starttls.use(self)
        wanted = self.check_keeps("imap")
        self.assertEqual((wanted["ssl_imap"], wanted["imap_port"]), ("2", "143"))
        self.assertEqual((wanted["ssl_smtp"], wanted["smtp_port"]), ("2", "587"))

    def test_keeps_nasty_names(self):
        for name in accountrc.NASTY:
            self.check_keeps("pop3", name)

    def test_starts_with_ours_alone(self):
        self.make_folders()
        exported = self.export("sylpheed", "--protocol", "pop3")
        self.accountrc.write_bytes(exported.read_bytes())
        wanted = accountrc.parse(exported.read_text())["[Account: 1]"]
        kept = self.start_and_end()["[Account: 1]"]
        self.assertEqual({key: kept.get(key) for key in wanted}, wanted)
