#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's name server: knows a few MX records, and that every other name does not exist."""

import socket
import struct

# A domain of one's own whose mail goes to Optimum, and one whose mail goes elsewhere.
MX = {
    "own-domain.example": "mx.mx-altice.prod.cloud.synchronoss.net",
    "elsewhere.example": "mx.somebody-else.example",
}
TYPE_MX = 15
NXDOMAIN = 3


def encode(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def answer(query):
    """The reply to one query packet (RFC 1035 §4.1)."""
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode("ascii", "replace"))
        at += query[at] + 1
    name = ".".join(labels).lower()
    question = query[12:at + 5]
    (kind,) = struct.unpack("!H", query[at + 1:at + 3])

    records = b""
    if kind == TYPE_MX and name in MX:
        data = struct.pack("!H", 10) + encode(MX[name])
        records = b"\xc0\x0c" + struct.pack("!HHIH", TYPE_MX, 1, 300, len(data)) + data
    code = 0 if name in MX else NXDOMAIN
    flags = 0x8580 | code
    counts = struct.pack("!HHHHH", flags, 1, 1 if records else 0, 0, 0)
    return query[:2] + counts + question + records


def main():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    while True:
        query, sender = server.recvfrom(4096)
        try:
            server.sendto(answer(query), sender)
        except (IndexError, struct.error):
            pass


if __name__ == "__main__":
    main()
