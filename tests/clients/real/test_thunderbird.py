# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thunderbird's own modules read our files.

It runs without a display, with a proxy that is not there, so that nothing leaves it. In one test it
finds the settings of a domain in config-v1.1.xml, by the preference that our steps tell people to
set; in the other it imports the ZIP files one after the other, as its Import page does, is started
anew, and must have both accounts.
"""

import json
import os
import re
import socket
import subprocess
import threading

import case

DEADLINE_SECONDS = 50
SERVICES = ("imap", "pop3")
DOMAIN = case.ADDRESS.partition("@")[2]
# What every syntax has to escape, and letters beyond Latin.
NAME = "Jane \"O'Doe\" \\ \\\\ `$HOME #1 100% ;{x} <&> é 字 יוחנן 🙂 \u202eabc " + "x" * 140

# A closed port takes every connection; accounts stay offline, or they would wait for a password.
PREFERENCES = {
    "marionette.port": 0,
    "network.proxy.type": 1,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
    "network.proxy.socks_remote_dns": True,
    "offline.startup_state": 3,
}

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

IMPORT_ZIP = """
  const [path, done] = arguments;
  const { ThunderbirdProfileImporter } = ChromeUtils.importESModule(
    "resource:///modules/ThunderbirdProfileImporter.sys.mjs");
  const importer = new ThunderbirdProfileImporter();
  const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
  file.initWithPath(path);
  (async () => {
    if (!importer.validateSource(file)) {
      throw new Error("not taken for a profile");
    }
    const folder = await importer.extractZipFile(file, () => {});
    await importer.startImport(folder, {
      accounts: true, addressBooks: false, calendars: false, mailMessages: false,
    });
    folder.remove(true);
    for (const key of Services.prefs.getChildList("mail.server.")) {
      if (/\\.(login_at_startup|check_new_mail)$/.test(key)) {
        Services.prefs.setBoolPref(key, false);
      }
    }
    Services.prefs.savePrefFile(null);
    done({});
  })().catch(error => done({ error: String(error) }));
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


class Thunderbird:
    """One run of the program, spoken to by the Marionette protocol: LENGTH:[type, id, ...]."""

    def __init__(self, home, profile):
        self.last_id = 0
        # Nothing of the tests' own environment: G_DEBUG=fatal-warnings would end GTK.
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home),
                       "TMPDIR": str(home), "MOZ_HEADLESS": "1",
                       "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}
        self.process = subprocess.Popen(
            ["thunderbird", "--headless", "--marionette", "--remote-allow-system-access",
             "--no-remote", "--profile", str(profile)],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True)
        # Whatever hangs: the end of the process ends every wait below.
        self.watchdog = threading.Timer(DEADLINE_SECONDS, self.process.kill)
        self.watchdog.daemon = True
        self.watchdog.start()

        port = self.find_port()
        self.output = threading.Thread(target=self.process.stdout.read, daemon=True)
        self.output.start()
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=DEADLINE_SECONDS)
        self.stream = self.socket.makefile("rb")
        self.receive()
        self.call("WebDriver:NewSession", {})
        self.call("Marionette:SetContext", {"value": "chrome"})

    def find_port(self):
        said = []
        for line in self.process.stdout:
            said.append(line)
            found = re.search(r"Marionette\s.*Listening on port (\d+)", line)
            if found:
                return int(found[1])
        raise RuntimeError("Thunderbird did not start:\n" + "".join(said))

    def receive(self):
        length = b""
        while not length.endswith(b":"):
            byte = self.stream.read(1)
            if not byte:
                raise RuntimeError("Thunderbird is gone")
            length += byte
        return json.loads(self.stream.read(int(length[:-1])))

    def call(self, command, parameters):
        self.last_id += 1
        data = json.dumps([0, self.last_id, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(data), data))
        _, _, error, result = self.receive()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def run(self, script, *arguments, wait=False):
        command = "WebDriver:ExecuteAsyncScript" if wait else "WebDriver:ExecuteScript"
        value = self.call(command, {"script": script, "args": list(arguments)})["value"]
        if isinstance(value, dict) and "error" in value:
            raise RuntimeError(value["error"])
        return value

    def quit(self):
        self.call("Marionette:Quit", {"flags": ["eForceQuit"]})
        self.process.wait(timeout=DEADLINE_SECONDS)
        self.watchdog.cancel()

    def kill(self):
        self.watchdog.cancel()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def wanted_server(settings, service):
    """What JSON, another of our formats, says, in Thunderbird's words."""
    server = next(s for s in settings["servers"] if s["service"] == service)
    return {"service": service, "host": server["host"], "port": server["port"],
            "socket": {"tls": 3, "starttls": 2}[server["security"]], "auth": 3,
            "user": server["user"]}


class ThunderbirdTest(case.Case):
    programs = ("thunderbird",)

    def setUp(self):
        super().setUp()
        root = self.home / ".thunderbird"
        self.profile = root / "test.default"
        self.profile.mkdir(parents=True)
        (root / "profiles.ini").write_text(
            "[Profile0]\nName=default\nIsRelative=1\nPath=test.default\nDefault=1\n")
        (self.profile / "user.js").write_text("".join(
            f"user_pref({json.dumps(key)}, {json.dumps(value)});\n"
            for key, value in PREFERENCES.items()), encoding="utf-8")

    def start(self):
        thunderbird = Thunderbird(self.home, self.profile)
        self.addCleanup(thunderbird.kill)
        return thunderbird

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
        thunderbird = self.start()
        for service, other in zip(SERVICES, reversed(SERVICES)):
            (self.home / service).mkdir()
            self.export_for("autoconfig", service, f"{service}/{DOMAIN}.xml")
            got = thunderbird.run(READ_CONFIG, f"file://{self.home}/{service}/{{{{domain}}}}.xml",
                                  DOMAIN, NAME, case.ADDRESS, wait=True)
            self.assert_servers(got, service)
            self.assertEqual(got["alternatives"], [wanted_server(self.settings(service), other)])
        thunderbird.quit()

    def test_imports_zip(self):
        files = [self.export_for("thunderbird", service, f"{service}.zip") for service in SERVICES]
        self.assertFalse(self.is_running())
        thunderbird = self.start()
        self.assertTrue(self.is_running())
        for file in files:
            thunderbird.run(IMPORT_ZIP, str(file), wait=True)
        thunderbird.quit()
        self.assertFalse(self.is_running())

        thunderbird = self.start()
        accounts = thunderbird.run(LIST_ACCOUNTS)
        thunderbird.quit()
        self.assertEqual(len(accounts), len(SERVICES))
        for got, service in zip(accounts, SERVICES):
            self.assertEqual((got["name"], got["address"]), (NAME, case.ADDRESS))
            self.assert_servers(got, service)
