# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard in another language: where it finds it, and what the tests' English is there."""

import gettext
import os
import pathlib
import re
import shutil
import subprocess

# The locale that each translation is looked at in.
LOCALES = {"ar": "ar_EG", "es": "es_ES", "ru": "ru_RU", "zh_CN": "zh_CN"}

DIRECTIVE = re.compile(r"%(?:(\d)\$)?'?(?:\.\d)?[a-z]+")


class Language:
    """English, as the wizard is written."""

    environment = {}
    from_right = False

    def __call__(self, text):
        """What stands on the screen for TEXT, or for a compiled expression, which stays."""
        return text

    @staticmethod
    def of_gtk(text):
        """The same for GTK's own dialogues."""
        return seen(text)


class Translation(Language):
    """One of the translations that are built, with its locale made in FOLDER."""

    def __init__(self, code, build, folder):
        self.from_right = code == "ar"
        self.environment = {
            "LANGUAGE": code,
            "LC_ALL": make_locale(LOCALES[code], folder),
            "LOCPATH": str(folder),
            "OPT_LOCALE_DIR": str(pathlib.Path(build) / "po"),
        }
        self.gtk = gettext.translation("gtk40", "/usr/share/locale", [code], fallback=True)
        words = gettext.translation("optsetup", pathlib.Path(build) / "po", [code])
        # All of it at once, as no call of gettext's looks words up without their mnemonic.
        self.whole = {seen(english): seen(local) for english, local in pairs(words._catalog)}
        self.patterns = [(expression(english), local) for english, local in self.whole.items()
                         if DIRECTIVE.search(english)]

    def __call__(self, text):
        if not isinstance(text, str) or text in self.whole:
            return self.whole.get(text, text)
        found = [(english, local) for english, local in self.patterns if english.fullmatch(text)]
        # What leaves the least to be filled in.
        best = max(found, key=lambda pair: len(pair[0].pattern), default=None)
        return fill_in(best[1], best[0].fullmatch(text).groups()) if best is not None else text

    def of_gtk(self, text):
        return seen(self.gtk.gettext(text))


def seen(text):
    """Without the sign for a mnemonic."""
    return text.replace("_", "", 1)


def pairs(catalogue):
    for key, local in catalogue.items():
        english = key[0] if isinstance(key, tuple) else key
        yield english.rpartition("\x04")[2], local


def expression(english):
    """Fits ENGLISH with anything in the place of its directives."""
    parts = [re.escape(part) for part in DIRECTIVE.split(english)[::2]]
    return re.compile("(.+?)".join(parts))


def fill_in(local, values):
    remaining = iter(values)

    def fill(directive):
        number = directive.group(1)
        return values[int(number) - 1] if number else next(remaining)

    return DIRECTIVE.sub(fill, local)


def make_locale(name, folder):
    """Its full name; it is there for programs that have FOLDER as their LOCPATH."""
    full = f"{name}.UTF-8"
    program = shutil.which("localedef", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/bin")
    if program is None:
        raise RuntimeError("localedef is missing")
    # It warns of what it does not know, and then fails, having written the locale.
    subprocess.run([program, "-c", "-i", name, "-f", "UTF-8", str(pathlib.Path(folder) / full)],
                   check=False, capture_output=True)
    if not (pathlib.Path(folder) / full / "LC_CTYPE").exists():
        raise RuntimeError(f"there is no locale {name}")
    return full
