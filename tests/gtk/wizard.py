# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the wizard as somebody does with a screen reader and a keyboard.

Nothing sleeps: waiting is asking again until a deadline.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import unittest

from gauge import Gauge
from keyboard import Keyboard
from language import Language
from screen import DEADLINE_S, Bus, keys_towards, pump, wait_until


# AdwMessageDialog of libadwaita 1.7 says this of the heading that it makes itself; any heading does.
NOT_OURS = re.compile(r"Gtk-WARNING \*\*: [\d:.]+: Trying to measure GtkLabel \w+ for width of \d+, but it "
                      r"needs at least \d+$")


class Wizard:
    """The program, running."""

    bus = None
    keyboard = None

    def __init__(self, program, *options, environment=None, language=Language()):
        Wizard.connect()
        self.errors = tempfile.NamedTemporaryFile("w+", prefix="wizard-", suffix=".log")
        self.process = subprocess.Popen([program, *options], stdin=subprocess.DEVNULL,
                                        stdout=self.errors, stderr=self.errors,
                                        cwd=os.environ["HOME"],
                                        env={**os.environ, "GIO_EXTRA_MODULES": gauge_folder(program),
                                             **language.environment, **(environment or {})})
        self.words = language
        self.gauge = Gauge(self.process.pid)
        self.reference = None
        try:
            self.reference = wait_until(self.find_itself, "the wizard's window is open")
            wait_until(self.keyboard.focus_topmost, "the window is on the screen")
        except AssertionError:
            self.kill()
            raise

    @classmethod
    def connect(cls):
        """To the accessibility bus and the X server, once."""
        if cls.bus is None:
            cls.bus = Bus()
            cls.keyboard = Keyboard()

    def find_itself(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the wizard ended with {self.process.returncode}: {self.said()}")
        return self.bus.find_application(self.process.pid)

    def said(self):
        """Everything it printed."""
        return pathlib.Path(self.errors.name).read_text(encoding="utf-8", errors="replace")

    def complaints(self):
        """Warnings of GLib's and of our own: there should be none."""
        return [line for line in self.said().splitlines()
                if re.search("CRITICAL|WARNING|ERROR|runtime error|Sanitizer", line)
                and not NOT_OURS.search(line)]

    def kill(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def wait_exit(self, deadline_s=DEADLINE_S):
        def ended():
            return self.process.poll() is not None

        wait_until(ended, "the wizard has ended", deadline_s)
        return self.process.returncode

    def snapshot(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the wizard ended with {self.process.returncode}: {self.said()}")
        return self.bus.snapshot(self.reference)

    def wait(self, condition, what, deadline_s=DEADLINE_S):
        """The value of CONDITION, a function of the tree, once it is true."""
        return wait_until(lambda: condition(self.snapshot()), what, deadline_s)

    def get(self, role, name=None, deadline_s=DEADLINE_S):
        name = self.words(name)
        return self.wait(lambda tree: tree.find(role, name), f"there is a {role} “{name}”",
                         deadline_s)

    def arrive(self, title, deadline_s=DEADLINE_S):
        """At a page, once the header bar shows its title."""
        title = self.words(title)
        wait_until(lambda: self.gauge.title() in title, f"page “{title}” is shown", deadline_s)

    def page(self, title, deadline_s=DEADLINE_S):
        """The tree, on arrival."""
        self.arrive(title, deadline_s)
        return self.snapshot()

    def heading(self, text, deadline_s=DEADLINE_S):
        return self.get("heading", text, deadline_s)

    def label(self, text, deadline_s=DEADLINE_S):
        return self.get("label", text, deadline_s)

    def press(self, name):
        """A button, once it can be pressed."""
        name = self.words(name)
        self.wait(lambda tree: tree.sensitive_button(name),
                  f"button “{name}” can be pressed").press()

    def focused(self):
        return self.snapshot().focused()

    def move_focus(self, find, what):
        """Moves the focus by Tab and the arrow keys, for GTK 4.8 takes no other request, to the
        object that FIND, a function of the tree, gives."""
        self.keyboard.focus_topmost()
        tree = self.wait(lambda tree: find(tree) and tree, f"there is {what}")
        here, there = tree.focused(), find(tree)
        for _ in range(100):
            if here is not None and here in there.walk():
                return there
            for key in keys_towards(here, there):
                self.press_to_move(key)
            here = self.told(tree)
            if here is None:
                tree = self.snapshot()
                here, there = tree.focused(), find(tree) or there
        raise AssertionError(f"no key leads to {what}")

    def told(self, tree):
        """What is in TREE of what the focus came to last."""
        last = self.bus.told[-1:]
        return next((node for node in tree.walk() if [node.reference] == last), None)

    def press_to_move(self, key):
        """Presses a key, and waits until something else has the focus and it is told, unless nothing
        else gets it. Returns its mark for the gauge."""
        before = self.gauge.focus()
        told = len(self.bus.told)
        self.keyboard.press(key)
        try:
            wait_until(lambda: self.gauge.focus() != before, "the focus moves", 0.3)
            wait_until(lambda: len(self.bus.told) > told, "it is told", 0.3)
        except AssertionError:
            pass
        return self.gauge.focus()

    def open_row(self, name):
        """Activates a row of a list: with the keyboard, for GTK gives rows no action."""
        names = self.words(name)

        def row(tree):
            rows = [node for node in tree.find_all("list item")
                    if set(names) & {node.name, *node.labels()}]
            # The innermost: a row that opens has rows of its own.
            return next((node for node in rows if len(node.find_all("list item")) == 1), None)

        self.move_focus(row, f"row “{name}”")
        self.keyboard.press("Return")

    def entry(self, name):
        return self.get("text", name)

    def text(self, name):
        return self.entry(name).text()

    def fill(self, name, text):
        self.entry(name).set_text(text)

    def type(self, mnemonic, text):
        """Goes to an entry by its mnemonic and types over what is there."""
        self.keyboard.focus_topmost()
        self.keyboard.press(f"Alt_L+{mnemonic}")
        self.keyboard.press("Control_L+a")
        self.keyboard.type(text)

    def save_as(self, path, button="Save…"):
        """A button, then the desktop's own dialogue, where a path can be typed for a name."""
        self.press(button)
        self.wait(lambda tree: tree.window(1).find("text", self.words.of_gtk("_Name:")),
                  "the dialogue is open").set_text(str(path))
        self.wait(lambda tree: tree.window(1).sensitive_button(self.words.of_gtk("_Save")),
                  "the dialogue can be left").press()

    def screenshot(self, path):
        program = shutil.which("import")
        if program is not None:
            subprocess.run([program, "-window", "root", str(path)], check=False,
                           stderr=subprocess.DEVNULL)


def gauge_folder(program):
    """Where the build has put the module that answers the gauge, see gauge/gauge.c."""
    return str(pathlib.Path(program).parents[2] / "tests" / "gtk" / "gauge")


class Case(unittest.TestCase):
    """A test with wizards of its own. When it fails, it leaves a picture and the tree behind."""

    program = None
    maxDiff = None
    wizard = None

    def start(self, *options, environment=None, language=Language()):
        self.wizard = Wizard(self.program, *options, environment=environment, language=language)
        self.addCleanup(self.stop, self.wizard)
        return self.wizard

    def stop(self, wizard):
        wizard.kill()
        self.assertEqual(wizard.complaints(), [])

    def folder(self):
        folder = tempfile.TemporaryDirectory(prefix="wizard-")
        self.addCleanup(folder.cleanup)
        return pathlib.Path(folder.name)


class Tap(unittest.TestResult):
    """Test Anything Protocol, so that Meson counts each test."""

    def __init__(self):
        super().__init__()
        self.number = 0
        self.started = 0
        self.parts = []

    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()
        self.parts = []

    def name_of(self, test):
        # A class that could not be set up stands for all its tests.
        if not isinstance(test, unittest.TestCase):
            return str(test)
        return f"{type(test).__name__}.{test._testMethodName}"

    def line(self, word, test, error=None):
        self.number += 1
        print(f"{word} {self.number} - {self.name_of(test)}")
        self.comment(f"{time.monotonic() - self.started:.1f} s")
        if error is not None:
            self.comment("".join(traceback.format_exception(*error)))
        sys.stdout.flush()

    @staticmethod
    def comment(text):
        for line in text.splitlines():
            print("#", line)

    def addSuccess(self, test):
        self.line("ok", test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.line("not ok", test, error)
        if test.wizard is not None:
            self.show(test.wizard, test._testMethodName)

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        """Python's own result would count it as failed, and say nothing."""
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.parts.append(subtest._subDescription())
            self.comment("".join(traceback.format_exception(*error)))

    def stopTest(self, test):
        super().stopTest(test)
        if self.parts:
            self.line("not ok", test)
            self.comment(f"Failed for {', '.join(self.parts)}.")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.number += 1
        print(f"ok {self.number} - {self.name_of(test)} # SKIP {reason}", flush=True)

    def show(self, wizard, name):
        """What the wizard said and showed when the test gave up."""
        self.comment(f"It printed: {wizard.said()}")
        if wizard.process.poll() is not None:
            self.comment(f"It ended with {wizard.process.returncode}.")
            return
        self.comment("\n".join(line for line in wizard.snapshot().tree()
                               if "group “”" not in line))
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            wizard.screenshot(os.path.join(folder, f"{name}.png"))


def main(*cases):
    """Runs the tests of some classes: PROGRAM [TEST]... on the command line."""
    if len(sys.argv) < 2:
        raise SystemExit(f"{sys.argv[0]}: PROGRAM [TEST]...")
    Case.program = os.path.abspath(sys.argv[1])
    tests = [test for case in cases for test in unittest.defaultTestLoader.loadTestsFromTestCase(case)
             if not sys.argv[2:] or test._testMethodName in sys.argv[2:]]
    print(f"1..{len(tests)}", flush=True)
    result = Tap()
    unittest.TestSuite(tests).run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
