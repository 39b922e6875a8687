# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Tab leads on a page, for somebody who has no pointer and looks at the screen."""

from screen import Gone, wait_until

# GTK rounds, and draws rings around things.
SLACK = 3

# What other widgets have the focus for.
CONTAINERS = ("GtkListBox", "GtkScrolledWindow", "GtkViewport", "GtkStack", "GtkFlowBox", "GtkListView",
              "GtkListItemWidget")


class Walk:
    """Once around a page by Tab. What is wrong with it is in `faults`."""

    def __init__(self, wizard, key="Tab"):
        self.wizard = wizard
        self.faults = []
        self.stops = []
        self.turns = []
        wizard.keyboard.focus_topmost()
        first = wizard.gauge.focus()
        last = None
        for _ in range(120):
            mark = wizard.press_to_move(key)
            widget = self.look(mark, last if key == "Tab" else None)
            if mark in [stop.mark for stop in self.stops]:
                break
            self.stops.append(widget)
            last = mark
        # From the end to the beginning; any other is against the order of reading.
        if len(self.turns) > 1:
            self.faults += self.turns
        if not first or first not in self.marks():
            self.faults.append(f"{key} does not come back to where it began")
        if mark != self.stops[0].mark:
            self.faults.append(f"{key} comes round to {self.stops[-1]} only")

    def marks(self):
        return [stop.mark for stop in self.stops]

    def look(self, mark, last):
        """The widget that has the focus, once it is in view, after the one that had it."""
        try:
            wait_until(lambda: self.is_in_view(mark), "it is in view", 1)
        except AssertionError:
            self.faults.append(f"not in view: {self.window(mark).find(mark)}")
        window = self.window(mark)
        widget, before = window.find(mark), window.find(last)
        if "focus-visible" not in widget.truths:
            self.faults.append(f"no ring around {widget}")
        if before is not None and not follows(before, widget):
            self.turns.append(f"{before} comes before {widget}")
        return widget

    def window(self, mark):
        window = next((window for window in self.wizard.gauge.windows() if window.find(mark)), None)
        if window is None:
            raise Gone("nothing has the focus")
        return window

    def is_in_view(self, mark):
        window = self.window(mark)
        widget = window.find(mark)
        top = header_bottom(window) if "scrolled-down" in widget.truths else 0
        # What is higher than the view cannot be seen as a whole.
        height = min(widget.height, window.height - top)
        return (widget.height > 0 and widget.bottom >= top + height - SLACK
                and widget.y <= window.height - height + SLACK)

    def missed(self):
        """What could have the focus and never gets it."""
        widgets = self.window(self.stops[0].mark).widgets
        controls = [widget for widget in widgets if widget.type == "GtkWindowControls"]
        stops = [widget for widget in widgets if widget.mark in self.marks()]
        return [widget for widget in widgets if "focusable" in widget.truths
                and widget.type not in CONTAINERS
                # They are the window manager's, and it has keys for them.
                and not any(is_inside(widget, control) for control in controls)
                # A row hands the focus on to what is in it, or takes it for the choice in it.
                and not any(is_inside(stop, widget) for stop in stops)
                and not (widget.type == "GtkCheckButton"
                         and any(is_inside(widget, stop) for stop in stops))]


def is_inside(inner, outer):
    return (outer.x - SLACK <= inner.x and inner.right <= outer.right + SLACK
            and outer.y - SLACK <= inner.y and inner.bottom <= outer.bottom + SLACK)


def header_bottom(window):
    bars = [widget for widget in window.widgets if widget.type in ("AdwHeaderBar", "GtkHeaderBar")]
    return bars[0].bottom - SLACK if bars else 0


def follows(before, after):
    """Whether AFTER is read after BEFORE: it is below, or inside, or further on in the same line."""
    if after.y >= before.bottom - SLACK or is_inside(after, before):
        return True
    if "from-right" in after.truths:
        return after.right <= before.x + SLACK
    return after.x >= before.right - SLACK
