#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for words that people read and that no translator gets to see:

    tests/words/test-marked.py ROOT

In .ui files that can be told for sure. In C a literal of several words counts as such, unless it is
marked, or goes where only developers look.
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as xml

import tap

TEXTS = {"title", "subtitle", "label", "description", "tooltip-text", "placeholder-text", "heading",
         "body", "text", "secondary-text", "accept-label", "application-name", "comments",
         "value-text", "help-text", "role-description"}

MARKS = {"_", "N_", "C_", "NC_", "ngettext", "g_dngettext", "g_dgettext", "g_dpgettext2"}

# Calls whose words are for the log and for developers.
DEVELOPERS = {"g_warning", "g_debug", "g_message", "g_critical", "g_error", "g_info", "g_assert",
              "g_return_if_fail", "g_return_val_if_fail", "G_STATIC_ASSERT", "g_set_error",
              "g_set_error_literal", "g_error_new", "g_error_new_literal", "g_task_return_new_error",
              "g_prefix_error", "g_io_error_from_errno", "G_DEFINE_QUARK", "_Static_assert"}

# Where people's words come from; the other folders speak to servers and programs.
FOLDERS = "gtk", "cli", "session", "review", "setup"
FILES = "check/opt-advice*.c", "check/opt-*-text.c", "check/opt-explanation.c", "check/opt-remedy.c"

# Commands, and what other programs call their things.
FOREIGN = re.compile(r"gnome-control-center \w+|optsetup-cli \w+| ?--[a-z3-]+ [a-z3-]+"
                     r"|Evolution Data Source|GOA %s credentials for identity|Mail Identity")

# English on purpose: what is sent to somebody who helps, and is read by everybody.
ENGLISH = {"check/opt-report-text.c"}

TOKEN = re.compile(r"""
    (?P<comment>/\*.*?\*/|//[^\n]*|^[ \t]*\#[^\n]*(?:\\\n[^\n]*)*)
  | (?P<string>"(?:[^"\\\n]|\\.)*")
  | (?P<character>'(?:[^'\\\n]|\\.)+')
  | (?P<word>[A-Za-z_]\w*)
  | (?P<sign>[(){}\[\];,])
""", re.VERBOSE | re.DOTALL | re.MULTILINE)

WORDS = re.compile(r"[A-Za-z’]{2,},? [A-Za-z’]{2,}")

# Here a single word is enough.
SETTERS = re.compile(r"(?:gtk|adw)_\w+_(?:set_(?:label|text|title|subtitle|tooltip_text|description|"
                     r"markup|body|heading|placeholder_text)|new_with_(?:label|mnemonic))$"
                     r"|gtk_label_new$|adw_toast_new$|g_print(?:err)?$|opt_cli_(?:print|complain)$")
WORD = re.compile(r"\b[A-Z][a-z]{2,}")


def ui_complaints(name, text):
    root = xml.fromstring(text)
    if root.get("domain") != "optsetup":
        yield f"{name}: the interface has no domain"
    for element in root.iter():
        attribute = (element.get("name") or "").replace("_", "-")
        is_text = (element.tag in ("property", "attribute") and attribute in TEXTS
                   or element.tag == "item" and element.text is not None)
        words = (element.text or "").strip()
        # A bound property has no words of its own, and a sign alone needs no translation.
        if is_text and len(element) == 0 and re.search("[A-Za-z]{2}", words):
            if element.get("translatable") not in ("yes", "true", "1"):
                yield f"{name}: {attribute}: {words}"


def literals(text):
    """Line, call around it, and words, of each string; neighbours are one string."""
    calls = []
    last = None
    pending = None
    for match in TOKEN.finditer(text):
        kind, token = match.lastgroup, match.group()
        if kind == "comment":
            continue
        if kind == "string":
            words = token[1:-1]
            pending = ((pending[0], pending[1], pending[2] + words) if pending
                       else (text.count("\n", 0, match.start()) + 1, tuple(calls), words))
            continue
        if pending:
            yield pending
            pending = None
        if token == "(":
            calls.append(last or "")
        elif token == ")" and calls:
            calls.pop()
        last = token if kind == "word" else None


def c_complaints(name, text):
    for line, calls, words in literals(text):
        call = calls[-1] if calls else ""
        plain = FOREIGN.sub("", re.sub(r"\\n|\\t", " ", words))
        if not WORDS.search(plain) and not (SETTERS.match(call) and WORD.search(plain)):
            continue
        if not MARKS.intersection(calls) and not DEVELOPERS.intersection(calls):
            yield f"{name}:{line}: {call}: “{words}”"


def sources(root):
    for folder in FOLDERS:
        yield from (root / "src" / folder).rglob("*.c")
    for pattern in FILES:
        yield from (root / "src").glob(pattern)


def check_checks(results):
    def ui(line):
        return f'<interface domain="optsetup"><object>{line}</object></interface>'

    for what, complaints, count in (
            ("label", ui_complaints("", ui('<property name="label">Go on</property>')), 1),
            ("underscore", ui_complaints("", ui('<property name="tooltip_text">Copy</property>')), 1),
            ("list", ui_complaints("", ui("<items><item>First</item></items>")), 1),
            ("no domain", ui_complaints("", "<interface/>"), 1),
            ("marked label",
             ui_complaints("", ui('<property name="label" translatable="yes">On</property>')), 0),
            ("icon", ui_complaints("", ui('<property name="icon-name">go-next</property>')), 0),
            ("literal", c_complaints("", 'say ("Not saved");'), 1),
            ("table", c_complaints("", 'static const char *const titles[] = { "Not saved" };'), 1),
            ("parted", c_complaints("", 'say ("Not "\n  "saved");'), 1),
            ("after a mark", c_complaints("", 'say (_ ("Right"), "Not saved");'), 1),
            ("word", c_complaints("", 'gtk_label_set_label (label, "Works");'), 1),
            ("command", c_complaints("", 'run ("gnome-control-center network");'), 0),
            ("marked", c_complaints("", 'say (_ ("Not saved"));'), 0),
            ("plural", c_complaints("", 'say (ngettext ("%d file left", "%d files left", n));'), 0),
            ("log", c_complaints("", 'g_warning ("Not saved: %s", reason);'), 0),
            ("comment", c_complaints("", '/* say ("Not saved") */ say (\'"\', "x");'), 0)):
        found = list(complaints)
        results.check(f"checks: {what}", [] if len(found) == count else [f"{found}, not {count}"])


def main(root):
    root = pathlib.Path(root).resolve()
    results = tap.Results()
    check_checks(results)
    for path in sorted((root / "src").rglob("*.ui")):
        name = path.relative_to(root / "src")
        results.check(str(name), ui_complaints(name, path.read_text(encoding="utf-8")))
    for path in sorted(set(sources(root))):
        name = str(path.relative_to(root / "src"))
        if name not in ENGLISH:
            results.check(name, c_complaints(name, path.read_text(encoding="utf-8")))
    return results.finish()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
