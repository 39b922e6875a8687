# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of settings that a real program has, and that are old: are they found, explained,
tested without harm, and mended in the end?"""

import collections
import json
import os

import case

# As people have set it up years ago: hosts, names and ports that were right then.
POP_HOST = "pop.optonline.net"
SENDER = "Awkward@Optonline.net"
USER = "awkward"

# Whose advice has to give the value to type.
WITH_VALUE = ("host-retired", "host-sibling", "port-other", "user-not-address", "sender-case")


def name_of(difference):
    """`pop3 no-tls`; `sender-case`, which is about no server."""
    return " ".join(filter(None, (difference["service"], difference["id"])))


class Steps:
    """For a test case of a mail program."""

    address = case.ADDRESS
    sender = SENDER
    user = USER

    def snapshot(self):
        """All that could tell a change, but the logs of the test's own daemons."""
        found = set()
        for path in self.home.rglob("*"):
            if path.suffix != ".log":
                status = os.lstat(path)
                found.add((path, (status.st_ino, status.st_mode, status.st_mtime_ns,
                                  status.st_ctime_ns,
                                  path.read_bytes() if path.is_file() else None)))
        return found

    def scan(self, status):
        before = self.snapshot()
        scan = json.loads(self.run_cli("scan", "--json", status=status))
        self.assertEqual([], sorted(path for path, _ in before ^ self.snapshot()), "it only looks")
        self.assertEqual(scan["troubles"], [])
        return scan["accounts"]

    def check_found(self, client, path, *differences):
        """Exactly this account with exactly these differences, each with a sentence on what to
        do."""
        found, = self.scan(status=1)
        self.assertEqual((found["client"], found["path"], found["address"]),
                         (client, str(path), self.sender))
        self.assertCountEqual(map(name_of, found["differences"]), differences)
        for difference in found["differences"]:
            self.assertTrue(difference["text"])
            self.assertTrue(difference["advice"])
            if difference["id"] in WITH_VALUE:
                self.assertIn(difference["wanted"], difference["advice"])

    def all_sign_ins(self):
        """Of this person, under either name."""
        return collections.Counter(case.servers.sign_ins(self.address)
                                   + case.servers.sign_ins(self.user))

    def check_tested(self, source, *services, password=("--password-fd", "0")):
        """As they are they do not work, as the provider wants them they do; to know that, one
        sign-in is enough for each of these services, with TLS."""
        before = self.all_sign_ins()
        in_the_clear = case.servers.sign_ins_in_the_clear(self.address, self.user)
        outcome, = json.loads(self.run_cli(
            "check", "--from", source, "--json", *password, status=1,
            stdin=case.servers.accounts()[self.address].encode()))
        self.assertEqual((outcome["verdict"], outcome["wanted"]["verdict"]),
                         ("wanted-works", "works"))
        self.assertEqual(self.all_sign_ins() - before,
                         collections.Counter((service, True) for service in services))
        self.assertEqual(case.servers.sign_ins_in_the_clear(self.address, self.user), in_the_clear)
        return outcome

    def check_mended(self, client, path):
        """The program has this account only, as the provider wants it."""
        found, = self.scan(status=0)
        self.assertEqual((found["client"], found["path"], found["address"], found["differences"]),
                         (client, str(path), self.address, []))

    def check_added(self, client):
        """The program keeps the old account, and has another that is as the provider wants it."""
        old, new = sorted(self.scan(status=1), key=lambda found: found["severity"] is None)
        self.assertEqual((old["client"], old["address"]), (client, self.sender))
        self.assertTrue(old["differences"])
        self.assertEqual((new["client"], new["address"], new["differences"]),
                         (client, self.address, []))
