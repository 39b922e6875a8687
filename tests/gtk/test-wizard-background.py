#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results that come while somebody looks elsewhere:

    tests/gtk/run-wizard-test tests/gtk/test-wizard-background.py build/src/gtk/optsetup [TEST]...
"""

import ctypes

from gi.repository import Gio, GLib

import old_settings
import wizard as driver
from practice import PASSWORD, PracticeCase

INTERFACE = """<node><interface name="org.freedesktop.Notifications">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
</interface></node>"""
PATH = "/org/freedesktop/Notifications"
NAME = "org.freedesktop.Notifications"


class Desktop:
    """The part of a desktop that shows notifications."""

    def __init__(self):
        self.shown = []
        self.closed = []
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self.registration = self.bus.register_object(PATH, interface, self.called, None, None)
        self.owner = Gio.bus_own_name_on_connection(self.bus, NAME, 0, None, None)

    def called(self, bus, sender, path, interface, method, arguments, invocation):
        if method == "Notify":
            self.shown.append(tuple(arguments.unpack()[3:5]))
            invocation.return_value(GLib.Variant("(u)", (len(self.shown),)))
        else:
            self.closed.append(arguments.unpack()[0])
            invocation.return_value(None)

    def close(self):
        Gio.bus_unown_name(self.owner)
        self.bus.unregister_object(self.registration)


class Background(PracticeCase):
    def start_desktop(self):
        desktop = Desktop()
        self.addCleanup(desktop.close)
        return desktop

    @staticmethod
    def look_away(wizard):
        """The focus goes to no window."""
        wizard.keyboard.x.XSetInputFocus(wizard.keyboard.display, ctypes.c_ulong(0), 0, 0)
        wizard.keyboard.x.XSync(wizard.keyboard.display, 0)
        wizard.wait(lambda tree: not tree.window(0).has("active"), "the window is not active")

    def test_long_check(self):
        """Only one that took long is worth a notification, and only to who looks elsewhere."""
        desktop = self.start_desktop()
        wizard = self.start_with("works@optonline.net")
        wizard.press("Check")
        self.look_away(wizard)
        wizard.heading("Your mail works")
        self.assertEqual(desktop.shown, [])

        wizard.press("Back")
        wizard.page("Your account")
        self.check_slowly(wizard, desktop)
        # It goes when the window is looked at.
        wizard.keyboard.focus_topmost()
        driver.wait_until(lambda: desktop.closed == [1], "the notification is gone")

    def check_slowly(self, wizard, desktop):
        before = len(desktop.shown)
        wizard.fill("Email address", "slow@optonline.net")
        wizard.press("Check")
        self.look_away(wizard)
        wizard.heading("Your mail works", 60)
        driver.wait_until(lambda: len(desktop.shown) > before, "the desktop is told")
        self.assertEqual(desktop.shown[before:], [("Your mail works", "slow@optonline.net")])

    def test_seen_check(self):
        desktop = self.start_desktop()
        wizard = self.start_with("slow@optonline.net")
        wizard.keyboard.focus_topmost()
        wizard.press("Check")
        wizard.heading("Your mail works", 60)
        self.assertEqual(desktop.shown, [])

    def test_message_that_arrives_on_another_page(self):
        wizard = self.start_with("on-its-way@optonline.net")
        self.check(wizard, "Your mail works")
        wizard.press("Send myself a test message")
        wizard.wait(lambda tree: [label for label in tree.labels()
                                  if "Waiting for it to arrive" in label], "it is on its way")
        wizard.press("Next")
        wizard.page("Your password")
        self.assertNotIn("Your test message arrived", wizard.snapshot().labels())
        wizard.label("Your test message arrived", 60)

    def test_tests_on_another_page(self):
        """They go on, one of them slowly, and a toast tells."""
        settings = old_settings.MSMTP.replace(old_settings.JANE, "slow@optonline.net")
        path = old_settings.write(self.folder() / ".msmtprc", settings)
        wizard = self.start("--practice", str(path))
        wizard.page("Your settings")
        wizard.fill("Password", PASSWORD)
        wizard.wait(lambda tree: tree.sensitive_button("Check"), "the password is known")
        wizard.press("Back")
        wizard.open_row("Find out why mail does not work")
        wizard.page("Mail programs")
        wizard.press("Check all")
        wizard.press("Back")
        wizard.get("list item", "Set up my address")
        self.assertNotIn("Your accounts were checked", wizard.snapshot().labels())
        wizard.label("Your accounts were checked", 60)


if __name__ == "__main__":
    driver.main(Background)
