#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A test message through real servers, there and back, inside the lab:

    tests/lab/lab tests/lab/test-lab-delivery.py build/src/cli/optsetup-cli [TEST]...
"""

import contextlib
import hashlib
import os
import pathlib
import re
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

import servers
from harness import CliTest, main
from policy import Policy

JANE = "jane.doe@optonline.net"
ACCOUNTS = servers.accounts()
WAYS = {"imap": "imap,smtp", "pop3": "pop3,smtp"}
N_MANY = 5000
DELAY_S = 20
# What makes a process of Postfix's die where it has asked for a message's text, and one of Dovecot's
# where it would delete a message; built beside the tests.
KILL_AT_354 = os.environ.get("KILL_AT_354", "")
KILL_AT_UNLINK = os.environ.get("KILL_AT_UNLINK", "")


@contextlib.contextmanager
def changed(server, **options):
    server.restart(**options)
    try:
        yield
    finally:
        server.restart()


class OnceAllowed:
    """Lets the check pass at one state of the protocol, and answers ACTION from then on."""

    def __init__(self, action, n_allowed=1):
        self.action = action
        self.n_allowed = n_allowed

    def __call__(self, _):
        self.n_allowed -= 1
        return "DUNNO" if self.n_allowed >= 0 else self.action


class Delivery(CliTest):
    def setUp(self):
        super().setUp()
        self.before = self.mail()

    def tearDown(self):
        servers.wait_until(lambda: not servers.Postfix().queued(), "Postfix has nothing left")
        for path in servers.mailbox(JANE).glob("[cn][ue][rw]/*"):
            if path not in self.before:
                path.unlink()
        super().tearDown()

    def mail(self):
        """Every message in the mailbox, whatever its flags: path -> what it holds."""
        return {path: hashlib.sha256(path.read_bytes()).digest()
                for path in servers.mailbox(JANE).glob("[cn][ue][rw]/*")}

    def deliver(self, *options, way="imap", status=0, verb="--delivery"):
        done = self.run_cli("check", JANE, "--services", WAYS[way], "--json", verb, *options,
                            password=ACCOUNTS[JANE])
        self.assertEqual(done.status, status, str(done))
        return done.json.get("delivery")

    def assert_there_and_back(self, delivery, way):
        self.assertEqual((delivery["result"], delivery["via"], delivery["left"],
                          delivery["problem"]), ("arrived", way, False, None))
        self.assertEqual(delivery["servers"], ["mail.optonline.net"])
        self.assertEqual((delivery["in_junk"], delivery["changed_subject"]), (False, None))
        self.assertEqual(self.mail(), self.before)

    def assert_not_sent(self, delivery, diagnosis):
        self.assertEqual((delivery["result"], delivery["left"], delivery["problem"]),
                         ("not-sent", False, {"service": "smtp", "host": "mail.optonline.net",
                                              "diagnosis": diagnosis}))
        servers.wait_until(lambda: not servers.Postfix().queued(), "nothing is queued")
        self.assertEqual(self.mail(), self.before)

    def test_there_and_back_by_imap(self):
        self.assert_there_and_back(self.deliver(way="imap"), "imap")

    def test_there_and_back_by_pop3(self):
        self.assert_there_and_back(self.deliver(way="pop3"), "pop3")

    def many_others(self, way):
        folder = servers.mailbox(JANE) / "cur"
        many = []
        for number in range(N_MANY):
            path = folder / f"16{number:08}.M{number}.many:2,"
            path.write_bytes(f"From: x@optonline.net\nSubject: {number}\n"
                             f"Message-ID: <many.{number}@lab.example>\n\n{'x' * 40}\n".encode())
            os.chown(path, servers.MAIL_UID, servers.MAIL_UID)
            many.append(path)
        try:
            self.before = self.mail()
            self.assertGreaterEqual(len(self.before), N_MANY)
            self.assert_there_and_back(self.deliver(way=way), way)
        finally:
            for path in many:
                path.unlink(missing_ok=True)
            self.before = {path: digest for path, digest in self.before.items()
                           if path not in many}

    def test_many_others_stay_by_imap(self):
        self.many_others("imap")

    def test_many_others_stay_by_pop3(self):
        self.many_others("pop3")

    def test_marked_by_filter(self):
        """Subject and header changed on the way, as filters do."""
        checks = servers.DIR / "postfix" / "header_checks"
        checks.write_text("/^Subject: (.*)/ REPLACE Subject: [SPAM] $1\n"
                          "/^Auto-Submitted:/ PREPEND X-Spam-Flag: YES\n")
        with changed(servers.Postfix(), settings={"header_checks": f"regexp:{checks}"}):
            delivery = self.deliver()
        self.assertEqual((delivery["result"], delivery["marked_junk"]), ("arrived", True))
        self.assertTrue(delivery["changed_subject"].startswith("[SPAM] "), delivery)
        self.assertEqual(self.mail(), self.before)

    def test_greylisted(self):
        """Put off once the check has passed; the next one goes through."""
        refuse = OnceAllowed("DEFER 4.2.0 Greylisted, try again later")
        with Policy(refuse), changed(servers.Postfix(), settings={
                "smtpd_recipient_restrictions": f"check_policy_service {Policy.ADDRESS}"}):
            self.assert_not_sent(self.deliver(status=1), "greylisted")
            refuse.n_allowed = 2
            done = self.run_cli("check", JANE, "--services", "imap,smtp", "--delivery",
                                password=ACCOUNTS[JANE])
            # A minute has not passed.
            self.assertEqual(done.status, 1)
            self.assertIn("less than a minute ago", done.errors)
            self.age_log()
            refuse.n_allowed = 2
            self.assert_there_and_back(self.deliver(), "imap")

    def age_log(self, seconds=61):
        """As if the last test message was sent so much earlier."""
        log = self.log_path()
        log.write_text(re.sub(r"(?m)^sent=(\d+)$",
                              lambda match: f"sent={int(match[1]) - seconds}", log.read_text()))

    def log_path(self):
        return pathlib.Path(self.env["XDG_STATE_HOME"]) / "optsetup" / "deliveries.ini"

    def test_five_a_day(self):
        for _ in range(5):
            self.assertEqual(self.deliver()["result"], "arrived")
            self.age_log()
        done = self.run_cli("check", JANE, "--services", "imap,smtp", "--delivery",
                            password=ACCOUNTS[JANE])
        self.assertEqual(done.status, 1)
        self.assertIn("last 24 hours", done.errors)
        self.assertEqual(self.log_path().stat().st_mode & 0o777, 0o600)

    def test_sender_refused(self):
        with Policy(OnceAllowed("550 5.7.1 Sender refused")), changed(
                servers.Postfix(), settings={
                    "smtpd_sender_restrictions": f"check_policy_service {Policy.ADDRESS}"}):
            self.assert_not_sent(self.deliver(status=1), "sender-refused")

    def test_content_refused(self):
        with Policy(lambda _: "550 5.7.1 Spam detected by content scanner. Message rejected"), \
                changed(servers.Postfix(), settings={
                    "smtpd_end_of_data_restrictions": f"check_policy_service {Policy.ADDRESS}"}):
            self.assert_not_sent(self.deliver(status=1), "content-refused")

    def test_size_limit(self):
        with changed(servers.Postfix(), settings={"message_size_limit": "300"}):
            self.assert_not_sent(self.deliver(status=1), "message-too-large")

    def test_full_mailbox(self):
        """Dovecot counts, and Postfix asks it about the recipient; not before the check has passed."""
        ask_dovecot = OnceAllowed("ask_dovecot")
        with Policy(ask_dovecot), changed(servers.Dovecot(), quota="1K"), changed(
                servers.Postfix(), settings={
                    "smtpd_recipient_restrictions": f"check_policy_service {Policy.ADDRESS}",
                    "smtpd_restriction_classes": "ask_dovecot",
                    "ask_dovecot": "check_policy_service inet:192.0.2.10:12340"}):
            self.assert_not_sent(self.deliver(status=1), "mailbox-full")

    def test_lost_at_data(self):
        with Policy(lambda _: self.kill_postfix()), changed(servers.Postfix(), settings={
                "smtpd_data_restrictions": f"check_policy_service {Policy.ADDRESS}"}):
            self.assert_not_sent(self.deliver(status=1), "server-fault")

    def assert_perhaps_sent(self):
        """Nobody can know whether the server has it, so it is looked for."""
        delivery = self.deliver("--timeout", "10")
        self.assertEqual((delivery["result"], delivery["left"], delivery["problem"]["diagnosis"]),
                         ("not-yet", True, "server-fault"))
        self.assertEqual(self.mail(), self.before)

    def test_lost_between_data_and_dot(self):
        self.assertTrue(os.path.exists(KILL_AT_354), KILL_AT_354)
        with changed(servers.Postfix(), preload=KILL_AT_354):
            self.assert_perhaps_sent()
        self.assertEqual(servers.Postfix().queued(), [])

    def test_lost_at_dot(self):
        """It had the message, and died before it said so."""
        with Policy(lambda _: self.kill_postfix()), changed(servers.Postfix(), settings={
                "smtpd_end_of_data_restrictions": f"check_policy_service {Policy.ADDRESS}"}):
            self.assert_perhaps_sent()

    @staticmethod
    def kill_postfix():
        servers.Postfix().kill_smtpd()
        return "DUNNO"

    def held(self, *options, release_after_s, **arguments):
        """A message that Postfix holds, and lets go later."""
        timer = threading.Timer(release_after_s, servers.Postfix().release)
        with changed(servers.Postfix(), settings={
                "smtpd_recipient_restrictions": "check_recipient_access static:HOLD"}):
            timer.start()
            try:
                return self.deliver(*options, **arguments)
            finally:
                timer.join()

    def test_delay(self):
        for way in WAYS:
            with self.subTest(way):
                delivery = self.held(release_after_s=DELAY_S, way=way)
                self.assert_there_and_back(delivery, way)
                self.assertGreater(delivery["arrived_ms"], (DELAY_S - 5) * 1000)
                self.age_log()

    def test_not_yet_and_later(self):
        delivery = self.held("--timeout", "5", release_after_s=8)
        self.assertEqual((delivery["result"], delivery["left"], delivery["problem"]),
                         ("not-yet", True, None))
        found = self.deliver(delivery["id"], verb="--delivery-resume")
        self.assertEqual((found["result"], found["left"]), ("arrived", False))
        self.assertEqual(self.mail(), self.before)

        for unknown in "optsetup-nobody@optonline.net", "1@lab.example":
            done = self.run_cli("check", JANE, "--services", "imap,smtp", "--delivery-resume",
                                unknown, password=ACCOUNTS[JANE])
            self.assertEqual(done.status, 2)
            self.assertIn("No test message with this ID", done.errors)

    def killed_at_deletion(self, way):
        self.assertTrue(os.path.exists(KILL_AT_UNLINK), KILL_AT_UNLINK)
        with changed(servers.Dovecot(), preload=KILL_AT_UNLINK):
            delivery = self.deliver(way=way)
        self.assertEqual((delivery["result"], delivery["left"], delivery["problem"]["service"]),
                         ("arrived", True, way))
        self.assertEqual(len(self.mail()), len(self.before) + 1)

    def test_killed_before_deletion_by_imap(self):
        self.killed_at_deletion("imap")

    def test_killed_before_deletion_by_pop3(self):
        self.killed_at_deletion("pop3")


if __name__ == "__main__":
    main()
