#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the list of mail programs out of what the program says of them:

    docs/make-clients.py [--check] PAGE PROGRAM TEST-REAL

PROGRAM is optsetup-cli, TEST-REAL is tests/clients/test-real.py, which lists the tests that run
real mail programs. A row says “proven” only with such a test. With --check nothing is written: it
fails when PAGE is not current. Without it, too, it fails when a client names a test that there is
not, or speaks of proof without one.
"""

import difflib
import json
import os
import pathlib
import re
import subprocess
import sys

GROUPS = {"computer": "computer", "phone": "phone", "other": "anything else"}

HEAD = """# Mail programs

What OptSetup can hand its settings to, and how. This page is made by `meson compile -C build docs`
from the program and its tests.

- **Hand-over**: a file or a folder of files to bring in, or steps with the values to type. With each
  file come steps, too: `optsetup-cli export ADDRESS --client ID`.
- **Proof**: the test that starts the real program, lets it read what we wrote and looks at what it
  makes of that, in `tests/clients/real`. Those without one have never met the real program in a
  test.

"""

COLUMNS = ["Program or format", "Id", "For", "Receives by", "Hand-over", "File", "Password", "Proof"]


def run(*command):
    """Its output. Nothing of this machine may show: no language, no mail program, no settings."""
    environment = {**os.environ, "LC_ALL": "C", "LANGUAGE": "", "HOME": "/nonexistent",
                   "XDG_CONFIG_HOME": "/nonexistent/config", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True,
                          timeout=60).stdout.decode()


def hand_over(client):
    if client["folder"]:
        return "folder"
    return "file" if client["file_name"] else "steps"


def proof(client, tests):
    if client["proof"] is None:
        return "none"
    if client["proof"] not in tests:
        raise SystemExit(f"{client['id']}: there is no test {client['proof']}")
    return f"proven: `{client['proof']}`"


def cells(client, tests):
    return [client["name"], f"`{client['id']}`", GROUPS[client["group"]],
            ", ".join(protocol.upper() for protocol in client["protocols"]), hand_over(client),
            f"`{client['file_name']}`" if client["file_name"] else "–", client["password_path"],
            proof(client, tests)]


def row(values):
    return "| " + " | ".join(value.replace("|", "\\|") for value in values) + " |\n"


def check_words(client, *lines):
    """Who has no test may not speak of proof in other words either."""
    for line in lines:
        if client["proof"] is None and re.search(r"\bpro(of|ve[nds]?)\b", line, re.IGNORECASE):
            raise SystemExit(f"{client['id']} names no test, and yet says: {line}")


def make_page(clients, tests):
    # Those that are installed come first in the program, which is not the same everywhere.
    clients = sorted(clients, key=lambda client: (list(GROUPS).index(client["group"]),
                                                  client["name"].casefold(), client["id"]))
    rows, tried = [], []
    for client in clients:
        rows.append(row(cells(client, tests)))
        tried.append(f"- **{client['name']}**: {client['tried']}\n")
        check_words(client, rows[-1], tried[-1])
    return "".join([HEAD, row(COLUMNS), row(["---"] * len(COLUMNS)), *rows,
                    "\n## What was tried, and what was not\n\n", *tried])


def main(arguments):
    check = arguments[:1] == ["--check"]
    if len(arguments) != 3 + check:
        raise SystemExit(__doc__)
    page, program, test_real = arguments[check:]
    path = pathlib.Path(page)

    new = make_page(json.loads(run(program, "clients", "--json")),
                    set(run(sys.executable, test_real, "--list").split()))
    if not check:
        path.write_text(new, encoding="utf-8")
        return 0

    old = path.read_text(encoding="utf-8") if path.exists() else ""
    changes = difflib.unified_diff(old.splitlines(), new.splitlines(), page, "now", lineterm="")
    for line in changes:
        print(line)
    if old != new:
        print(f"{page} is not current: meson compile -C build docs")
    return 0 if old == new else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
