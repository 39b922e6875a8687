# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""GNOME Online Accounts: its daemon and what that keeps in the keyring."""

import case
from gi.repository import Gio, GLib

DAEMON = "/usr/libexec/goa-daemon"
NAME = "org.gnome.OnlineAccounts"


class Case(case.Case):
    programs = (DAEMON, "secret-tool")

    def setUp(self):
        super().setUp()
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        daemon = case.start_daemon(DAEMON, "--replace", name=NAME, home=self.home)
        self.addCleanup(daemon.wait)
        self.addCleanup(daemon.terminate)

    def call(self, path, interface, method, arguments=None):
        return self.bus.call_sync(NAME, path, interface, method, arguments, None, 0, 60000,
                                  None).unpack()

    def accounts(self):
        """Its accounts: interfaces with their properties by path."""
        objects = self.call("/org/gnome/OnlineAccounts", "org.freedesktop.DBus.ObjectManager",
                            "GetManagedObjects")[0]
        return {path: interfaces for path, interfaces in objects.items()
                if f"{NAME}.Account" in interfaces}

    def get_password(self, path, which):
        """As a mail program gets it."""
        return self.call(path, f"{NAME}.PasswordBased", "GetPassword",
                         GLib.Variant("(s)", (which,)))[0]

    def keyring(self):
        return self.run_program("secret-tool", "search", "--all", "--unlock", "xdg:schema", NAME)

    def config(self):
        path = self.home / ".config" / "goa-1.0" / "accounts.conf"
        return path.read_text().strip() if path.exists() else ""

    def setup(self, *options, address=case.ADDRESS, name=case.NAME, **more):
        return self.run_cli("setup", address, "--client", "goa", "--name", name, *options, **more)

    def setup_undone(self, address=case.ADDRESS):
        return self.run_cli("setup", address, "--client", "goa", "--undo")
