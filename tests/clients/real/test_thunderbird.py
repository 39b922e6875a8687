# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thunderbird's own modules read our files.

In one test it finds the settings of a domain in config-v1.1.xml, by the preference that our steps
tell people to set; in another it imports the ZIP files one after the other, as its Import page does,
is started anew, and must have both accounts; and with what it has then it fetches mail.
"""

import json

import case
import thunderbird

SERVICES = ("imap", "pop3")
DOMAIN = case.ADDRESS.partition("@")[2]
# What every syntax has to escape, and letters beyond Latin.
NAME = "Jane \"O'Doe\" \\ \\\\ `$HOME #1 100% ;{x} <&> é 字 יוחנן 🙂 \u202eabc " + "x" * 140

READ_CONFIG = """
  const [url, domain, name, address, done] = arguments;
  const { FetchConfig } = ChromeUtils.importESModule(
    "resource:///modules/accountcreation/FetchConfig.sys.mjs");
  const { AccountConfig } = ChromeUtils.importESModule(
    "resource:///modules/accountcreation/AccountConfig.sys.mjs");
  Services.prefs.setStringPref("mailnews.auto_config_url", url);
  FetchConfig.fromDB(domain, new AbortController().signal).then(config => {
    AccountConfig.replaceVariables(config, name, address);
    const server = s => ({
      service: s.type, host: s.hostname, port: s.port, socket: s.socketType, auth: s.auth,
      user: s.username,
    });
    done({
      incoming: server(config.incoming),
      outgoing: server(config.outgoing),
      alternatives: config.incomingAlternatives.map(server),
      days: config.incoming.daysToLeaveMessagesOnServer,
      leave: config.incoming.leaveMessagesOnServer,
    });
  }).catch(error => done({ error: String(error) }));
"""

LIST_ACCOUNTS = """
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  return MailServices.accounts.accounts.filter(a => a.defaultIdentity).map(account => {
    const i = account.incomingServer;
    const o = MailServices.outgoingServer.getServerByKey(account.defaultIdentity.smtpServerKey);
    const pop3 = i.type == "pop3" ? i.QueryInterface(Ci.nsIPop3IncomingServer) : null;
    const smtp = o.QueryInterface(Ci.nsISmtpServer);
    return {
      name: account.defaultIdentity.fullName,
      address: account.defaultIdentity.email,
      incoming: { service: i.type, host: i.hostname, port: i.port, socket: i.socketType,
                  auth: i.authMethod, user: i.username },
      outgoing: { service: o.type, host: smtp.hostname, port: smtp.port, socket: o.socketType,
                  auth: o.authMethod, user: o.username },
      leave: pop3 ? pop3.leaveMessagesOnServer : null,
      days: pop3 ? pop3.numDaysToLeaveOnServer : null,
    };
  });
"""


def wanted_server(settings, service):
    """What JSON, another of our formats, says, in Thunderbird's words."""
    server = next(s for s in settings["servers"] if s["service"] == service)
    return {"service": service, "host": server["host"], "port": server["port"],
            "socket": {"tls": 3, "starttls": 2}[server["security"]], "auth": 3,
            "user": server["user"]}


class Thunderbird(thunderbird.Case):
    def export_for(self, client, service, name):
        return self.export(client, "--protocol", service, "--name", NAME, name=name)

    def settings(self, service):
        return json.loads(self.run_cli("export", case.ADDRESS, "--client", "json", "--protocol",
                                       service, "--name", NAME, "--output", "-"))

    def is_running(self):
        (found,) = [client for client in json.loads(self.run_cli("clients", "--json"))
                    if client["id"] == "thunderbird"]
        return found["running"]

    def assert_servers(self, got, service):
        settings = self.settings(service)
        self.assertEqual(got["incoming"], wanted_server(settings, service))
        self.assertEqual(got["outgoing"], wanted_server(settings, "smtp"))
        if service == "pop3":
            self.assertEqual((got["leave"], got["days"]), (True, settings["leave_on_server_days"]))

    def test_reads_config(self):
        program = self.start()
        for service, other in zip(SERVICES, reversed(SERVICES)):
            (self.home / service).mkdir()
            self.export_for("autoconfig", service, f"{service}/{DOMAIN}.xml")
            got = program.run(READ_CONFIG, f"file://{self.home}/{service}/{{{{domain}}}}.xml",
                                  DOMAIN, NAME, case.ADDRESS, wait=True)
            self.assert_servers(got, service)
            self.assertEqual(got["alternatives"], [wanted_server(self.settings(service), other)])
        program.quit()

    def test_imports_zip(self):
        files = [self.export_for("thunderbird", service, f"{service}.zip") for service in SERVICES]
        self.assertFalse(self.is_running())
        program = self.start()
        self.assertTrue(self.is_running())
        for file in files:
            program.import_zip(file)
        program.quit()
        self.assertFalse(self.is_running())

        program = self.start()
        accounts = program.run(LIST_ACCOUNTS)
        program.quit()
        self.assertEqual(len(accounts), len(SERVICES))
        for got, service in zip(accounts, SERVICES):
            self.assertEqual((got["name"], got["address"]), (NAME, case.ADDRESS))
            self.assert_servers(got, service)

    def check_fetches(self, service):
        self.deliver(f"for {service}")
        file = self.export_for("thunderbird", service, f"{service}.zip")
        program = self.start()
        program.import_zip(file)
        program.quit()

        program = self.start()
        program.fetch(case.HOST, case.ADDRESS, case.PASSWORD, f"for {service}")
        program.quit()

    def test_fetches_imap(self):
        self.check_fetches("imap")

    def test_fetches_pop3(self):
        self.check_fetches("pop3")
