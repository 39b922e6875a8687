#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options and words of the whole program."""

from harness import CANARY, VERBS, WORKS, CliTest, languages, main


class Use(CliTest):
    """Options and words."""

    def test_help(self):
        for args in (["--help"], ["-h"], ["help"]):
            done = self.run_cli(*args)
            self.assertEqual((done.status, done.errors), (0, ""))
            for verb in VERBS:
                self.assertRegex(done.output, rf"(?m)^  {verb} ")

    def test_help_of_a_verb(self):
        for verb in VERBS:
            asked = [self.run_cli(verb, "--help"), self.run_cli("help", verb), self.run_cli(verb, "-h")]
            self.assertEqual({done.status for done in asked}, {0})
            self.assertEqual(len({done.output for done in asked}), 1)
            self.assertIn(f"optsetup-cli {verb} [OPTION", asked[0].output)

    def test_help_names_practice_accounts(self):
        self.assertIn(WORKS, self.practice("help").output)
        self.assertNotIn(WORKS, self.run_cli("help").output)

    def test_version(self):
        self.assertRegex(self.run_cli("--version").output, r"\Aoptsetup-cli \d+\.\d+\.\d+\n\Z")

    def test_bad_use(self):
        for args in ([], ["--nonsense"], ["nonsense"], ["help", "nonsense"], ["--practice"],
                     ["detect"], ["detect", WORKS, WORKS], ["detect", "--nonsense", WORKS],
                     ["check"], ["check", WORKS, "x"], ["check", WORKS, "--server"],
                     ["check", "--nonsense", WORKS], ["check", WORKS, "--timeout"],
                     ["explain"], ["explain", "--list", "offline"], ["explain", "offline", "x"],
                     ["explain", "--nonsense"], ["check", WORKS, "--report"],
                     ["save"], ["save", WORKS, "x"], ["save", "--json", WORKS],
                     ["scan", "x", "y"], ["scan", "--nonsense"], ["passwd"], ["passwd", WORKS, "x"],
                     ["list", "x"], ["list", "--name", "x"], ["forget"], ["forget", WORKS, "x"],
                     ["clients", "x"], ["clients", "--force"],
                     ["export"], ["export", WORKS], ["export", WORKS, "--client"],
                     ["export", WORKS, "--all"], ["export", WORKS, "--all", "--output"],
                     ["export", WORKS, "--client", "nonsense"], ["export", "--client", "json"],
                     ["setup"], ["setup", "--client", "geary"], ["setup", WORKS],
                     ["setup", WORKS, "--client"], ["setup", WORKS, "--client", "nonsense"],
                     ["setup", WORKS, "--client", "geary", "x"], ["setup", WORKS, "--json"],
                     ["check", WORKS, "secret-as-argument"]):
            with self.subTest(args=args):
                self.assert_bad_use(self.run_cli(*args))

    def test_odd_bytes_do_not_reach_the_terminal(self):
        for word in (b"\x1b[31mred", b"\xff\xfe", b"two\nlines", "\u202eleft".encode()):
            done = self.run_cli(word)
            self.assert_bad_use(done)
            for byte in ("\x1b", "\u202e"):
                self.assertNotIn(byte, done.errors)

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            done = self.run_cli("clients", "--json", stdout=full)
        self.assertEqual(done.status, 1, str(done))
        self.assertIn("No space left", done.errors)

    def test_plain_c_locale(self):
        self.env["LC_ALL"] = "C"
        done = self.practice("check", WORKS, password=CANARY)
        self.assertEqual(done.status, 1)
        self.assertTrue(done.output.isascii())
        self.assertNotIn("server?s", done.output)

    def test_terminal_without_marks(self):
        """What orders Arabic text is left out where a character set lacks it."""
        if "ar" not in languages():
            self.skipTest("there is no Arabic")
        self.env |= {"LC_ALL": "ar", "CHARSET": "ISO-8859-6"}
        done = self.run_cli("explain", "password-refused")
        self.assertIn("535", done.raw.decode("iso8859-6"))
        self.assertNotIn(b"?", done.raw)


if __name__ == "__main__":
    main()
