# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Evolution's data server is given accounts, keeps every key and gives them back again."""


import case
from gi.repository import Gio, GLib

REGISTRY = "/usr/libexec/evolution-source-registry"
PREFIX = "org.gnome.evolution.dataserver.Sources"
PATH = "/org/gnome/evolution/dataserver/SourceManager"
SOURCE = "org.gnome.evolution.dataserver.Source"

# As it comes, one that needs every escape, and a long one.
NAMES = ("Jane Doe", "Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x} é 🙂 \u202eabc", "x" * 200)


def parse(text):
    """A key file's sections, as GKeyFile has them."""
    file = GLib.KeyFile()
    file.load_from_data(text, len(text.encode()), GLib.KeyFileFlags.NONE)
    return {group: {key: file.get_string(group, key) for key in file.get_keys(group)[0]}
            for group in file.get_groups()[0]}


class Evolution(case.Case):
    programs = (REGISTRY, "secret-tool")

    def setUp(self):
        super().setUp()
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def start_registry(self):
        name = next(name for name in self.list_service_names() if name.startswith(PREFIX))
        daemon = case.start_daemon(REGISTRY, name=name, home=self.home)
        self.addCleanup(daemon.wait)
        self.addCleanup(daemon.terminate)
        return name

    def list_service_names(self):
        """The number in its name is that of the installed version."""
        folder = case.pathlib.Path("/usr/share/dbus-1/services")
        return [path.name.removesuffix(".service") for path in folder.iterdir()]

    def sources(self, name):
        """What the registry has of ours: sections by UID."""
        reply = self.bus.call_sync(name, PATH, "org.freedesktop.DBus.ObjectManager",
                                   "GetManagedObjects", None, None, 0, -1, None).unpack()[0]
        found = {interfaces[SOURCE]["UID"]: interfaces[SOURCE]["Data"]
                 for interfaces in reply.values() if SOURCE in interfaces}
        return {uid: parse(text) for uid, text in found.items() if uid.startswith("optsetup-")}

    def files(self):
        folder = self.home / ".config" / "evolution" / "sources"
        return {path.name: path for path in sorted(folder.glob("*.source"))}

    def everything(self):
        """All files of this person but the logs of the test's own daemons, and but what the
        registry makes for everybody, some time after its start."""
        return {path.relative_to(self.home): path.read_bytes() for path in self.home.rglob("*")
                if path.is_file() and path.suffix != ".log"
                and path.name != "system-proxy.source"}

    def keyring(self):
        """All items of Evolution's, with their passwords."""
        return self.run_program("secret-tool", "search", "--all", "--unlock", "eds-origin",
                                "evolution-data-server")

    def look_up(self, uid):
        return self.run_program("secret-tool", "lookup", "xdg:schema",
                                "org.gnome.Evolution.Data.Source", "e-source-uid", uid,
                                "eds-origin", "evolution-data-server")

    def setup(self, *options, name=case.NAME, status=0):
        return self.run_cli("setup", case.ADDRESS, "--client", "evolution", "--name", name,
                            *options, status=status)

    def undo(self):
        return self.run_cli("setup", case.ADDRESS, "--client", "evolution", "--undo")

    def assert_account(self, sources, name, backend, port, files):
        """Every key of ours, and what belongs together."""
        account, identity, transport = (
            next(source for uid, source in sources.items() if uid.endswith(end))
            for end in ("-account", "-identity", "-transport"))
        self.assertEqual(account["Mail Account"]["BackendName"], backend)
        self.assertEqual(account["Authentication"]["Host"], case.HOST)
        self.assertEqual(account["Authentication"]["Port"], port)
        self.assertEqual(account["Authentication"]["User"], case.ADDRESS)
        self.assertEqual(account["Security"]["Method"], "ssl-on-alternate-port")
        self.assertEqual(identity["Mail Identity"], {"Address": case.ADDRESS, "Name": name})
        self.assertEqual(transport["Mail Transport"]["BackendName"], "smtp")
        self.assertEqual(account["Mail Account"]["IdentityUid"] + ".source",
                         next(file for file in files if file.endswith("-identity.source")))
        self.assertIn(identity["Mail Submission"]["TransportUid"], sources)
        for uid, path in ((uid, files[f"{uid}.source"]) for uid in sources):
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)
            self.assertEqual(parse(path.read_text()), sources[uid])
            self.assert_no_password(path.read_text())

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
        arguments = (registry, PATH, "org.gnome.evolution.dataserver.SourceManager",
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
