#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the wizard makes of settings that are there already:

    tests/gtk/run-wizard-test tests/gtk/test-wizard-found.py build/src/gtk/optsetup [TEST]...
"""

import re
import zipfile

import old_settings
import wizard as driver
from drag import Partner

JANE = old_settings.JANE
RETIRED = re.compile("pop.optonline.net")


def page_row(tree, name):
    """A row whose name begins with NAME: one that holds a comparison says all of it."""
    return tree.find("list item", re.compile(f"^{re.escape(name)}"))


class Found(driver.Case):
    """The real thing, in a home with old settings and without a network."""

    def setUp(self):
        self.home = self.folder()

    def open(self, *options):
        return self.start(*options, environment=old_settings.environment(self.home))

    def find(self):
        wizard = self.open()
        wizard.open_row("Find out why mail does not work")
        wizard.page("Mail programs")
        return wizard

    def open_found(self, wizard, state):
        """The account whose row says STATE."""
        def row(tree):
            return next((node for node in tree.find_all("list item", JANE)
                         if any(state.search(label) for label in node.labels())), None)

        wizard.move_focus(row, f"the row with {state.pattern}")
        wizard.keyboard.press("Return")
        return wizard.page("Your settings")

    def test_nothing_found(self):
        wizard = self.find()
        wizard.heading("No mail account was found")
        wizard.label(re.compile("^Looked for the settings of .*Thunderbird.*Claws Mail"))
        self.assertFalse(wizard.snapshot().find_all("button", "Check all"))
        wizard.open_row("Enter an address")
        wizard.page("Your account")
        wizard.press("Back")
        wizard.page("Mail programs")

    def test_found_and_explained(self):
        files = [old_settings.write_thunderbird(self.home), old_settings.write_msmtp(self.home),
                 old_settings.write_claws(self.home)]
        before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in files]
        wizard = self.open()
        wizard.label("Looks at what is on this computer: Thunderbird, msmtp (sends), Claws Mail")
        wizard.open_row("Find out why mail does not work")
        wizard.page("Mail programs")
        wizard.heading("3 mail accounts were found")
        tree = wizard.snapshot()
        self.assertEqual(len(tree.find_all("list item", JANE)), 3)
        for program in "Thunderbird", "msmtp (sends)", "Claws Mail":
            self.assertIn(program, tree.labels())
        self.assertIn("Up to date", tree.labels())

        tree = self.open_found(wizard, RETIRED)
        heading = tree.find("heading")
        self.assertRegex(heading.name, RETIRED)
        self.assertTrue(heading.has("focused"))
        self.assertIn(f"{JANE} · Thunderbird", tree.labels())
        row = page_row(tree, "Receiving mail (POP3)")
        self.assertIn("Now: pop.optonline.net; recommended: mail.optonline.net.", row.name)
        self.assertIn("Now: Port 110, not protected; recommended: Port 995, protected by TLS.",
                      row.name)
        self.assertIn(f"Now: User jane.doe; recommended: User {JANE}.", row.name)
        # Without a password there is nothing to check.
        self.assertIsNone(tree.sensitive_button("Check both"))
        wizard.fill("Password", "secret")
        wizard.wait(lambda tree: tree.sensitive_button("Check both"), "it can be checked")
        wizard.press("Copy “mail.optonline.net”")
        wizard.label("Copied")

        self.assertEqual([(path.read_bytes(), path.stat().st_mtime_ns) for path in files], before)

    def test_fix(self):
        """The repaired account is what it was, POP3 and all, but for what was wrong."""
        old_settings.write_thunderbird(self.home)
        wizard = self.find()
        self.open_found(wizard, RETIRED)
        wizard.press("Fix it for Thunderbird")
        wizard.page("Thunderbird")
        path = self.home / "settings.zip"
        wizard.save_as(path)
        driver.wait_until(path.exists, "the file is written")
        with zipfile.ZipFile(path) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith("prefs.js")]
            prefs = archive.read(name).decode()
        for key, value in (("type", '"pop3"'), ("hostname", '"mail.optonline.net"'),
                           ("port", "995"), ("userName", f'"{JANE}"'),
                           ("leave_on_server", "true"), ("delete_by_age_from_server", "true"),
                           ("num_days_to_leave_on_server", "21")):
            self.assertIn(f'"mail.server.server1.{key}", {value});', prefs)

    def test_strange_host(self):
        """The password goes nowhere unasked, and that is the answer of who does not read."""
        old_settings.write_claws(self.home)
        wizard = self.find()
        self.open_found(wizard, re.compile("mail.example.net"))
        wizard.fill("Password", "secret")
        wizard.press("Check both")
        dialog = wizard.wait(lambda tree: tree.window(1).focused() and tree.window(1),
                             "the question is asked")
        words = " ".join(map(str, dialog.walk()))
        self.assertIn("Send your password to mail.example.net?", words)
        self.assertIn("It is not a server of Optonline.", words)
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Escape")
        wizard.wait(lambda tree: len(tree.children) == 1, "the question is gone")
        wizard.get("button", "Check both")

    def test_broken_settings(self):
        old_settings.write_msmtp(self.home)
        path = old_settings.write_thunderbird(self.home)
        path.write_bytes(b"\x7fELF\0\0\0\1" * 100)
        wizard = self.find()
        wizard.heading("1 mail account was found")
        tree = wizard.wait(lambda tree: tree.find("label", "Could not be read") and tree,
                           "the trouble is told")
        labels = tree.find("list item", "Thunderbird").labels()
        self.assertTrue(any(str(path.parent) in label for label in labels), labels)

    def test_file_argument(self):
        path = old_settings.write(self.home / "config-v1.1.xml", old_settings.AUTOCONFIG)
        wizard = self.open(str(path))
        tree = wizard.page("Your settings")
        self.assertEqual(tree.find("heading").name, "These settings are up to date")
        self.assertIn(f"{JANE} · config-v1.1.xml", tree.labels())
        wizard.press("Back")
        wizard.get("list item", "Set up my address")

    def test_file_that_is_no_settings(self):
        path = old_settings.write(self.home / "letter.txt", "Dear Sir,\n")
        wizard = self.open(str(path))
        toast = wizard.get("label", re.compile("^This is not a settings file"))
        wizard.wait(lambda tree: tree.find("list item", "Set up my address"), "Welcome is shown")

        # The toast goes; the page on which one would try again still says it, until one does.
        wizard.open_row("Find out why mail does not work")
        tree = wizard.page("Mail programs")
        self.assertIn(toast.name, tree.find("list item", "letter.txt").labels())
        self.open_by_hand(wizard, old_settings.write(self.home / "config-v1.1.xml",
                                                     old_settings.AUTOCONFIG))
        wizard.page("Your settings")
        wizard.press("Back")
        self.assertNotIn("letter.txt", wizard.page("Mail programs").labels())

    @staticmethod
    def open_by_hand(wizard, path):
        wizard.open_row("Open a settings file…")
        wizard.wait(lambda tree: tree.window(1), "the dialogue is open")
        wizard.keyboard.focus_topmost()
        wizard.keyboard.press("Control_L+l")
        # All at once: newer versions of GTK guess at what is being typed.
        wizard.wait(lambda tree: tree.window(1).find("text").has("focused") and
                    tree.window(1).find("text"), "a path can be typed").set_text(str(path))
        wizard.wait(lambda tree: tree.window(1).sensitive_button("Open"), "it can be opened").press()

    def test_drop_file(self):
        """On the first page, and on the one with what was found."""
        wizard = self.open()
        wizard.label("Set up my address")
        good = old_settings.write(self.home / "config-v1.1.xml", old_settings.AUTOCONFIG)
        bad = old_settings.write(self.home / "letter.txt", "Dear Jane,\n")
        with Partner(wizard, bad) as partner:
            partner.give_to(wizard.snapshot().find("list item", "Set up my address").middle())
            wizard.get("label", re.compile("^This is not a settings file"))
        wizard.open_row("Find out why mail does not work")
        tree = wizard.page("Mail programs")
        with Partner(wizard, good) as partner:
            partner.give_to(tree.find("heading").middle())
            tree = wizard.page("Your settings")
        self.assertIn(f"{JANE} · config-v1.1.xml", tree.labels())

    def test_open_file(self):
        path = old_settings.write(self.home / "config-v1.1.xml", old_settings.AUTOCONFIG)
        wizard = self.find()
        self.open_by_hand(wizard, path)
        wizard.page("Your settings")
        wizard.heading("These settings are up to date")
        wizard.press("Back")
        self.assertIn("config-v1.1.xml", wizard.page("Mail programs").labels())

    def test_move(self):
        old_settings.write_thunderbird(self.home)
        wizard = self.open()
        wizard.open_row("Move my settings to another program")
        wizard.page("Move settings")
        wizard.heading("Which settings are to move?")
        wizard.open_row(JANE)
        tree = wizard.page("Use your mail")
        self.assertNotIn("Step 4 of 4", tree.labels())
        wizard.open_row("Sheet to print")
        wizard.page("Sheet to print")
        wizard.open_row("Incoming mail (POP3)")
        tree = wizard.wait(lambda tree: tree.find("label", "mail.optonline.net") and tree,
                           "the server is shown")
        self.assertNotIn("pop.optonline.net", tree.labels())
        wizard.press("Back")
        wizard.page("Use your mail")
        wizard.press("Back")
        wizard.page("Move settings")

    def test_saved(self):
        old_settings.write_saved(self.home)
        wizard = self.open()
        wizard.label("Your accounts")
        wizard.label("Did not work on 03/03/26")
        wizard.press(f"Check {JANE}")
        wizard.label("Your settings")
        wizard.heading("These settings are up to date")

        wizard.press("New password…")
        wizard.page("New password")
        wizard.heading("Type the new password")
        self.assertIsNone(wizard.snapshot().sensitive_button("Check"))
        wizard.press("Back")
        wizard.page("Your settings")


class Practice(driver.Case):
    """Examples, with servers that are played."""

    def find(self):
        wizard = self.start("--practice")
        wizard.open_row("Find out why mail does not work")
        wizard.page("Mail programs")
        return wizard

    def test_for_everybody(self):
        """Settings without an address are checked for the one that is typed."""
        path = old_settings.write(self.folder() / "config-v1.1.xml",
                                  old_settings.AUTOCONFIG.replace(JANE, "%EMAILADDRESS%"))
        wizard = self.start("--practice", str(path))
        tree = wizard.page("Your settings")
        self.assertEqual(tree.find("heading").name, "These settings are up to date")
        wizard.press("Enter an address")
        wizard.wait(lambda tree: tree.window(1).focused(), "the question is asked")
        self.assertIsNone(wizard.snapshot().window(1).sensitive_button("Next"))
        wizard.keyboard.focus_topmost()
        wizard.keyboard.type("works@optonline.net")
        wizard.wait(lambda tree: tree.window(1).sensitive_button("Next"), "it is an address")
        wizard.keyboard.press("Return")
        wizard.wait(lambda tree: len(tree.children) == 1, "the question is gone")
        wizard.label("works@optonline.net · config-v1.1.xml")
        wizard.fill("Password", "practice")
        wizard.press("Check")
        wizard.get("button", "Check again", 40)
        self.assertEqual(wizard.snapshot().find("heading").name, "These settings work")

    def test_check_and_fix(self):
        wizard = self.find()
        wizard.open_row("works@optonline.net")
        wizard.page("Your settings")
        wizard.press("Check both")
        wizard.get("button", "Check again", 40)
        tree = wizard.snapshot()
        self.assertEqual(tree.find("heading").name, "Your provider’s settings work")
        self.assertTrue(tree.find("heading").has("focused"))
        states = [node.labels()[1] for node in tree.find_all("list item")
                  if node.name in ("Receiving mail (POP3)", "Sending mail (SMTP)")]
        self.assertEqual(len(states), 4, states)
        self.assertRegex(states[0], "^There is no such server")
        self.assertRegex(states[1], "did not get your password")
        self.assertRegex(states[2], "^Works")
        self.assertRegex(states[3], "^Works")

        wizard.press("Fix it for Thunderbird")
        tree = wizard.page("Thunderbird")
        self.assertIn("Incoming mail (POP3)", tree.labels())
        wizard.press("Back")
        wizard.page("Your settings")
        wizard.heading("Your provider’s settings work")

    def test_name_refused(self):
        """The password is right: nobody is told to try it, let alone to reset it."""
        wizard = self.find()
        wizard.open_row("works@suddenlink.net")
        wizard.page("Your settings")
        wizard.press("Check both")
        wizard.get("button", "Check again", 40)
        tree = wizard.snapshot()
        self.assertEqual(tree.find("heading").name, "Your provider’s settings work")
        self.assertTrue(any(label.startswith("Your password is right, but ")
                            for label in tree.labels()), tree.labels())
        rows = [row for row in tree.find_all("list item")
                if row.name in ("Receiving mail (IMAP)", "Sending mail (SMTP)")]
        states = [row.labels()[1] for row in rows]
        self.assertEqual(len(states), 4, states)
        # Whichever comes to the sign-in first is the one that is tried.
        self.assertEqual(sorted(state.split(" · ")[0] for state in states[:2]),
                         ["Not tried, as the user name is not right",
                          "The user name was not accepted"])
        self.assertRegex(states[2], "^Works")
        self.assertRegex(states[3], "^Works")

    def test_address_in_capitals(self):
        """The provider has it in small letters, and so has the example of it."""
        path = old_settings.write(self.folder() / "config-v1.1.xml",
                                  old_settings.AUTOCONFIG.replace(JANE, "Works@Optonline.net"))
        wizard = self.start("--practice", str(path))
        wizard.page("Your settings")
        wizard.fill("Password", "practice")
        wizard.press("Check both")
        wizard.get("button", "Check again", 40)
        self.assertEqual(wizard.snapshot().find("heading").name, "Your provider’s settings work")

    def test_check_all(self):
        wizard = self.find()
        wizard.press("Check all")
        for address, state in (("works@optonline.net", "Your provider’s settings work"),
                               ("works@optimum.net", re.compile(".")),
                               ("wrong-password@optonline.net", re.compile("."))):
            with self.subTest(address):
                wizard.wait(lambda tree: state_of(tree, address, state), "it is checked", 40)

    def test_cancel(self):
        wizard = self.find()
        wizard.open_row("works@optonline.net")
        wizard.page("Your settings")
        wizard.press("Check both")
        # It may be over before it can be stopped, and that is fine.
        wizard.wait(lambda tree: tree.find_all("button", "Cancel")
                    or tree.find_all("button", "Check again"), "it runs")
        for button in wizard.snapshot().find_all("button", "Cancel"):
            button.press()
        wizard.get("button", "Back")
        wizard.wait(lambda tree: tree.sensitive_button("Check both")
                    or tree.sensitive_button("Check again"), "it can be checked once more")


def state_of(tree, address, wanted):
    """Whether the row of ADDRESS says what is WANTED, and is not busy."""
    labels = tree.find("list item", address).labels()
    if "Checking…" in labels:
        return False
    return wanted in labels if isinstance(wanted, str) else True


if __name__ == "__main__":
    driver.main(Found, Practice)
