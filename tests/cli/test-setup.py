#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli setup"""

import os
import shutil

from harness import CliTest, main


class Setup(CliTest):
    """Without the programs, which tests/clients has; here is what goes wrong before them."""

    def setup(self, *args, client="evolution", **options):
        return self.run_cli("setup", "jane@optonline.net", "--client", client, *args, **options)

    def assert_failed(self, done, text):
        self.assertEqual((done.status, done.output), (1, ""), str(done))
        self.assertRegex(done.errors, rf"\Aoptsetup-cli: [^\n]*{text}[^\n]*\n\Z")

    def test_bad_use(self):
        for args, text in ((["--protocol", "smtp"], "pop3 or imap"), (["--protocol", ""], "pop3 or imap"),
                           (["--name", "two\nlines"], ""), (["--name", b"\xff"], ""),
                           (["--undo", "--name", "x"], "with --undo"),
                           (["--undo", "--protocol", "imap"], "with --undo"),
                           (["--undo", "--password-fd", "0"], "with --undo")):
            with self.subTest(args=args):
                self.assert_bad_use(self.setup(*args), text)
        self.assert_bad_use(self.setup(client="json"), "cannot be set up from here")
        self.assert_bad_use(self.run_cli("setup", "me@localhost", "--client", "goa"), "not an Opt")
        self.assert_bad_use(self.run_cli("setup", "nonsense", "--client", "goa", "--undo"))

    def test_no_program(self):
        self.env["PATH"] = self.path("bin")
        for client in "evolution", "goa", "geary":
            for args in [], ["--dry-run"]:
                with self.subTest(client=client, args=args):
                    self.assert_failed(self.setup(*args, client=client), "not on this computer")
        self.assertFalse(os.path.exists(self.path("state")))

    def make_evolution(self):
        program = self.path("bin", "evolution")
        os.makedirs(os.path.dirname(program), exist_ok=True)
        with open(program, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n")
        os.chmod(program, 0o755)
        self.env["PATH"] = self.path("bin")

    def test_plan(self):
        self.make_evolution()
        done = self.setup("--dry-run")
        self.assertEqual(done.status, 0, str(done))
        lines = done.output.splitlines()
        self.assertEqual(len(set(lines)), len(lines), "two lines are the same")
        self.assertEqual(done.output.count("keyring item"), 2)
        self.assertIn("Evolution 3.46", done.output)

    def test_folder_that_the_list_cannot_hold(self):
        self.make_evolution()
        self.env["XDG_CONFIG_HOME"] = os.fsencode(self.path("config")) + b"\xff"
        self.assert_failed(self.setup("--dry-run"), "not valid text")

    def test_nothing_to_undo(self):
        for client in "evolution", "goa", "geary":
            self.assert_failed(self.setup("--undo", client=client), "nothing to undo")
        self.assertFalse(os.path.exists(self.path("state")))

    def write_list(self, text):
        os.makedirs(self.path("state", "optsetup"))
        with open(self.path("state", "optsetup", "setups.ini"), "w", encoding="utf-8") as file:
            file.write(text)

    def test_list_that_cannot_be_read(self):
        for text in ("nonsense", "[evolution jane@optonline.net]\n",
                     "[evolution jane@optonline.net]\nchange-1=file;\n",
                     "[evolution jane@optonline.net]\nchange-1=everything;/;\n",
                     f"[evolution jane@optonline.net]\nchange-1=file;{self.path('victim')};;\n",
                     "[evolution jane@optonline.net]\nchange-1=sources;x;../../../victim;\n",
                     "[evolution jane@optonline.net]\nchange-1=item;a;b;c;\n",
                     f"[evolution jane@optonline.net]\nchange-1=item;a;b;{'c;d;' * 40}\n"):
            with self.subTest(text=text):
                self.write_list(text)
                self.assert_failed(self.setup("--undo"), "left as it is")
                with open(self.path("state", "optsetup", "setups.ini"), encoding="utf-8") as file:
                    self.assertEqual(file.read(), text)
                shutil.rmtree(self.path("state"))

    def test_undo_by_the_list(self):
        """Whatever capitals were typed; only what is ours is taken."""
        folder = self.path("config", "evolution", "sources")
        os.makedirs(folder)
        mine, other = (os.path.join(folder, f"{name}.source") for name in ("optsetup-1", "other"))
        for path in mine, other:
            with open(path, "w", encoding="utf-8") as file:
                file.write("[Data Source]\n")
        self.write_list("[evolution jane@optonline.net]\n"
                        f"change-1=folder;{folder};\n"
                        "change-2=sources;jane@optonline.net;optsetup-1;\n")
        done = self.run_cli("setup", "Jane@Optonline.net", "--client", "evolution", "--undo",
                            "--dry-run")
        self.assertEqual((done.status, done.output.count("The file")), (0, 1), str(done))
        self.assertNotIn("New", done.output)
        self.assertEqual(sorted(os.listdir(folder)), ["optsetup-1.source", "other.source"])
        done = self.run_cli("setup", "Jane@Optonline.net", "--client", "evolution", "--undo")
        self.assertEqual(done.status, 0, str(done))
        self.assertIn("else is in it by now", done.output)
        self.assertEqual(os.listdir(folder), ["other.source"])
        self.assert_failed(self.setup("--undo"), "nothing to undo")


if __name__ == "__main__":
    main()
