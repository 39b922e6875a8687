# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a translation may get wrong, as far as a program can tell. Each check is a function of the
template's messages and a translation's, and returns complaints."""

import collections
import gettext
import re

import po
import template as sources

HEADER = {
    "Content-Type": r"text/plain; charset=UTF-8",
    "Project-Id-Version": r"optsetup.*",
    "PO-Revision-Date": r"\d{4}-\d\d-\d\d.*",
    "Language-Team": r"[^<>]+",
}

# As in printf(3); %% is one too, for it must stay doubled.
CONVERSION = re.compile(r"%(?:(\d+)\$)?[-+ #0'I]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(hh|h|ll|l|z|j|t)?"
                        r"([diouxXeEfgGcsp%])")
# And in strftime(3): what a date may be made of.
DATE = re.compile("%[-_0^#EO]*[aAbBcdDeFhjmxyYuwgGUVW%]")
NAMED = re.compile(r"\{[a-z_]+\}|</?[a-z]+[^>]*>|@[A-Z_]+@")
MNEMONIC = re.compile(r"(?<![A-Za-z0-9_-])_[A-Za-z]|(?<=[A-Za-z])_[a-z](?=[a-z]*\b)")
NAMES = re.compile(r"(?<![\w-])--[a-z-]*[a-z]|\b(?:[a-z0-9-]+\.)+(?:com|net|org)\b|\boptsetup[a-z-]*\b"
                   r"|\b(?:IMAP|POP3|SMTP|STARTTLS)\b", re.ASCII)
# What turns text around beyond its end. Isolates end where they should.
OVERRIDES = re.compile("[\u202a-\u202e]")


def pairs(translation):
    """Each message with each of its forms, of those that are translated at all."""
    for message in translation:
        if message.id and not message.obsolete:
            for number, form in sorted(message.forms.items()):
                if form:
                    yield message, number, form


def check_complete(template, translation):
    """Every message has a translation, and every translation a message."""
    wanted = {message.key: message for message in template if message.id}
    there = {message.key: message for message in translation if message.id and not message.obsolete}
    for key, message in wanted.items():
        found = there.get(key)
        if found is None:
            yield f"missing: {message}"
        elif not found.forms or not all(found.forms.values()):
            yield f"untranslated: {message}"
        elif (found.plural is None) != (message.plural is None):
            yield f"has plural forms in one and not in the other: {message}"
    for message in translation:
        if message.obsolete:
            yield f"obsolete: {message}"
        elif message.id and message.key not in wanted:
            yield f"not in the program: {message}"
        if "fuzzy" in message.flags:
            yield f"fuzzy: {message}"


def plural_rule(translation):
    """How many forms there are, and which is for a number."""
    field = po.header(translation).get("Plural-Forms", "")
    found = re.fullmatch(r"\s*nplurals=(\d+);\s*plural=(.*?);?\s*", field)
    if found is None:
        return 0, None
    return int(found.group(1)), gettext.c2py(found.group(2))


def check_plurals(_, translation):
    """Each message has all the forms of its language, and each form is for some number."""
    count, rule = plural_rule(translation)
    if rule is None:
        yield "the header has no rule for plural forms"
        return
    used = {rule(number) for number in range(1000)}
    if used != set(range(count)):
        yield f"the rule leads to the forms {sorted(used)}, and there are {count}"
    for message in translation:
        if message.plural is not None and sorted(message.forms) != list(range(count)):
            yield f"{len(message.forms)} forms, not {count}: {message}"


def conversions(text):
    """Kinds of values, counted; with their numbers where they have some."""
    found = [(match.group(1), (match.group(2) or "") + match.group(3))
             for match in CONVERSION.finditer(text)]
    return collections.Counter(kind for _, kind in found), {number for number, _ in found if number}


def speaks_of_one_number(rule, form):
    """Whether a form is for a single number, which may then be a word or go without saying."""
    return len([number for number in range(1000) if rule(number) == form]) == 1


def is_date(message):
    return any("strftime" in comment for comment in message.comments)


def placeholder_complaint(message, original, form, may_omit_number):
    if is_date(message):
        rest = DATE.sub("", form)
        return "is no date" if "%" in rest or not DATE.search(form) else None

    wanted, numbers = conversions(original)
    there, numbers_there = conversions(form)
    if wanted != there:
        missing = wanted - there
        # Only the number itself.
        if (there - wanted or not may_omit_number or sum(missing.values()) != 1
                or not all(kind[-1] in "diu" for kind in missing)):
            return f"has {dict(there)}, not {dict(wanted)}"
    elif numbers and numbers != numbers_there:
        return f"has the values {sorted(numbers_there)}, not {sorted(numbers)}"
    if sorted(NAMED.findall(original)) != sorted(NAMED.findall(form)):
        return f"has {NAMED.findall(form)}, not {NAMED.findall(original)}"
    return None


def check_placeholders(_, translation):
    """The same values go in."""
    _, rule = plural_rule(translation)
    for message, number, form in pairs(translation):
        may_omit = (message.plural is not None and rule is not None
                    and speaks_of_one_number(rule, number))
        complaint = placeholder_complaint(message, message.plural or message.id, form, may_omit)
        if complaint is not None:
            yield f"{complaint}: {message}: “{form}”"


def check_mnemonics(_, translation):
    """A key to press stays one, and is a letter."""
    for message, _, form in pairs(translation):
        if message.id.count("_") == 1 and MNEMONIC.search(message.id):
            if form.count("_") != 1 or not re.search(r"_[^\W\d_]", form):
                yield f"no key, or several: {message}: “{form}”"
        elif message.id.count("_") != form.count("_"):
            yield f"has _ where the original has none, or the other way round: {message}: “{form}”"


def edges(text):
    return text[:len(text) - len(text.lstrip())], text[len(text.rstrip()):]


def check_spaces(_, translation):
    """Spaces and line ends around it are kept, and so are dots that promise more."""
    for message, _, form in pairs(translation):
        original = message.id
        if edges(original) != edges(form):
            yield f"other spaces around it: {message}: “{form}”"
        if original.rstrip().endswith("…") != form.rstrip().rstrip("\u2069)）").endswith("…") \
                and not re.search(r"…\(_[A-Z]\)$|\(_[A-Z]\)…$", form):
            yield f"ends with … in one and not in the other: {message}: “{form}”"


def check_names(_, translation):
    """What is typed as it stands is in no language."""
    for message, _, form in pairs(translation):
        lost = set(NAMES.findall(message.plural or message.id)) - set(NAMES.findall(form))
        if lost:
            yield f"lost {', '.join(sorted(lost))}: {message}: “{form}”"


def check_characters(_, translation):
    """Nothing that turns the rest of a line around, and isolates that end."""
    for message, _, form in pairs(translation):
        if OVERRIDES.search(form):
            yield f"turns what follows around: {message}: “{form}”"
        opened = sum(form.count(sign) for sign in "\u2066\u2067\u2068")
        if opened != form.count("\u2069"):
            yield f"an isolate has no end: {message}: “{form}”"
        if "\ufffd" in form:
            yield f"broken characters: {message}: “{form}”"


def check_formats(path):
    status, _, errors = sources.run("msgfmt", "--check", "--output-file=/dev/null", str(path))
    return errors.splitlines() if status != 0 or errors else []


def check_header(language, translation):
    there = po.header(translation)
    for name, pattern in {**HEADER, "Language": language}.items():
        if not re.fullmatch(pattern, there.get(name, "")):
            yield f"{name}: {there.get(name)}"


CHECKS = {
    "complete": check_complete,
    "plurals": check_plurals,
    "placeholders": check_placeholders,
    "mnemonics": check_mnemonics,
    "spaces": check_spaces,
    "names": check_names,
    "characters": check_characters,
}
