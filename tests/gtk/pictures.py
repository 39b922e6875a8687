# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which pictures there are of the wizard: of every page, in every guise."""

# Picture -> the page that it shows, as in src/gtk/pages/opt-PAGE-page.ui.
PAGES = {
    "welcome": "welcome",
    "account": "account",
    "servers": "servers",
    "check-running": "check",
    "check-works": "check",
    "check-refused": "check",
    "check-partly": "check",
    "delivery-on-its-way": "check",
    "delivery-stopped": "check",
    "delivery-refused": "check",
    "delivery-arrived": "check",
    "question": "account",
    "save": "save",
    "export": "export",
    "programs": "programs",
    "client": "client",
    "code": "client",
    "done": "done",
    "found": "found",
    "review": "review",
    "new-password": "new-password",
}

GUISES = ("light", "dark", "right-to-left", "narrow")


def size(guise):
    """Width and height in pixels."""
    return (360, 640) if guise == "narrow" else (640, 660)


def files():
    """Name -> size of each."""
    return {f"{picture}-{guise}.png": size(guise) for picture in PAGES for guise in GUISES}
