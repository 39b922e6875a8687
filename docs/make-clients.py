#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the list of mail programs out of what the program says of them:

    docs/make-clients.py [--check] PAGE PROGRAM TEST-REAL

PROGRAM is optsetup-cli, TEST-REAL is tests/clients/test-real.py, which lists the tests that run
real programs. A row says “proven” only with a test that runs a mail program; one that runs nothing
but a reader of the format has checked the file, and no more. With --check nothing is written: it
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

# What tests run that no mail is read with: readers of a format, and the like.
TOOLS = {"plistutil", "rsvg-convert", "script", "secret-tool", "sed", "xmllint", "zbarimg"}

HEAD = """# Mail programs

What OptSetup can hand its settings to, and how. This page is made by `meson compile -C build docs`
from the program and its tests.

- **Hand-over**: a file or a folder of files to bring in, or steps with the values to type; direct
  where OptSetup can also set the program up itself. With each file come steps, too:
  `optsetup-cli export ADDRESS --client ID`.
- **Read**: where the settings that it has now are found, so that `optsetup-cli scan` and
  `check --from` can say what is wrong with them: on this computer, in a file that somebody opens.
- **Proof**: proven is what a test does with the real program: it starts it, lets it read what we
  wrote and looks at what it makes of that. Checked is what only a reader of the format has read,
  because the program does not run where the tests do. The tests are in `tests/clients/real`.

"""

LIMITS = """
## What cannot be handed over

OptSetup says which value it is, and writes nothing that would be read as something else. For a name,
another one can be given: with `--name` for this program alone, in the wizard by “Change the name” for
all that follow.

- **Geary** would not keep `"`, `\\` and `=?` in a name.
- **S-nail** sends a name either with letters beyond ASCII or with one of `()<>[]:;@\\,."`, not with
  both; and never with `=?`.
- **Outlook (profile file)** takes ASCII letters: others are written without their accents, and a
  script or a picture that has no such letters is refused, as are a second `%` and quotes around a name.
  It has no STARTTLS for incoming mail.
- **Outlook Express (registry file)** takes the letters of Latin-1, and has no STARTTLS.
- **Windows Live Mail** has STARTTLS on ports 25 and 587 for sending, and on no other.
- **getmail** and **OfflineIMAP** get no STARTTLS: the one has none, the other checks no certificate
  with it.
- **Evolution** leaves mail that was fetched by POP3 on the server for a year at most, or always.
- **Claws Mail**, **Sylpheed**, **msmtp**, **mpop** and the codes to scan have a length that the
  settings must not exceed.
- Programs that get the password from a command (**Mutt**, **isync**, **aerc** and others for the
  terminal) take letters, digits and `._+@-` in the name to sign in with.
"""

COLUMNS = ["Program or format", "Id", "For", "Receives by", "Hand-over", "File", "Password", "Read",
           "Proof"]


def run(*command):
    """Its output. Nothing of this machine may show: no language, no mail program, no settings."""
    environment = {**os.environ, "LC_ALL": "C", "LANGUAGE": "", "HOME": "/nonexistent",
                   "XDG_CONFIG_HOME": "/nonexistent/config", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True,
                          timeout=60).stdout.decode()


READS = {"machine": "computer", "file": "file"}


def hand_over(client):
    way = "folder" if client["folder"] else "file" if client["file_name"] else "steps"
    return f"direct, {way}" if client.get("direct") else way


def proof(client, tests):
    """`tests` are those that there are, each with what it runs."""
    name = client["proof"]
    if name is None:
        return "none"
    if name not in tests:
        raise SystemExit(f"{client['id']}: there is no test {name}")
    return f"proven: `{name}`" if tests[name] - TOOLS else f"checked: `{name}`"


def cells(client, tests):
    return [client["name"], f"`{client['id']}`", GROUPS[client["group"]],
            ", ".join(protocol.upper() for protocol in client["protocols"]), hand_over(client),
            f"`{client['file_name']}`" if client["file_name"] else "–", client["password_path"],
            ", ".join(READS[where] for where in client["reads"]) or "–", proof(client, tests)]


def row(values):
    return "| " + " | ".join(value.replace("|", "\\|") for value in values) + " |\n"


def check_words(client, tests, *lines):
    """Who has no test with a mail program may not speak of proof in other words either."""
    proven = client["proof"] is not None and tests[client["proof"]] - TOOLS
    for line in lines:
        if not proven and re.search(r"\bpro(of|ve[nds]?)\b", line, re.IGNORECASE):
            raise SystemExit(f"{client['id']} names no such test, and yet says: {line}")


def make_page(clients, tests):
    # Those that are installed come first in the program, which is not the same everywhere.
    clients = sorted(clients, key=lambda client: (list(GROUPS).index(client["group"]),
                                                  client["name"].casefold(), client["id"]))
    rows, tried = [], []
    for client in clients:
        rows.append(row(cells(client, tests)))
        tried.append(f"- **{client['name']}**: {client['tried']}\n")
        check_words(client, tests, rows[-1], tried[-1])
    return "".join([HEAD, row(COLUMNS), row(["---"] * len(COLUMNS)), *rows, LIMITS,
                    "\n## What was tried, and what was not\n\n", *tried])


def main(arguments):
    check = arguments[:1] == ["--check"]
    if len(arguments) != 3 + check:
        raise SystemExit(__doc__)
    page, program, test_real = arguments[check:]
    path = pathlib.Path(page)

    tests = {name: set(programs) for name, *programs in
             map(str.split, run(sys.executable, test_real, "--programs").splitlines())}
    new = make_page(json.loads(run(program, "clients", "--json")), tests)
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
