#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli at a terminal"""

import re
import subprocess
import termios
import time

from harness import AT_ONCE_S, CANARY, DEADLINE_S, WORKS, CliTest, main, wait_until
from terminal import Terminal, show


class AtATerminal(CliTest):
    def test_prompt(self):
        with Terminal(self, "--practice", "check", WORKS, "--json", stdout=subprocess.PIPE) as terminal:
            before = terminal.flags()
            terminal.wait_for(f"Password for {WORKS}: ")
            self.assertTrue(before & termios.ECHO)
            self.assertFalse(terminal.flags() & termios.ECHO)
            terminal.type(CANARY + "\n")
            done = terminal.finish(CANARY)
            self.assertEqual(terminal.flags(), before)
        self.assertEqual(done.status, 1)
        self.assertEqual(done.json["verdict"], "fails")
        self.assertEqual(done.errors.replace("\r\n", "\n"), f"Password for {WORKS}: \n")

    def test_good_password(self):
        with Terminal(self, "--practice", "check", WORKS) as terminal:
            terminal.wait_for("Password for ")
            terminal.type("practice\n")
            self.assertEqual(terminal.finish().status, 0)

    def test_thousand_characters(self):
        with Terminal(self, "--practice", "check", WORKS) as terminal:
            terminal.wait_for("Password for ")
            terminal.type("verylong" * 125 + "\n")
            self.assertEqual(terminal.finish("verylong" * 125).status, 1)

    def test_descriptor_that_is_a_terminal(self):
        with Terminal(self, "--practice", "check", WORKS, "--password-fd", "0") as terminal:
            before = terminal.flags()
            wait_until(lambda: not terminal.flags() & termios.ECHO, "typing is hidden")
            terminal.type(CANARY + "\n\x04")
            self.assertEqual(terminal.finish(CANARY).status, 1)
            self.assertEqual(terminal.flags(), before)

    def test_nothing_typed(self):
        for typed in "\n", "\x04":
            with Terminal(self, "--practice", "check", WORKS, stdout=subprocess.PIPE) as terminal:
                before = terminal.flags()
                terminal.wait_for("Password for ")
                terminal.type(typed)
                terminal.process.wait(DEADLINE_S)
                self.assertEqual(terminal.process.returncode, 2)
                self.assertEqual(terminal.flags(), before)

    def test_ctrl_c(self):
        with Terminal(self, "--practice", "check", WORKS, stdout=subprocess.PIPE) as terminal:
            before = terminal.flags()
            terminal.wait_for("Password for ")
            terminal.type("half of it\x03")
            done = terminal.finish("half of it")
            self.assertEqual(terminal.flags(), before)
        self.assertEqual((done.status, done.output), (130, ""))

    def test_keys_that_would_leave_it_silent(self):
        with Terminal(self, "--practice", "check", WORKS) as terminal:
            before = terminal.flags()
            terminal.wait_for("Password for ")
            terminal.type("\x1c\x1a\n")
            self.assertEqual(terminal.finish().status, 1)
            self.assertEqual(terminal.flags(), before)

    def test_live_progress(self):
        with Terminal(self, "--practice", "check", WORKS) as terminal:
            terminal.wait_for("Password for ")
            terminal.type("practice\n")
            done = terminal.finish()
        self.assertIn("\x1b[3A", done.errors)
        self.assertIn("connecting", done.errors)
        # As the terminal shows it in the end.
        last = done.errors.rsplit("\x1b[3A", 1)[1].replace("\r\x1b[K", "").replace("\r", "")
        self.assertEqual([line.split()[0] for line in last.splitlines()[:3]], ["IMAP", "POP3", "SMTP"])
        self.assertEqual(last.count("Works"), 3)

    def test_live_trace(self):
        """The dialogues scroll by above the lines of the servers, which stay whole."""
        with Terminal(self, "--practice", "check", WORKS, "--trace") as terminal:
            terminal.wait_for("Password for ")
            terminal.type("practice\n")
            screen = show(terminal.finish().errors)
        said = [i for i, line in enumerate(screen) if re.match("(imap|pop3|smtp) ([CS]:|\\*) ", line)]
        servers = [i for i, line in enumerate(screen) if re.match("(IMAP|POP3|SMTP)  ", line)]
        self.assertEqual([screen[i].split()[0] for i in servers], ["IMAP", "POP3", "SMTP"], screen)
        self.assertEqual(servers, list(range(servers[0], servers[0] + 3)), screen)
        self.assertLess(max(said), servers[0], screen)
        # Nothing is lost, and nothing is left of what was written over.
        self.assertEqual(said, list(range(said[0], servers[0])), screen)
        self.assertEqual(len([line for line in screen if line.endswith("(hidden)")]), 3)

    def test_dumb_terminal(self):
        self.env["TERM"] = "dumb"
        with Terminal(self, "--practice", "check", WORKS) as terminal:
            terminal.wait_for("Password for ")
            terminal.type("practice\n")
            self.assertNotIn("\x1b", terminal.finish().errors)

    def test_ctrl_c_during_a_check(self):
        with Terminal(self, "--practice", "check", "slow@optonline.net") as terminal:
            terminal.wait_for("Password for ")
            terminal.type("practice\n")
            terminal.wait_for("greeting")
            terminal.type("\x03")
            started = time.monotonic()
            done = terminal.finish()
            self.assertLess(time.monotonic() - started, AT_ONCE_S)
        self.assertEqual(done.status, 130, str(done))
        self.assertIn("Stopped before the end.", done.errors)

    def test_no_archive_on_a_terminal(self):
        with Terminal(self, "--practice", "export", WORKS, "--client", "thunderbird", "--output",
                      "-") as terminal:
            self.assertEqual(terminal.finish().status, 2)
            self.assertIn(b"not text", terminal.seen)
            self.assertNotIn(b"PK", terminal.seen)

    def test_no_password_on_a_terminal(self):
        for client in self.run_cli("clients", "--json").json:
            if client["can_hold_password"]:
                with Terminal(self, "--practice", "export", WORKS, "--client", client["id"], "--output",
                              "-", "--include-password") as terminal:
                    self.assertEqual(terminal.finish().status, 2)
                    self.assertIn(b"would show on the terminal", terminal.seen)

    def test_text_on_a_terminal(self):
        with Terminal(self, "--practice", "export", WORKS, "--client", "json", "--output",
                      "-") as terminal:
            self.assertEqual(terminal.finish().status, 0)
            self.assertIn(b"mail.optonline.net", terminal.seen)


if __name__ == "__main__":
    main()
