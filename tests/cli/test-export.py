#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""optsetup-cli clients, export"""

import fcntl
import json
import os
import resource
import shutil
import stat
import zipfile

from harness import CANARY, WORKS, CliTest, forms, main


class Export(CliTest):
    def export(self, *args, **options):
        return self.practice("export", WORKS, *args, **options)

    def clients(self, wanted=lambda client: True):
        return [client for client in self.run_cli("clients", "--json").json if wanted(client)]

    def test_clients(self):
        done = self.run_cli("clients", "--json")
        self.assertEqual((done.status, done.errors), (0, ""))
        for client in done.json:
            self.assertEqual(list(client), ["id", "name", "group", "installed", "running", "protocols",
                                            "file_name", "media_type", "folder", "direct",
                                            "reads", "can_hold_password", "password_path", "proof", "tried"])
            for name in "installed", "running", "folder", "direct", "can_hold_password":
                self.assertIsInstance(client[name], bool)
            for name in "id", "name", "password_path", "tried":
                self.assertTrue(client[name].strip())
            self.assertIn(client["group"], ("computer", "phone", "other"))
            self.assertLessEqual(set(client["protocols"]), {"pop3", "imap"})
            self.assertLessEqual(set(client["reads"]), {"machine", "file"})
            self.assertTrue(client["protocols"])
            self.assertNotIn("/", client["file_name"] or "")
        for name in "id", "file_name":
            values = [client[name] for client in done.json if client[name]]
            self.assertEqual(len(values), len(set(values)))
        ids = [client["id"] for client in done.json]
        self.assertIn("thunderbird", ids)
        self.assertEqual([line.split()[0] for line in self.run_cli("clients").output.splitlines()], ids)

    def test_installed_come_first(self):
        self.env["PATH"] = self.path("bin")
        before = [client["id"] for client in self.clients(lambda client: not client["installed"])]
        os.makedirs(self.path("bin"))
        for name in "thunderbird", "not-a-mail-program":
            with open(self.path("bin", name), "w", encoding="utf-8"):
                os.chmod(self.path("bin", name), 0o700)
        found = [client["installed"] for client in self.clients()]
        self.assertIn(True, found)
        self.assertEqual(found, sorted(found, reverse=True))
        rest = [client["id"] for client in self.clients(lambda client: not client["installed"])]
        self.assertEqual(rest, [client_id for client_id in before if client_id in rest])
        self.assertNotIn("thunderbird", rest)

    def assert_private(self, path):
        """One file, or a folder of files, for the owner alone; returns the files' bytes."""
        info = os.stat(path)
        if not stat.S_ISDIR(info.st_mode):
            self.assertEqual(stat.S_IMODE(info.st_mode), 0o600)
            with open(path, "rb") as file:
                return [file.read()]
        self.assertEqual(stat.S_IMODE(info.st_mode), 0o700)
        self.assertTrue(os.listdir(path))
        return [self.assert_private(os.path.join(path, name))[0] for name in os.listdir(path)]

    def test_every_client_and_protocol(self):
        for client in self.clients(lambda client: client["file_name"]):
            name = client["file_name"]
            for protocol in client["protocols"]:
                done = self.export("--client", client["id"], "--protocol", protocol, "--force")
                self.assertEqual((done.status, done.errors), (0, ""), str(done))
                self.assertIn("1. ", done.output)
                self.assertIn(f"\nPassword: {client['password_path']}\n", done.output)
                self.assertIn(f"\nTried: {client['tried']}\n", done.output)
                self.assert_left(name)
                self.assertEqual(os.path.isdir(os.path.join(self.work, name)), client["folder"])
                self.assert_private(os.path.join(self.work, name))
            if client["folder"]:
                shutil.rmtree(os.path.join(self.work, name))
            else:
                os.remove(os.path.join(self.work, name))

    def test_every_client_without_a_file(self):
        for client in self.clients(lambda client: not client["file_name"]):
            for protocol in client["protocols"]:
                done = self.export("--client", client["id"], "--protocol", protocol)
                self.assertEqual((done.status, done.errors), (0, ""), str(done))
                self.assertRegex(done.output, r"(?m)^1\. ")
                self.assertRegex(done.output, r"(?m)^  [^ ].*  .*mail\.optonline\.net")
                self.assertRegex(done.output, r"(?m)^Outgoing mail \(SMTP\)$")
            self.assert_bad_use(self.export("--client", client["id"], "--output", "x"), "no file")
        self.assert_left()

    def test_the_other_protocol(self):
        for client in self.clients(lambda client: len(client["protocols"]) == 1):
            (taken,) = client["protocols"]
            other = {"imap": "pop3", "pop3": "imap"}[taken]
            self.assert_bad_use(self.export("--client", client["id"], "--protocol", other),
                                f"{client['name']} receives mail by {taken.upper()} only")
            self.assertEqual(self.export("--client", client["id"]).status, 0)

    def test_folder(self):
        for client in self.clients(lambda client: client["folder"]):
            self.assert_bad_use(self.export("--client", client["id"], "--output", "-"), "several files")
            for output in "new", "new/":
                done = self.export("--client", client["id"], "--output", output)
                self.assertEqual((done.status, done.errors), (0, ""), str(done))
                done = self.export("--client", client["id"], "--output", output)
                self.assertEqual((done.status, done.output), (1, ""), str(done))
                self.assertIn("not empty", done.errors)
                done = self.export("--client", client["id"], "--output", output, "--force")
                self.assertEqual((done.status, done.errors), (0, ""), str(done))
                self.assert_private(os.path.join(self.work, "new"))
                shutil.rmtree(os.path.join(self.work, "new"))
            os.symlink(self.path("target"), os.path.join(self.work, "new"))
            done = self.export("--client", client["id"], "--output", "new", "--force")
            self.assertEqual((done.status, done.output), (1, ""), str(done))
            os.remove(os.path.join(self.work, "new"))
        self.assert_left()
        self.assertFalse(os.path.exists(self.path("target")))

    def test_archive(self):
        self.export("--client", "thunderbird", "--output", self.path("out.zip"), "--name", "Zoë “Z”")
        with zipfile.ZipFile(self.path("out.zip")) as archive:
            self.assertIn("Zoë", archive.read("prefs.js").decode())

    def test_stdout(self):
        done = self.export("--client", "json", "--output", "-")
        self.assertEqual(done.status, 0)
        self.assertIn("mail.optonline.net", json.dumps(done.json))
        self.assertRegex(done.errors, r"\A1\. ")
        done = self.export("--client", "thunderbird", "--output", "-")
        self.assertEqual((done.status, done.raw[:2]), (0, b"PK"))
        self.assert_left()
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.export("--client", "json", "--output", "-", stdout=full).status, 1)

    def test_existing(self):
        with open(os.path.join(self.work, "mail-settings.txt"), "w", encoding="utf-8") as file:
            file.write("mine")
        done = self.export("--client", "sheet-text")
        self.assertEqual((done.status, done.output), (1, ""), str(done))
        self.assertIn("--force", done.errors)
        with open(os.path.join(self.work, "mail-settings.txt"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")
        self.assertEqual(self.export("--client", "sheet-text", "--force").status, 0)
        self.assert_left("mail-settings.txt")

    def test_no_place(self):
        locked = "/sys/kernel" if os.geteuid() == 0 else self.path("locked")
        if os.geteuid() != 0:
            os.mkdir(locked, 0o500)
        os.symlink(self.path("target"), self.path("link"))
        for output in (f"{locked}/x.txt", self.path("none", "x.txt"), self.path("link"), self.work, "",
                       "x/", "/dev/null", b"\xff" * 300):
            for force in [], ["--force"]:
                with self.subTest(output=output):
                    done = self.export("--client", "sheet-text", "--output", output, *force)
                    self.assertEqual((done.status, done.output), (1, ""), str(done))
                    self.assertRegex(done.errors, r"\Aoptsetup-cli: [^\n]+\n\Z")
        self.assertFalse(os.path.exists(self.path("target")))
        self.assert_left()

    def test_full_disk(self):
        for name, before in (("new.txt", None), ("old.txt", "what was there")):
            if before is not None:
                with open(os.path.join(self.work, name), "w", encoding="utf-8") as file:
                    file.write(before)
            done = self.export("--client", "sheet-text", "--output", name, "--force",
                               preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)))
            self.assertEqual((done.status, done.output), (1, ""), str(done))
            self.assertIn("File too large", done.errors)
        self.assert_left("old.txt")
        with open(os.path.join(self.work, "old.txt"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "what was there")

    def test_bad_input(self):
        for args in (["--client", ""], ["--client", "JSON"], ["--client", b"\xff"],
                     ["--client", "json", "--protocol", "smtp"], ["--client", "json", "--protocol", ""],
                     ["--client", "json", "--protocol", "IMAP"],
                     ["--client", "json", "--name", "two\nlines"], ["--client", "json", "--name", b"\xff"],
                     ["--client", "json", "--name", "\x1b[31m"]):
            with self.subTest(args=args):
                self.assert_bad_use(self.export(*args))
        self.assert_left()

    def test_no_password_in_a_file(self):
        for client in self.clients(lambda client: not client["can_hold_password"]):
            self.assert_bad_use(self.export("--client", client["id"], "--include-password"),
                                "cannot hold the password")
        self.assert_bad_use(self.export("--client", "json", "--password-fd", "0"), "--include-password")
        self.assert_left()

    def test_password_in_a_file(self):
        for client in self.clients(lambda client: client["can_hold_password"]):
            name = client["file_name"]
            self.assertEqual(self.export("--client", client["id"]).status, 0)
            (without,) = self.assert_private(os.path.join(self.work, name))
            # What is in the way is found before anybody is asked.
            done = self.export("--client", client["id"], "--include-password")
            self.assertEqual((done.status, done.output), (1, ""), str(done))
            done = self.export("--client", client["id"], "--include-password", "--force", password=CANARY)
            self.assertEqual(done.status, 0, str(done))
            self.assertIn("warning: the password is in", done.errors)
            self.assertNotIn("\nPassword: ", done.output)
            (with_password,) = self.assert_private(os.path.join(self.work, name))
            self.assertNotEqual(without, with_password)
            os.remove(os.path.join(self.work, name))
            done = self.export("--client", client["id"], "--include-password")
            self.assertEqual((done.status, done.output), (3, ""), str(done))
            self.assert_left()

    def test_password_of_the_keyring_in_a_file(self):
        self.use_keyring()
        self.run_cli("save", WORKS, password=CANARY)
        for client in self.clients(lambda client: client["can_hold_password"]):
            files = []
            for password in None, CANARY:
                done = self.run_cli("export", WORKS, "--client", client["id"], "--include-password",
                                    "--force", password=password)
                self.assertEqual(done.status, 0, str(done))
                files += self.assert_private(os.path.join(self.work, client["file_name"]))
            self.assertEqual(files[0], files[1])

    def test_leave_on_server(self):
        for days, wanted in ((None, 14), ("1", 1), ("3650", 3650), ("never", 0), ("always", None)):
            args = ["--leave-on-server", days] if days else ["--protocol", "pop3"]
            done = self.export("--client", "json", "--output", "-", *args)
            self.assertEqual((done.json["incoming"], done.json["leave_on_server_days"]), ("pop3", wanted))
        for days in "", "0", "3651", "-1", "1.5", "Never", "14 days", b"\xff":
            with self.subTest(days=days):
                self.assert_bad_use(self.export("--client", "json", "--leave-on-server", days),
                                    "--leave-on-server")
        self.assert_bad_use(self.export("--client", "json", "--leave-on-server", "3", "--protocol", "imap"),
                            "is for pop3")
        self.assert_left()

    def test_all(self):
        clients = self.clients()
        for args, protocols in (([], {"imap", "pop3"}), (["--protocol", "imap"], {"imap"}),
                                (["--leave-on-server", "3"], {"pop3"})):
            done = self.export("--all", "--output", "lot", *args)
            self.assertEqual((done.status, done.errors), (0, ""), str(done))
            wanted = [client["file_name"] for client in clients
                      if client["file_name"] and protocols & set(client["protocols"])]
            self.assertEqual(sorted(os.listdir(os.path.join(self.work, "lot"))), sorted(wanted))
            self.assert_private(os.path.join(self.work, "lot", wanted[0]))
            told = {line.split(maxsplit=1)[0]: line.split(maxsplit=1)[1]
                    for line in done.output.splitlines()}
            for client in clients:
                said = told.pop(client["id"])
                if client["file_name"] in wanted:
                    self.assertEqual(said, os.path.join("lot", client["file_name"]))
                else:
                    self.assertRegex(said, r"\Aleft out: .")
            self.assertEqual(told, {})
            shutil.rmtree(os.path.join(self.work, "lot"))

    def test_all_as_single(self):
        """The same bytes as one by one."""
        self.assertEqual(self.export("--all", "--output", "lot").status, 0)
        for client in self.clients(lambda client: client["file_name"]):
            self.export("--client", client["id"])
            self.assertEqual(self.assert_private(os.path.join(self.work, client["file_name"])),
                             self.assert_private(os.path.join(self.work, "lot", client["file_name"])))

    def test_all_existing(self):
        os.mkdir(os.path.join(self.work, "lot"))
        for name in "mine", "mail-settings.txt":
            with open(os.path.join(self.work, "lot", name), "w", encoding="utf-8") as file:
                file.write("mine")
        done = self.export("--all", "--output", "lot")
        self.assertEqual((done.status, done.output), (1, ""), str(done))
        self.assertIn("not empty", done.errors)
        self.assertEqual(len(os.listdir(os.path.join(self.work, "lot"))), 2)
        done = self.export("--all", "--output", "lot", "--force")
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        with open(os.path.join(self.work, "lot", "mine"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")

    def test_all_but_one(self):
        """What one format cannot express keeps nobody from the others."""
        servers = "".join(f"{service}=tls://mail.example.net:{port}\n{service}-user=%EMAILADDRESS%\n"
                          for service, port in (("imap", 993), ("pop3", 995), ("smtp", 465)))
        os.makedirs(self.path("config", "optsetup"))
        with open(self.path("config", "optsetup", "accounts.ini"), "w", encoding="utf-8") as file:
            file.write(f"[{WORKS}]\nname=\nprovider=optonline\n{servers}saved=2026-01-02T03:04:05Z\n")
        done = self.run_cli("export", WORKS, "--all", "--output", "lot")
        self.assertEqual((done.status, done.errors), (0, ""), str(done))
        self.assertRegex(done.output, r"(?m)^autoconfig +left out: This mail program would take .%EMAILADDRESS%.")
        left = os.listdir(os.path.join(self.work, "lot"))
        self.assertIn("mail-settings.json", left)
        self.assertNotIn("config-v1.1.xml", left)

    def test_name_that_does_not_fit(self):
        """It says what is in the way, and how to get past it."""
        why = 'The name .Jane "JJ" Doe. has ."., which this mail program cannot hold.'
        done = self.export("--client", "geary", "--name", 'Jane "JJ" Doe')
        self.assertEqual((done.status, done.output), (2, ""))
        self.assertRegex(done.errors, f"{why} .*--name gives another name")
        self.assertEqual(self.export("--client", "geary", "--name", "Jane Doe").status, 0)
        done = self.export("--all", "--name", 'Jane "JJ" Doe', "--output", "all")
        self.assertEqual((done.status, done.errors), (0, ""))
        self.assertRegex(done.output, f"(?m)^geary +left out: {why}")
        self.assertEqual([line.split()[0] for line in done.output.splitlines()
                          if "cannot hold" in line], ["geary"])

    def test_all_bad_use(self):
        for args in (["--client", "json", "--output", "lot"], ["--output", "-"], [],
                     ["--output", "lot", "--include-password"], ["--output", "lot", "--password-fd", "0"],
                     ["--output", "lot", "--protocol", "smtp"]):
            with self.subTest(args=args):
                self.assert_bad_use(self.export("--all", *args))
        self.assert_left()

    def test_live_configuration(self):
        """What a mail program works with is not replaced, by whatever name and force."""
        os.makedirs(self.path("config", "msmtp"))
        os.mkdir(self.path(".claws-mail"))
        live = [self.path(".muttrc"), self.path("config", "msmtp", "config"),
                self.path(".claws-mail", "accountrc")]
        for path in live:
            with open(path, "w", encoding="utf-8") as file:
                file.write("mine")
        os.symlink(self.path(".claws-mail"), os.path.join(self.work, "link"))
        for path in [*live, os.path.join(self.work, "link", "accountrc")]:
            for force in [], ["--force"]:
                for args in (["export", WORKS, "--client", "sheet-text", "--output", path],
                             ["check", WORKS, "--report", path]):
                    done = self.practice(*args, *force)
                    self.assertEqual((done.status, done.output), (1, ""), str(done))
                    self.assertIn("works with this file", done.errors)
        for path in live:
            with open(path, encoding="utf-8") as file:
                self.assertEqual(file.read(), "mine")

    def test_running(self):
        os.makedirs(self.path(".thunderbird", "a.default"))
        with open(self.path(".thunderbird", "profiles.ini"), "w", encoding="utf-8") as file:
            file.write("[Profile0]\nName=default\nIsRelative=1\nPath=a.default\n")
        with open(self.path(".thunderbird", "a.default", ".parentlock"), "w", encoding="utf-8") as lock:
            for locked in False, True:
                if locked:
                    fcntl.lockf(lock, fcntl.LOCK_EX)
                done = self.export("--client", "thunderbird", "--force")
                self.assertEqual("Thunderbird is running." in done.output, locked, str(done))
                (found,) = self.clients(lambda client: client["id"] == "thunderbird")
                self.assertEqual(found["running"], locked)
                self.assertNotIn("running", self.export("--client", "json", "--output", "-").errors)

    def test_unknown_address(self):
        self.assert_bad_use(self.practice("export", "me@localhost", "--client", "json"), "not an Opt")
        self.assert_bad_use(self.practice("export", "me@optonlin.net", "--client", "json"), "Did you mean")

    def test_saved_account_first(self):
        self.use_keyring()
        self.run_cli("save", "jane@optonline.net", "--name", "Jane Doe", "--server",
                     "imap=tls://mail.optimum.net:993", password=CANARY)
        done = self.run_cli("export", "Jane@optonline.net", "--client", "json", "--output", "-")
        self.assertIn("mail.optimum.net", done.output)
        self.assertIn("Jane Doe", done.output)
        for form in forms(CANARY):
            self.assertNotIn(form, done.raw)


if __name__ == "__main__":
    main()
