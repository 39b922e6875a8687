# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktop programs make an account with the settings of years ago, by their own means. It is found,
explained, tested and mended; then they fetch mail.

Where we set an account up ourselves, the old one of the same address has to go first, by the
program's own means: with two of one address nobody knows which is asked. Thunderbird keeps the old
one.
"""

import shutil

import claws
import case
import evolution
import geary
import goa
import old
import thunderbird
from gi.repository import GLib

# What its account manager does when somebody types these values.
MAKE_ACCOUNT = """
  const [host, outgoing, user, address, name] = arguments;
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const server = MailServices.accounts.createIncomingServer(user, host, "pop3");
  server.port = 110;
  server.socketType = Ci.nsMsgSocketType.plain;
  server.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
  server.loginAtStartUp = false;
  server.doBiff = false;
  const smtp = MailServices.outgoingServer.createServer("smtp").QueryInterface(Ci.nsISmtpServer);
  smtp.hostname = outgoing;
  smtp.port = 25;
  smtp.socketType = Ci.nsMsgSocketType.plain;
  smtp.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
  smtp.username = user;
  const identity = MailServices.accounts.createIdentity();
  identity.email = address;
  identity.fullName = name;
  identity.smtpServerKey = smtp.key;
  const account = MailServices.accounts.createAccount();
  account.addIdentity(identity);
  account.incomingServer = server;
  Services.prefs.savePrefFile(null);
"""

# As its page for exporting a profile does.
EXPORT_PROFILE = """
  const [path, done] = arguments;
  const { ProfileExporter } = ChromeUtils.importESModule(
    "resource:///modules/ProfileExporter.sys.mjs");
  const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
  file.initWithPath(path);
  new ProfileExporter().startExport(file).then(() => done({}))
    .catch(error => done({ error: String(error) }));
"""

ACCOUNTRC = """[Account: 1]
account_name=Optonline
is_default=1
name=Jane Doe
address=Jane.Doe@Optonline.net
protocol=0
receive_server=pop.optonline.net
smtp_server=mail.optonline.net
user_id=jane.doe
use_smtp_auth=1
smtp_user_id=jane.doe
remove_mail=0
"""

EVOLUTION_SOURCES = {
    "old-account": f"""[Data Source]
DisplayName=Optonline
Enabled=true

[Mail Account]
BackendName=pop
IdentityUid=old-identity

[Authentication]
Host={old.POP_HOST}
Method=none
Port=110
User={old.USER}

[Security]
Method=none

[Pop Backend]
KeepOnServer=true
""",
    "old-identity": f"""[Data Source]
DisplayName=Optonline
Parent=old-account

[Mail Identity]
Address={old.SENDER}
Name={case.NAME}

[Mail Submission]
TransportUid=old-transport
""",
    "old-transport": f"""[Data Source]
DisplayName=Optonline
Parent=old-account

[Mail Transport]
BackendName=smtp

[Authentication]
Host={case.HOST}
Method=PLAIN
Port=25
User={old.USER}

[Security]
Method=none
""",
}

GEARY_INI = f"""[Metadata]
version=1
status=enabled

[Account]
label=
ordinal=1
prefetch_days=14
save_drafts=true
save_sent=true
sender_mailboxes={old.SENDER};
service_provider=other
signature=
use_signature=false

[Incoming]
credentials=custom
host=mail.optimum.net
login={case.ADDRESS}
port=993
remember_password=true
transport_security=transport

[Outgoing]
credentials=use-incoming
host={case.HOST}
port=25
transport_security=none
"""


class OldThunderbird(old.Steps, thunderbird.Case):
    def make(self):
        program = self.start()
        program.run(MAKE_ACCOUNT, old.POP_HOST, case.HOST, self.user, self.sender, case.NAME)
        backup = self.home / "backup.zip"
        program.run(EXPORT_PROFILE, str(backup), wait=True)
        program.quit()
        return backup

    def test_thunderbird(self):
        backup = self.make()

        self.check_found("thunderbird", self.profile / "prefs.js",
                         "pop3 host-retired", "pop3 no-tls", "pop3 port-other",
                         "pop3 user-not-address", "smtp no-tls", "smtp port-other",
                         "smtp user-not-address", "sender-case", "pop3 leave-never")
        self.check_tested("thunderbird", "pop3", "smtp")
        outcome = self.check_tested(backup, "pop3", "smtp")
        self.assertEqual((outcome["client"], outcome["path"]), ("thunderbird", str(backup)))

        self.deliver("for mended Thunderbird")
        exported = self.export("thunderbird", "--protocol", "pop3", name="mended.zip")
        program = self.start()
        program.import_zip(exported)
        program.quit()
        program = self.start()
        program.fetch(case.HOST, case.ADDRESS, case.PASSWORD, "for mended Thunderbird")
        program.quit()
        self.check_added("thunderbird")


class OldClaws(old.Steps, claws.Case):
    # Offline is what it would start as the next time, too.
    program = ("claws-mail",)
    address = claws.EASY
    sender = "Jane.Doe@Optonline.net"
    user = "jane.doe"

    def test_claws(self):
        self.make_folders()
        self.accountrc.write_text(ACCOUNTRC)
        made, = self.start_and_end().values()
        self.assertEqual((made["ssl_pop"], made["ssl_smtp"]), ("0", "0"))

        self.check_found("claws", self.accountrc,
                         "pop3 host-retired", "pop3 no-tls", "pop3 port-other",
                         "pop3 user-not-address", "smtp no-tls", "smtp port-other",
                         "smtp user-not-address", "sender-case")
        self.check_tested("claws", "pop3", "smtp")

        self.deliver("for mended Claws", to=self.address)
        self.run_cli("export", self.address, "--client", "claws", "--protocol", "pop3", "--output",
                     self.home / "exported")
        (self.home / "exported").rename(self.accountrc)
        self.check_receives("for mended Claws")
        self.stop_receiving()
        self.check_mended("claws", self.accountrc)


class OldEvolution(old.Steps, evolution.Case):
    def make(self):
        """What Evolution's assistant has the registry do, which is gone once it has written."""
        registry = self.start_registry()
        self.bus.call_sync(registry, evolution.PATH,
                           "org.gnome.evolution.dataserver.SourceManager", "CreateSources",
                           GLib.Variant("(a{ss})", (EVOLUTION_SOURCES,)), None, 0, -1, None)
        case.servers.wait_until(lambda: {f"{uid}.source" for uid in EVOLUTION_SOURCES}
                                <= self.files().keys(), "the registry writes")
        self.stop_registry(registry)

    def test_evolution(self):
        self.make()

        self.check_found("evolution", self.home / ".config/evolution/sources",
                         "pop3 host-retired", "pop3 no-tls", "pop3 port-other",
                         "pop3 user-not-address", "smtp no-tls", "smtp port-other",
                         "smtp user-not-address", "sender-case")
        self.check_tested("evolution", "pop3", "smtp")

        registry = self.start_registry()
        self.setup(status=1)
        self.remove_source(registry, "old-account")
        self.setup("--protocol", "pop3")
        self.assert_account(self.sources(registry), case.NAME, "pop", "995", self.files())
        for uid in self.sources(registry):
            if not uid.endswith("-identity"):
                self.assertEqual(self.look_up(uid), case.PASSWORD)
        self.stop_registry(registry)
        self.check_mended("evolution", self.home / ".config/evolution/sources")
        self.undo()


class OldGoa(old.Steps, goa.Case):
    def make(self):
        passwords = {which: GLib.Variant("s", case.PASSWORD)
                     for which in ("imap-password", "smtp-password")}
        details = {"Enabled": "true", "EmailAddress": self.sender, "Name": case.NAME,
                   "ImapHost": old.POP_HOST, "ImapUserName": self.user, "ImapUseSsl": "false",
                   "ImapUseTls": "false", "SmtpHost": f"{case.HOST}:25", "SmtpUseAuth": "true",
                   "SmtpAuthPlain": "true", "SmtpUserName": self.user, "SmtpUseSsl": "false",
                   "SmtpUseTls": "false"}
        return self.call("/org/gnome/OnlineAccounts/Manager", f"{goa.NAME}.Manager", "AddAccount",
                         GLib.Variant("(sssa{sv}a{ss})", (
                             "imap_smtp", self.sender, self.sender, passwords, details)))[0]

    def test_goa(self):
        made = self.make()

        path = self.home / ".config" / "goa-1.0" / "accounts.conf"
        self.check_found("goa", path,
                         "imap host-retired", "imap no-tls", "imap port-other",
                         "imap user-not-address", "smtp no-tls", "smtp port-other",
                         "smtp user-not-address", "sender-case")
        self.check_tested("goa", "imap", "smtp", password=("--use-kept-password",))

        self.setup(status=1)
        self.call(made, f"{goa.NAME}.Account", "Remove")
        self.setup()
        mended, = self.accounts()
        for which in "imap-password", "smtp-password":
            self.assertEqual(self.get_password(mended, which), case.PASSWORD)
        self.check_mended("goa", path)
        self.setup_undone()


class OldGeary(old.Steps, geary.Case):
    def test_geary(self):
        self.account_file().parent.mkdir(mode=0o700, parents=True)
        self.account_file().write_text(GEARY_INI)
        self.keep_password("mail.optimum.net")
        program, _ = self.sign_in_with_geary()
        case.servers.wait_until(lambda: self.account_file().read_text() != GEARY_INI,
                                "Geary writes")
        self.close(program)

        self.check_found("geary", self.account_file(), "imap host-sibling", "smtp no-tls",
                         "smtp port-other", "sender-case")
        # One at the host as it is, which still works, and one at the host that is wanted.
        self.check_tested("geary", "imap", "imap", "smtp")

        self.setup(status=1)
        # Its window does no more when somebody removes an account, but cannot be asked to.
        for folder in ".config", ".local/share":
            shutil.rmtree(self.home / folder / "geary" / "account_01")
        self.setup()
        program, sign_ins = self.sign_in_with_geary()
        self.assertEqual(set(sign_ins), {("imap", True)})
        self.close(program)
        self.check_mended("geary", self.account_file())
        self.undo()

    def keep_password(self, host):
        attributes = ("xdg:schema", geary.NAME, "proto", "IMAP", "host", host, "login",
                      case.ADDRESS)
        self.run_program("secret-tool", "store", "--label=Geary IMAP password", *attributes,
                         stdin=case.PASSWORD.encode())
        self.addCleanup(self.run_program, "secret-tool", "clear", *attributes)
