#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli passwd, as far as no real server has to take the new password: see tests/lab"""

import signal
import subprocess
import termios

from harness import CANARY, GOOD, JANE, WORKS, CliTest, main
from settings import tree
from silence import SilentServer, interrupt, use_provider
from terminal import Terminal

OLD_PASSWORD = "what it was before"
ME = "me@test.example"


class Practice(CliTest):
    """The whole way, and nothing is kept."""

    def test_works(self):
        self.use_keyring()
        done = self.practice("passwd", WORKS, password=GOOD)
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        self.assertRegex(done.output, r"(?m)^IMAP  mail\.optonline\.net:993 +Works")
        self.assertIn("so nothing was changed", done.output)
        self.assertEqual(tree(self.home), {})

    def test_refused(self):
        done = self.practice("passwd", WORKS, password=CANARY)
        self.assertEqual((done.status, done.errors), (1, ""), str(done))
        self.assertEqual(done.output.count("Your password was not accepted"), 2)
        self.assertIn("The old one stays where it is.", done.output)

    def test_not_everywhere(self):
        """A server that cannot be reached says nothing against a password that another one took."""
        done = self.practice("passwd", "sending-blocked@optonline.net", password=GOOD)
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        self.assertIn("The new password works.", done.output)

    def test_bad_use(self):
        for args in ([], [WORKS, "x"], [WORKS, "--json"], ["jane"], ["me@localhost"],
                     ["jane@optonlin.net"], [WORKS, "--dry-run"], [WORKS, "--password-fd", "x"]):
            with self.subTest(args=args):
                self.assert_bad_use(self.practice("passwd", *args))
        for password in "", "\n", "a\0bcdefgh", "x" * 1025:
            self.assert_bad_use(self.practice("passwd", WORKS, password=password))
        self.assertEqual(self.practice("passwd", WORKS).status, 3)


class Typed(CliTest):
    """Twice, because nobody sees it."""

    def type(self, *answers):
        with Terminal(self, "--practice", "passwd", WORKS, stdout=subprocess.PIPE) as terminal:
            before = terminal.flags()
            for prompt, answer in zip((f"New password for {WORKS}: ", "once more: "), answers):
                terminal.wait_for(prompt)
                self.assertFalse(terminal.flags() & termios.ECHO)
                terminal.type(answer)
            done = terminal.finish(CANARY)
            self.assertEqual(terminal.flags(), before)
        return done

    def test_same(self):
        self.assertEqual(self.type(GOOD + "\n", GOOD + "\n").status, 0)
        self.assertEqual(self.type(CANARY + "\n", CANARY + "\n").status, 1)

    def test_different(self):
        for second in CANARY + " \n", CANARY[:-1] + "\n", GOOD + "\n":
            done = self.type(CANARY + "\n", second)
            self.assertEqual((done.status, done.output), (2, ""))
            self.assertIn("not the same", done.errors)

    def test_nothing(self):
        for answers in ("\n",), ("\x04",), (CANARY + "\n", "\n"), (CANARY + "\n", "\x04"):
            done = self.type(*answers)
            self.assertEqual((done.status, done.output), (2, ""))

    def test_ctrl_c(self):
        for answers in ("half\x03",), (CANARY + "\n", "half\x03"):
            done = self.type(*answers)
            self.assertEqual((done.status, done.output), (130, ""))


class Keep(CliTest):
    """The old password stays until the new one is known to work."""

    def setUp(self):
        super().setUp()
        self.use_keyring()

    def save(self, server):
        use_provider(self, server.port)
        done = self.run_cli("save", ME, password=OLD_PASSWORD)
        self.assertEqual(done.status, 0, str(done))
        return {name: tree(self.path(name)) for name in ("keyring", "config")}

    def assert_kept(self, before):
        self.assertEqual({name: tree(self.path(name)) for name in before}, before)

    def test_nothing_to_change(self):
        """Found out before anybody is asked, and before any server."""
        for address in JANE, "Jane.Doe@optonline.net":
            for args in [], ["--dry-run"]:
                done = self.run_cli("passwd", address, *args)
                self.assertEqual((done.status, done.output), (1, ""), str(done))
                self.assertIn(f"nothing here has a password of {JANE}", done.errors)

    def test_dry_run(self):
        with SilentServer() as server:
            before = self.save(server)
        done = self.run_cli("passwd", ME, "--dry-run")
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        heading, *places = done.output.splitlines()
        self.assertEqual(heading, "This will be changed:")
        self.assertEqual(len(set(places)), len(places))
        self.assertTrue(places)
        self.assert_kept(before)

    def test_check_that_fails(self):
        with SilentServer() as server:
            before = self.save(server)
        # Nobody is there any more.
        done = self.run_cli("passwd", ME, password=CANARY)
        self.assertEqual((done.status, done.errors), (1, ""), str(done))
        self.assertIn("The old one stays where it is.", done.output)
        self.assert_kept(before)

    def test_interrupted(self):
        for number in signal.SIGINT, signal.SIGTERM:
            with self.subTest(signal=number), SilentServer() as server:
                before = self.save(server)
                done = interrupt(self, server, "passwd", ME, number=number)
                self.assertEqual(done.errors, "")
                self.assertIn("The old password stays where it is.", done.output)
                self.assert_kept(before)
                self.run_cli("forget", ME)

    def test_no_keyring(self):
        del self.env["SECRET_BACKEND"]
        done = self.run_cli("passwd", JANE, password=CANARY)
        self.assertEqual((done.status, done.output), (1, ""), str(done))


if __name__ == "__main__":
    main()
