#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds every translation against what the program says today:

    tests/words/test-translations.py ROOT

ROOT is the project's. What the checks can see is tested too, by translations that are wrong.
"""

import importlib.machinery
import importlib.util
import pathlib
import re
import sys
import tempfile

import checks
import po
import tap
import template as sources

sys.dont_write_bytecode = True

FROM_RIGHT = {"ar", "fa", "he", "ur"}

# What po/isolate makes of translations: FSI is U+2068, PDI U+2069, RLM U+200F.
ISOLATED = {
    "حُفظ": "حُفظ",
    "Server": "Server",
    "%s · %s": "%s · %s",
    "حُفظ في %s.": "حُفظ في FSI%sPDI.",
    "حُفظ في FSI%sPDI.": "حُفظ في FSI%sPDI.",
    "من %2$s إلى %1$s: %d %%s": "من FSI%2$sPDI إلى FSI%1$sPDI: %d %%s",
    "%s: لا بريد": "RLMFSI%sPDI: لا بريد",
    "RLM%s: لا بريد": "RLMFSI%sPDI: لا بريد",
    "Thunderbird على Android": "RLMThunderbird على Android",
    r"  IMAP أو POP3\n  --json  نص": r"  RLMIMAP أو POP3\n  --json  نص",
}

# A language of two forms, of which the second is for all but 1.
RIGHT = r'''
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Checking %s…"
msgstr "Prüfe %s…"

#, c-format
msgid "%d server"
msgid_plural "%d servers"
msgstr[0] "ein Server"
msgstr[1] "%d Server"

#. Translators: a date, see strftime(3)
msgid "%-e %B %Y"
msgstr "%-e. %B %Y"

msgid "On _all my devices"
msgstr "Auf _allen Geräten"

msgid "%1$s of %2$s\n"
msgstr "%2$s: %1$s\n"

msgid "--json is for IMAP"
msgstr "Für IMAP ist --json"

msgctxt "security"
msgid "None"
msgstr "Keine"
'''

# What goes wrong -> which check sees it, what is there, and what is put in its place.
WRONG = {
    "missing message": ("complete", 'msgctxt "security"\nmsgid "None"\nmsgstr "Keine"\n', ""),
    "lost context": ("complete", 'msgctxt "security"\n', ""),
    "empty": ("complete", 'msgstr "Keine"', 'msgstr ""'),
    "one form empty": ("complete", 'msgstr[1] "%d Server"', 'msgstr[1] ""'),
    "fuzzy": ("complete", "#, c-format", "#, fuzzy, c-format"),
    "fuzzy plural": ("complete", "#, c-format", "#, c-format, fuzzy"),
    "stale": ("complete", 'msgid "None"', 'msgid "Nothing"'),
    "obsolete": ("complete", 'msgctxt "security"\nmsgid "None"\nmsgstr "Keine"',
                 '#~ msgctxt "security"\n#~ msgid "None"\n#~ msgstr "Keine"'),
    "no rule": ("plurals", "Plural-Forms", "Plural-Form"),
    "unreached form": ("plurals", "nplurals=2; plural=(n != 1)", "nplurals=2; plural=0"),
    "form too many": ("plurals", 'msgstr[1] "%d Server"',
                      'msgstr[1] "%d Server"\nmsgstr[2] "%d Server"'),
    "form too few": ("plurals", '\nmsgstr[1] "%d Server"', ""),
    "lost value": ("placeholders", "Prüfe %s…", "Prüfe…"),
    "other value": ("placeholders", "Prüfe %s…", "Prüfe %d…"),
    "number of many": ("placeholders", 'msgstr[1] "%d Server"', 'msgstr[1] "Server"'),
    "no such value": ("placeholders", "%2$s: %1$s", "%2$s: %3$s"),
    "lost numbers": ("placeholders", "%2$s: %1$s", "%s: %s"),
    "tag": ("placeholders", "Keine", "<b>Keine</b>"),
    "no date": ("placeholders", "%-e. %B %Y", "%-e. %Q"),
    "lost key": ("mnemonics", "_allen", "allen"),
    "two keys": ("mnemonics", "_allen Geräten", "_allen _Geräten"),
    "key of none": ("mnemonics", "Keine", "_Keine"),
    "key that is no letter": ("mnemonics", "Auf _allen", "Auf_ allen"),
    "lost line end": ("spaces", r'%2$s: %1$s\n', "%2$s: %1$s"),
    "space before": ("spaces", "Keine", " Keine"),
    "lost dots": ("spaces", "Prüfe %s…", "Prüfe %s"),
    "translated option": ("names", "ist --json", "ist --jason"),
    "translated protocol": ("names", "Für IMAP", "Für Internet"),
    "override": ("characters", "Keine", "\u202eKeine"),
    "open isolate": ("characters", "Keine", "\u2068Keine"),
}


def check_desktop(root, language, folder):
    """What a desktop shows of the program is there in this language."""
    launcher, metainfo = folder / "launcher", folder / "metainfo"
    for kind, source, output in (("--desktop", next(root.glob("*.desktop")), launcher),
                                 ("--xml", next(root.glob("data/*.metainfo.xml")), metainfo)):
        status, _, errors = sources.run("msgfmt", kind, f"--template={source}", f"--locale={language}",
                                f"--output-file={output}", str(root / "po" / f"{language}.po"))
        if status != 0:
            yield errors
            return
    text = launcher.read_text(encoding="utf-8")
    for key in "Name", "GenericName", "Comment", "Keywords":
        if not re.search(rf"^{key}\[{language}\]=.", text, re.MULTILINE):
            yield f"no {key} in the launcher"
    if not re.search(rf"^Keywords\[{language}\]=.*;$", text, re.MULTILINE):
        yield "the keywords do not end with a semicolon"
    text = metainfo.read_text(encoding="utf-8")
    # Newer versions of gettext name the script as well: zh-Hans-CN.
    tag = language.replace("_", "[-_](?:Hans-|Hant-)?")
    for element in "summary", "p", "li":
        if not re.search(rf'<{element} xml:lang="{tag}">', text):
            yield f"no {element} in the metainfo"


def load_tool(root):
    """po/isolate, which has no name that Python would import."""
    path = str(root / "po" / "isolate")
    loader = importlib.machinery.SourceFileLoader("isolate", path)
    specification = importlib.util.spec_from_loader("isolate", loader)
    tool = importlib.util.module_from_spec(specification)
    loader.exec_module(tool)
    return tool


def signs(text):
    for name, sign in ("FSI", "\u2068"), ("PDI", "\u2069"), ("RLM", "\u200f"):
        text = text.replace(name, sign)
    return text


def check_isolated(tool, path):
    text = sources.run("msgcat", str(path))[1]
    joined = text.replace('"\n"', "").splitlines()
    for line, right in zip(joined, tool.rewrite(text).splitlines()):
        if line != right:
            yield f"po/isolate makes it {right}"


def check_language(results, root, language, template, folder):
    path = root / "po" / f"{language}.po"
    translation = po.read(path.read_text(encoding="utf-8"))
    comments = {message.key: message.comments for message in template}
    for message in translation:
        message.comments = comments.get(message.key, [])
    results.check(f"{language}: formats", checks.check_formats(path))
    results.check(f"{language}: header", checks.check_header(language, translation))
    for name, check in checks.CHECKS.items():
        results.check(f"{language}: {name}", check(template, translation))
    if language in FROM_RIGHT:
        results.check(f"{language}: isolated", check_isolated(load_tool(root), path))
    results.check(f"{language}: desktop", check_desktop(root, language, folder))


def complaints(text):
    template, translation = po.read(RIGHT), po.read(text)
    return {name: list(check(template, translation)) for name, check in checks.CHECKS.items()}


def check_checks(results):
    """They see what is wrong, and nothing where nothing is."""
    results.check("checks: nothing to complain of", sum(complaints(RIGHT).values(), []))
    for what, (name, there, instead) in WRONG.items():
        if RIGHT.count(there) != 1:
            raise SystemExit(f"{what}: “{there}” is there {RIGHT.count(there)} times")
        seen = complaints(RIGHT.replace(there, instead))[name]
        results.check(f"checks: {what}", [] if seen else ["nobody saw it"])


def plain(comment):
    return " ".join(re.sub(r"\n\s*\*?", " ", comment).split())


def check_comments(root, template):
    """xgettext takes a comment only from directly above the words that it is about."""
    there = "\n".join(plain("\n".join(message.comments)) for message in template)
    for path in sorted((root / "src").rglob("*.c")):
        for comment in re.findall(r"/\* (Translators: .*?)\*/", path.read_text(encoding="utf-8"),
                                  re.DOTALL):
            if plain(comment) not in there:
                yield f"{path.relative_to(root)}: {plain(comment)}"


def check_list(root, languages):
    """Each language is named once, and has its file."""
    there = sorted(path.stem for path in (root / "po").glob("*.po"))
    if sorted(languages) != there:
        yield f"po/LINGUAS has {sorted(languages)}, and there are {there}"


def main(root):
    root = pathlib.Path(root).resolve()
    languages = sources.read_languages(root)
    results = tap.Results()
    check_checks(results)
    tool = load_tool(root)
    results.check("checks: po/isolate",
                  [f"{text}: {tool.isolate(signs(text))}" for text, right in ISOLATED.items()
                   if tool.isolate(signs(text)) != signs(right)])
    with tempfile.TemporaryDirectory(prefix="optsetup-po-") as folder:
        folder = pathlib.Path(folder)
        template, said = sources.make_template(root, folder)
        results.check("template", said.splitlines())
        results.check("translators’ comments", check_comments(root, template))
        results.check("list of languages", check_list(root, languages))
        for language in languages:
            check_language(results, root, language, template, folder)
    return results.finish()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
