#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard with its built-in servers, from Welcome to Done and along the ways that go wrong:

    tests/gtk/run-wizard-test tests/gtk/test-wizard-practice.py build/src/gtk/optsetup [TEST]...
"""

import re
import stat
import time

import wizard as driver
from practice import PASSWORD, SERVICES, PracticeCase, servers

NOT_TRIED = "Not tried, so that a wrong password does not lock your account"
NOT_AN_ADDRESS = "An address has one @, as in jane@optonline.net."

# Every example, the heading that it leads to, and whether one can go on from there; None where that
# is nothing to hold on to.
EXAMPLES = {
    "works@optonline.net": ("Your mail works", True),
    "works@optimum.net": ("Your mail works", True),
    "works@suddenlink.net": ("Your mail works", True),
    "wrong-password@optonline.net": ("Your password was not accepted", False),
    "access-off@optimum.net": ("Sending works, receiving does not", True),
    "locked@optonline.net": ("Your account is locked", False),
    "busy@optonline.net": ("The server has a problem right now", False),
    "sending-blocked@optonline.net": ("Receiving works, sending does not", True),
    "mailbox-full@optimum.net": ("Receiving works, sending does not", True),
    "old-certificate@optonline.net": ("Receiving works, sending does not", True),
    "wrong-clock@optonline.net": ("This computer’s clock may be wrong", False),
    "wrong-name@optonline.net": ("Receiving works, sending does not", True),
    "portal@optonline.net": ("This network wants you to sign in", False),
    "unknown-certificate@optonline.net": ("Nobody vouches for this server", False),
    "moved@optonline.net": ("Your mail works", True),
    "server-down@optonline.net": (None, False),
    "slow@optonline.net": ("Your mail works", True),
    "scanner@optonline.net": ("Your mail works", True),
    "on-its-way@optonline.net": ("Your mail works", True),
}


class Practice(PracticeCase):
    def test_from_welcome_to_done(self):
        wizard = self.start_with("works@optonline.net")
        self.assertEqual([wizard.text(name) for name in ("Your name", "Email address")],
                         ["Jane Doe", "works@optonline.net"])
        self.assertTrue(wizard.text("Password"))
        wizard.label("Step 1 of 4")

        tree = self.check(wizard, "Your mail works")
        self.assert_heading_focused(wizard, "Your mail works")
        self.assertEqual(list(servers(tree)), SERVICES)
        for title, text in servers(tree).items():
            self.assertRegex(text, "^Works · ", title)
        self.assertIn("Your mailbox holds 12 messages. Sending is allowed as works@optonline.net.",
                      tree.labels())

        wizard.press("Next")
        tree = wizard.page("Your password")
        self.assertTrue([label for label in tree.labels() if label.startswith("Nothing is kept")])
        wizard.press("Next")
        wizard.page("Use your mail")

        path = self.folder() / "my settings.txt"
        self.export(wizard, "Sheet as plain text", path)
        text = path.read_text(encoding="utf-8")
        for part in ("Jane Doe", "works@optonline.net", "mail.optonline.net", "993", "465",
                     "Incoming mail (IMAP)"):
            self.assertIn(part, text)
        self.assertNotIn(PASSWORD, text)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual([entry.name for entry in path.parent.iterdir()], [path.name])

        wizard.press("Back")
        wizard.page("Use your mail")
        wizard.press("Done")
        tree = wizard.page("Done")
        self.assertIn("works@optonline.net", tree.labels())
        self.assertIn(str(path), tree.labels())
        wizard.press("Close")
        self.assertEqual(wizard.wait_exit(), 0)

    def export(self, wizard, client, path):
        """Picks a mail program, looks at the preview, and saves by the desktop's dialogue."""
        wizard.open_row(client)
        wizard.page(client)
        wizard.open_row("Look into “mail-settings.txt”")
        wizard.wait(lambda tree: [label for label in tree.labels() if "works@optonline.net" in label
                                  and "Incoming mail (IMAP)" in label], "the preview is shown")
        wizard.save_as(path)
        driver.wait_until(path.exists, f"{path} is written")

    def test_existing_file(self):
        """It is asked for before it goes; saying no keeps it."""
        wizard = self.start_with("works@optonline.net")
        self.check(wizard, "Your mail works")
        wizard.press("Next")
        wizard.page("Your password")
        wizard.press("Next")
        wizard.page("Use your mail")
        wizard.open_row("Sheet as plain text")
        wizard.page("Sheet as plain text")

        path = self.folder() / "mine.txt"
        path.write_text("mine")
        wizard.save_as(path)
        wizard.press("Replace")
        driver.wait_until(lambda: path.read_text(encoding="utf-8") != "mine", "it is replaced")
        self.assertIn("works@optonline.net", path.read_text(encoding="utf-8"))

    def test_file_cannot_be_written(self):
        wizard = self.start_with("works@optonline.net")
        self.check(wizard, "Your mail works")
        wizard.press("Next")
        wizard.page("Your password")
        wizard.press("Next")
        wizard.page("Use your mail")
        wizard.open_row("Sheet as plain text")
        wizard.page("Sheet as plain text")

        folder = self.folder()
        link = folder / "link.txt"
        link.symlink_to(folder / "elsewhere.txt")
        wizard.save_as(link)
        wizard.press("Replace")
        wizard.wait(lambda tree: [label for label in tree.labels()
                                  if "This name is a link to another file." in label],
                    "the reason is shown")
        self.assertFalse((folder / "elsewhere.txt").exists())

    def test_wrong_password(self):
        wizard = self.start_with("wrong-password@optonline.net")
        wizard.fill("Your name", "Jane Q. Doe")
        tree = self.check(wizard, "Your password was not accepted")
        self.assert_heading_focused(wizard, "Your password was not accepted")
        rows = servers(tree)
        self.assertEqual(list(rows), SERVICES)
        self.assertEqual(sorted(rows.values()).count(NOT_TRIED), 2, rows)
        refused = [text for text in rows.values() if text != NOT_TRIED]
        self.assertRegex(refused[0], "^Your password was not accepted")
        self.assertFalse(tree.find("button", "Next").has("sensitive"))

        wizard.press("Back")
        wizard.page("Your account")
        self.assertEqual([wizard.text(name) for name in ("Your name", "Email address")],
                         ["Jane Q. Doe", "wrong-password@optonline.net"])
        self.assertTrue(wizard.text("Password"))

        # The right one, from the keyboard.
        wizard.type("p", PASSWORD)
        wizard.keyboard.press("Return")
        wizard.heading("Your mail works")
        self.assertEqual(wizard.complaints(), [])

    def test_usual_server_is_down(self):
        """All works, and yet programs that are set to that server do not."""
        wizard = self.start_with("moved@optonline.net")
        sentence = ("mail.optonline.net, the usual server, does not work right now. "
                    "mail.optimum.net does, and is used instead.")
        self.assertIn(sentence, self.check(wizard, "Your mail works").labels())

        wizard.press("Back")
        wizard.page("Your account")
        wizard.fill("Email address", "works@optonline.net")
        self.assertNotIn(sentence, self.check(wizard, "Your mail works").labels())

    def test_try_the_others_anyway(self):
        wizard = self.start_with("wrong-password@optonline.net")
        self.check(wizard, "Your password was not accepted")
        wizard.press("Try the others anyway")
        wizard.wait(lambda tree: [text.split(" · ")[0] for text in servers(tree).values()]
                    == ["Your password was not accepted"] * 3, "all have been tried")
        wizard.page("Result")

    def test_edit_makes_the_result_stale(self):
        wizard = self.start_with("works@optonline.net")
        self.check(wizard, "Your mail works")
        wizard.press("Back")
        wizard.page("Your account")
        # Untouched, the result is still good, at once.
        wizard.press("Check")
        self.assertEqual(wizard.page("Result").find("heading").name, "Your mail works")

        wizard.press("Back")
        wizard.page("Your account")
        wizard.fill("Email address", "locked@optonline.net")
        self.check(wizard, "Your account is locked")

    def test_every_example_ends_well(self):
        """Each leads to a result and at least to one button that goes on or repairs."""
        wizard = self.start("--practice")
        tree = wizard.label("Practice mode") and wizard.snapshot()
        shown = [label for label in tree.labels() if re.fullmatch("[^ ]+@[^ ]+", label)]
        self.assertEqual(shown, list(EXAMPLES))

        wizard.open_row(shown[0])
        wizard.page("Your account")
        for address, (heading, goes_on) in EXAMPLES.items():
            with self.subTest(address):
                self.check_example(wizard, address, heading, goes_on)

    def check_example(self, wizard, address, heading, goes_on):
        wizard.fill("Email address", address)
        wizard.fill("Password", "mistyped" if address.startswith("wrong-p") else PASSWORD)
        tree = self.check(wizard, heading)
        self.assertEqual(list(servers(tree)), SERVICES)
        buttons = [node.name for node in tree.find_all("button") if node.has("sensitive")]
        doors = [name for name in buttons if name not in ("Back", "Copy the dialogue", "Close",
                                                          "Minimize", "Maximize", "Main menu",
                                                          "Copy report", "Save report…")]
        self.assertTrue(doors, buttons)
        if goes_on is not None:
            self.assertEqual(bool({"Next", "Go on"} & set(buttons)), goes_on, buttons)
        wizard.press("Back")
        wizard.page("Your account")

    def test_invalid_address(self):
        wizard = self.start("--practice")
        wizard.open_row("Set up my address")
        wizard.page("Your account")
        wizard.type("p", "secret")
        wizard.type("e", "jane@@optonline.net")
        wizard.wait(lambda tree: tree.find("text", "Email address").text() == "jane@@optonline.net",
                    "the address is typed")
        tree = wizard.snapshot()
        self.assertNotIn(NOT_AN_ADDRESS, tree.labels())
        self.assertFalse(tree.find("text", "Email address").is_invalid())
        self.assertFalse(tree.find("button", "Check").has("sensitive"))

        wizard.keyboard.press("Tab")
        tree = wizard.label(NOT_AN_ADDRESS) and wizard.snapshot()
        row = tree.find("text", "Email address")
        self.assertTrue(row.is_invalid())
        self.assertEqual(row.descriptions(), [NOT_AN_ADDRESS])
        self.assertFalse(tree.find("text", "Your name").is_invalid())

        wizard.type("e", "jane@optonline.net")
        wizard.wait(lambda tree: NOT_AN_ADDRESS not in tree.labels()
                    and not tree.find("text", "Email address").is_invalid(), "it is taken back")
        wizard.label("This address belongs to Optonline. We know its servers; you need not.")

    def test_did_you_mean(self):
        wizard = self.start("--practice")
        wizard.open_row("Set up my address")
        wizard.page("Your account")
        wizard.fill("Email address", "jane@optonlin.net")
        wizard.label("Did you mean this?")
        self.assertEqual(wizard.text("Email address"), "jane@optonlin.net")
        wizard.press("jane@optonline.net")
        wizard.label("This address belongs to Optonline. We know its servers; you need not.")
        self.assertEqual(wizard.text("Email address"), "jane@optonline.net")

        # It has put the focus where the next thing is to be typed.
        wizard.keyboard.type("practice")
        wizard.keyboard.press("Return")
        wizard.heading("Your mail works")

    def test_cancel(self):
        wizard = self.start_with("slow@optonline.net")
        wizard.press("Check")
        wizard.heading("Checking your mail…")
        cancel = wizard.get("button", "Cancel")
        started = time.monotonic()
        cancel.press()
        wizard.page("Your account")
        self.assertLess(time.monotonic() - started, 1)
        self.assertEqual(wizard.text("Email address"), "slow@optonline.net")

        # And nothing of it comes back.
        wizard.fill("Email address", "works@optonline.net")
        self.check(wizard, "Your mail works")

    def test_close_during_a_check(self):
        wizard = self.start_with("slow@optonline.net")
        wizard.press("Check")
        wizard.heading("Checking your mail…")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+q")
        self.assertEqual(wizard.wait_exit(), 0)

    def test_servers_by_hand(self):
        wizard = self.start("--practice")
        wizard.open_row("Set up my address")
        wizard.page("Your account")
        wizard.fill("Your name", "Jane Doe")
        wizard.fill("Password", PASSWORD)
        wizard.fill("Email address", "jane@localhost")
        wizard.label("This is not an Optimum address.")
        self.assertFalse(wizard.get("button", "Check").has("sensitive"))
        wizard.press("Enter servers myself")
        tree = wizard.page("Servers")
        self.assertEqual([node.name for node in tree.find_all("text")],
                         ["Server", "Port", "Sign-in name"] * 3)
        self.assertEqual([node.text() for node in tree.find_all("text", "Port")],
                         ["993", "995", "465"])
        self.assertFalse(tree.find("button", "Use these").has("sensitive"))

        for host in "mail example", "-mail.example.com", "mail..example.com", "mail.example.com:993":
            with self.subTest(host):
                self.refuse(wizard, 0, host, "993",
                            "The server’s name is not spelled like mail.example.net.")
        for port in "0", "65536", "many", "", "-1", "99999999999999999999":
            with self.subTest(port):
                self.refuse(wizard, 1, "mail.example.com", port,
                            "A port is a number from 1 to 65535.")

        for number, (host, port) in enumerate((("mail.example.com", "993"), ("", "995"),
                                               ("smtp.example.com", "465"))):
            self.enter_server(wizard, number, host, port)
        wizard.press("Use these")
        wizard.page("Your account")
        wizard.label(re.compile("^Your password will be sent to mail.example.com, smtp.example.com"))
        wizard.press("Check")
        self.question(wizard, "Send your password to these 2 servers?",
                      "mail.example.com\nsmtp.example.com\n\nThis program does not know whose servers "
                      "they are. Only do this if you trust them.")
        wizard.press("Send")
        tree = wizard.page("Result", 40)
        self.assertEqual(list(servers(tree)), [SERVICES[0], SERVICES[2]])

    def question(self, wizard, heading, body):
        """The dialogue that asks, whose safe answer has the focus."""
        dialog = wizard.wait(lambda tree: tree.window(1).focused() and tree.window(1),
                             "the question is asked")
        words = [node.name for node in dialog.walk() if node.role in ("label", "heading")]
        self.assertIn(heading, words)
        self.assertIn(body, words)
        self.assertEqual(dialog.focused().name, "Cancel")

    def test_strange_server(self):
        """The password goes to a host that is not the provider's only after a yes."""
        wizard = self.start_with("works@optonline.net")
        self.check(wizard, "Your mail works")
        wizard.open_row("Receiving mail (IMAP)")
        wizard.open_row("Change servers…")
        self.enter_server(wizard, 0, "imap.suddenlink.net", "993")
        wizard.press("Use these")
        heading = "Send your password to imap.suddenlink.net?"
        body = "It is not a server of Optonline. Only do this if you trust it."
        self.question(wizard, heading, body)
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Escape")
        wizard.wait(lambda tree: len(tree.children) == 1, "the question is gone")

        # Nothing was checked: the page is still that of the servers, and there is no result behind it.
        wizard.page("Servers")
        wizard.press("Back")
        wizard.page("Your account")
        wizard.press("Check")
        self.question(wizard, heading, body)
        wizard.press("Cancel")
        wizard.wait(lambda tree: len(tree.children) == 1, "the question is gone")
        wizard.page("Your account")

        wizard.press("Check")
        self.question(wizard, heading, body)
        wizard.press("Send")
        wizard.heading("Your mail works")
        # Said once, it holds.
        wizard.press("Back")
        wizard.page("Your account")
        wizard.fill("Password", "mistyped")
        self.check(wizard, "Your password was not accepted")

    def enter_server(self, wizard, number, host, port):
        tree = wizard.page("Servers")
        tree.find_all("text", "Server")[number].set_text(host)
        tree.find_all("text", "Port")[number].set_text(port)

    def refuse(self, wizard, number, host, port, sentence):
        self.enter_server(wizard, number, host, port)
        tree = wizard.label(sentence) and wizard.snapshot()
        self.assertFalse(tree.find("button", "Use these").has("sensitive"))
        wrong = tree.find_all("text", "Port" if sentence.startswith("A port") else "Server")[number]
        self.assertEqual([node for node in tree.find_all("text") if node.is_invalid()], [wrong])
        self.assertEqual(wrong.descriptions(), [sentence])
        self.enter_server(wizard, number, "mail.example.com", "993")
        wizard.wait(lambda tree: sentence not in tree.labels(), "the sentence is gone")


if __name__ == "__main__":
    driver.main(Practice)
