#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether there is a picture of every page in every guise, and none of anything else:

    tests/gtk/test-pictures.py ROOT

ROOT is the project's. What is missing, `meson compile -C build screenshots` takes.
"""

import pathlib
import re
import struct
import sys

import pictures

MAX_BYTES = 6_000_000


def measure(path):
    """Width and height of a PNG file."""
    start = path.read_bytes()[:24]
    if start[:8] != b"\x89PNG\r\n\x1a\n":
        return None
    return struct.unpack(">II", start[16:24])


def differences(what, there, wanted):
    for name in sorted(set(wanted) - set(there)):
        yield f"{what}: {name} is missing"
    for name in sorted(set(there) - set(wanted)):
        yield f"{what}: {name} should not be there"


def complaints(root):
    folder = root / "data" / "screenshots"
    wanted = pictures.files()
    files = {path.name: path for path in folder.iterdir()}
    yield from differences("pictures", files, wanted)
    for name in set(files) & set(wanted):
        if measure(files[name]) != wanted[name]:
            yield f"{name}: its size is {measure(files[name])}, not {wanted[name]}"
    if sum(path.stat().st_size for path in files.values()) > MAX_BYTES:
        yield "the pictures are too large"

    pages = [path.name.removeprefix("opt-").removesuffix("-page.ui")
             for path in (root / "src" / "gtk" / "pages").glob("*.ui")]
    yield from differences("pages in pictures.py", pictures.PAGES.values(), pages)

    for name in "README.md", "data/com.example.OptSetup.metainfo.xml":
        shown = re.findall(r"/screenshots/([^/)<]+\.png)", (root / name).read_text("utf-8"))
        if not shown:
            yield f"{name} shows nothing"
        for picture in set(shown) - set(wanted):
            yield f"{name} shows {picture}, which there is not"


def main(root):
    found = list(complaints(pathlib.Path(root)))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
