# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that do not answer as one would like, and a provider that has them."""

import contextlib
import os
import signal
import socket
import subprocess
import threading
import time

from harness import AT_ONCE_S, CANARY, DEADLINE_S, SERVICES, Done


class SilentServer:
    """Takes connections and says nothing."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.connections = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for connection in [*self.connections, self.socket]:
            connection.close()

    def wait_for_client(self):
        self.socket.settimeout(DEADLINE_S)
        self.connections.append(self.socket.accept()[0])
        self.connections[-1].settimeout(DEADLINE_S)
        # The handshake: our side is waiting for an answer now.
        self.connections[-1].recv(1)


class PlainServer:
    """A POP3 or SMTP server without TLS that is glad to take any password."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.said = []
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.socket.close()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                with connection, contextlib.suppress(OSError):
                    connection.sendall(b"+OK ready\r\n")
                    while said := connection.recv(4096):
                        self.said.append(said)
                        connection.sendall(b"+OK\r\n.\r\n")

    def finish(self):
        """All that was said to it."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join(DEADLINE_S)
        return b"".join(self.said)


def interrupt(test, server, *args, password=CANARY, number=signal.SIGINT, meanwhile=None):
    """Stops the program while it waits for the server; returns how it ended, which is at once."""
    with test.start(*args, *(["--password-fd", "0"] if password else []),
                    stdin=subprocess.PIPE) as process:
        process.stdin.write((password or "").encode())
        process.stdin.close()
        process.stdin = None
        server.wait_for_client()
        if meanwhile is not None:
            meanwhile(process)
        process.send_signal(number)
        started = time.monotonic()
        output, errors = process.communicate(timeout=DEADLINE_S)
        test.assertLess(time.monotonic() - started, AT_ONCE_S)
    done = test.checked(Done(process.returncode, output, errors), password)
    test.assertEqual(done.status, 130, str(done))
    return done


def use_provider(test, *ports):
    """Its address is test.example, and its servers are on this machine."""
    urls = ";".join(f"tls://localhost:{port}" for port in ports)
    folder = test.path("xdg", "optsetup", "providers.d")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "test.ini"), "w", encoding="utf-8") as file:
        file.write("[test]\nname=Test\ndomains=test.example\n" +
                   "".join(f"{service}={urls}\n" for service in SERVICES))
