# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A terminal to run optsetup-cli at."""

import fcntl
import os
import pty
import re
import select
import subprocess
import termios
import time

from harness import DEADLINE_S, PROGRAM, Done


class Terminal:
    """A program at a terminal of its own; its standard output may go elsewhere."""

    def __init__(self, test, *args, stdout=None):
        self.test, self.seen = test, b""
        self.master, self.slave = pty.openpty()

        def take_terminal():
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            [PROGRAM, *args], cwd=test.work, env=test.env, stdin=self.slave,
            stdout=self.slave if stdout is None else stdout, stderr=self.slave,
            pass_fds=[self.slave], preexec_fn=take_terminal)  # one thread: nothing to go wrong

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        os.close(self.slave)
        os.close(self.master)

    def read(self, timeout):
        ready, _, _ = select.select([self.master], [], [], timeout)
        if ready:
            self.seen += os.read(self.master, 65536)
        return bool(ready)

    def wait_for(self, text):
        deadline = time.monotonic() + DEADLINE_S
        while text.encode() not in self.seen:
            if not self.read(max(0, deadline - time.monotonic())):
                raise AssertionError(f"no “{text}” in {self.seen}")

    def type(self, text):
        os.write(self.master, text if isinstance(text, bytes) else text.encode())

    def flags(self):
        return termios.tcgetattr(self.slave)[3]

    def finish(self, password=None):
        output = b""
        if self.process.stdout is not None:
            output = self.process.stdout.read()
        while self.process.poll() is None:
            self.read(0.01)
        while self.read(0):
            pass
        return self.test.checked(Done(self.process.returncode, output, self.seen), password,
                                 asked=True)


def show(output):
    """What a tall and wide terminal shows in the end, line by line."""
    screen, row = [""], 0
    for part in re.findall(r"\x1b\[\d*[A-Z]|\r|\n|[^\x1b\r\n]+", output):
        if part == "\n":
            row += 1
            screen += [""] * (row + 1 - len(screen))
        elif part.endswith("A") and part[0] == "\x1b":
            row -= int(part[2:-1])
        elif part == "\x1b[K":
            screen[row] = ""
        elif part == "\x1b[J":
            screen[row:] = [""]
        elif part != "\r":
            screen[row] = part
    return screen
