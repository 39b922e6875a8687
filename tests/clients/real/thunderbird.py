# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thunderbird, used without a display and without a person: by the Marionette protocol, which runs
scripts inside it. Nothing leaves it until a test takes its proxy away, which is not there."""

import json
import os
import pathlib
import re
import socket
import subprocess
import threading

import case

DEADLINE_SECONDS = 120
AUTHORITIES = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")

# A closed port takes every connection; accounts stay offline, or they would wait for a password.
PREFERENCES = {
    "marionette.port": 0,
    "network.proxy.type": 1,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
    "network.proxy.socks_remote_dns": True,
    "offline.startup_state": 3,
}

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

# What a person does who presses "Get Messages" and lets the password be kept. That the lab's
# authority is trusted is the machine's matter elsewhere; Thunderbird has a list of its own.
FETCH = """
  const [host, user, password, authority, subject, done] = arguments;
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
  (async () => {
    Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB)
      .addCertFromBase64(authority, "CT,C,C");
    const server = MailServices.accounts.accounts.map(account => account.incomingServer)
      .find(server => server.hostname == host && server.type != "none");
    const origin = (server.type == "imap" ? "imap://" : "mailbox://") + host;
    const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
    login.init(origin, null, origin, user, password, "", "");
    await Services.logins.addLoginAsync(login);
    Services.prefs.setIntPref("network.proxy.type", 0);
    Services.io.offline = false;
    const get = folder => new Promise((resolve, reject) => server.getNewMessages(folder, null, {
      OnStartRunningUrl() {},
      OnStopRunningUrl(url, status) {
        Components.isSuccessCode(status) ? resolve() : reject("it fetched nothing: " + status);
      },
    }));
    // Where it is at it already, nobody is told when it ends: then it is asked once more.
    const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
    const inbox = () => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
    const has = subject => inbox() && [...inbox().messages]
      .some(message => message.mime2DecodedSubject == subject);
    // By IMAP it says so once it has seen which folders there are, and makes and fills them later.
    while (!has(subject)) {
      await Promise.race([get(inbox() ?? server.rootFolder), pause(3000)]);
      await pause(50);
    }
    done({});
  })().catch(error => done({ error: String(error) }));
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
        # The watchdog's is the one deadline.
        self.call("WebDriver:SetTimeouts", {"script": DEADLINE_SECONDS * 1000})

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

    def import_zip(self, path):
        """As its Import page does, given a backed-up profile."""
        self.run(IMPORT_ZIP, str(path), wait=True)

    def fetch(self, host, user, password, subject):
        """Looks for new mail at HOST until it has a message with this subject."""
        (authority,) = re.findall("-----BEGIN CERTIFICATE-----(.*?)-----END",
                                  AUTHORITIES.read_text(), re.DOTALL)
        self.run(FETCH, host, user, password, "".join(authority.split()), subject, wait=True)


class Case(case.Case):
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
