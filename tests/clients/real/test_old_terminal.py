# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs for the terminal with the settings of years ago: found, explained, tested and mended;
then they fetch mail, or send it. What people write for them, the programs are asked to read first.
"""

import poplib

import case
import old
import terminal

MSMTP = """account default
host mail.optonline.net
port 25
auth on
from Awkward@Optonline.net
user awkward
"""

MPOP = """account Awkward@Optonline.net
host pop.optonline.net
user awkward
delivery mbox ~/inbox
keep on
"""

FETCHMAIL = """poll pop.optonline.net proto pop3 port 110
  user "awkward" keep
  sslproto ''
"""

GETMAIL = """[retriever]
type = SimplePOP3Retriever
server = pop.optonline.net
username = Awkward@Optonline.net

[destination]
type = Maildir
path = ~/Mail/

[options]
delete = false
"""

ISYNC = """IMAPAccount optonline
Host mail.optonline.net
User Awkward@Optonline.net
SSLType None

IMAPStore optonline-remote
Account optonline

MaildirStore optonline-local
Path ~/Mail/
Inbox ~/Mail/INBOX

Channel optonline
Far :optonline-remote:
Near :optonline-local:
"""

MUTT = """set from = Awkward@Optonline.net
set folder = pop://awkward@pop.optonline.net
set spoolfile = pop://awkward@pop.optonline.net
set smtp_url = smtp://awkward@mail.optonline.net:25
set ssl_starttls = no
set ssl_force_tls = no
set pop_delete = no
"""


class Old(old.Steps, case.Case):
    programs = ("secret-tool",)

    def write(self, name, text):
        """As a person does, who alone may read it."""
        path = self.home / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o600)
        return path

    def export_over(self, client, path, *options):
        """In the place of what was there, as the steps say for who has no other account."""
        self.export(client, *options).rename(path)

    def fill_mailbox(self, subject):
        self.empty_mailbox()
        self.deliver(subject)


class OldMsmtp(Old):
    programs = ("msmtp",)

    def test_msmtp(self):
        path = self.write(".msmtprc", MSMTP)
        self.assertIn("tls = off\n", self.run_program("msmtp", "--pretend", case.ADDRESS))

        self.check_found("msmtp", path, "smtp no-tls", "smtp port-other", "smtp user-not-address",
                         "sender-case")
        self.check_tested("msmtp", "smtp")

        self.export_over("msmtp", path)
        self.run_program("msmtp", case.ADDRESS,
                         stdin=f"To: {case.ADDRESS}\nSubject: mended msmtp\n\nHello.\n".encode())
        self.assertIn("ESMTPSA", self.wait_for_message("mended msmtp"))
        self.check_mended("msmtp", path)


class OldMpop(Old):
    programs = ("mpop",)

    def test_mpop(self):
        path = self.write(".mpoprc", MPOP)
        self.assertIn("tls = off\n", self.run_program("mpop", "--pretend", old.SENDER))

        self.check_found("mpop", path, "pop3 host-retired", "pop3 no-tls", "pop3 port-other",
                         "pop3 user-not-address")
        self.check_tested("mpop", "pop3")

        self.fill_mailbox("for mended mpop")
        self.export_over("mpop", path)
        self.run_program("mpop")
        self.assertIn("Subject: for mended mpop",
                      (self.home / f"{case.ADDRESS}.mbox").read_text())
        self.check_mended("mpop", path)


    def test_never_signs_in_in_the_clear(self):
        """Not even where that would be taken, as nowhere else in the lab."""
        host = "no-starttls.lab.example"
        self.write(".mpoprc", MPOP.replace(old.POP_HOST, host))
        before = case.servers.sign_ins_in_the_clear(case.ADDRESS)
        pop3 = poplib.POP3(host)
        pop3.user(case.ADDRESS)
        pop3.pass_(case.PASSWORD)
        pop3.quit()
        self.assertEqual(case.servers.sign_ins_in_the_clear(case.ADDRESS), before + 1)

        self.check_tested("mpop", "pop3")


class OldFetchmail(Old):
    programs = ("fetchmail",)
    # It knows of none, and has half of it as the sign-in name.
    sender = None

    def test_fetchmail(self):
        path = self.write(".fetchmailrc", FETCHMAIL)
        self.assertIn("'ssl':FALSE", self.run_program("fetchmail", "--configdump").replace(" ", ""))

        self.check_found("fetchmail", path, "pop3 host-retired", "pop3 no-tls", "pop3 port-other",
                         "pop3 user-not-address")
        self.check_tested("fetchmail", "pop3")

        self.fill_mailbox("for mended fetchmail")
        self.export_over("fetchmail", path, "--protocol", "pop3")
        terminal.fetchmail(self)
        self.assertIn("Subject: for mended fetchmail", (self.home / "fetched").read_text())
        self.check_mended("fetchmail", path)


class OldGetmail(Old):
    programs = ("getmail", "secret-tool")
    user = old.SENDER

    def test_getmail(self):
        for folder in "cur", "new", "tmp":
            (self.home / "Mail" / "getmail" / case.ADDRESS / folder).mkdir(parents=True)
            (self.home / "Mail" / folder).mkdir()
        path = self.write(".config/getmail/getmailrc", GETMAIL)
        self.assertIn("pop.optonline.net", terminal.getmail(self, "--rcfile", path, "--dump"))

        self.check_found("getmail", path, "pop3 host-retired", "pop3 no-tls", "pop3 port-other",
                         "pop3 user-case")
        self.check_tested("getmail", "pop3")

        self.fill_mailbox("for mended getmail")
        self.export_over("getmail", path)
        terminal.getmail(self, "--rcfile", path)
        fetched, = (self.home / "Mail" / "getmail" / case.ADDRESS / "new").iterdir()
        self.assertIn("Subject: for mended getmail", fetched.read_text())
        self.check_mended("getmail", path)


class OldIsync(Old):
    programs = ("mbsync", "secret-tool")
    user = old.SENDER

    def test_isync(self):
        (self.home / "Mail" / "isync" / case.ADDRESS).mkdir(parents=True)
        path = self.write(".mbsyncrc", ISYNC)
        self.assertIn("Skipping account optonline, no password",
                      self.run_program("mbsync", "optonline", status=1))

        self.check_found("isync", path, "imap no-tls", "imap port-other", "imap user-case")
        self.check_tested("isync", "imap")

        self.fill_mailbox("for mended mbsync")
        self.export_over("isync", path)
        self.run_program("mbsync", case.ADDRESS)
        fetched, = (self.home / "Mail" / "isync" / case.ADDRESS / "INBOX").glob("[cn]*/*")
        self.assertIn("Subject: for mended mbsync", fetched.read_text())
        self.check_mended("isync", path)


class OldMutt(Old):
    programs = ("mutt", "neomutt", "secret-tool")
    own = ("set delete = yes\nset confirmappend = no\nset confirmcreate = no\nset wait_key = no\n"
           "set sleep_time = 0\nset move = no\nset record = \"\"\nset copy = no\n")

    def check(self, program, name):
        (self.home / "Mail").mkdir()
        path = self.write(name, self.own + MUTT)
        self.assertIn("pop://awkward@pop.optonline.net", self.run_program(program, "-D"))

        self.check_found("mutt", path, "pop3 host-retired", "pop3 no-tls", "pop3 port-other",
                         "pop3 user-not-address", "smtp no-tls", "smtp port-other",
                         "smtp user-not-address", "sender-case")
        self.check_tested("mutt", "pop3", "smtp")

        self.fill_mailbox(f"for mended {program}")
        ours = self.home / ".config/mutt/optsetup.muttrc"
        ours.parent.mkdir(exist_ok=True)
        self.export_over("mutt", ours, "--protocol", "pop3")
        path.write_text(self.own + f"source {ours}\n")
        terminal.open_in_mutt(self, program, f"for mended {program}")
        self.check_mended("mutt", ours)

    def test_mutt(self):
        self.check("mutt", ".muttrc")

    def test_neomutt(self):
        self.check("neomutt", ".neomuttrc")
