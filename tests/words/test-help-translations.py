#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds each translation of the guide against the guide, and against the program in that language:

    tests/words/test-help-translations.py ROOT
"""

import collections
import pathlib
import re
import sys
import tempfile

import checks
import guide as mallard
import po
import tap
import template

TAG = re.compile(r"<[^>]+>")
GUI = re.compile(r"<gui[^>]*>(.*?)</gui>", re.DOTALL)
CMD = re.compile(r"<cmd>(.*?)</cmd>", re.DOTALL)
# A key to press, and where a language has no such letter in the word itself, it stands behind.
KEY = re.compile(r"\s*\(_[A-Z]\)|_")

# Those that are not about values that a program puts in.
CHECKS = "complete", "spaces", "characters"


def without_credits(messages):
    """Nobody is named in the guide."""
    return [message for message in messages if message.id != "translator-credits"]


def check_markup(_, translation):
    """Every tag is there, with its attributes, and what is typed stays as it is."""
    for message, _, form in checks.pairs(translation):
        for what in TAG, CMD:
            lost = (collections.Counter(what.findall(message.id))
                    - collections.Counter(what.findall(form)))
            more = (collections.Counter(what.findall(form))
                    - collections.Counter(what.findall(message.id)))
            if lost or more:
                yield f"has {list(more)}, not {list(lost)}: {message}"


def check_words_of_program(words, translation):
    """A button is called what the program calls it in this language."""
    for message, _, form in checks.pairs(translation):
        there = GUI.findall(form)
        for name in GUI.findall(message.id):
            if not words.get(" ".join(name.split()), set()) & set(there):
                yield f"“{name}” is {words.get(name)}, not {there}: {message}"


def read_words(messages):
    """What the program's words become, without their keys."""
    words = collections.defaultdict(set)
    for message in messages:
        for form in message.forms.values():
            words[KEY.sub("", message.id)].add(KEY.sub("", form))
    return words


def translate_pages(root, language, folder):
    """The pages in a language, as they are built; what itstool complains of."""
    catalogue = folder / f"{language}.mo"
    pages = folder / language
    pages.mkdir()
    sources = sorted(map(str, (root / "data" / "help" / "C").glob("*.page")))
    template.run("msgfmt", f"--output-file={catalogue}",
                 str(root / "data" / "help" / language / f"{language}.po"))
    status, _, errors = template.run("itstool", "-l", language, "-m", str(catalogue),
                                     "-o", str(pages), *sources)
    return pages, errors or (f"itstool ends with {status}" if status else "")


def check_pages(results, root, language, words, folder):
    pages, complaint = translate_pages(root, language, folder)
    results.check(f"{language}: pages", [complaint] if complaint else [])
    paths = sorted(pages.glob("*.page"))
    guide = mallard.Guide({path.stem: path.read_text(encoding="utf-8") for path in paths})
    results.check(f"{language}: links", mallard.check_links(guide))
    english = mallard.read_diagnoses((root / "docs" / "diagnoses.md").read_text(encoding="utf-8"))
    titles = {name: next(iter(words.get(title, {"no such title"})))
              for name, title in english.items()}
    results.check(f"{language}: results", mallard.check_results(guide, titles))
    results.check(f"{language}: schema", mallard.check_schema(paths))


def check_language(results, root, language, messages, folder):
    path = root / "data" / "help" / language / f"{language}.po"
    translation = without_credits(po.read(path.read_text(encoding="utf-8")))
    words = read_words(po.read((root / "po" / f"{language}.po").read_text(encoding="utf-8")))
    results.check(f"{language}: formats", checks.check_formats(path))
    results.check(f"{language}: header", checks.check_header(language, translation))
    for name in CHECKS:
        results.check(f"{language}: {name}", checks.CHECKS[name](messages, translation))
    results.check(f"{language}: markup", check_markup(messages, translation))
    results.check(f"{language}: words of the program", check_words_of_program(words, translation))
    check_pages(results, root, language, words, folder)


def check_checks(results):
    """They see what is wrong."""
    original = "Press <gui>Next</gui>, or type <cmd>x go</cmd>."
    words = {"Next": {"Weiter"}}
    for what, form, count in (
            ("right", "Drücke <gui>Weiter</gui>, oder tippe <cmd>x go</cmd>.", 0),
            ("other button", "Drücke <gui>Voran</gui>, oder tippe <cmd>x go</cmd>.", 1),
            ("lost button", "Tippe <cmd>x go</cmd>.", 2),
            ("other command", "Drücke <gui>Weiter</gui>, oder tippe <cmd>x geh</cmd>.", 1)):
        translation = po.read(f'msgid "{original}"\nmsgstr "{form}"\n')
        found = [*check_markup(None, translation), *check_words_of_program(words, translation)]
        results.check(f"checks: {what}", [] if len(found) == count else [f"{found}, not {count}"])


def make_template(root, folder):
    path = folder / "guide.pot"
    sources = sorted(str(page.relative_to(root)) for page in root.glob("data/help/C/*.page"))
    template.run("itstool", "-o", str(path), *sources, cwd=root)
    return without_credits(po.read(path.read_text(encoding="utf-8")))


def main(root):
    root = pathlib.Path(root).resolve()
    languages = template.read_languages(root)
    results = tap.Results()
    check_checks(results)
    there = sorted(path.stem for path in root.glob("data/help/*/*.po"))
    results.check("list of languages", [] if there == sorted(languages) else [f"{there}"])
    with tempfile.TemporaryDirectory(prefix="optsetup-help-") as folder:
        messages = make_template(root, pathlib.Path(folder))
        for language in languages:
            check_language(results, root, language, messages, pathlib.Path(folder))
    return results.finish()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
