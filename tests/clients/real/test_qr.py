# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The QR code for Thunderbird for Android, read by a program that reads QR codes."""

import json

import case

NASTY = "Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x} é 🙂 \u202eabc"


class Qr(case.Case):
    programs = ("zbarimg", "rsvg-convert")

    def payload(self, protocol, name, password=""):
        """What Thunderbird itself would write, letter by letter."""
        kind, port = {"imap": (0, 993), "pop3": (1, 995)}[protocol]
        smtp = 465, 3
        parts = [1, [1, 1],
                 [kind, case.HOST, port, 3, 1, case.ADDRESS, case.ADDRESS, password],
                 [[[0, case.HOST, *smtp, 1, case.ADDRESS, password], [case.ADDRESS, name]]]]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))

    def scan(self, png):
        # Without “binary” zbarimg guesses at the character set.
        return self.run_program("zbarimg", "--quiet", "--nodbus", "--raw", "--oneshot",
                                "-Sbinary", png)

    def check(self, client, suffix, to_png):
        for protocol in "imap", "pop3":
            for name in case.NAME, NASTY, "x" * 200:
                picture = self.export(client, "--protocol", protocol, "--name", name, "--force",
                                      name=f"code.{suffix}")
                self.assertEqual(self.scan(to_png(picture)), self.payload(protocol, name))

    def test_png(self):
        self.check("thunderbird-android", "png", lambda picture: picture)

    def test_svg(self):
        def convert(picture):
            png = self.home / "converted.png"
            self.run_program("rsvg-convert", "--output", png, picture)
            return png

        self.check("thunderbird-android-svg", "svg", convert)

    def test_password(self):
        """For those who asked for it."""
        output = self.home / "code.png"
        self.run_cli("export", case.ADDRESS, "--client", "thunderbird-android", "--protocol", "imap",
                     "--name", case.NAME, "--output", output, "--include-password", "--password-fd",
                     "0", stdin=case.PASSWORD.encode())
        self.assertEqual(output.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.scan(output), self.payload("imap", case.NAME, case.PASSWORD))

    def test_too_long(self):
        output = self.home / "code.png"
        self.run_cli("export", case.ADDRESS, "--client", "thunderbird-android", "--name", "x" * 800,
                     "--output", output, status=2)
        self.assertFalse(output.exists())
