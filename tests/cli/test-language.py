#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli in other languages: people read theirs, and programs notice nothing."""

import gettext
import os
import re

from harness import GOOD, JANE, WORKS, CliTest, main

ENGLISH_MONTHS = re.compile("January|February|March|April|June|July|August|September|October|"
                            "November|December")
# What depends on the run, and what is for people.
PASSING = {"ms", "elapsed_ms", "title", "advice", "text", "server_words", "port", "certificate"}

CATALOGUES, LOCALES = os.environ.get("OPT_LOCALE_DIR", ""), os.environ.get("LOCPATH", "")


def languages():
    there = os.path.isdir(LOCALES) and os.path.isdir(CATALOGUES)
    return sorted(set(os.listdir(LOCALES)) & set(os.listdir(CATALOGUES))) if there else []


def lasting(value):
    """What of a result is the same whenever and for whomever it is made."""
    if isinstance(value, dict):
        return {key: lasting(inside) for key, inside in value.items() if key not in PASSING}
    return [lasting(inside) for inside in value] if isinstance(value, list) else value


class Language(CliTest):
    def setUp(self):
        super().setUp()
        if not languages() and os.environ.get("CI") != "true":
            self.skipTest("the C library has no locales")
        self.assertTrue(languages(), "there are no locales")

    def speak(self, code):
        self.env |= {"LC_ALL": code}

    def test_speaks(self):
        for code in languages():
            with self.subTest(code):
                self.speak(code)
                words = gettext.translation("optsetup", CATALOGUES, [code])
                title = words.gettext("Your password was not accepted")
                self.assertNotEqual(title, "Your password was not accepted")
                self.assertIn(title, self.run_cli("explain", "password-refused").output)

    def test_asks_for_another(self):
        """LANGUAGE is before the locale's own."""
        for code in languages():
            with self.subTest(code):
                self.speak(languages()[0])
                self.env |= {"LANGUAGE": code}
                words = gettext.translation("optsetup", CATALOGUES, [code])
                self.assertIn(words.gettext("Your mailbox is full"),
                              self.run_cli("explain", "mailbox-full").output)

    def test_dates(self):
        for code in languages():
            with self.subTest(code):
                self.speak(code)
                done = self.practice("check", "old-certificate@optonline.net", password=GOOD)
                self.assertEqual(done.status, 1, str(done))
                self.assertRegex(done.output, r"20\d\d")
                self.assertNotRegex(done.output, ENGLISH_MONTHS)

    def test_json(self):
        """It has the same keys, ids and numbers."""
        results = {}
        for code in ["C.UTF-8", *languages()]:
            self.speak(code)
            results[code] = [
                lasting(self.practice("check", "old-certificate@optonline.net", "--json",
                                      password=GOOD).json),
                lasting(self.practice("check", WORKS, "--json", password=GOOD).json),
                lasting(self.run_cli("detect", JANE, "--json").json)]
        for code in languages():
            with self.subTest(code):
                self.assertEqual(results[code], results["C.UTF-8"])

    def test_what_is_kept(self):
        """Written in one language, it is read in every other."""
        self.speak(languages()[-1])
        self.use_keyring()
        done = self.run_cli("save", JANE, "--name", "Jane Doe", password="secret password")
        self.assertEqual(done.status, 0, str(done))
        lists = []
        for code in ["C.UTF-8", *languages()]:
            self.speak(code)
            lists.append(self.run_cli("list", "--json").json)
        self.assertEqual(lists, [lists[0]] * len(lists))
        self.assertIn(JANE, str(lists[0]))


if __name__ == "__main__":
    main()
