# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where everything in the wizard's windows is, and whether it is seen: gauge/gauge.c tells."""

import collections

from gi.repository import Gio, GLib

from screen import CALL_TIMEOUT_MS, Gone

NAME = "com.example.OptSetup.Gauge"
PATH = "/com/example/OptSetup/Gauge"

# The border of a window without a compositor is a part of it.
BORDER = 5


class Widget(collections.namedtuple("Widget", "mark type text x y width height truths")):
    """One widget as it was measured, from the upper left corner of its window."""

    @property
    def right(self):
        return self.x + self.width

    @property
    def bottom(self):
        return self.y + self.height

    def __str__(self):
        truths = " ".join(self.truths)
        return f"{self.type} “{self.text}” {self.width}×{self.height}+{self.x}+{self.y} {truths}"


class Window(collections.namedtuple("Window", "title width height least_width least_height "
                                              "widgets")):
    """One window with all that is seen in it, from the outside in."""

    def find(self, mark):
        return next((widget for widget in self.widgets if widget.mark == mark), None)

    def labels(self, texts):
        return [widget for widget in self.widgets if widget.text in texts]

    def faults(self):
        """What is not seen in full. What is said in full elsewhere in the window is no fault."""
        cut = [widget for widget in self.widgets if {"ellipsized", "clipped"} & set(widget.truths)]
        whole = {widget.text for widget in self.widgets if widget not in cut}
        return [*(f"cut off: {widget}" for widget in cut if widget.text not in whole),
                *(f"no such icon: {widget}" for widget in self.widgets
                  if "lacks-icon" in widget.truths),
                *(f"sticks out: {widget}" for widget in self.widgets if self.sticks_out(widget))]

    def sticks_out(self, widget):
        across = "scrolled-across" not in widget.truths
        down = "scrolled-down" not in widget.truths
        return (across and (widget.x < -BORDER or widget.right > self.width + BORDER)
                or down and (widget.y < -BORDER or widget.bottom > self.height + BORDER))


class Gauge:
    """Asks the wizard that has a process id."""

    def __init__(self, pid):
        self.session = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.name = f"{NAME}.p{pid}"

    def call(self, method):
        try:
            return self.session.call_sync(self.name, PATH, NAME, method, None, None, 0,
                                          CALL_TIMEOUT_MS, None).unpack()[0]
        except GLib.Error as error:
            raise Gone(f"{method}: {error.message}") from error

    def windows(self):
        """Those that are on the screen."""
        windows = [Window(*window[:-1], [Widget(*widget) for widget in window[-1]])
                   for window in self.call("Measure")]
        return [window for window in windows if window.widgets]

    def title(self):
        """What the wizard's own window is called, which is what its page is."""
        return next(window.title for window in self.windows()
                    if window.widgets[0].type == "OptWindow")

    def focus(self):
        """The mark of what has the focus, or nothing."""
        return self.call("Focus")
