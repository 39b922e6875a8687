# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings as mail programs have them, good and bad."""

import os

NEW = {"pop3": ("mail.optonline.net", 995, 3), "smtp": ("mail.optonline.net", 465, 3)}
OLD = {"pop3": ("pop.optonline.net", 110, 0), "smtp": ("mail.optonline.net", 25, 0)}
SEVERITIES = ["old", "not-safe", "broken"]


def prefs(address, servers=None, user=None):
    """Thunderbird's; a server is host, port and socketType: 0 none, 2 STARTTLS, 3 TLS."""
    return many_prefs([(address, servers or NEW, user or address)])


def many_prefs(accounts):
    numbers = range(1, len(accounts) + 1)
    pairs = [("mail.accountmanager.accounts", ",".join(f"account{n}" for n in numbers)),
             ("mail.smtpservers", ",".join(f"smtp{n}" for n in numbers))]
    for n, (address, servers, user) in zip(numbers, accounts):
        pop3, smtp = servers["pop3"], servers["smtp"]
        pairs += [(f"mail.account.account{n}.identities", f"id{n}"),
                  (f"mail.account.account{n}.server", f"server{n}"),
                  (f"mail.identity.id{n}.useremail", address),
                  (f"mail.identity.id{n}.smtpServer", f"smtp{n}"),
                  (f"mail.server.server{n}.type", "pop3"),
                  (f"mail.server.server{n}.hostname", pop3[0]),
                  (f"mail.server.server{n}.port", pop3[1]),
                  (f"mail.server.server{n}.socketType", pop3[2]),
                  (f"mail.server.server{n}.userName", user),
                  (f"mail.server.server{n}.leave_on_server", True),
                  (f"mail.server.server{n}.delete_by_age_from_server", True),
                  (f"mail.server.server{n}.num_days_to_leave_on_server", 14),
                  (f"mail.smtpserver.smtp{n}.hostname", smtp[0]),
                  (f"mail.smtpserver.smtp{n}.port", smtp[1]),
                  (f"mail.smtpserver.smtp{n}.try_ssl", smtp[2]),
                  (f"mail.smtpserver.smtp{n}.username", user)]
    return "".join(f"user_pref({quote(name)}, {quote(value)});\n" for name, value in pairs)


def quote(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def msmtprc(address, host="mail.optonline.net", port=465, tls="on", password=None):
    return (f"account jane\nhost {host}\nport {port}\nauth on\nfrom {address}\nuser {address}\n"
            f"tls {tls}\ntls_starttls {'off' if port == 465 else 'on'}\n"
            + (f"password {password}\n" if password else ""))


def fetchmailrc(address, host="mail.optonline.net", options="ssl keep", password=None):
    return (f'poll {host} protocol pop3 user "{address}" '
            + (f'password "{password}" ' if password else "") + f"{options}\n")


def autoconfig(host="mail.optonline.net", user="%EMAILADDRESS%"):
    """What a provider publishes for all of its customers."""
    def server(kind, service, port):
        return (f"<{kind} type='{service}'><hostname>{host}</hostname><port>{port}</port>"
                f"<socketType>SSL</socketType><username>{user}</username></{kind}>")

    return ("<clientConfig version='1.1'><emailProvider id='optonline.net'>"
            f"<domain>optonline.net</domain>{server('incomingServer', 'pop3', 995)}"
            f"{server('outgoingServer', 'smtp', 465)}</emailProvider></clientConfig>")


def write(test, text, *names):
    """A file in the test's home."""
    path = test.path(*names)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    os.chmod(path, 0o600)
    return path


def write_profile(test, text):
    """Thunderbird's only profile."""
    write(test, "[Profile0]\nName=default\nIsRelative=1\nPath=a.default\n", ".thunderbird",
          "profiles.ini")
    return write(test, text, ".thunderbird", "a.default", "prefs.js")


def write_evolution(test, address, host="mail.optonline.net"):
    """An account of Evolution's, whose passwords the keyring has by the names a1 and t1."""
    def write_source(name, parent, *groups):
        text = f"[Data Source]\nDisplayName=Mail\nEnabled=true\nParent={parent}\n" + "".join(groups)
        write(test, text, "config", "evolution", "sources", f"{name}.source")

    def server(port):
        return (f"[Authentication]\nHost={host}\nMethod=PLAIN\nPort={port}\nUser={address}\n"
                "[Security]\nMethod=ssl-on-alternate-port\n")

    write_source("a1", "", "[Mail Account]\nBackendName=imapx\nIdentityUid=i1\n", server(993))
    write_source("i1", "a1", f"[Mail Identity]\nAddress={address}\nName=Jane Doe\n",
                 "[Mail Submission]\nTransportUid=t1\n")
    write_source("t1", "a1", "[Mail Transport]\nBackendName=smtp\n", server(465))


def tree(folder):
    """All files below it, with what is in them and when they were changed."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            status = os.lstat(full)
            with open(full, "rb") as file:
                found[full] = (file.read(), status.st_mtime_ns, status.st_mode)
    return found


def check_schema(test, found):
    """The members that `scan` and `check --from` have in common."""
    for key in "client", "path", "address", "name", "severity":
        test.assertIsInstance(found[key], (str, type(None)), key)
    test.assertIsInstance(found["program"], str)
    for server in found["servers"]:
        test.assertEqual(list(server), ["service", "host", "port", "security", "auth", "user"])
        test.assertIn(server["security"], ("none", "starttls-if-offered", "starttls", "tls"))
        test.assertIn(server["auth"], ("any", "password", "challenge", "other", "none"))
    for difference in found["differences"]:
        test.assertEqual(list(difference), ["id", "severity", "service", "now", "wanted", "text",
                                            "advice"])
        test.assertRegex(difference["id"], r"\A[a-z0-9-]+\Z")
        test.assertIn(difference["severity"], SEVERITIES)
        for text in difference["text"], difference["advice"]:
            test.assertRegex(text, r"\A\S.{10,}\S\Z")
    worst = [SEVERITIES.index(difference["severity"]) for difference in found["differences"]]
    test.assertEqual(found["severity"], SEVERITIES[max(worst)] if worst else None)
