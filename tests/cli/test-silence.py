#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli against a server that never answers"""

import os
import signal
import subprocess

from harness import AT_ONCE_S, CANARY, DEADLINE_S, CliTest, Done, main
from silence import SilentServer, interrupt, use_provider


class Silence(CliTest):
    """Without --practice, against a server on this machine that never answers."""

    def test_interrupted(self):
        for number in signal.SIGINT, signal.SIGTERM:
            with SilentServer() as server:
                done = interrupt(self, server, "check", "me@localhost", "--server",
                                 f"imap=tls://localhost:{server.port}", "--json", number=number)
            self.assertEqual(done.errors, "")
            self.assertEqual(done.json["verdict"], "cancelled")
            self.assertEqual(done.json["servers"][0]["diagnosis"], "cancelled")

    def test_trace_comes_at_once(self):
        """Before the check is over, which it never would be."""
        with SilentServer() as server, \
                self.start("check", "me@localhost", "--server", f"imap=tls://localhost:{server.port}",
                           "--password-fd", "0", "--json", "--trace",
                           stdin=subprocess.PIPE) as process:
            process.stdin.write(CANARY.encode())
            process.stdin.close()
            process.stdin = None
            self.assertEqual(process.stderr.readline(),
                             f"imap * tls://localhost:{server.port}\n".encode())
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=DEADLINE_S)
        done = self.checked(Done(process.returncode, output, errors), CANARY)
        self.assertEqual((done.status, done.json["verdict"]), (130, "cancelled"))

    def test_report_of_what_was_stopped(self):
        with SilentServer() as server:
            interrupt(self, server, "check", "me@localhost", "--server",
                      f"imap=tls://localhost:{server.port}", "--report", "report.txt")
        with open(os.path.join(self.work, "report.txt"), encoding="utf-8") as file:
            self.assertIn("Verdict         cancelled\n", file.read())

    def test_timeout_is_for_the_whole(self):
        """Not for each of the servers that are tried one after the other."""
        with SilentServer() as first, SilentServer() as second:
            use_provider(self, first.port, second.port)
            done = self.run_cli("check", "me@test.example", "--json", "--timeout", "1", "--services",
                                "imap", password=CANARY)
        self.assertEqual(done.status, 1, str(done))
        (server,) = done.json["servers"]
        self.assertEqual((server["diagnosis"], len(server["candidates"])), ("server-too-slow", 1))
        self.assertLess(done.json["elapsed_ms"], 1000 + 900 * AT_ONCE_S)

    def check_and_stop(self, server, *args):
        """Whether a check without --password-fd goes as far as the server."""
        interrupt(self, server, "check", "me@test.example", "--services", "imap", *args, password=None)

    def test_password_from_the_keyring(self):
        self.use_keyring()
        with SilentServer() as server, SilentServer() as other:
            use_provider(self, server.port)
            self.assertEqual(self.run_cli("check", "me@test.example").status, 3)
            self.assertEqual(self.run_cli("save", "me@test.example", password=CANARY).status, 0)
            self.check_and_stop(server)
            # The same host, another port.
            self.check_and_stop(other, "--server", f"imap=tls://localhost:{other.port}")
            # A host that it was not kept for.
            done = self.run_cli("check", "me@test.example", "--server", "smtp=tls://other.example:465")
            self.assertEqual(done.status, 3, str(done))

    def test_result_is_noted(self):
        self.use_keyring()
        with SilentServer() as server:
            use_provider(self, server.port)
            self.run_cli("save", "me@test.example", password=CANARY)
            self.run_cli("check", "me@test.example", "--services", "imap", "--timeout", "1")
            self.assertIsNone(self.run_cli("list", "--json").json["accounts"][0]["checked"])
            self.run_cli("check", "me@test.example", "--timeout", "1")
        account = self.run_cli("list", "--json").json["accounts"][0]
        self.assertEqual(account["verdict"], "fails")
        self.assertRegex(account["checked"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")


if __name__ == "__main__":
    main()
