# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the guide, and sees what may be wrong in it in any language."""

import re
import xml.etree.ElementTree as xml

import template

MALLARD = "{http://projectmallard.org/1.0/}"


class Guide:
    """All pages, by their names."""

    def __init__(self, pages):
        self.pages = {name: xml.fromstring(text) for name, text in pages.items()}

    def elements(self, tag):
        for name, page in self.pages.items():
            for element in page.iter(MALLARD + tag):
                yield name, element

    def text(self, element):
        return " ".join("".join(element.itertext()).split())

    def targets(self):
        """What a link may name."""
        for name, page in self.pages.items():
            yield name
            for section in page.iter(MALLARD + "section"):
                yield f"{name}#{section.get('id')}"


def check_links(guide):
    """Each leads to what there is; and each page is in the table of contents."""
    targets = set(guide.targets())
    for name, page in guide.pages.items():
        if page.get("id") != name:
            yield f"{name}: its id is {page.get('id')}"
        guides = [link.get("xref") for link in page.iter(MALLARD + "link")
                  if link.get("type") == "guide"]
        if name != "index" and not any(xref.startswith("index#") for xref in guides):
            yield f"{name}: nothing leads there"
        for link in page.iter(MALLARD + "link"):
            xref = link.get("xref", "")
            target = name + xref if xref.startswith("#") else xref
            if target not in targets:
                yield f"{name}: there is no {xref or link.get('href')}"


def check_results(guide, diagnoses):
    """A section with the id of a diagnosis has its title, and the other titles are no diagnoses'."""
    for section in guide.pages["results"].iter(MALLARD + "section"):
        title = guide.text(section.find(MALLARD + "title"))
        known = diagnoses.get(section.get("id"))
        if known is not None and title != known:
            yield f"{section.get('id')}: “{title}” is called “{known}”"
        if known is None and section.get("id") not in ("certificates", "help"):
            yield f"there is no diagnosis {section.get('id')}"


def check_schema(paths):
    status, output, errors = template.run("yelp-check", "validate", *map(str, paths))
    return [output + errors] if status != 0 else []


def read_diagnoses(text):
    return dict(re.findall(r"^### `([a-z0-9-]+)`\n\n\*\*(.+?)\.?\*\*", text, re.MULTILINE))
