# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Evolution's data server: its registry of accounts and what it keeps in the keyring."""

import case
from gi.repository import Gio, GLib

REGISTRY = "/usr/libexec/evolution-source-registry"
PREFIX = "org.gnome.evolution.dataserver.Sources"
PATH = "/org/gnome/evolution/dataserver/SourceManager"
SOURCE = "org.gnome.evolution.dataserver.Source"

def parse(text):
    """A key file's sections, as GKeyFile has them."""
    file = GLib.KeyFile()
    file.load_from_data(text, len(text.encode()), GLib.KeyFileFlags.NONE)
    return {group: {key: file.get_string(group, key) for key in file.get_keys(group)[0]}
            for group in file.get_groups()[0]}


class Case(case.Case):
    programs = (REGISTRY, "secret-tool")

    def setUp(self):
        super().setUp()
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def start_registry(self):
        name = next(name for name in self.list_service_names() if name.startswith(PREFIX))
        daemon = case.start_daemon(REGISTRY, name=name, home=self.home)
        self.addCleanup(daemon.wait)
        self.addCleanup(daemon.terminate)
        self.registry = daemon
        return name

    def stop_registry(self, name):
        self.registry.terminate()
        self.registry.wait()
        case.servers.wait_until(lambda: not case.owns_name(name), "the registry ends")

    def list_service_names(self):
        """The number in its name is that of the installed version."""
        folder = case.pathlib.Path("/usr/share/dbus-1/services")
        return [path.name.removesuffix(".service") for path in folder.iterdir()]

    def objects(self, name):
        return self.bus.call_sync(name, PATH, "org.freedesktop.DBus.ObjectManager",
                                  "GetManagedObjects", None, None, 0, -1, None).unpack()[0]

    def remove_source(self, name, uid):
        """With all that belongs to it, as Evolution does when somebody removes an account."""
        path, = (path for path, interfaces in self.objects(name).items()
                 if interfaces.get(SOURCE, {}).get("UID") == uid)
        self.bus.call_sync(name, path, f"{SOURCE}.Removable", "Remove", None, None, 0, -1, None)

    def sources(self, name):
        """What the registry has of ours: sections by UID."""
        reply = self.objects(name)
        found = {interfaces[SOURCE]["UID"]: interfaces[SOURCE]["Data"]
                 for interfaces in reply.values() if SOURCE in interfaces}
        return {uid: parse(text) for uid, text in found.items() if uid.startswith("optsetup-")}

    def files(self):
        folder = self.home / ".config" / "evolution" / "sources"
        return {path.name: path for path in sorted(folder.glob("*.source"))}

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
