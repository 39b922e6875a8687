# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The look-up that most programs are given."""

import case


class Keyring(case.Case):
    programs = ("secret-tool",)

    def test_gives_the_password(self):
        for service in "imap", "pop3", "smtp":
            output = self.run_program("secret-tool", "lookup", "host", case.HOST, "service", service,
                                      "user", case.ADDRESS)
            self.assertEqual(output, case.PASSWORD)
