#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli check --report"""

import os
import resource
import stat

from harness import CANARY, GOOD, WORKS, CliTest, forms, main


class Report(CliTest):
    """--report"""

    def report(self, *args, address=WORKS, password=GOOD, **options):
        return self.practice("check", address, "--report", *args, password=password, **options)

    def read(self, name="report.txt"):
        with open(os.path.join(self.work, name), encoding="utf-8") as file:
            return file.read()

    def test_new_file(self):
        done = self.report("report.txt")
        self.assertEqual((done.status, done.errors), (0, ""))
        self.assertIn("Everything works.", done.output)
        self.assertTrue(done.output.endswith("\nThe report is in “report.txt”.\n"), str(done))
        status = os.lstat(os.path.join(self.work, "report.txt"))
        self.assertEqual(stat.S_IMODE(status.st_mode), 0o600)
        self.assertRegex(self.read(), r"\AOptSetup report\n=+\n")
        self.assertIn("Verdict         works\n", self.read())
        self.assert_left("report.txt")

    def test_failure(self):
        done = self.report("report.txt", password=CANARY)
        self.assertEqual((done.status, done.errors), (1, ""))
        self.assertIn("Diagnosis       password-refused\n", self.read())
        for form in forms(CANARY):
            self.assertNotIn(form, self.read().encode())

    def test_json(self):
        done = self.report("report.txt", "--json")
        self.assertEqual((done.status, done.errors, done.json["verdict"]), (0, "", "works"))
        self.assertIn("Verdict         works\n", self.read())

    def test_existing(self):
        with open(os.path.join(self.work, "report.txt"), "w", encoding="utf-8") as file:
            file.write("mine")
        for args in [], ["--json"]:
            done = self.report("report.txt", *args)
            self.assertEqual((done.status, done.output), (1, ""), str(done))
            self.assertIn("--force", done.errors)
        self.assertEqual(self.read(), "mine")
        self.assertEqual(self.report("report.txt", "--force").status, 0)
        self.assertIn("OptSetup report", self.read())
        self.assert_left("report.txt")

    def test_refused_before_the_password(self):
        """There is none to be had here, which nobody gets to know."""
        with open(os.path.join(self.work, "report.txt"), "w", encoding="utf-8"):
            pass
        done = self.practice("check", WORKS, "--report", "report.txt")
        self.assertEqual((done.status, done.output), (1, ""), str(done))

    def test_no_place(self):
        os.symlink(self.path("target"), self.path("link"))
        locked = self.path("locked")
        os.mkdir(locked, 0o500)
        places = [self.path("none", "x.txt"), self.path("link"), self.work, "", "x/", "/dev/null",
                  b"\xff" * 300] + ([] if os.geteuid() == 0 else [f"{locked}/x.txt"])
        for place in places:
            for force in [], ["--force"]:
                with self.subTest(place=place, force=force):
                    done = self.report(place, *force)
                    self.assertEqual((done.status, done.output), (1, ""), str(done))
                    self.assertRegex(done.errors, r"\Aoptsetup-cli: [^\n]+\n\Z")
        self.assertFalse(os.path.exists(self.path("target")))
        self.assert_left()

    def test_not_written(self):
        """What shows only afterwards does not take the result away."""
        limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))}
        done = self.report("report.txt", **limit)
        self.assertEqual(done.status, 1, str(done))
        self.assertIn("Everything works.", done.output)
        self.assertNotIn("The report is in", done.output)
        self.assertIn("File too large", done.errors)
        done = self.report("report.txt", "--json", **limit)
        self.assertEqual((done.status, done.json["verdict"]), (1, "works"))
        self.assert_left()

    def test_stdout(self):
        done = self.report("-")
        self.assertEqual((done.status, done.errors), (0, ""))
        self.assertRegex(done.output, r"\AOptSetup report\n")
        self.assertNotIn("Everything works.", done.output)
        self.assert_left()
        done = self.report("-", "--trace", address="sending-blocked@optonline.net")
        self.assertEqual(done.status, 1)
        self.assertRegex(done.output, r"\AOptSetup report\n")
        self.assertIn("smtp C: EHLO", done.errors)
        self.assert_bad_use(self.report("-", "--json"), "--report=-")
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.report("-", stdout=full).status, 1)

    def test_stdout_is_utf_8(self):
        self.env["LC_ALL"] = "C"
        done = self.report("-", password=CANARY)
        self.assertEqual(done.status, 1)
        self.assertIn("’", done.raw.decode())


if __name__ == "__main__":
    main()
