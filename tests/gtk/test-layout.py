#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole wizard in one language, page by page, in the smallest window that there is, where no word
may be cut off and nothing stick out. With text of twice the size as well: in English everywhere, and
in a narrow window too, in other languages where the longest titles are:

    tests/gtk/run-wizard-test tests/gtk/test-layout.py build/src/gtk/optsetup LANGUAGE [TEST]...
"""

import os
import pathlib
import re
import sys

import tour
import wizard as driver
from language import Language, Translation

SMALLEST = (360, 294)
USUAL = (640, 660)
PHONE = (360, 640)
# All tours in all languages would take minutes more.
LONG_TITLES = ("account", "servers", "found")

language = Language()


class Measured(driver.Case):
    """At a size of the window and of its text."""

    size = None
    text_percent = 100

    def go(self, name):
        driver.Wizard.connect()
        driver.Wizard.keyboard.set_text_size(self.text_percent)
        self.addCleanup(driver.Wizard.keyboard.set_text_size, 100)
        wizard = tour.start(self, name, language=language)
        wizard.keyboard.resize(*self.size)
        tour.TOURS[name](wizard, self.look)

    def look(self, name):
        """What is wrong with the page, as soon as it has come to rest."""
        with self.subTest(name):
            try:
                driver.wait_until(lambda: not self.faults(), "all is in its place", 2)
            except AssertionError:
                self.assertEqual(self.faults(), [])

    def faults(self):
        windows = self.wizard.gauge.windows()
        return [fault for window in windows for fault in (*window.faults(), *self.too_large(window),
                                                          *self.wrong_way(window))]

    def too_large(self, window):
        width, height = self.size
        if window.least_width > width or window.least_height > height:
            yield f"needs {window.least_width}×{window.least_height}"

    def wrong_way(self, window):
        """Back is where reading begins. An address is read from the left in every language, and so is
        what is in a file."""
        for widget in window.labels(language("Back")):
            if (widget.x > window.width / 2) != language.from_right:
                yield f"on the wrong side: {widget}"
        for widget in window.widgets:
            if "read-from-right" in widget.truths and re.search("[A-Za-z]", widget.text):
                yield f"read from the right: {widget}"
            # A number has no direction.
            if widget.text.isdigit():
                continue
            from_right = language.from_right and "of-file" not in widget.truths
            if from_right != ("from-right" in widget.truths):
                yield f"in the wrong direction: {widget}"


class Layout(Measured):
    """In the smallest window."""

    size = SMALLEST


class LargeText(Measured):
    """With text of twice the size, in a window as it is at first."""

    size = USUAL
    text_percent = 200


class LargeTextNarrow(Measured):
    """With text of twice the size, in a window as wide as a phone."""

    size = PHONE
    text_percent = 200


def add_tests(case, names):
    for name in names:
        def test(self, name=name):
            self.go(name)

        setattr(case, f"test_{name}", test)


def main():
    global language
    code = sys.argv.pop(2) if len(sys.argv) > 2 else language.code
    if code != language.code:
        try:
            language = Translation(code, pathlib.Path(sys.argv[1]).resolve().parents[2])
        except LookupError as error:
            if os.environ.get("CI") == "true":
                raise
            print(f"1..0 # SKIP {error}")
            return
    add_tests(Layout, tour.TOURS)
    if code == Language.code:
        add_tests(LargeText, tour.TOURS)
        add_tests(LargeTextNarrow, tour.TOURS)
    else:
        add_tests(LargeText, LONG_TITLES)
    driver.main(Layout, LargeText, LargeTextNarrow)


if __name__ == "__main__":
    main()
