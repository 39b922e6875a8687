#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dovecot, Postfix and a name server inside the lab: certificates, settings, start and stop.

A module for the tests, and a command for a person in the lab:

    tests/lab/servers.py start|stop|restart dovecot|postfix|dns [NAME=VALUE]...

The names are addresses (to listen at, default all), certificates ("good" or "expired", for the two
mail hosts), protocols (Dovecot: "imap pop3" or one of them) and greets_after (Postfix: seconds).
"""

import base64
import contextlib
import imaplib
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
DIR = pathlib.Path(os.environ.get("LAB_DIR", "/nonexistent"))
ADDRESSES = ["192.0.2.10", "192.0.2.11", "192.0.2.20", "192.0.2.21", "192.0.2.22", "192.0.2.23"]
MAIL_UID = 5000
# Signs in to find out how far the log has come; see sign_ins().
SENTINEL = "sentinel@optimum.net"
# Who signs in to Postfix and is then refused as the sender: the address belongs to another mailbox.
NOT_SENDING = {"not.sender@optonline.net": "jane.doe@optonline.net"}
DEADLINE_S = 30


def accounts():
    """Address -> password."""
    pairs = {}
    for line in (HERE / "accounts").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            address, password = line.split("\t", 1)
            pairs[address] = password
    pairs["long@optonline.net"] = "0123456789" * 100
    return pairs


def mailbox(address):
    name, domain = address.split("@")
    return DIR / "mail" / domain / name / "Maildir"


def preloaded():
    """The messages that jane.doe finds in her mailbox, in the form in which servers count them."""
    return [
        (f"From: The lab <john@optimum.net>\r\nTo: jane.doe@optonline.net\r\n"
         f"Subject: Message {number}\r\nDate: Mon, 0{number} Jan 2024 12:00:00 +0000\r\n"
         f"Message-ID: <{number}@lab.example>\r\n\r\n" + "A line of text.\r\n" * number).encode()
        for number in range(1, 6)
    ]


def wait_until(condition, what):
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"lab: waited {DEADLINE_S} s in vain until {what}")
        time.sleep(0.02)


def listening(address, port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address, port)) == 0


def logs():
    parts = []
    for path in sorted((DIR / "log").glob("*")):
        tail = path.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
        parts.append("\n".join([f"--- {path.name}", *(line[:200] for line in tail)]))
    return "\n".join(parts)


def run(*command, **options):
    """Runs to the end. Output goes to a file: a daemon that keeps a pipe open would hold us up."""
    with open(DIR / "log" / "commands", "a", encoding="utf-8") as log:
        result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                check=False, **options)
    if result.returncode != 0:
        raise RuntimeError(f"lab: {' '.join(map(str, command))} failed, see {DIR}/log/commands")


def fill(template, target, **values):
    def value(match):
        return str(values[match.group(1).lower()])

    text = (HERE / template).read_text(encoding="utf-8")
    target.write_text(re.sub("@([A-Z]+)@", value, text), encoding="utf-8")


# Certificates. "openssl ca" is the one that takes dates in the past in every version.

CA_CONF = """
[ca]
default_ca = lab
[lab]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
organizationName = optional
"""


def make_authority(name, common_name):
    folder = DIR / "certs" / name
    folder.mkdir()
    (folder / "index").touch()
    (folder / "serial").write_text("1000\n")
    (folder / "ca.conf").write_text(CA_CONF)
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-days", "30", "-subj", f"/O=OptSetup lab/CN={common_name}",
        "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        "-keyout", "ca.key", "-out", "ca.pem", cwd=folder)
    return folder


def make_certificate(authority, file, name, expired=False):
    stem = DIR / "certs" / file
    run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
        "-addext", "extendedKeyUsage=serverAuth",
        "-keyout", f"{stem}.key", "-out", f"{stem}.csr", cwd=authority)
    dates = ["-days", "20"]
    if expired:
        dates = ["-startdate", "20220101000000Z", "-enddate", "20230101000000Z"]
    run("openssl", "ca", "-batch", "-notext", "-config", "ca.conf", "-cert", "ca.pem",
        "-keyfile", "ca.key", *dates, "-in", f"{stem}.csr", "-out", f"{stem}.pem", cwd=authority)


def make_certificates():
    (DIR / "certs").mkdir(mode=0o755)
    trusted = make_authority("trusted", "OptSetup lab authority")
    unknown = make_authority("unknown", "Somebody else's authority")
    for host in "mail.optonline.net", "mail.optimum.net":
        make_certificate(trusted, host, host)
        make_certificate(trusted, f"expired-{host}", host, expired=True)
    make_certificate(trusted, "expired.lab.example", "expired.lab.example", expired=True)
    make_certificate(trusted, "wrong-name.lab.example", "mail.elsewhere.example")
    make_certificate(unknown, "untrusted.lab.example", "untrusted.lab.example")

    # What is mounted over /etc/ssl/certs, under the names by which distributions look for it.
    trust = DIR / "trust"
    trust.mkdir()
    authority = (trusted / "ca.pem").read_bytes()
    (trust / "lab.pem").write_bytes(authority)
    run("openssl", "rehash", str(trust))
    for name in "ca-certificates.crt", "ca-bundle.crt":
        (trust / name).write_bytes(authority)


def make_mail():
    for address in accounts():
        for folder in "new", "cur", "tmp":
            (mailbox(address) / folder).mkdir(parents=True)
    for number, message in enumerate(preloaded(), start=1):
        path = mailbox("jane.doe@optonline.net") / "cur" / f"170000000{number}.M{number}.lab:2,S"
        path.write_bytes(message.replace(b"\r\n", b"\n"))
    run("chown", "-R", f"{MAIL_UID}:{MAIL_UID}", str(DIR / "mail"))


def prepare():
    (DIR / "log").mkdir()
    make_certificates()
    make_mail()


def logged_sign_ins():
    """Every sign-in in Dovecot's log so far, Postfix's among them: (user, service, accepted)."""
    return [(fields.get("user"), fields["service"], fields.get("success") == "yes")
            for fields in logged_fields()]


def logged_fields():
    """What Dovecot's log says of every sign-in so far."""
    found = []
    for line in (DIR / "log" / "dovecot").read_text(encoding="utf-8").splitlines():
        _, marker, event = line.partition(" stats: Info: ")
        if marker:
            fields = json.loads(event)["fields"]
            # Dovecot 2.4 calls it protocol.
            found.append({**fields, "service": fields.get("service") or fields.get("protocol")})
    return found


def sign_ins(address):
    """What the servers know of sign-ins as ADDRESS: a list of (service, accepted) since the start.

    Events are written in order, so once a sign-in of our own is there, all earlier ones are.
    """
    ours = (SENTINEL, "imap", True)
    earlier = logged_sign_ins().count(ours)
    signs_in(SENTINEL, accounts()[SENTINEL])
    wait_until(lambda: logged_sign_ins().count(ours) > earlier, "the log holds our own sign-in")
    return [(service, accepted) for user, service, accepted in logged_sign_ins() if user == address]


def sign_ins_in_the_clear(*users):
    """How many of the sign-ins as one of these anybody on the way could read, since the start.

    Postfix takes none without TLS, so those of its that Dovecot knows of are not among them.
    """
    sign_ins(users[0])
    return sum(fields.get("user") in users and fields["service"] != "smtp"
               and fields["transport"] != "TLS" for fields in logged_fields())


def signs_in(address, password):
    """Whether the servers take this password at the moment."""
    context = ssl._create_unverified_context()
    with imaplib.IMAP4_SSL("mail.optonline.net", ssl_context=context) as imap:
        try:
            imap.authenticate("PLAIN", lambda _: f"\0{address}\0{password}".encode())
        except imaplib.IMAP4.error:
            return False
        return True


class Server:
    def __init__(self):
        self.folder = DIR / type(self).__name__.lower()

    def pid(self):
        try:
            return int(self.pid_file.read_text())
        except (FileNotFoundError, ValueError):
            return None

    def running(self):
        pid = self.pid()
        if pid is None:
            return False
        try:
            os.kill(pid, 0)
            # Process 1 of the lab is a shell that may be slow to collect the dead.
            status = pathlib.Path(f"/proc/{pid}/stat").read_text()
        except (ProcessLookupError, FileNotFoundError):
            return False
        return status.rsplit(")", 1)[1].split()[0] != "Z"

    def stop(self):
        if self.running():
            os.kill(self.pid(), signal.SIGTERM)
            wait_until(lambda: not self.running(), f"{type(self).__name__} is gone")

    def restart(self, **options):
        self.stop()
        self.start(**options)


QUOTA_STATUS = """
service quota-status {
  executable = quota-status -p postfix
  client_limit = 1
  inet_listener quota-status {
    port = 12340
  }
}
"""
QUOTA_2_3 = """
mail_plugins = quota
plugin {{
  quota = maildir:User quota
  quota_rule = *:storage={quota}
  quota_status_success = DUNNO
  quota_status_nouser = DUNNO
  quota_status_overquota = "552 5.2.2 Mailbox is full"
}}
"""
QUOTA_2_4 = """
mail_plugins {{
  quota = yes
}}
quota "User quota" {{
  driver = maildir
  storage_size = {quota}
  storage_grace = 0
}}
quota_status_success = DUNNO
quota_status_nouser = DUNNO
quota_status_overquota = "552 5.2.2 Mailbox is full"
"""


class Dovecot(Server):
    """POP3, IMAP, and the sign-ins of Postfix."""

    def __init__(self):
        super().__init__()
        self.pid_file = self.folder / "run" / "master.pid"

    @staticmethod
    def template():
        version = subprocess.run(["dovecot", "--version"], stdout=subprocess.PIPE, check=True)
        parts = version.stdout.decode().split(".")
        return "dovecot-2.3.conf" if (int(parts[0]), int(parts[1])) < (2, 4) else "dovecot-2.4.conf"

    def start(self, protocols="imap pop3", addresses=None, certificates="good", quota=None,
              preload=None):
        addresses = addresses or ADDRESSES
        (self.folder / "run").mkdir(parents=True, exist_ok=True)
        self.write_passwords(accounts())
        for service in "imap", "pop3", "smtp", "quota-status":
            (self.folder / f"deny.{service}").touch()
        (self.folder / "deny.smtp").write_text("no.smtp@optonline.net\n")
        for path in self.folder.glob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        fill(self.template(), self.folder / "conf", dir=DIR, protocols=protocols,
             addresses=" ".join(addresses), variant=variant(certificates))
        with open(self.folder / "conf", "a", encoding="utf-8") as conf:
            conf.write(self.extras(quota, preload))
        run("dovecot", "-c", str(self.folder / "conf"))
        for protocol, ports in (("imap", (143, 993)), ("pop3", (110, 995))):
            if protocol in protocols.split():
                for port in ports:
                    wait_until(lambda: listening(addresses[0], port), f"Dovecot answers at {port}")

    def extras(self, quota, preload):
        """What only some tests want: a limit for each mailbox, of which Postfix can be told at port
        12340, and a library for every process."""
        old = self.template() == "dovecot-2.3.conf"
        text = ""
        if quota is not None:
            text += (QUOTA_2_3 if old else QUOTA_2_4).format(quota=quota) + QUOTA_STATUS
        if preload is not None:
            text += (f"import_environment = TZ LD_PRELOAD={preload}\n" if old
                     else f"import_environment {{\n  LD_PRELOAD = {preload}\n}}\n")
        return text

    def write_passwords(self, passwords):
        new = self.folder / "passwd.new"
        new.write_text("".join(
            f"{address}:{{PLAIN.B64}}{base64.b64encode(password.encode()).decode()}::::::\n"
            for address, password in passwords.items()))
        new.chmod(0o644)
        new.rename(self.folder / "passwd")

    def change_password(self, address, password):
        """As when somebody has asked the provider for another one, until the next start."""
        self.write_passwords({**accounts(), address: password})
        wait_until(lambda: signs_in(address, password), "Dovecot takes the new password")


class Postfix(Server):
    """Outgoing mail, and delivery between the accounts."""

    def __init__(self):
        super().__init__()
        self.pid_file = self.folder / "queue" / "pid" / "master.pid"

    def start(self, addresses=None, certificates="good", greets_after=0, settings=None,
              preload=None):
        addresses = addresses or ADDRESSES
        for name in "conf", "queue", "data":
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        run("chown", "postfix", str(self.folder / "data"))
        (self.folder / "mailboxes").write_text("".join(
            f"{address} {mailbox(address).relative_to(DIR / 'mail')}/\n" for address in accounts()))
        (self.folder / "senders").write_text("".join(
            f"{address} {NOT_SENDING.get(address, address)}\n" for address in accounts()))
        fill("postfix-main.cf", self.folder / "conf" / "main.cf", dir=DIR,
             greeting=f"sleep {greets_after}" if int(greets_after) else "",
             meta=os.environ.get("LAB_POSTFIX_META", "/etc/postfix"))
        settings = dict(settings or {})
        if preload is not None:
            # Its master takes this from nowhere else.
            settings["import_environment"] = f"MAIL_CONFIG LD_PRELOAD={preload}"
        with open(self.folder / "conf" / "main.cf", "a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in settings.items())
        fill("postfix-master.cf", self.folder / "conf" / "master.cf", dir=DIR,
             variant=variant(certificates))
        master = (self.folder / "conf" / "master.cf").read_text().splitlines(keepends=True)
        (self.folder / "conf" / "master.cf").write_text("".join(
            line for line in master if not line[0].isdigit() or line.split(":")[0] in addresses))
        if (self.folder / "queue" / "pid").is_dir():
            # Looked over once, it need not be again: this is Postfix's own sign to itself.
            (self.folder / "queue" / "quick-start").touch()
        run("postfix", "-c", str(self.folder / "conf"), "start")
        wait_until(lambda: listening(addresses[0], 587), "Postfix answers at 587")

    def kill_smtpd(self):
        """Whatever talks to a client dies in the middle of a word."""
        for status in pathlib.Path("/proc").glob("[0-9]*/status"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                if status.read_text().startswith("Name:\tsmtpd\n"):
                    os.kill(int(status.parent.name), signal.SIGKILL)

    def release(self):
        """Lets go what it was told to hold."""
        run("postsuper", "-c", str(self.folder / "conf"), "-H", "ALL")
        # Flush, and scan all: what postqueue -f asks for, which wants a configuration that is listed.
        run("postkick", "-c", str(self.folder / "conf"), "public", "qmgr", "FADI")

    def queued(self):
        """Messages on their way in any queue."""
        return [path for queue in ("maildrop", "incoming", "active", "deferred", "hold")
                for path in (self.folder / "queue" / queue).rglob("*") if path.is_file()]


class Dns(Server):
    """MX records, and "no such name" for everything that is not in the hosts file."""

    def __init__(self):
        super().__init__()
        self.pid_file = self.folder / "pid"

    def start(self):
        self.folder.mkdir(exist_ok=True)
        with open(DIR / "log" / "dns", "a", encoding="utf-8") as log:
            server = subprocess.Popen([HERE / "dns.py"], start_new_session=True,
                                      stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.pid_file.write_text(str(server.pid))
        # UDP: the port shows up in the kernel's table (0035 is 53).
        wait_until(lambda: ":0035 " in pathlib.Path("/proc/net/udp").read_text(),
                   "the name server is up")


def variant(certificates):
    if certificates not in ("good", "expired"):
        raise SystemExit(f"servers.py: certificates={certificates} is neither good nor expired")
    return "" if certificates == "good" else "expired-"


SERVERS = {"dovecot": Dovecot, "postfix": Postfix, "dns": Dns}


def main(arguments):
    if not DIR.is_dir():
        raise SystemExit("servers.py: only inside the lab, see tests/lab/lab --help")
    if arguments == ["prepare"]:
        prepare()
        return
    verb, *rest = arguments or [""]
    names = [name for name in rest if "=" not in name] or list(SERVERS)
    if verb not in ("start", "stop", "restart") or not set(names) <= set(SERVERS):
        raise SystemExit(__doc__)
    options = dict(pair.split("=", 1) for pair in rest if "=" in pair)
    if "addresses" in options:
        options["addresses"] = options["addresses"].split()
    for name in names:
        try:
            getattr(SERVERS[name](), verb)(**options)
        except RuntimeError as error:
            raise SystemExit(f"{error}\n{logs()}") from error


if __name__ == "__main__":
    main(sys.argv[1:])
