#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line against real servers, inside the lab:

    tests/lab/lab tests/lab/test-lab.py build/src/cli/optsetup-cli [TEST]...

First the lab proves itself with Python's own mail libraries, then the program is put to the test.
"""

import base64
import contextlib
import imaplib
import json
import os
import poplib
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import time
import traceback
import unittest
import urllib.parse

import servers

JANE = "jane.doe@optonline.net"
JOHN = "john@optimum.net"
SERVICES = ("imap", "pop3", "smtp")
TLS_PORTS = {"imap": 993, "pop3": 995, "smtp": 465}
STARTTLS_PORTS = {"imap": 143, "pop3": 110, "smtp": 587}
ACCOUNTS = servers.accounts()
CLI = None


@contextlib.contextmanager
def changed(server, **options):
    """The server runs with other options for a while; with stopped=True, not at all."""
    if options.pop("stopped", False):
        server.stop()
    else:
        server.restart(**options)
    try:
        yield
    finally:
        server.restart()


def listens(host, port):
    with contextlib.suppress(OSError), socket.create_connection((host, port)):
        return True
    return False


class LabItself(unittest.TestCase):
    """If one of these fails, look at the lab, not at the program."""

    def setUp(self):
        self.context = ssl.create_default_context()

    def send(self, sender, recipient, subject):
        with smtplib.SMTP_SSL("mail.optonline.net", context=self.context) as smtp:
            smtp.login(sender, ACCOUNTS[sender])
            smtp.sendmail(sender, recipient, f"Subject: {subject}\r\n\r\nHello.\r\n")

    def fetch_by_imap(self, address, subject):
        imap = imaplib.IMAP4_SSL("mail.optimum.net", ssl_context=self.context)
        imap.login(address, ACCOUNTS[address])
        imap.select()

        def arrived():
            imap.noop()
            return imap.search(None, "SUBJECT", f'"{subject}"')[1][0]

        servers.wait_until(arrived, "the message arrives")
        (number,) = arrived().split()
        text = imap.fetch(number, "(RFC822)")[1][0][1]
        imap.store(number, "+FLAGS", "\\Deleted")
        imap.expunge()
        imap.logout()
        return text

    def fetch_by_pop3(self, address):
        pop3 = poplib.POP3_SSL("mail.optonline.net", context=self.context)
        pop3.user(address)
        pop3.pass_(ACCOUNTS[address])
        text = b"\n".join(pop3.retr(pop3.stat()[0])[1]) if pop3.stat()[0] else None
        pop3.quit()
        return text

    def test_delivers_between_the_accounts(self):
        self.send(JANE, JOHN, "from Jane by IMAP")
        self.assertIn(b"Hello.", self.fetch_by_imap(JOHN, "from Jane by IMAP"))
        self.send(JOHN, JANE, "from John by IMAP")
        self.assertIn(b"Hello.", self.fetch_by_imap(JANE, "from John by IMAP"))

        self.send(JANE, JOHN, "from Jane by POP3")
        servers.wait_until(lambda: self.fetch_by_pop3(JOHN), "the message arrives")
        self.assertIn(b"from Jane by POP3", self.fetch_by_imap(JOHN, "from Jane by POP3"))

    def test_starttls_ports(self):
        for host in "mail.optonline.net", "mail.optimum.net":
            imap = imaplib.IMAP4(host)
            imap.starttls(self.context)
            imap.login(JANE, ACCOUNTS[JANE])
            imap.logout()
            pop3 = poplib.POP3(host)
            pop3.stls(self.context)
            pop3.user(JANE)
            pop3.pass_(ACCOUNTS[JANE])
            pop3.quit()
            with smtplib.SMTP(host, 587) as smtp:
                smtp.starttls(context=self.context)
                smtp.login(JANE, ACCOUNTS[JANE])

    def test_certificates_are_as_their_hosts_say(self):
        for host, reason in (("expired", "expired"), ("wrong-name", "mismatch"),
                             ("untrusted", "unable to get local issuer")):
            for port in TLS_PORTS.values():
                with self.assertRaisesRegex(ssl.SSLCertVerificationError, reason):
                    with socket.create_connection((f"{host}.lab.example", port)) as plain:
                        self.context.wrap_socket(plain, server_hostname=f"{host}.lab.example")

    def test_nothing_leaves(self):
        with self.assertRaises(socket.timeout):
            socket.create_connection(("filtered.lab.example", 993), timeout=0.5)
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(("refused.lab.example", 993))
        with self.assertRaisesRegex(socket.gaierror, "not known"):
            socket.getaddrinfo("www.example.com", 443)
        with self.assertRaises(smtplib.SMTPSenderRefused):
            with smtplib.SMTP_SSL("mail.optonline.net", context=self.context) as smtp:
                smtp.sendmail(JANE, JOHN, "not signed in")

    def test_log_tells_good_from_bad_and_no_password(self):
        address = "no.smtp@optonline.net"
        before = servers.sign_ins(address)
        imap = imaplib.IMAP4_SSL("mail.optonline.net", ssl_context=self.context)
        with self.assertRaises(imaplib.IMAP4.error):
            imap.login(address, "not the pass word")
        imap.login(address, ACCOUNTS[address])
        imap.logout()
        with smtplib.SMTP_SSL("mail.optonline.net", context=self.context) as smtp:
            smtp.ehlo("lab.example")
            plain = base64.b64encode(f"\0{address}\0{ACCOUNTS[address]}".encode()).decode()
            self.assertEqual(smtp.docmd("AUTH PLAIN " + plain)[0], 535)
        self.assertEqual(servers.sign_ins(address)[len(before):],
                         [("imap", False), ("imap", True), ("smtp", False)])
        for log in "dovecot", "postfix":
            text = (servers.DIR / "log" / log).read_text(encoding="utf-8")
            self.assertNotIn("not the pass word", text)
            self.assertNotIn(ACCOUNTS[address], text)


class Result:
    def __init__(self, status, output, errors):
        self.status = status
        self.json = json.loads(output)
        self.errors = errors
        self.servers = {server["service"]: server for server in self.json["servers"]}

    def __str__(self):
        text = json.dumps(self.json, indent=1, ensure_ascii=False)
        return f"exit {self.status}\n{text}\n{self.errors}"


class Check(unittest.TestCase):
    """optsetup-cli check ADDRESS --password-fd 0 --json"""

    maxDiff = None

    def check(self, address, *options, password=None, **environment):
        password = ACCOUNTS[address] if password is None else password
        done = subprocess.run([CLI, "check", address, "--password-fd", "0", "--json", *options],
                              input=password.encode(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60, check=False,
                              env={**os.environ, **environment})
        output, errors = done.stdout.decode(), done.stderr.decode()
        self.assert_no_password(password, output + errors)
        try:
            return Result(done.returncode, output, errors)
        except (ValueError, KeyError) as error:
            raise self.failureException(
                f"exit {done.returncode}, no such JSON ({error!r}):\n{output}\n{errors}") from error

    def assert_no_password(self, password, text):
        raw = password.encode()
        for form in (password, base64.b64encode(raw).decode().rstrip("="), raw.hex(),
                     urllib.parse.quote(password, safe="")):
            self.assertNotIn(form.lower(), text.lower(), "the password is in the output")

    def signed_in(self, address, *options, password=None):
        """A check, and the sign-ins that the servers saw meanwhile."""
        before = len(servers.sign_ins(address))
        result = self.check(address, *options, password=password)
        return result, sorted(servers.sign_ins(address)[before:])

    def assert_works(self, result, *services):
        for service in services:
            server = result.servers[service]
            self.assertEqual(server["result"], "works", f"{service}: {result}")
            self.assertIn(server["diagnosis"], (None, "works"), f"{service}: {result}")

    def assert_fails(self, result, service, diagnosis):
        server = result.servers[service]
        self.assertEqual((server["result"], server["diagnosis"]), ("fails", diagnosis), str(result))

    def assert_all_work(self, result):
        self.assertEqual(sorted(result.servers), list(SERVICES), str(result))
        self.assert_works(result, *SERVICES)
        self.assertEqual((result.json["verdict"], result.status), ("works", 0), str(result))

    def test_good_password(self):
        postfix_log = servers.DIR / "log" / "postfix"
        said = len(postfix_log.read_text())
        result, seen = self.signed_in(JANE)

        self.assert_all_work(result)
        self.assertEqual(seen, [("imap", True), ("pop3", True), ("smtp", True)])

        messages = servers.preloaded()
        size = sum(map(len, messages))
        self.assertEqual(result.servers["pop3"]["mailbox"],
                         {"messages": len(messages), "bytes": size})
        self.assertEqual(result.servers["imap"]["mailbox"]["messages"], len(messages))
        self.assertIn(result.servers["imap"]["mailbox"]["bytes"], (None, size))
        self.assertIsNone(result.servers["smtp"]["mailbox"])

        # SMTP was tried as far as the recipient, and no message came of it.
        servers.wait_until(lambda: "disconnect from" in postfix_log.read_text()[said:],
                           "Postfix is done")
        self.assertIn("rcpt=1", postfix_log.read_text()[said:])
        self.assertNotIn("data=", postfix_log.read_text()[said:])
        self.assertNotIn("status=", postfix_log.read_text()[said:])
        self.assertEqual(servers.Postfix().queued(), [])
        self.assertEqual(len(list(servers.mailbox(JANE).glob("[cn][ue][rw]/*"))), len(messages))

    def test_json_of_a_server(self):
        result = self.check(JANE)
        self.assertEqual(result.json["schema"], 1)
        self.assertEqual(result.json["address"], JANE)
        self.assertEqual(result.json["provider"], {"id": "optonline", "name": "Optonline"})
        for service, server in result.servers.items():
            self.assertEqual((server["host"], server["port"], server["security"], server["user"]),
                             ("mail.optonline.net", TLS_PORTS[service], "tls", JANE))
            self.assertEqual(server["address_used"], "192.0.2.10")
            self.assertEqual(server["tls"]["version"], "TLSv1.3")
            self.assertEqual(server["tls"]["certificate"]["names"], ["mail.optonline.net"])
            steps = [step["step"] for step in server["steps"]]
            order = ["resolve", "connect", "secure", "greet", "sign-in", "verify"]
            self.assertEqual([step.replace("_", "-").replace("sign in", "sign-in") for step in steps
                              if step != "done"], order, str(result))

    def test_optimum_net(self):
        result, seen = self.signed_in(JOHN)
        self.assert_all_work(result)
        self.assertEqual(result.servers["imap"]["host"], "mail.optimum.net")
        self.assertEqual(seen, [("imap", True), ("pop3", True), ("smtp", True)])

    def test_wrong_password_is_one_failed_sign_in(self):
        for _ in range(3):
            result, seen = self.signed_in(JANE, password="not my pass word")
            outcomes = sorted(
                server["diagnosis"] if server["result"] == "fails" else server["result"]
                for server in result.servers.values())
            self.assertEqual(outcomes, ["password-refused", "skipped", "skipped"], str(result))
            self.assertEqual((result.json["verdict"], result.status), ("fails", 1), str(result))
            self.assertEqual([accepted for _, accepted in seen], [False], seen)

    def test_wrong_password_everywhere_if_asked(self):
        result, seen = self.signed_in(JANE, "--all-sign-ins", password="not my pass word")
        for service in SERVICES:
            self.assert_fails(result, service, "password-refused")
        self.assertEqual((result.json["verdict"], result.status), ("fails", 1), str(result))
        self.assertEqual(seen, [("imap", False), ("pop3", False), ("smtp", False)])

    def test_service_disabled(self):
        with changed(servers.Postfix(), greets_after=2):
            result, seen = self.signed_in("no.smtp@optonline.net")
        self.assert_works(result, "imap", "pop3")
        self.assert_fails(result, "smtp", "service-disabled")
        self.assertEqual((result.json["verdict"], result.status), ("partly", 1), str(result))
        self.assertEqual(seen, [("imap", True), ("pop3", True), ("smtp", False)])

    def test_sender_of_somebody_else(self):
        result = self.check("not.sender@optonline.net")
        self.assert_works(result, "imap", "pop3")
        self.assert_fails(result, "smtp", "sender-mismatch")

    def test_only_some_services(self):
        result, seen = self.signed_in(JANE, "--services", "imap,smtp")
        self.assertEqual(sorted(result.servers), ["imap", "smtp"])
        self.assert_works(result, "imap", "smtp")
        self.assertEqual(seen, [("imap", True), ("smtp", True)])

    def test_starttls(self):
        result, seen = self.signed_in(JANE, *(
            f"--server={service}=starttls://mail.optonline.net:{port}"
            for service, port in STARTTLS_PORTS.items()))
        self.assert_all_work(result)
        for service, server in result.servers.items():
            self.assertEqual((server["port"], server["security"]),
                             (STARTTLS_PORTS[service], "starttls"))
            self.assertEqual(server["tls"]["version"], "TLSv1.3")
        self.assertEqual(seen, [("imap", True), ("pop3", True), ("smtp", True)])

    def test_pop3_stopped(self):
        with changed(servers.Dovecot(), protocols="imap"):
            result = self.check(JANE)
        self.assert_fails(result, "pop3", "connection-refused")
        self.assert_works(result, "imap", "smtp")
        self.assertEqual((result.json["verdict"], result.status), ("partly", 1), str(result))

    def test_postfix_stopped(self):
        with changed(servers.Postfix(), stopped=True):
            result = self.check(JANE)
        self.assert_fails(result, "smtp", "connection-refused")
        self.assert_works(result, "imap", "pop3")

    def test_sibling_host_takes_over(self):
        others = [address for address in servers.ADDRESSES if address != "192.0.2.10"]
        with changed(servers.Postfix(), addresses=others):
            result = self.check(JANE)
        self.assert_all_work(result)
        smtp = result.servers["smtp"]
        self.assertEqual((smtp["host"], smtp["address_used"]), ("mail.optimum.net", "192.0.2.11"))
        first = {"host": "mail.optonline.net", "port": 465, "diagnosis": "connection-refused"}
        self.assertIn(first, smtp["candidates"])
        self.assertEqual(result.servers["imap"]["host"], "mail.optonline.net")

    def test_own_certificate_expired(self):
        """All certificates are of yesterday, so it may be today's date: nobody signs in."""
        with changed(servers.Dovecot(), certificates="expired"):
            result, seen = self.signed_in(JANE, "--services", "imap,pop3")
        for service in "imap", "pop3":
            self.assertEqual(result.servers[service]["result"], "fails")
            self.assertEqual(result.servers[service]["diagnosis"], "clock-wrong")
        self.assertEqual((result.json["verdict"], result.status), ("fails", 1), str(result))
        self.assertEqual(seen, [])

    def test_slow_greeting(self):
        with changed(servers.Postfix(), greets_after=60):
            started = time.monotonic()
            result = self.check(JANE, "--timeout", "3")
            took = time.monotonic() - started
        self.assert_fails(result, "smtp", "server-too-slow")
        self.assert_works(result, "imap", "pop3")
        self.assertLess(took, 10)

    def bad_server(self, diagnosis, service, url, *options):
        """One server is given by hand and no good: it never sees the password, the others work."""
        result, seen = self.signed_in(JANE, f"--server={service}={url}", *options)
        others = [other for other in SERVICES if other != service]
        self.assert_fails(result, service, diagnosis)
        self.assert_works(result, *others)
        self.assertEqual((result.json["verdict"], result.status), ("partly", 1), str(result))
        self.assertEqual(seen, [(other, True) for other in others])
        return result.servers[service]

    def test_expired_shows_the_date(self):
        server = self.bad_server("certificate-expired", "imap", "tls://expired.lab.example:993")
        self.assertIn("2023", server["tls"]["certificate"]["not_after"])

    def test_unknown_host(self):
        self.bad_server("host-unknown", "imap", "tls://no-such-host.lab.example:993")

    def test_name_server_down(self):
        with changed(servers.Dns(), stopped=True):
            self.bad_server("dns-failure", "imap", "tls://no-such-host.lab.example:993")

    def test_refused(self):
        self.bad_server("connection-refused", "smtp", "tls://refused.lab.example:465")

    def test_filtered(self):
        self.bad_server("connection-filtered", "pop3", "tls://filtered.lab.example:995",
                        "--timeout", "3")

    def test_tls_too_old(self):
        """OpenSSL as it was: TLS 1.0 and nothing else."""
        key = servers.DIR / "certs" / "mail.optonline.net.key"
        with subprocess.Popen(["openssl", "s_server", "-accept", "192.0.2.30:993", "-quiet",
                               "-key", key, "-cert", key.with_suffix(".pem"),
                               "-tls1", "-cipher", "ALL:@SECLEVEL=0"],
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as old:
            try:
                servers.wait_until(lambda: listens("refused.lab.example", 993), "it listens")
                self.bad_server("tls-too-old", "imap", "tls://refused.lab.example:993")
            finally:
                old.kill()

    def test_offline(self):
        subprocess.run(["ip", "route", "del", "default"], check=True)
        try:
            result = self.check(JANE, "--services", "imap",
                                "--server", "imap=tls://filtered.lab.example:993")
            self.assert_fails(result, "imap", "offline")
            # Beside servers that answer it is not the whole network.
            self.bad_server("connection-filtered", "imap", "tls://filtered.lab.example:993")
        finally:
            subprocess.run(["ip", "route", "add", "default", "dev", "lo"], check=True)

    def test_port_25_blocked(self):
        """Port 25 of the real host drops what knocks; its port 465 answers as always."""
        with socket.create_server(("192.0.2.10", 25), backlog=0), contextlib.ExitStack() as stack:
            for _ in range(4):
                client = stack.enter_context(socket.socket())
                client.setblocking(False)
                client.connect_ex(("192.0.2.10", 25))
            self.bad_server("port-25-blocked", "smtp", "starttls://mail.optonline.net:25")

    def test_proxy_is_not_used(self):
        """It would refuse every connection; it is named, without who may use it."""
        result = self.check(JANE, GIO_USE_PROXY_RESOLVER="libproxy",
                            https_proxy="http://jane:secret@refused.lab.example:3128")
        self.assert_all_work(result)
        self.assertEqual(result.json["unused_proxy"], "http://refused.lab.example:3128")

    def test_cancelled_by_ctrl_c(self):
        with subprocess.Popen([CLI, "check", JANE, "--password-fd", "0", "--json",
                               "--server", "imap=tls://filtered.lab.example:993"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdin.write(ACCOUNTS[JANE].encode())
            process.stdin.close()
            process.stdin = None
            # 016433C6 is 198.51.100.1; 02 is SYN_SENT.
            servers.wait_until(lambda: any(
                line.split()[2].startswith("016433C6") and line.split()[3] == "02"
                for line in open("/proc/net/tcp", encoding="ascii")), "it is connecting")
            process.send_signal(signal.SIGINT)
            started = time.monotonic()
            output, errors = process.communicate(timeout=30)
            took = time.monotonic() - started
        self.assertEqual(process.returncode, 130, errors.decode())
        self.assertLess(took, 1)
        self.assert_no_password(ACCOUNTS[JANE], output.decode() + errors.decode())

    def test_detect_by_mx(self):
        def detect(address):
            done = subprocess.run([CLI, "detect", address, "--json"], stdout=subprocess.PIPE,
                                  timeout=60, check=False)
            return done.returncode, json.loads(done.stdout)

        status, found = detect("me@own-domain.example")
        self.assertEqual((status, found["how"]), (0, "mx"), found)
        self.assertIn("mail.opt", found["servers"][0]["host"])
        status, found = detect("me@elsewhere.example")
        self.assertEqual((status, found["how"], found["provider"]), (1, "none", None), found)


def add_cases():
    """One test for each awkward password, and for each fault and service."""
    for address in ("awkward@optonline.net", "spaces@optimum.net", "unicode@optonline.net",
                    "long@optonline.net"):
        def works(self, address=address):
            result, seen = self.signed_in(address)
            self.assert_all_work(result)
            self.assertEqual(seen, [("imap", True), ("pop3", True), ("smtp", True)])

        setattr(Check, f"test_password_{address.split('@')[0]}", works)

    for service in SERVICES:
        tls, starttls = TLS_PORTS[service], STARTTLS_PORTS[service]
        for name, diagnosis, url in (
                ("expired", "certificate-expired", f"tls://expired.lab.example:{tls}"),
                ("wrong_name", "certificate-wrong-name", f"tls://wrong-name.lab.example:{tls}"),
                ("untrusted", "certificate-untrusted", f"tls://untrusted.lab.example:{tls}"),
                ("expired_starttls", "certificate-expired",
                 f"starttls://expired.lab.example:{starttls}"),
                ("starttls_missing", "starttls-missing",
                 f"starttls://no-starttls.lab.example:{starttls}")):
            def refused(self, diagnosis=diagnosis, service=service, url=url):
                self.bad_server(diagnosis, service, url)

            setattr(Check, f"test_{name}_{service}", refused)


class Tap(unittest.TestResult):
    """Test Anything Protocol, so that Meson counts each test."""

    def __init__(self):
        super().__init__()
        self.number = 0

    def line(self, word, test, error=None):
        self.number += 1
        print(f"{word} {self.number} - {type(test).__name__}.{test._testMethodName}")
        if error is not None:
            for text in "".join(traceback.format_exception(*error)).splitlines():
                print("#", text)
        sys.stdout.flush()

    def addSuccess(self, test):
        self.line("ok", test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.line("not ok", test, error)

    addError = addFailure


def main():
    global CLI
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    CLI = os.path.abspath(sys.argv[1])
    add_cases()

    load = unittest.defaultTestLoader.loadTestsFromTestCase
    tests = [test for case in (LabItself, Check) for test in load(case)
             if not sys.argv[2:] or test._testMethodName in sys.argv[2:]]
    print(f"1..{len(tests)}", flush=True)
    result = Tap()
    unittest.TestSuite(tests).run(result)
    if not result.wasSuccessful():
        for text in servers.logs().splitlines():
            print("#", text)
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
