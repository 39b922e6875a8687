#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli detect"""

from harness import CliTest, main


ADDRESSES_THAT_ARE_NONE = [
    b"", b" ", b"jane", b"@", b"jane@", b"@optonline.net", b"a@b@c", b"jane doe@optonline.net",
    b"jane\r\n@optonline.net", b"jane@opton\tline.net", b"\xff@optonline.net", b"jane@-x.net",
    b"jane@x..net", b".jane@optonline.net", b"x" * 65 + b"@optonline.net",
    b"jane@" + b"x" * 64 + b".net", b"jane@" + b".".join([b"x" * 60] * 5),
    "jane\u202e@optonline.net".encode(), b"jane@[192.0.2.1]", b"<jane@optonline.net",
]


class Detect(CliTest):
    def detect(self, address, status, how, provider=None, suggestion=None):
        done = self.practice("detect", address, "--json")
        self.assertEqual(done.status, status, str(done))
        found = done.json
        self.assertEqual(list(found), ["schema", "address", "provider", "how", "suggestion", "servers"])
        self.assertEqual((found["schema"], found["how"], found["suggestion"]), (1, how, suggestion))
        self.assertEqual(found["provider"] and found["provider"]["id"], provider)
        return found

    def test_known(self):
        found = self.detect(" Jane <mailto:Jane.Doe@OPTONLINE.net> ".replace("mailto:", ""), 0, "domain",
                            "optonline")
        self.assertEqual(found["address"], "jane.doe@optonline.net")
        self.assertEqual(found["provider"], {"id": "optonline", "name": "Optonline"})
        self.assertEqual(found["servers"], [
            {"service": "imap", "host": "mail.optonline.net", "port": 993, "security": "tls"},
            {"service": "pop3", "host": "mail.optonline.net", "port": 995, "security": "tls"},
            {"service": "smtp", "host": "mail.optonline.net", "port": 465, "security": "tls"}])
        self.detect("x@suddenlink.net", 0, "domain", "suddenlink")

    def test_typo(self):
        found = self.detect("Jane@optonlin.net", 1, "typo", suggestion="jane@optonline.net")
        self.assertEqual(found["servers"], [])
        done = self.practice("detect", "jane@optonlin.net")
        self.assertEqual(done.status, 1)
        self.assertIn("Did you mean jane@optonline.net?", done.output)

    def test_unknown(self):
        for address in "jane@example.com", "jane@optimum.com", "jane@localhost":
            self.assertEqual(self.detect(address, 1, "none")["servers"], [])

    def test_text(self):
        done = self.practice("detect", "jane@optimum.net")
        self.assertEqual((done.status, done.errors), (0, ""))
        self.assertIn("tls://mail.optimum.net:993", done.output)

    def test_not_an_address(self):
        for address in ADDRESSES_THAT_ARE_NONE:
            for verb in ["detect"], ["detect", "--json"], ["check"], ["export", "--client", "json"]:
                with self.subTest(address=address, verb=verb):
                    self.assert_bad_use(self.practice(*verb, "--", address))


if __name__ == "__main__":
    main()
