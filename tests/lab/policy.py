# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A policy server for Postfix: what decides over a message from outside, greylisting above all.

It speaks the protocol of SMTPD_POLICY_README: attributes as lines, an empty line, one action.
"""

import contextlib
import socketserver
import threading


class Policy:
    """Asked by Postfix at ADDRESS, it answers what DECIDE, a function of the attributes, returns."""

    ADDRESS = "inet:127.0.0.1:10023"

    def __init__(self, decide):
        self.asked = []

        class Handler(socketserver.StreamRequestHandler):
            def handle(handler):
                # The peer may be killed in the midst of it: that is what some tests are for.
                with contextlib.suppress(ConnectionError):
                    handler.answer_all()

            def answer_all(handler):
                request = {}
                for line in handler.rfile:
                    name, _, value = line.decode().rstrip("\n").partition("=")
                    if name:
                        request[name] = value
                        continue
                    self.asked.append(request)
                    handler.wfile.write(f"action={decide(request)}\n\n".encode())
                    request = {}

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", 10023), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
