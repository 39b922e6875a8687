# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files dragged with the mouse between the wizard and another program."""

import pathlib
import select
import subprocess

from screen import DEADLINE_S, pump, wait_until

# Beside the wizard, which is in the corner.
PLACE_X, PLACE_Y = 700, 300
MIDDLE = 150
STEPS = 20


class Partner:
    """The other program, as a context manager: files are dragged from it and dropped on it."""

    def __init__(self, wizard, *files):
        self.keyboard = keyboard = wizard.keyboard
        before = set(keyboard.windows())
        build = pathlib.Path(wizard.process.args[0]).parents[2]
        self.process = subprocess.Popen([build / "tests" / "gtk" / "drag-partner", *files],
                                        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            window, = wait_until(lambda: set(keyboard.windows()) - before, "its window is open")
            keyboard.place(window, PLACE_X, PLACE_Y)
        except AssertionError:
            self.close()
            raise
        self.middle = PLACE_X + MIDDLE, PLACE_Y + MIDDLE

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.process.stdin.closed:
            return
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def drag(self, start, end):
        """Presses the button at one place, and lets it go at the other. The way is what is seen."""
        self.keyboard.move(*start)
        pump(100)
        self.keyboard.button(True)
        for step in range(STEPS + 1):
            self.keyboard.move(*(a + (b - a) * step / STEPS for a, b in zip(start, end)))
            pump(20)
        pump(200)
        self.keyboard.button(False)

    def take_from(self, place):
        """Drags from a place in the wizard to this program, and says which file that was."""
        self.drag(place, self.middle)
        if not select.select([self.process.stdout], [], [], DEADLINE_S)[0]:
            raise AssertionError("nothing was dropped")
        return self.process.stdout.readline().rstrip("\n")

    def give_to(self, place):
        """Drags this program's file to a place in the wizard."""
        self.drag(self.middle, place)
