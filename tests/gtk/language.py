# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard in another language: where it finds it, and what the tests' English is there."""

import collections
import gettext
import pathlib
import re

DIRECTIVE = re.compile(r"%(?:(\d)\$)?'?(?:\.\d)?[a-z]+")


class Language:
    """English, as the wizard is written."""

    code = "en"
    environment = {}
    from_right = False

    def __call__(self, text):
        """All that may stand on the screen for TEXT. What is no text stays what it is."""
        return (text,) if isinstance(text, str) else text

    def of_gtk(self, text):
        """The same for GTK's own dialogues, with the sign for the mnemonic."""
        return (seen(text),)


class Translation(Language):
    """One of the translations, with its locale, that are in the folder of a build."""

    def __init__(self, code, build):
        catalogues, locales = pathlib.Path(build) / "po", pathlib.Path(build) / "tests" / "locales"
        if not (locales / code).is_dir():
            raise LookupError(f"the C library has no locale {code}")
        self.code = code
        self.from_right = code == "ar"
        self.environment = {"LANGUAGE": code, "LC_ALL": code, "LOCPATH": str(locales),
                            "OPT_LOCALE_DIR": str(catalogues)}
        self.gtk = gettext.translation("gtk40", "/usr/share/locale", [code], fallback=True)
        words = gettext.translation("optsetup", catalogues, [code])
        # All of it at once, for gettext looks nothing up without its mnemonic.
        self.whole = collections.defaultdict(tuple)
        for english, local in entries(words._catalog):
            self.whole[seen(english)] += (seen(local),)
        self.patterns = [(expression(english), local) for english, local in self.whole.items()
                         if DIRECTIVE.search(english)]

    def __call__(self, text):
        if not isinstance(text, str) or text in self.whole:
            return self.whole.get(text, text)
        found = [(english, local) for english, local in self.patterns if english.fullmatch(text)]
        # What leaves the least to be filled in.
        best = max(found, key=lambda pair: len(pair[0].pattern), default=None)
        if best is None:
            return (text,)
        values = best[0].fullmatch(text).groups()
        return tuple(fill_in(local, values) for local in best[1])

    def of_gtk(self, text):
        return (seen(self.gtk.gettext(text)),)


def seen(text):
    """Without the sign for a mnemonic."""
    return text.replace("_", "", 1)


def entries(catalogue):
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
