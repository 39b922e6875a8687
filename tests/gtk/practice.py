# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the wizard in practice mode have in common."""

import wizard as driver

PASSWORD = "practice"
SERVICES = ["Receiving mail (IMAP)", "Receiving mail (POP3)", "Sending mail (SMTP)"]


def servers(tree):
    """Title -> what stands below it, of the rows on the page with the result."""
    rows = {}
    for row in tree.find_all("list item"):
        labels = [node.name for node in row.find_all("label")]
        if row.name in SERVICES and len(labels) > 1:
            rows[row.name] = labels[1]
    return rows


class PracticeCase(driver.Case):
    """A test that starts from an example account."""

    def start_with(self, address):
        """Welcome, and an example picked there."""
        wizard = self.start("--practice")
        wizard.label("Nothing leaves this computer. Pick an example account:")
        wizard.open_row(address)
        wizard.page("Your account")
        return wizard

    def check(self, wizard, heading=None):
        """Check, and the tree when the verdict is there."""
        wizard.press("Check")
        wizard.page("Result", 40)
        tree = wizard.snapshot()
        if heading is not None:
            self.assertEqual(tree.find("heading").name, heading)
        return tree

    def assert_heading_focused(self, wizard, heading):
        node = wizard.wait(lambda tree: tree.focused(), "something has the focus")
        self.assertEqual((node.role, node.name), ("heading", heading))
