# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Test Anything Protocol, for checks that complain."""

MAX_SHOWN = 20


class Results:
    """Prints one line for each check, and below it what it complains of."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, complaints):
        complaints = list(complaints)
        self.count += 1
        self.failed += bool(complaints)
        print(f"{'not ok' if complaints else 'ok'} {self.count} - {name}")
        for complaint in complaints[:MAX_SHOWN]:
            for line in complaint.splitlines():
                print(f"#   {line}")
        if len(complaints) > MAX_SHOWN:
            print(f"#   and {len(complaints) - MAX_SHOWN} more")

    def skip(self, name, reason):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}")

    def finish(self):
        """Ends the list; the exit status."""
        print(f"1..{self.count}")
        return 1 if self.failed else 0
