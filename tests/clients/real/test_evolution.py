# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Evolution's data server is given accounts, keeps every key and gives them back again."""

import case
import evolution
from gi.repository import Gio, GLib

# As it comes, one that needs every escape, and a long one.
NAMES = ("Jane Doe", "Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x} é 🙂 \u202eabc", "x" * 200)


class Evolution(evolution.Case):
    def everything(self):
        """All files of this person but the logs of the test's own daemons, and but what the
        registry makes for everybody, some time after its start."""
        return {path.relative_to(self.home): path.read_bytes() for path in self.home.rglob("*")
                if path.is_file() and path.suffix != ".log"
                and path.name != "system-proxy.source"}

    def round_trip(self, protocol, backend, port, name=case.NAME):
        registry = self.start_registry()
        before = self.everything(), self.sources(registry), self.keyring()

        self.assertEqual(self.setup("--protocol", protocol, "--dry-run").count("New file"), 3)
        self.assertEqual((self.everything(), self.sources(registry), self.keyring()), before)

        output = self.setup("--protocol", protocol, name=name)
        self.assertEqual(output.count("keyring item"), 4)
        sources = self.sources(registry)
        self.assertEqual(len(sources), 3)
        self.assert_account(sources, name, backend, port, self.files())
        for uid in sources:
            self.assertEqual(self.look_up(uid) if not uid.endswith("-identity") else case.PASSWORD,
                             case.PASSWORD)

        self.assertIn("account for this address already", self.refused())
        self.assertEqual(self.sources(registry), sources)
        self.undo()
        after = self.everything()
        after.pop(case.pathlib.Path(".local/state/optsetup/setups.ini"))
        self.assertEqual((after, self.sources(registry), self.keyring()), before)

    def refused(self):
        done = case.subprocess.run([case.CLI, "setup", case.ADDRESS, "--client", "evolution"],
                                   env=self.environment, timeout=60, capture_output=True,
                                   check=False)
        self.assertEqual(done.returncode, 1)
        return done.stderr.decode()

    def test_says_that_a_uid_is_in_use(self):
        """By the error that stands for “somebody else was first”."""
        registry = self.start_registry()
        sources = GLib.Variant("(a{ss})", ({"optsetup-x": "[Data Source]\nDisplayName=x\n"},))
        arguments = (registry, evolution.PATH, "org.gnome.evolution.dataserver.SourceManager",
                     "CreateSources", sources, None, 0, -1, None)
        self.bus.call_sync(*arguments)
        with self.assertRaises(GLib.Error) as raised:
            self.bus.call_sync(*arguments)
        self.assertTrue(raised.exception.matches(Gio.io_error_quark(), Gio.IOErrorEnum.EXISTS))

    def test_leaves_a_password_that_was_there(self):
        self.start_registry()
        self.addCleanup(self.run_program, "secret-tool", "clear", "eds-origin",
                        "evolution-data-server")
        self.setup("--protocol", "imap")
        before = self.keyring()
        state = self.home / ".local" / "state" / "optsetup" / "setups.ini"
        for path in [*self.files().values(), state]:
            path.unlink()
        self.assertIn("(the keyring has", self.refused())
        self.assertEqual(self.keyring(), before)

    def test_takes_imap(self):
        self.round_trip("imap", "imapx", "993")

    def test_takes_pop3(self):
        self.round_trip("pop3", "pop", "995")

    def test_keeps_nasty_names(self):
        registry = self.start_registry()
        for name in NAMES:
            self.setup(name=name)
            identity = next(source for uid, source in self.sources(registry).items()
                            if uid.endswith("-identity"))
            self.assertEqual(identity["Mail Identity"]["Name"], name)
            self.undo()
        self.assertEqual(self.sources(registry), {})

    def test_reads_files(self):
        """Without the registry the files are written, and it reads them when it starts."""
        program = self.home / "bin" / "evolution"
        program.parent.mkdir()
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        self.environment["PATH"] = f"{program.parent}:{self.environment['PATH']}"
        before = self.everything()

        self.setup("--protocol", "imap")
        files = self.files()
        self.assertEqual(len(files), 3)
        registry = self.start_registry()
        self.assert_account(self.sources(registry), case.NAME, "imapx", "993", files)
        self.undo()
        self.assertEqual(self.sources(registry), {})
        after = [path for path in self.everything() if path.parts[:2] == (".config", "evolution")]
        self.assertEqual([path for path in after if path not in before], [])
