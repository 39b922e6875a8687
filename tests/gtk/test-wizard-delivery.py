#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test message to oneself, in practice mode."""

import practice
import wizard as driver

SEND = "Send myself a test message"


class Delivery(practice.PracticeCase):
    def offered(self, address, heading="Your mail works"):
        wizard = self.start_with(address)
        self.check(wizard, heading)
        return wizard

    def wait_said(self, wizard, part):
        wizard.wait(lambda tree: [label for label in tree.labels() if part in label],
                    f"it says “{part}”")

    def assert_spoken(self, wizard, name):
        """What it came to has the focus, so that a screen reader tells."""
        wizard.wait(lambda tree: tree.focused() is not None and name in tree.focused().labels(),
                    f"“{name}” has the focus")

    def test_there_and_back(self):
        wizard = self.offered("works@optonline.net")
        wizard.move_focus(lambda tree: tree.find("button", SEND), "the button")
        wizard.keyboard.press("Return")
        self.wait_said(wizard, "Your test message arrived")
        self.assert_spoken(wizard, "Your test message arrived")
        self.wait_said(wizard, "It went through mail.optonline.net.\nIt was deleted again")
        wizard.press("Send another one")
        self.wait_said(wizard, "Your test message arrived")

    def test_never_by_itself(self):
        wizard = self.offered("works@optonline.net")
        wizard.press("Next")
        wizard.page("Your password")
        wizard.press("Back")
        wizard.page("Result")
        wizard.get("button", SEND)

    def test_refused(self):
        wizard = self.offered("scanner@optonline.net")
        wizard.press(SEND)
        self.wait_said(wizard, "Your test message was not sent")
        self.wait_said(wizard, "The server said: “Spam detected”\nNo message is left behind.")
        self.assertEqual(wizard.snapshot().find_all("button", "Look again"), [])

    def test_cancel_and_look_again(self):
        wizard = self.on_its_way()
        wizard.press("Cancel")
        self.wait_said(wizard, "The test was stopped")
        self.wait_said(wizard, "may still arrive")
        # Nobody would look for this one any more.
        self.assertEqual(wizard.snapshot().find_all("button", "Send another one"), [])
        wizard.press("Look again")
        self.wait_said(wizard, "Waiting for it to arrive")
        wizard.wait(lambda tree: tree.find("label", "Your test message arrived"),
                    "it arrives", 60)
        self.wait_said(wizard, "s after it was sent.")
        # What servers write is no markup.
        self.wait_said(wizard, "It went through hold&<release>.")
        wizard.get("button", "Send another one")

    def test_not_offered(self):
        """Where sending does not work there is nothing to send."""
        wizard = self.offered("sending-blocked@optonline.net",
                              "Receiving works, sending does not")
        self.assertEqual(wizard.snapshot().find_all("button", SEND), [])

    def on_its_way(self):
        wizard = self.offered("on-its-way@optonline.net")
        wizard.press(SEND)
        self.wait_said(wizard, "Waiting for it to arrive")
        return wizard

    def quit(self, wizard):
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+q")

    def test_close_asks(self):
        """Once; the message would be left."""
        wizard = self.on_its_way()
        self.quit(wizard)
        dialog = wizard.wait(lambda tree: tree.window(1).focused() and tree.window(1),
                             "the question is asked")
        self.assertIn("Close before the test message arrives?", dialog.labels())
        self.assertIn("A test message is on its way. It will stay in your mailbox, where you can "
                      "delete it.", dialog.labels())
        self.assertEqual(dialog.focused().name, "Go on")
        dialog.sensitive_button("Go on").press()
        wizard.wait(lambda tree: len(tree.children) == 1, "the question is gone")
        self.wait_said(wizard, "Waiting for it to arrive")

        self.quit(wizard)
        wizard.wait(lambda tree: tree.window(1).sensitive_button("Close"),
                    "the question is asked again").press()
        self.assertEqual(wizard.wait_exit(), 0)

    def test_close_when_stopped(self):
        """What is left was said."""
        wizard = self.on_its_way()
        wizard.press("Cancel")
        self.wait_said(wizard, "may still arrive")
        self.quit(wizard)
        self.assertEqual(wizard.wait_exit(), 0)

    def test_edit_makes_it_stale(self):
        wizard = self.on_its_way()
        wizard.press("Back")
        wizard.page("Your account")
        wizard.fill("Email address", "works@optonline.net")
        self.wait_said(wizard, "The test was stopped; its message may still arrive")
        wizard.press("Check")
        wizard.page("Result", 40)
        wizard.get("button", SEND)


if __name__ == "__main__":
    driver.main(Delivery)
