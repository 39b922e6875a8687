#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the guide against the program: every link leads somewhere, and what the guide says of buttons,
results and commands is what there is:

    tests/words/test-help.py ROOT
"""

import pathlib
import re
import shutil
import sys
import tempfile

import guide as mallard
import tap
import template

# The house's words: see CONTRIBUTING.md.
UNWANTED = re.compile(r"!|\b(?:please|simply|just click)\b|\w’(?:t|re|ve|ll|m|d)\b", re.IGNORECASE)
MAX_WORDS = 30


def check_media(guide, folder):
    for name, media in guide.elements("media"):
        if not (folder / media.get("src", "?")).is_file():
            yield f"{name}: there is no {media.get('src')}"


def check_words_of_program(guide, words):
    """A button or a row is called what the program calls it."""
    for name, element in guide.elements("gui"):
        if guide.text(element) not in words:
            yield f"{name}: nothing is called “{guide.text(element)}”"


def check_commands(guide, manuals):
    for name, element in guide.elements("cmd"):
        program, *words = guide.text(element).split()
        for word in words:
            if program not in manuals or not re.search(rf"(?:Cm|Fl|It) .*\b{word.lstrip('-')}\b",
                                                       manuals[program]):
                yield f"{name}: {program} does not know {word}"


def check_style(guide):
    for tag in "p", "title", "desc":
        for name, element in guide.elements(tag):
            text = guide.text(element)
            if UNWANTED.search(text):
                yield f"{name}: {text}"
            for sentence in re.split(r"(?<=[.?:;]) ", text):
                if len(sentence.split()) > MAX_WORDS:
                    yield f"{name}: too long: {sentence}"


def check_list(guide, meson):
    listed = set(re.findall(r"^  '([a-z-]+)',$", meson, re.MULTILINE))
    if listed != set(guide.pages):
        yield f"meson.build has {sorted(listed)}, and there are {sorted(guide.pages)}"


def read_words(root):
    with tempfile.TemporaryDirectory(prefix="optsetup-help-") as folder:
        messages, _ = template.make_template(root, pathlib.Path(folder))
    return {message.id.replace("_", "", 1) for message in messages}


def check_checks(results):
    """They see what is wrong."""
    def guide(inside, name="index"):
        return mallard.Guide({name: f'<page xmlns="{mallard.MALLARD[1:-1]}" id="index">{inside}</page>'})

    for what, complaints, count in (
            ("link", mallard.check_links(guide('<p><link xref="gone"/></p>')), 1),
            ("section", mallard.check_links(guide('<p><link xref="index#gone"/></p>')), 1),
            ("right link", mallard.check_links(guide('<link xref="#here"/><section id="here"/>')), 0),
            ("other id and no way there", mallard.check_links(guide("", "other")), 2),
            ("picture", check_media(guide('<media src="gone.png"/>'), pathlib.Path("/")), 1),
            ("button", check_words_of_program(guide("<gui>Go</gui>"), {"Next"}), 1),
            ("command", check_commands(guide("<cmd>x --gone</cmd>"), {"x": ".Fl -there"}), 1),
            ("right command", check_commands(guide("<cmd>x go</cmd>"), {"x": ".Cm go"}), 0),
            ("style", check_style(guide("<p>You can’t.</p>")), 1),
            ("long", check_style(guide("<p>" + "a " * 40 + "</p>")), 1)):
        found = list(complaints)
        results.check(f"checks: {what}", [] if len(found) == count else [f"{found}, not {count}"])


def main(root):
    root = pathlib.Path(root).resolve()
    folder = root / "data" / "help" / "C"
    paths = sorted(folder.glob("*.page"))
    guide = mallard.Guide({path.stem: path.read_text(encoding="utf-8") for path in paths})
    manuals = {path.stem: path.read_text(encoding="utf-8")
               for path in (root / "data" / "man").glob("*.1")}

    results = tap.Results()
    check_checks(results)
    results.check("links", mallard.check_links(guide))
    results.check("media", check_media(guide, folder))
    results.check("words of the program", check_words_of_program(guide, read_words(root)))
    diagnoses = mallard.read_diagnoses((root / "docs" / "diagnoses.md").read_text(encoding="utf-8"))
    results.check("results", mallard.check_results(guide, diagnoses))
    results.check("commands", check_commands(guide, manuals))
    results.check("style", check_style(guide))
    results.check("list of pages", check_list(guide, (folder.parent / "meson.build").read_text()))
    if shutil.which("yelp-check") is None:
        results.skip("schema", "yelp-check is missing (package yelp-tools)")
    else:
        results.check("schema", mallard.check_schema(paths))
    return results.finish()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
