# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads .po and .pot files, of which Python's library knows only the compiled ones."""

import ast
import re


class Message:
    """One message and, in a .po file, what it becomes."""

    def __init__(self):
        self.context = None
        self.id = None
        self.plural = None
        self.forms = {}
        self.flags = set()
        self.comments = []
        self.places = []
        self.obsolete = False

    @property
    def key(self):
        return self.context, self.id

    def __str__(self):
        context = f"{self.context}: " if self.context is not None else ""
        return f"{context}“{self.id}”"


KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)\s+(".*")$')


class Reader:
    """Goes through a file line by line. Every message that comes after another starts afresh."""

    def __init__(self):
        self.messages = []
        self.message = Message()
        self.add = None

    def finish(self):
        if self.message.id is not None:
            self.messages.append(self.message)
        self.message = Message()
        self.add = None

    def set(self, name, value):
        setattr(self.message, name, (getattr(self.message, name) or "") + value)

    def set_form(self, number, value):
        self.message.forms[number] = self.message.forms.get(number, "") + value

    def comment(self, line):
        if self.message.id is not None:
            self.finish()
        if line.startswith("#,"):
            self.message.flags.update(flag.strip() for flag in line[2:].split(","))
        elif line.startswith("#."):
            self.message.comments.append(line[2:].strip())
        elif line.startswith("#:"):
            self.message.places.extend(line[2:].split())

    def keyword(self, word, number, text):
        if word in ("msgctxt", "msgid") and self.message.forms:
            self.finish()
        if word.startswith("msgstr"):
            self.add = lambda value: self.set_form(int(number or 0), value)
        else:
            name = {"msgctxt": "context", "msgid": "id", "msgid_plural": "plural"}[word]
            self.add = lambda value: self.set(name, value)
        self.add(ast.literal_eval(text))

    def line(self, line):
        obsolete = line.startswith("#~")
        if obsolete:
            line = line[2:].strip()
        if not line:
            self.finish()
        elif line.startswith("#"):
            self.comment(line)
        else:
            found = KEYWORD.match(line)
            if found:
                self.keyword(*found.groups())
            elif self.add is not None and line.startswith('"'):
                self.add(ast.literal_eval(line))
            else:
                raise ValueError(f"not a line of a .po file: {line}")
            self.message.obsolete |= obsolete


def read(text):
    """All messages, the header among them, whose id is empty."""
    reader = Reader()
    for line in text.splitlines():
        reader.line(line.strip())
    reader.finish()
    return reader.messages


def header(messages):
    """The header's fields, by their names."""
    text = next((message.forms.get(0, "") for message in messages if message.id == ""), "")
    return dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
