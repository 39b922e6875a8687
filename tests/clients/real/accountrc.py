# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of Claws Mail and Sylpheed share: an account is brought in as our steps say, the
program is started and ended, and what it made of the file is compared key by key."""

import shutil
import subprocess

import case

NASTY = [
    "Jane \"J\" O'Doe \\ \\` $HOME $(id) #1 100% %s %(x)s ; {x} [y] <z> é 🙂 \u202eabc=d",
    "\\n\\\"", "#", "[Account: 7]", "=", "y" * 7995, "aB3\"\\`$#%;<>&'é字😀 " * 10 + "x",
]

EXISTING = """[Account: 1]
account_name=The one before
is_default=1
name=Jane
address=jane@example.com
protocol=0
receive_server=mail.example.com
smtp_server=mail.example.com
user_id=jane
"""

# The folders that an installation has, those of our account among them. An account without any is
# signed in to at the start, which a person would have to answer questions for.
FOLDERS = """<?xml version="1.0" encoding="UTF-8"?>
<folderlist>
    <folder type="mh" name="Mailbox" path="Mail">
        <folderitem type="inbox" name="inbox" path="inbox"/>
        <folderitem type="outbox" name="sent" path="sent"/>
        <folderitem type="draft" name="draft" path="draft"/>
        <folderitem type="queue" name="queue" path="queue"/>
        <folderitem type="trash" name="trash" path="trash"/>
    </folder>{imap}
</folderlist>
"""
IMAP_FOLDERS = """
    <folder type="imap" name="IMAP" account_id="2">
        <folderitem type="inbox" name="INBOX" path="INBOX"/>
    </folder>"""


def parse(text):
    """Section -> key -> value."""
    sections = {}
    section = None
    for line in text.splitlines():
        if line.startswith("[Account: ") and line.endswith("]"):
            section = sections.setdefault(line, {})
        elif line:
            key, value = line.split("=", 1)
            section[key] = value
    return sections


class Case(case.Case):
    client = None
    program = ()
    folder = None

    def setUp(self):
        super().setUp()
        (self.home / self.folder).mkdir(mode=0o700)
        self.accountrc = self.home / self.folder / "accountrc"
        for folder in "inbox", "sent", "draft", "queue", "trash":
            (self.home / "Mail" / folder).mkdir(parents=True)

    def start_and_end(self):
        """The program reads its settings and, at the end, writes them anew."""
        before = self.accountrc.stat().st_ino
        # The program makes this folder once it is the one that --exit is for.
        started = self.home / self.folder / "uidl"
        shutil.rmtree(started, ignore_errors=True)
        with open(self.home / "log", "wb") as log:
            process = subprocess.Popen(self.program, env=self.environment, stdout=log, stderr=log)

        def ended():
            subprocess.run([self.program[0], "--exit"], env=self.environment, timeout=20,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            return process.poll() is not None

        try:
            case.servers.wait_until(started.is_dir, f"{self.program[0]} starts")
            case.servers.wait_until(ended, f"{self.program[0]} ends")
        finally:
            process.kill()
            process.wait()
        self.assertNotEqual(self.accountrc.stat().st_ino, before,
                            f"it wrote nothing: {(self.home / 'log').read_text()}")
        return parse(self.accountrc.read_text())

    def make_folders(self, imap=""):
        (self.home / self.folder / "folderlist.xml").write_text(FOLDERS.format(imap=imap))

    def bring_in(self, protocol, name):
        """As our steps say; returns the keys and values that must be kept."""
        self.make_folders(IMAP_FOLDERS if protocol == "imap" else "")
        exported = self.export(self.client, "--protocol", protocol, "--name", name, "--force")
        text = exported.read_text().replace("[Account: 1]", "[Account: 2]", 1)
        text = text.replace("is_default=1", "is_default=0", 1)
        self.accountrc.write_text(EXISTING + text)
        self.accountrc.chmod(0o600)
        return parse(text)["[Account: 2]"]

    def check_keeps(self, protocol, name=case.NAME):
        wanted = self.bring_in(protocol, name)
        self.assertEqual(wanted["name"], name)
        kept = self.start_and_end()
        self.assertEqual({key: kept["[Account: 2]"].get(key) for key in wanted}, wanted)
        # Far more than ours: it was the program that wrote them.
        self.assertGreater(len(kept["[Account: 2]"]), len(wanted))
        self.assertEqual(kept["[Account: 1]"]["account_name"], "The one before")
        return wanted
