# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the wizard as somebody does with a screen reader and a keyboard.

What is on the screen comes from the accessibility bus, asked directly: a snapshot of the whole tree
takes a tenth of a second that way, and nothing in between remembers what has changed since. Keys go
through the X server. Nothing sleeps: waiting is asking again until a deadline.
"""

import ctypes
import ctypes.util
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

from gi.repository import Gio, GLib

DEADLINE_S = 20
CALL_TIMEOUT_MS = 10_000

ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
EDITABLE = "org.a11y.atspi.EditableText"
PROPERTIES = "org.freedesktop.DBus.Properties"
TEXT = "org.a11y.atspi.Text"
NAME = GLib.Variant("(ss)", (ACCESSIBLE, "Name"))
DESCRIPTION = GLib.Variant("(ss)", (ACCESSIBLE, "Description"))
REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")

# Bits of AtspiStateType.
STATES = {"active": 1, "checked": 4, "editable": 7, "enabled": 8, "expanded": 10, "focusable": 11,
          "focused": 12, "modal": 16, "sensitive": 24, "showing": 25}
# GTK 4.8 takes the first bit, INVALID, for INVALID_ENTRY.
INVALID = 1 | 1 << 36

# AtspiRelationType.
RELATION_DESCRIBED_BY = 18

# AtspiRole. Versions of GTK differ over a few, which are the same to us.
ROLES = {2: "alert", 7: "check box", 11: "combo box", 16: "dialog", 23: "window", 27: "image",
         29: "label", 31: "list", 32: "list item", 33: "menu", 35: "menu item", 37: "page tab",
         39: "group", 40: "text", 42: "progress bar", 43: "button", 44: "radio button",
         48: "scroll bar", 49: "scroll pane", 50: "separator", 52: "spin button", 55: "table",
         56: "table cell", 61: "text", 62: "button", 65: "tree", 66: "tree table", 67: "unknown",
         69: "window", 75: "application", 79: "text", 83: "heading", 20: "group", 85: "group",
         129: "button", 130: "check box"}

# Roles that say nothing.
PLAIN = ("group", "image", "scroll bar", "separator")

# For want of a name, GTK 4.8 gives the type.
TYPE_NAME = re.compile("^(Gtk|Adw)[A-Z][A-Za-z]+$|^Opt[A-Z][A-Za-z]*(Window|Page|Row|Group)$")


class Gone(Exception):
    """What was asked for is not there any more, or not yet."""


def wait_until(condition, what, deadline_s=DEADLINE_S):
    """The first value of CONDITION that is true. A condition may raise Gone for "not yet"."""
    end = time.monotonic() + deadline_s
    while True:
        try:
            value = condition()
        except Gone:
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {deadline_s} s in vain until {what}")
        pump()


def pump(milliseconds=10):
    """Lets time pass in the main context."""
    context = GLib.MainContext.default()
    over = []
    GLib.timeout_add(milliseconds, over.append, True)
    while not over:
        context.iteration(True)


def clean_name(name):
    """What a person would call it: in GTK's own dialogues a button is "_Save Save" to GTK 4.8."""
    if TYPE_NAME.match(name):
        return ""
    raw, _, seen = name.strip().partition(" ")
    return seen if "_" in raw and raw.replace("_", "", 1) == seen else name.strip()


class Node:
    """One accessible object as it was in a snapshot."""

    def __init__(self, bus, reference):
        self.bus = bus
        self.reference = reference
        self.role = ""
        self.raw_name = ""
        self.bits = 0
        self.children = []
        self.parent = None

    @property
    def name(self):
        return clean_name(self.raw_name)

    def __str__(self):
        states = " ".join(name for name in STATES if self.has(name)
                          and name not in ("enabled", "sensitive", "focusable"))
        disabled = "" if self.has("sensitive") else " insensitive"
        focusable = " focusable" if self.has("focusable") else ""
        return f"{self.role} “{self.name}” {states}{focusable}{disabled}".rstrip()

    def has(self, state):
        return bool(self.bits >> STATES[state] & 1)

    def is_invalid(self):
        return bool(self.bits & INVALID)

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self):
        node = self
        while node is not None:
            yield node
            node = node.parent

    def focused(self):
        return next((node for node in self.walk() if node.has("focused")), None)

    def find_all(self, role=None, name=None):
        """Those with a role and a name, which may be a compiled expression."""
        def fits(node):
            if role is not None and node.role != role:
                return False
            if name is None:
                return True
            return name.search(node.name) if isinstance(name, re.Pattern) else node.name == name

        return [node for node in self.walk() if fits(node)]

    def find(self, role=None, name=None):
        found = self.find_all(role, name)
        if not found:
            raise Gone(f"no {role} “{name}”")
        return found[0]

    def sensitive_button(self, name):
        return next((node for node in self.find_all("button", name) if node.has("sensitive")), None)

    def window(self, number):
        """Of the whole tree: its windows in the order in which they were opened."""
        if number >= len(self.children):
            raise Gone(f"no window {number}")
        return self.children[number]

    def labels(self):
        """The words on it, without those of buttons."""
        return [node.name for node in self.walk() if node.role in ("label", "heading")
                and node.name and node.parent.role != "button"]

    def tree(self, depth=0):
        lines = [f"{'  ' * depth}{self}"]
        for child in self.children:
            lines.extend(child.tree(depth + 1))
        return lines

    def call(self, interface, method, arguments=None):
        sender, path = self.reference
        return self.bus.call(sender, path, interface, method, arguments)

    def actions(self):
        try:
            return [action[0].lower() for action in self.call(ACTION, "GetActions")[0]]
        except Gone:
            return []

    def press(self):
        names = self.actions()
        for wanted in "click", "activate", "toggle":
            if wanted in names:
                self.call(ACTION, "DoAction", GLib.Variant("(i)", (names.index(wanted),)))
                return
        raise Gone(f"{self} cannot be pressed: {names}")

    def text(self):
        # An end of -1 is nothing at all to GTK 4.8.
        return self.call(TEXT, "GetText", GLib.Variant("(ii)", (0, 10_000)))[0]

    def set_text(self, text):
        if not self.call(EDITABLE, "SetTextContents", GLib.Variant("(s)", (text,)))[0]:
            raise AssertionError(f"{self} took no text")

    def current_name(self):
        return clean_name(self.call(PROPERTIES, "Get", NAME)[0])

    def description(self):
        return self.call(PROPERTIES, "Get", DESCRIPTION)[0]

    def descriptions(self):
        """The names of what describes it."""
        related = dict(self.call(ACCESSIBLE, "GetRelationSet")[0]).get(RELATION_DESCRIBED_BY, [])
        return [self.bus.snapshot(reference).name for reference in related]


def keys_towards(here, there):
    """Within a list the arrows lead from row to row, and Tab from one thing to the next."""
    if here is None:
        return ["Tab"]
    rows = [node for node in here.ancestors() if node.role == "list item"]
    goals = [node for node in there.ancestors() if node.role == "list item"]
    if rows and goals and rows[0].parent is goals[0].parent and rows[0] is not goals[0]:
        siblings = [node for node in rows[0].parent.children if node.role == "list item"]
        steps = siblings.index(goals[0]) - siblings.index(rows[0])
        return ["Down" if steps > 0 else "Up"] * abs(steps)
    return ["Tab"]


class Bus:
    """The accessibility bus."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = wait_until(lambda: self.ask_address(session), "the accessibility bus is up")
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    @staticmethod
    def ask_address(session):
        try:
            return session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                     None, None, 0, CALL_TIMEOUT_MS, None).unpack()[0]
        except GLib.Error:
            return None

    def call(self, sender, path, interface, method, arguments=None):
        try:
            return self.connection.call_sync(sender, path, interface, method, arguments, None, 0,
                                             CALL_TIMEOUT_MS, None).unpack()
        except GLib.Error as error:
            raise Gone(f"{method}: {error.message}") from error

    def find_application(self, pid):
        for sender, path in self.call(*REGISTRY, ACCESSIBLE, "GetChildren")[0]:
            owner = self.call("org.freedesktop.DBus", "/org/freedesktop/DBus",
                              "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                              GLib.Variant("(s)", (sender,)))
            if owner[0] == pid:
                return sender, path
        return None

    def snapshot(self, reference):
        """The tree below REFERENCE. All questions are on their way at once."""
        waiting = [0]
        context = GLib.MainContext.default()

        def ask(node, interface, method, arguments, answer):
            def done(connection, result):
                waiting[0] -= 1
                try:
                    answer(node, connection.call_finish(result).unpack()[0])
                except GLib.Error:
                    pass  # gone meanwhile

            waiting[0] += 1
            self.connection.call(*node.reference, interface, method, arguments, None, 0,
                                 CALL_TIMEOUT_MS, None, done)

        def add(reference, parent):
            node = Node(self, reference)
            node.parent = parent
            ask(node, ACCESSIBLE, "GetRole", None, set_role)
            ask(node, ACCESSIBLE, "GetChildren", None, set_children)
            return node

        def set_role(node, role):
            node.role = ROLES.get(role, f"role {role}")
            # Most are boxes and pictures, of which there is no more to know.
            if node.role not in PLAIN:
                ask(node, PROPERTIES, "Get", NAME, set_name)
            if node.role not in PLAIN and node.role != "label":
                ask(node, ACCESSIBLE, "GetState", None, set_state)

        def set_state(node, words):
            node.bits = words[0] | words[1] << 32

        def set_name(node, name):
            node.raw_name = name

        def set_children(node, references):
            node.children = [add(child, node) for child in references]

        root = add(reference, None)
        while waiting[0]:
            context.iteration(True)
        return root


class Keyboard:
    """Keys as the X server sends them, to whatever window has the focus."""

    SHIFT = "Shift_L"

    def __init__(self):
        self.x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self.test = ctypes.CDLL(ctypes.util.find_library("Xtst") or "libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XStringToKeysym.restype = ctypes.c_ulong
        self.x.XkbKeycodeToKeysym.restype = ctypes.c_ulong
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        # A window may close while it is asked; without a handler of ours that would end the test.
        handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
        self.ignore = handler(lambda display, event: 0)
        self.x.XSetErrorHandler(self.ignore)
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        if not self.display:
            raise RuntimeError("no display")

    def event(self, keysym_name, down):
        keysym = self.x.XStringToKeysym(keysym_name.encode())
        keycode = self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(keysym))
        if not keycode:
            raise AssertionError(f"there is no key {keysym_name}")
        self.test.XTestFakeKeyEvent(self.display, keycode, down, 0)

    def type(self, text):
        """Characters of Latin-1 that the layout has."""
        for character in text:
            keysym = ctypes.c_ulong(ord(character))
            keycode = self.x.XKeysymToKeycode(self.display, keysym)
            if not keycode:
                raise AssertionError(f"there is no key for {character}")
            plain = self.x.XkbKeycodeToKeysym(self.display, keycode, 0, 0)
            shift = plain != ord(character)
            if shift:
                self.event(self.SHIFT, 1)
            self.test.XTestFakeKeyEvent(self.display, keycode, 1, 0)
            self.test.XTestFakeKeyEvent(self.display, keycode, 0, 0)
            if shift:
                self.event(self.SHIFT, 0)
        self.x.XSync(self.display, 0)

    def press(self, combination):
        """A key such as Tab, or several as in Shift_L+Tab."""
        names = combination.split("+")
        for name in names:
            self.event(name, 1)
        for name in reversed(names):
            self.event(name, 0)
        self.x.XSync(self.display, 0)

    def windows(self):
        """What is on the screen, the topmost last."""
        root = ctypes.c_ulong()
        parent = ctypes.c_ulong()
        children = ctypes.POINTER(ctypes.c_ulong)()
        number = ctypes.c_uint()
        self.x.XQueryTree(self.display, ctypes.c_ulong(self.x.XDefaultRootWindow(self.display)),
                          ctypes.byref(root), ctypes.byref(parent), ctypes.byref(children),
                          ctypes.byref(number))
        found = [children[i] for i in range(number.value)]
        if found:
            self.x.XFree(children)
        return [window for window in found if self.takes_focus(window)]

    def takes_focus(self, window):
        class Attributes(ctypes.Structure):
            """XWindowAttributes, named as far as it is read."""
            _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int),
                        ("height", ctypes.c_int), ("border_width", ctypes.c_int),
                        ("depth", ctypes.c_int), ("visual", ctypes.c_void_p),
                        ("root", ctypes.c_ulong), ("window_class", ctypes.c_int),
                        ("bit_gravity", ctypes.c_int), ("win_gravity", ctypes.c_int),
                        ("backing_store", ctypes.c_int), ("backing_planes", ctypes.c_ulong),
                        ("backing_pixel", ctypes.c_ulong), ("save_under", ctypes.c_int),
                        ("colormap", ctypes.c_ulong), ("map_installed", ctypes.c_int),
                        ("map_state", ctypes.c_int), ("all_event_masks", ctypes.c_long),
                        ("your_event_mask", ctypes.c_long),
                        ("do_not_propagate_mask", ctypes.c_long),
                        ("override_redirect", ctypes.c_int), ("screen", ctypes.c_void_p)]

        attributes = Attributes()
        if not self.x.XGetWindowAttributes(self.display, ctypes.c_ulong(window),
                                           ctypes.byref(attributes)):
            return False
        return attributes.map_state == 2 and not attributes.override_redirect

    def focus_topmost(self):
        """What a window manager would do. True when there is a window."""
        windows = self.windows()
        if windows:
            self.x.XSetInputFocus(self.display, ctypes.c_ulong(windows[-1]), 1, 0)
            self.x.XSync(self.display, 0)
        return bool(windows)


class Wizard:
    """The program, running."""

    bus = None
    keyboard = None

    def __init__(self, program, *options, environment=None):
        if Wizard.bus is None:
            Wizard.bus = Bus()
            Wizard.keyboard = Keyboard()
        self.errors = tempfile.NamedTemporaryFile("w+", prefix="wizard-", suffix=".log")
        self.process = subprocess.Popen([program, *options], stdin=subprocess.DEVNULL,
                                        stdout=self.errors, stderr=self.errors,
                                        cwd=os.environ["HOME"],
                                        env={**os.environ, **(environment or {})})
        self.reference = None
        try:
            self.reference = wait_until(self.find_itself, "the wizard's window is open")
            wait_until(self.keyboard.focus_topmost, "the window is on the screen")
        except AssertionError:
            self.kill()
            raise

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
                if re.search("CRITICAL|WARNING|ERROR|runtime error|Sanitizer", line)]

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
        return self.wait(lambda tree: tree.find(role, name), f"there is a {role} “{name}”",
                         deadline_s)

    def page(self, title, deadline_s=DEADLINE_S):
        """The tree, once the header bar shows a title, which is the first of all labels."""
        tree = self.wait(lambda tree: tree, "there is a tree")
        first = next(node for node in tree.walk() if node.role == "label"
                     and node.parent.role != "button")
        if first.name != title:
            wait_until(lambda: first.current_name() == title, f"page “{title}” is shown",
                       deadline_s)
            tree = self.snapshot()
        return tree

    def heading(self, text, deadline_s=DEADLINE_S):
        return self.get("heading", text, deadline_s)

    def label(self, text, deadline_s=DEADLINE_S):
        return self.get("label", text, deadline_s)

    def press(self, name):
        """A button, once it can be pressed."""
        self.wait(lambda tree: tree.sensitive_button(name),
                  f"button “{name}” can be pressed").press()

    def focused(self):
        return self.snapshot().focused()

    def move_focus(self, find, what):
        """Moves the focus by Tab and the arrow keys, for GTK 4.8 takes no other request, to the
        object that FIND, a function of the tree, gives."""
        self.keyboard.focus_topmost()
        for _ in range(60):
            tree = self.snapshot()
            here, there = tree.focused(), find(tree)
            if there is None:
                pump()
            elif here is not None and here in there.walk():
                return there
            else:
                self.keys(here, *keys_towards(here, there))
        raise AssertionError(f"no key leads to {what}")

    def keys(self, before, *names):
        """Presses keys that move the focus from BEFORE, and says what has it then.

        While it is in an entry row it is nowhere: libadwaita 1.2 does not tell."""
        for name in names:
            self.keyboard.press(name)
        try:
            return wait_until(lambda: self.moved_from(before), "the focus moves", 0.3)[0]
        except AssertionError:
            return None

    def moved_from(self, before):
        """What has the focus now, in a tuple, unless nothing has changed."""
        now = self.focused()
        if before is None or now is None:
            return None if before is now else (now,)
        return (now,) if now.reference != before.reference else None

    def open_row(self, name):
        """Activates a row of a list: with the keyboard, for GTK gives rows no action."""
        def row(tree):
            rows = [node for node in tree.find_all("list item")
                    if name in (node.name, *node.labels())]
            # The innermost: a row that opens has rows of its own.
            return next((node for node in rows if len(node.find_all("list item")) == 1), None)

        self.wait(row, f"there is a row “{name}”")
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
        self.wait(lambda tree: tree.window(1).find("text", "Name:"),
                  "the dialogue is open").set_text(str(path))
        self.wait(lambda tree: tree.window(1).sensitive_button("Save"),
                  "the dialogue can be left").press()

    def screenshot(self, path):
        program = shutil.which("import")
        if program is not None:
            subprocess.run([program, "-window", "root", str(path)], check=False,
                           stderr=subprocess.DEVNULL)


class Case(unittest.TestCase):
    """A test with wizards of its own. When it fails, it leaves a picture and the tree behind."""

    program = None
    maxDiff = None
    wizard = None

    def start(self, *options, environment=None):
        self.wizard = Wizard(self.program, *options, environment=environment)
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

    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()

    def line(self, word, test, error=None):
        self.number += 1
        print(f"{word} {self.number} - {type(test).__name__}.{test._testMethodName}")
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

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.number += 1
        print(f"ok {self.number} - {type(test).__name__}.{test._testMethodName} # SKIP {reason}",
              flush=True)

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
