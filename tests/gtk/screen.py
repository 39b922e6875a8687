# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on the screen, from the accessibility bus.

It is asked directly: a snapshot of the whole tree takes a tenth of a second that way, and nothing in
between remembers what has changed since.
"""

import re
import time

from gi.repository import Gio, GLib

DEADLINE_S = 20
CALL_TIMEOUT_MS = 10_000

ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
COMPONENT = "org.a11y.atspi.Component"
EDITABLE = "org.a11y.atspi.EditableText"
EVENTS = "org.a11y.atspi.Event.Object"
PROPERTIES = "org.freedesktop.DBus.Properties"
TEXT = "org.a11y.atspi.Text"
NAME = GLib.Variant("(ss)", (ACCESSIBLE, "Name"))
DESCRIPTION = GLib.Variant("(ss)", (ACCESSIBLE, "Description"))
# An end of -1 is nothing at all to GTK 4.8.
WHOLE = GLib.Variant("(ii)", (0, 10_000))
REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
REGISTER = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry")
REGISTER = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry")

# Bits of AtspiStateType.
STATES = {"active": 1, "checked": 4, "editable": 7, "enabled": 8, "expanded": 10, "focusable": 11,
          "focused": 12, "modal": 16, "sensitive": 24, "showing": 25}
# GTK 4.8 takes the first bit, INVALID, for INVALID_ENTRY.
INVALID = 1 | 1 << 36

# AtspiRelationType.
RELATION_LABELLED_BY = 2
RELATION_DESCRIBED_BY = 18

# AtspiRole. Versions of GTK differ over a few, which are the same to us.
ROLES = {2: "alert", 7: "check box", 11: "combo box", 16: "dialog", 23: "window", 27: "image",
         29: "label", 31: "list", 32: "list item", 33: "menu", 35: "menu item", 37: "page tab",
         39: "group", 40: "text", 42: "progress bar", 43: "button", 44: "radio button",
         48: "scroll bar", 49: "scroll pane", 50: "separator", 52: "spin button", 55: "table",
         56: "table cell", 61: "text", 62: "button", 65: "tree", 66: "tree table", 67: "unknown",
         69: "window", 75: "application", 79: "text", 83: "heading", 20: "group", 85: "group",
         99: "group",         99: "group", 129: "button", 130: "check box"}

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
    name = name.strip()
    middle = len(name) // 2
    raw, seen = name[:middle], name[middle + 1:]
    return seen if "_" in raw and raw.replace("_", "", 1) == seen else name


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
        """Those with a role and a name, which may be a compiled expression or one of several."""
        def fits(node):
            if role is not None and node.role != role:
                return False
            if name is None:
                return True
            if isinstance(name, re.Pattern):
                return name.search(node.name)
            return node.name in name if isinstance(name, tuple) else node.name == name

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
        # They are told in the language of the program, but a button has no other.
        wanted = [name for name in names if len(names) == 1 or name in ("click", "activate", "toggle")]
        if not wanted:
            raise Gone(f"{self} cannot be pressed: {names}")
        self.call(ACTION, "DoAction", GLib.Variant("(i)", (names.index(wanted[0]),)))

    def extents(self):
        """Where it is in its window, which is in the corner of the screen, and how large."""
        return self.call(COMPONENT, "GetExtents", GLib.Variant("(u)", (1,)))[0]

    def middle(self):
        x, y, width, height = self.extents()
        return x + width / 2, y + height / 2

    def size(self):
        return self.extents()[2:]

    def text(self):
        """What is typed there. Of an entry row it is the row that tells GTK 4.8."""
        try:
            return self.call(TEXT, "GetText", WHOLE)[0]
        except Gone:
            row = next((node for node in self.ancestors() if node.role == "list item"), self)
            return row.call(TEXT, "GetText", WHOLE)[0]

    def set_text(self, text):
        if not self.call(EDITABLE, "SetTextContents", GLib.Variant("(s)", (text,)))[0]:
            raise AssertionError(f"{self} took no text")

    def current_name(self):
        return clean_name(self.call(PROPERTIES, "Get", NAME)[0])

    def description(self):
        return self.call(PROPERTIES, "Get", DESCRIPTION)[0]

    def related(self, relation):
        return dict(self.call(ACCESSIBLE, "GetRelationSet")[0]).get(relation, [])

    def descriptions(self):
        """The names of what describes it."""
        return [self.bus.snapshot(reference).name for reference in self.related(RELATION_DESCRIBED_BY)]


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
        # What the focus came to, as it was told: this is what a screen reader speaks.
        self.told = []
        self.connection.signal_subscribe(None, EVENTS, "StateChanged", None, "focused", 0,
                                         self.on_focused)
        # Newer versions of GTK tell only what somebody has asked for.
        self.call(*REGISTER, "RegisterEvent",
                  GLib.Variant("(sass)", ("object:state-changed:focused", [], "")))
        # Newer versions of GTK tell only what somebody has asked for.
        self.call(*REGISTER, "RegisterEvent",
                  GLib.Variant("(sass)", ("object:state-changed:focused", [], "")))

    def on_focused(self, connection, sender, path, interface, signal, parameters):
        _, gained, *_ = parameters.unpack()
        if gained:
            self.told.append((sender, path))

    def look_at(self, reference):
        """One object, without what is inside it."""
        node = Node(self, reference)
        node.role = ROLES.get(self.call(*reference, ACCESSIBLE, "GetRole")[0], "unknown")
        node.raw_name = self.call(*reference, PROPERTIES, "Get", NAME)[0]
        words = self.call(*reference, ACCESSIBLE, "GetState")[0]
        node.bits = words[0] | words[1] << 32
        if not node.raw_name:
            for label in node.related(RELATION_LABELLED_BY):
                node.raw_name = self.call(*label, TEXT, "GetText", WHOLE)[0]
        return node

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

        def ask(node, interface, method, arguments, answer, whom=None):
            def done(connection, result):
                waiting[0] -= 1
                try:
                    answer(node, connection.call_finish(result).unpack()[0])
                except GLib.Error:
                    pass  # gone meanwhile

            waiting[0] += 1
            self.connection.call(*(whom or node.reference), interface, method, arguments, None, 0,
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
            # Newer versions of GTK name some things by what labels them only.
            if not name and node.role != "label":
                ask(node, ACCESSIBLE, "GetRelationSet", None, set_labels)

        def set_labels(node, relations):
            for label in dict(relations).get(RELATION_LABELLED_BY, []):
                ask(node, TEXT, "GetText", WHOLE, set_label_text, label)

        def set_label_text(node, text):
            node.raw_name = text

        def set_children(node, references):
            node.children = [add(child, node) for child in references]

        root = add(reference, None)
        while waiting[0]:
            context.iteration(True)
        return root
