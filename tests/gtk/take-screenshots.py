#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures that README.md shows, of the real wizard in practice mode:

    meson compile -C build screenshots

Arguments: the wizard, and the folder for the pictures. Needs ImageMagick's `import`.
"""

import pathlib
import shutil
import sys

import wizard as driver

WIDTH, HEIGHT = 640, 660


def take(path):
    program = shutil.which("import")
    if program is None:
        raise SystemExit("take-screenshots: ImageMagick is missing")
    # Without a window manager the window is in the corner of the screen.
    driver.subprocess.run([program, "-window", "root", "-crop", f"{WIDTH}x{HEIGHT}+0+0",
                           "+repage", str(path)], check=True)


def main(program, folder):
    folder = pathlib.Path(folder)
    wizard = driver.Wizard(program, "--practice")
    try:
        wizard.open_row("works@optonline.net")
        wizard.page("Your account")
        wizard.fill("Email address", "jane.doe@optonline.net")
        take(folder / "account.png")
        wizard.press("Check")
        wizard.heading("Your mail works")
        take(folder / "check.png")
    finally:
        wizard.kill()

    wizard = driver.Wizard(program, "--practice")
    try:
        wizard.open_row("Find out why mail does not work")
        wizard.open_row("works@optonline.net")
        wizard.page("Your settings")
        take(folder / "settings.png")
    finally:
        wizard.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
