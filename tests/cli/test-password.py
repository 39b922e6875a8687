#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a password may come from, and what it may be."""

import os
import signal

from harness import CANARY, DEADLINE_S, GOOD, WORKS, CliTest, Done, main, wait_until_read


class Password(CliTest):
    """Where it may come from, and what it may be."""

    def check(self, **options):
        return self.practice("check", WORKS, "--json", **options)

    def test_one_line_break_goes(self):
        for end in b"", b"\n", b"\r\n":
            self.assertEqual(self.check(password=GOOD.encode() + end).status, 0, end)
        for password in b"practice ", b" practice", b"practice\t", b"Practice":
            self.assertEqual(self.check(password=password).status, 1, password)
        for password in b"practice\n\n", b"practice\r", b"practice\r\r\n", b"\npractice", b"pr\nactice":
            self.assert_bad_use(self.check(password=password), "cannot be sent")

    def test_refused(self):
        for password, text in ((b"", "Enter your password"), (b"\n", "Enter your password"),
                               (b"\r\n", "Enter your password"), (b"sec\0retive", "cannot be sent"),
                               (b"\0", "cannot be sent"), (b"gr\xfc\xdfe aus", "cannot be sent"),
                               (b"verylong" * 129, "too long"), (b"x" * 1025 + b"\n", "too long"),
                               (b"abcdefgh" * 100000, "too long")):
            with self.subTest(password=password[:20]):
                self.assert_bad_use(self.check(password=password), text)

    def test_awkward(self):
        for password in (CANARY, "  two  spaces  ", "пароль-密码-🔑", "a\"b'c\\d #e%f$g;h{i} é", "x" * 1000,
                         "\x01control\x7f", "é" * 512, "verylong" * 128, "--json", "%n%n%n%n%s%s%s"):
            with self.subTest(password=password[:20]):
                done = self.check(password=password + "\n")
                self.assertEqual(done.status, 1, str(done))
                self.assertEqual(sorted(server["diagnosis"] or server["result"]
                                        for server in done.json["servers"]),
                                 ["password-refused", "skipped", "skipped"])

    def test_descriptor_that_is_none(self):
        with open("/dev/null", "wb") as null:
            for text in ("", "x", "-1", "1.0", "99999999999", "900", "3", "5", "7", "0x0"):
                with self.subTest(text=text):
                    self.assert_bad_use(self.practice("check", WORKS, f"--password-fd={text}"),
                                        "--password-fd")
            fd = null.fileno()
            self.assert_bad_use(self.practice("check", WORKS, "--password-fd", str(fd), pass_fds=[fd]),
                                "cannot be read")
        folder = os.open(self.home, os.O_RDONLY)
        self.addCleanup(os.close, folder)
        self.assert_bad_use(self.practice("check", WORKS, "--password-fd", str(folder),
                                          pass_fds=[folder]), "cannot be read")

    def test_other_descriptor(self):
        read, write = os.pipe()
        os.write(write, b"practice\n")
        os.close(write)
        done = self.practice("check", WORKS, "--json", "--password-fd", str(read), pass_fds=[read])
        os.close(read)
        self.assertEqual(done.status, 0, str(done))

    def test_file(self):
        with open(self.path("password"), "w+", encoding="utf-8") as file:
            file.write("practice\n")
            file.seek(0)
            self.assertEqual(self.practice("check", WORKS, "--password-fd", "0", stdin=file).status, 0)

    def test_in_pieces_without_blocking(self):
        read, write = os.pipe()
        os.set_blocking(read, False)
        with self.start("--practice", "check", WORKS, "--json", "--password-fd", str(read),
                        pass_fds=[read]) as process:
            for piece in b"pra", b"cti", b"ce":
                os.write(write, piece)
            os.close(write)
            process.communicate(timeout=DEADLINE_S)
        os.close(read)
        self.assertEqual(process.returncode, 0)

    def test_none_to_be_had(self):
        for args in ["check", WORKS], ["check", WORKS, "--json"]:
            done = self.practice(*args)
            self.assertEqual((done.status, done.output), (3, ""), str(done))
            self.assertIn("no password to be had", done.errors)
        self.assertEqual(self.run_cli("save", WORKS).status, 3)

    def test_nothing_in_the_environment_counts(self):
        self.env |= {"PASSWORD": GOOD, "OPTSETUP_PASSWORD": GOOD, "OPT_PASSWORD": GOOD}
        self.assertEqual(self.check().status, 3)

    def test_interrupted_while_reading(self):
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            read, write = os.pipe()
            with self.start("--practice", "check", WORKS, "--password-fd", str(read),
                            pass_fds=[read]) as process:
                os.close(read)
                os.write(write, b"half of it")
                wait_until_read(write)
                process.send_signal(number)
                output, errors = process.communicate(timeout=DEADLINE_S)
            os.close(write)
            done = self.checked(Done(process.returncode, output, errors), "half of it")
            self.assertEqual((done.status, done.output), (130, ""), str(done))


if __name__ == "__main__":
    main()
