# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A provider whose servers all speak STARTTLS, for tests that export its settings."""

import case

SECTION = """[optonline]
name=Optonline
domains=optonline.net
imap=starttls://{host}:143
pop3=starttls://{host}:110
smtp=starttls://{host}:587
"""


def use(test):
    """From here on the test's exports are for such a provider, as an administrator sets one up."""
    folder = test.home / "etc" / "optsetup" / "providers.d"
    folder.mkdir(parents=True)
    (folder / "starttls.ini").write_text(SECTION.format(host=case.HOST))
    test.environment["XDG_CONFIG_DIRS"] = str(test.home / "etc")
