# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings as they were entered many years ago, for the wizard to find in an empty home."""

import json

JANE = "jane.doe@optonline.net"

THUNDERBIRD_PROFILES = """[Profile0]
Name=default
IsRelative=1
Path=old.default
Default=1
"""

THUNDERBIRD_PREFS = {
    "mail.accountmanager.accounts": "account1",
    "mail.account.account1.identities": "id1",
    "mail.account.account1.server": "server1",
    "mail.identity.id1.fullName": "Jane Doe",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.useremail": JANE,
    "mail.server.server1.delete_by_age_from_server": True,
    "mail.server.server1.hostname": "pop.optonline.net",
    "mail.server.server1.leave_on_server": True,
    "mail.server.server1.num_days_to_leave_on_server": 21,
    "mail.server.server1.type": "pop3",
    "mail.server.server1.userName": "jane.doe",
    "mail.smtpserver.smtp1.hostname": "mail.optonline.net",
    "mail.smtpserver.smtp1.port": 25,
    "mail.smtpserver.smtp1.username": "jane.doe",
    "mail.smtpservers": "smtp1",
}

# As it should be.
MSMTP = f"""account optonline
host mail.optonline.net
port 465
tls on
tls_starttls off
auth on
user {JANE}
from {JANE}
"""

# From a host that nobody knows.
CLAWS = """[Account: 1]
account_name=Old
is_default=1
name=Jane Doe
address=jane.doe@optonline.net
protocol=1
receive_server=mail.example.net
smtp_server=mail.optonline.net
user_id=jane.doe
use_smtp_auth=1
ssl_imap=1
ssl_pop=1
ssl_smtp=1
"""

AUTOCONFIG = """<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="optonline.net">
    <domain>optonline.net</domain>
    <displayName>Optonline</displayName>
    <incomingServer type="imap">
      <hostname>mail.optonline.net</hostname>
      <port>993</port>
      <socketType>SSL</socketType>
      <authentication>password-cleartext</authentication>
      <username>jane.doe@optonline.net</username>
    </incomingServer>
    <outgoingServer type="smtp">
      <hostname>mail.optonline.net</hostname>
      <port>465</port>
      <socketType>SSL</socketType>
      <authentication>password-cleartext</authentication>
      <username>jane.doe@optonline.net</username>
    </outgoingServer>
  </emailProvider>
</clientConfig>
"""

SAVED = f"""[{JANE}]
name=Jane Doe
provider=optonline
imap=tls://mail.optonline.net:993
imap-user={JANE}
smtp=tls://mail.optonline.net:465
smtp-user={JANE}
saved=2026-03-02T10:00:00Z
checked=2026-03-03T10:00:00Z
verdict=fails
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def write_thunderbird(home):
    """A profile; returns the file that has the accounts."""
    def value(setting):
        return json.dumps(setting)

    prefs = "".join(f'user_pref("{key}", {value(setting)});\n'
                    for key, setting in sorted(THUNDERBIRD_PREFS.items()))
    write(home / ".thunderbird" / "profiles.ini", THUNDERBIRD_PROFILES)
    return write(home / ".thunderbird" / "old.default" / "prefs.js", prefs)


def write_msmtp(home):
    return write(home / ".msmtprc", MSMTP)


def write_claws(home):
    return write(home / ".claws-mail" / "accountrc", CLAWS)


def write_saved(home):
    """What we have set up, and that it did not work when it was last checked."""
    return write(home / ".config" / "optsetup" / "accounts.ini", SAVED)


def environment(home):
    """For a wizard that finds what is in HOME and nothing else."""
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}
