#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes a picture of every page of the real wizard, with the practice server, in every guise:

    meson compile -C build screenshots

Arguments: the wizard, the folder for the pictures, and the names of guises, or else all are taken.
Needs ImageMagick's `import` and `convert`.
"""

import contextlib
import os
import pathlib
import shutil
import sys
import tempfile

import old_settings
import pictures
import tour
import wizard as driver
from language import Language, Translation
from practice import PASSWORD

ADDRESS = "jane.doe@optonline.net"
# What a computer has that nobody has to look for.
PROGRAMS = "thunderbird", "evolution", "geary"

# Pictures in a row that have to be the same before the last is kept; and after how many what never
# rests, as a page does that counts seconds, is taken as it is.
AT_REST = 3
ATTEMPTS = 12


class Camera:
    """One guise of the wizard, and where its pictures go."""

    def __init__(self, program, folder, guise):
        self.program = program
        self.folder = folder
        self.last = None
        self.guise = guise
        self.size = pictures.size(guise)
        self.environment = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if guise == "dark"
                            else "prefer-light"}
        self.language = Language()
        if guise == "right-to-left":
            self.language = Translation("ar", pathlib.Path(program).resolve().parents[2])

    @contextlib.contextmanager
    def wizard(self, *options, **environment):
        wizard = driver.Wizard(self.program, *options, language=self.language,
                               environment={**self.environment, **environment})
        try:
            # The pointer would point at something in the middle of the screen.
            wizard.keyboard.move(10_000, 10_000)
            wizard.keyboard.resize(*self.size)
            yield wizard
        finally:
            wizard.kill()
        if wizard.complaints():
            raise SystemExit(f"take-screenshots: {wizard.complaints()}")

    def shoot(self, path):
        # Without a window manager the window is in the corner of the screen.
        driver.subprocess.run(["import", "-window", "root", "-crop", "{}x{}+0+0".format(*self.size),
                               "+repage", "-strip", str(path)], check=True)
        return path.read_bytes()

    def put_in_the_middle(self, wizard):
        """The topmost window, over the wizard's own, as a window manager would."""
        keyboard = wizard.keyboard
        x, y = ((whole - part) // 2 for whole, part in zip(self.size, keyboard.size()))
        keyboard.place(keyboard.windows()[-1], x, y)

    def wait_for_rest(self, path):
        """A page is on the screen some time after it has told of itself; no two look the same."""
        before = self.last
        driver.wait_until(lambda: self.shoot(path) != before, "the page is on the screen")
        same = 1
        for _ in range(ATTEMPTS):
            last, self.last = self.last, self.shoot(path)
            same = same + 1 if self.last == last else 1
            if same == AT_REST:
                break

    def take(self, name):
        """Few colours make a small file; there are no photographs in the wizard."""
        if name not in pictures.PAGES:
            raise SystemExit(f"take-screenshots: {name} is not in pictures.py")
        with tempfile.TemporaryDirectory(prefix="picture-") as folder:
            path = pathlib.Path(folder) / "picture.png"
            self.wait_for_rest(path)
            driver.subprocess.run(["convert", str(path), "+dither", "-colors", "255", "-strip",
                                   f"PNG8:{self.folder / f'{name}-{self.guise}.png'}"], check=True)


def begin(camera, home):
    """A computer that has been used before, and not for practice."""
    old_settings.write_saved(home)
    old_settings.write_thunderbird(home)
    with camera.wizard(**old_settings.environment(home)) as wizard:
        wizard.label("Your accounts")
        camera.take("welcome")
        wizard.press(f"Check {old_settings.JANE}")
        wizard.arrive("Your settings")
        wizard.press("New password…")
        wizard.arrive("New password")
        camera.take("new-password")


def check(camera):
    with camera.wizard("--practice") as wizard:
        tour.go_to_account(wizard)
        tour.check(wizard, "slow@optonline.net", "Checking your mail…")
        camera.take("check-running")
        wizard.press("Cancel")
        wizard.arrive("Your account")
        for address, heading, picture in (
                ("wrong-password@optonline.net", "Your password was not accepted", "check-refused"),
                ("old-certificate@optonline.net", "Receiving works, sending does not",
                 "check-partly")):
            tour.check(wizard, address, heading,
                       "mistyped" if address.startswith("wrong") else PASSWORD)
            camera.take(picture)
            tour.start_again(wizard)
        wizard.fill("Email address", "jane@localhost")
        wizard.press("Enter servers myself")
        wizard.arrive("Servers")
        camera.take("servers")
        tour.set_text(wizard, "Server", "mail.example.com")
        wizard.press("Use these")
        wizard.arrive("Your account")
        wizard.press("Check")
        wizard.wait(lambda tree: tree.window(1).focused(), "the question is asked")
        camera.put_in_the_middle(wizard)
        camera.take("question")


def send(wizard):
    """From the result of a check, with the keyboard, so that what comes of it is in view."""
    button = wizard.words("Send myself a test message")
    wizard.move_focus(lambda tree: tree.sensitive_button(button), "the button")
    wizard.keyboard.press("Return")


def deliver(camera):
    """The test message, in each state."""
    with camera.wizard("--practice") as wizard:
        tour.go_to_account(wizard)
        tour.check(wizard, "on-its-way@optonline.net", "Your mail works")
        send(wizard)
        tour.wait_for_delivery(wizard)
        camera.take("delivery-on-its-way")
        wizard.press("Cancel")
        wizard.get("button", "Look again")
        camera.take("delivery-stopped")
        for address, heading, picture in (
                ("scanner@optonline.net", "Your test message was not sent", "delivery-refused"),
                (ADDRESS, "Your test message arrived", "delivery-arrived")):
            tour.start_again(wizard)
            tour.check(wizard, address, "Your mail works")
            send(wizard)
            wizard.label(heading)
            camera.take(picture)


def hand_over(camera, path):
    """From an address to the end, on a computer with some programs."""
    with camera.wizard("--practice", PATH=str(path)) as wizard:
        tour.go_to_account(wizard)
        wizard.fill("Your name", "Jane Doe")
        wizard.fill("Email address", ADDRESS)
        wizard.fill("Password", PASSWORD)
        wizard.label("This address belongs to Optonline. We know its servers; you need not.")
        camera.take("account")
        wizard.press("Check")
        wizard.heading("Your mail works")
        camera.take("check-works")
        wizard.press("Next")
        wizard.arrive("Your password")
        camera.take("save")
        wizard.press("Next")
        wizard.arrive("Use your mail")
        camera.take("export")
        for client, picture in (("Thunderbird", "client"),
                                ("Thunderbird for Android (QR code)", "code")):
            wizard.open_row(client)
            wizard.arrive(client)
            camera.take(picture)
            wizard.press("Back")
            wizard.arrive("Use your mail")
        wizard.open_row("More programs")
        wizard.arrive("More programs")
        camera.take("programs")
        wizard.press("Back")
        wizard.arrive("Use your mail")
        wizard.press("Done")
        wizard.arrive("Done")
        camera.take("done")


def find(camera):
    with camera.wizard("--practice") as wizard:
        wizard.open_row("Find out why mail does not work")
        wizard.arrive("Mail programs")
        camera.take("found")
        wizard.open_row("works@optonline.net")
        wizard.arrive("Your settings")
        camera.take("review")


def take_all(camera):
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        home, path = pathlib.Path(folder) / "home", pathlib.Path(folder) / "bin"
        home.mkdir()
        path.mkdir()
        for name in PROGRAMS:
            (path / name).write_text("#!/bin/false\n")
            (path / name).chmod(0o755)
        begin(camera, home)
        find(camera)
        check(camera)
        deliver(camera)
        hand_over(camera, path)


def main(program, folder, *guises):
    for name in "import", "convert":
        if shutil.which(name) is None:
            raise SystemExit("take-screenshots: ImageMagick is missing")
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    for guise in guises or pictures.GUISES:
        take_all(Camera(os.path.abspath(program), folder, guise))
    if not guises:
        # What shows a page that is no more.
        for path in folder.glob("*.png"):
            if path.name not in pictures.files():
                path.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
