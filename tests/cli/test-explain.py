#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli explain"""

import re

from harness import GOOD, CliTest, languages, main, measure
from settings import OLD, prefs, write_profile

SEVERITIES = {"old": "Not as recommended", "not-safe": "Not safe", "broken": "Will not work"}


class Explain(CliTest):
    """What an id means; no server and no keyring is asked."""

    def ids(self):
        return [one["id"] for one in self.run_cli("explain", "--list", "--json").json]

    def test_list(self):
        done = self.run_cli("explain", "--list")
        self.assertEqual((done.status, done.errors), (0, ""))
        self.assertLess(max(measure(line) for line in done.output.splitlines()), 80)
        rows = re.findall(r"(?m)^([a-z0-9-]+)  +(\S.*(?:\n {27}\S.*)*)$", done.output)
        listed = self.run_cli("explain", "--list", "--json").json
        self.assertEqual([(name, re.sub(r"\n +", " ", title)) for name, title in rows],
                         [(one["id"], one["title"]) for one in listed])
        self.assertRegex(done.output, r"\n\nNames and numbers in this are examples\.\n\nhost-retired ")
        self.assertEqual([list(one) for one in listed], [["kind", "id", "title"]] * len(rows))
        ids = self.ids()
        self.assertEqual(len(ids), len(set(ids)))
        self.assertNotIn("works", ids)
        kinds = {one["id"]: one["kind"] for one in listed}
        for name, kind in (("offline", "diagnosis"), ("port-25-blocked", "diagnosis"),
                           ("cancelled", "diagnosis"), ("keyring-missing", "keyring"),
                           ("keyring-failed", "keyring"), ("host-retired", "difference"),
                           ("incoming-missing", "difference")):
            self.assertEqual(kinds[name], kind)

    def test_every_one(self):
        for name in self.ids():
            with self.subTest(id=name):
                found = self.run_cli("explain", name, "--json").json
                self.assertEqual(list(found), ["kind", "id", "title", "cause", "advice", "offer",
                                               "wait_s", "severity"])
                self.assertEqual(found["id"], name)
                done = self.run_cli("explain", name)
                self.assertEqual((done.status, done.errors), (0, ""))
                parts = [" ".join(part.split()) for part in done.output.split("\n\n")]
                if found["kind"] == "difference":
                    self.assertEqual(parts, [SEVERITIES[found["severity"]], found["title"],
                                             found["advice"],
                                             "Names and numbers in this are examples."])
                else:
                    self.assertIsNone(found["severity"])
                    self.assertEqual(parts, [found["title"], found["advice"],
                                             f"Cause: {found['cause']}"]
                                     + ([found["offer"]] if found["offer"] else []))
                for line in done.output.splitlines():
                    self.assertLess(len(line), 80)

    def test_lines_fit_in_every_language(self):
        ids = self.ids()
        for language in languages():
            self.env["LC_ALL"] = language
            for name in ids[::8]:
                done = self.run_cli("explain", name)
                with self.subTest(language=language, id=name):
                    self.assertEqual(done.status, 0)
                    self.assertLess(max(measure(line) for line in done.output.splitlines()), 80)
                    self.assertNotRegex(done.output, "(?m)^[，。、；：！？”）》]")

    def test_every_diagnosis_of_a_check_is_there(self):
        found = self.practice("check", "sending-blocked@optonline.net", "--json", password=GOOD).json
        self.assertIn(found["servers"][2]["diagnosis"], self.ids())

    def test_every_difference_of_a_scan_is_there(self):
        write_profile(self, prefs("Jane.Doe@optonline.net", OLD, "jane.doe"))
        found = self.run_cli("scan", "--json").json
        there = {difference["id"] for account in found["accounts"] for difference in account["differences"]}
        self.assertLess({"host-retired", "no-tls"}, there)
        self.assertLessEqual(there, set(self.ids()))

    def test_nearest(self):
        for typed, meant in (("pasword-refused", "password-refused"), ("Offline", "offline"),
                             ("clock_wrong", "clock-wrong"), ("expired", "certificate-expired"),
                             ("host-retierd", "host-retired")):
            self.assert_bad_use(self.run_cli("explain", typed), f"Did you mean {meant}?")
        for typed in ("works", "", "nonsense", "x" * 100000, b"\xff\xfe", "\x1b[31m"):
            done = self.run_cli("explain", typed)
            self.assert_bad_use(done, "explain --list")
            self.assertNotIn("Did you mean", done.errors)


if __name__ == "__main__":
    main()
