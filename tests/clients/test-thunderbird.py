#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thunderbird's own modules read our files: test-thunderbird.py THUNDERBIRD WRITER

WRITER is test-golden, which writes the files. Thunderbird runs without a display, in a profile of
its own and with a proxy that is not there, so that nothing leaves the machine. First it finds the
settings of a domain in config-v1.1.xml by the preference that our steps tell people to set, and
imports the ZIP files one after the other, as its Import page does; then it is started anew, and
must have both accounts.
"""

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading

DEADLINE_SECONDS = 80
SERVICES = ("imap", "pop3")
DOMAIN = "optonline.net"

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

    def __init__(self, program, home):
        self.last_id = 0
        # Nothing of the tests' own environment: G_DEBUG=fatal-warnings would end GTK.
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home),
                       "TMPDIR": str(home), "MOZ_HEADLESS": "1",
                       "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}
        self.process = subprocess.Popen(
            [program, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote",
             "--profile", str(home / "profile")],
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


class Test:
    def __init__(self, program, writer, home):
        self.program = program
        self.home = home
        (home / "profile").mkdir()
        (home / "files").mkdir()
        (home / "profile" / "user.js").write_text("".join(
            f"user_pref({json.dumps(key)}, {json.dumps(value)});\n"
            for key, value in PREFERENCES.items()), encoding="utf-8")
        subprocess.run([writer, "write", str(home / "files")], check=True)
        self.settings = {
            service: json.loads((home / "files" / f"{service}-mail-settings.json").read_text("utf-8"))
            for service in SERVICES}

    def check_config(self, thunderbird, service):
        settings = self.settings[service]
        folder = self.home / service
        folder.mkdir()
        shutil.copy(self.home / "files" / f"{service}-config-v1.1.xml", folder / f"{DOMAIN}.xml")
        got = thunderbird.run(READ_CONFIG, f"file://{folder}/{{{{domain}}}}.xml", DOMAIN,
                              settings["name"], settings["address"], wait=True)
        other = SERVICES[1 - SERVICES.index(service)]
        assert got["incoming"] == wanted_server(settings, service), got
        assert got["outgoing"] == wanted_server(settings, "smtp"), got
        assert got["alternatives"] == [wanted_server(settings, other)], got
        if service == "pop3":
            assert (got["leave"], got["days"]) == (True, settings["leave_on_server_days"]), got

    def check_accounts(self, accounts):
        assert len(accounts) == len(SERVICES), accounts
        for got, service in zip(accounts, SERVICES):
            settings = self.settings[service]
            assert got["name"] == settings["name"], got
            assert got["address"] == settings["address"], got
            assert got["incoming"] == wanted_server(settings, service), got
            assert got["outgoing"] == wanted_server(settings, "smtp"), got
            if service == "pop3":
                assert (got["leave"], got["days"]) == (True, settings["leave_on_server_days"]), got

    def run(self):
        thunderbird = Thunderbird(self.program, self.home)
        try:
            for service in SERVICES:
                self.check_config(thunderbird, service)
            for service in SERVICES:
                thunderbird.run(IMPORT_ZIP,
                                str(self.home / "files" / f"{service}-thunderbird-settings.zip"),
                                wait=True)
            thunderbird.quit()
            thunderbird = Thunderbird(self.program, self.home)
            self.check_accounts(thunderbird.run(LIST_ACCOUNTS))
            thunderbird.quit()
        finally:
            thunderbird.kill()


def main():
    program, writer = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="opt-thunderbird-", ignore_cleanup_errors=True) as home:
        Test(program, writer, pathlib.Path(home)).run()


if __name__ == "__main__":
    main()
