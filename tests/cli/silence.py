# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that never answers."""

import socket

from harness import DEADLINE_S


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
