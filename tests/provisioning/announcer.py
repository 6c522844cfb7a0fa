"""Announces units in the network, hostile ones or a crowd, and then looks with `copperdesk find`.

Packets are put together here (RFC 1035, RFC 6762), so that they may hold what no library would send.
"""

from __future__ import annotations

import socket
import struct
import sys
import threading
from dataclasses import dataclass

from appliance.cli.main import main
from appliance.provisioning import nearby

GROUP = ("224.0.0.251", 5353)
SERVICE = ("_copperdesk", "_tcp", "local")
A, PTR, TXT, SRV = 1, 12, 16, 33


@dataclass(frozen=True)
class Announced:
    instance: str
    host: str
    text: tuple[bytes, ...]
    address: str = "192.168.1.20"


def packet(one: Announced) -> bytes:
    instance, host = name(one.instance, *SERVICE), name(one.host, "local")
    text = b"".join(bytes([len(part)]) + part for part in one.text)
    records = [
        (name(*SERVICE), PTR, instance),
        (instance, SRV, struct.pack(">HHH", 0, 0, 80) + host),
        (instance, TXT, text),
        (host, A, socket.inet_aton(one.address)),
    ]
    head = struct.pack(">HHHHHH", 0, 0x8400, 0, len(records), 0, 0)
    return head + b"".join(
        owner + struct.pack(">HHIH", kind, 1, 120, len(data)) + data for owner, kind, data in records
    )


def name(*labels: str) -> bytes:
    return b"".join(bytes([len(label.encode())]) + label.encode() for label in labels) + b"\0"


HOSTILE = [
    Announced("good", "front-desk", (b"unit=K7QM", b"version=0.1.0", b"https=8443")),
    Announced("\x1b[2J\x1b]0;owned\x07", "unnamed", (b"unit=K7QM",)),
    Announced("odd", "\x1b[31mred\u202ekcab", (b"unit=\x1b[5m", b"version=1\x1b[2J", b"https=0")),
    Announced("long", "x" * 63, tuple(b"k%d=" % number + b"y" * 240 for number in range(30))),
    Announced("huge", "huge", tuple(b"k%d=" % number + b"y" * 240 for number in range(42)), "192.168.1.22"),
    Announced("nobody", "nobody", (b"version=" + b"9" * 200, b"\xff\xfe=\xff"), "127.0.0.1"),
]


def send(announced: list[Announced], until: threading.Event) -> None:
    out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    packets = [packet(one) for one in announced] + [b"", b"\xff" * 600, packet(HOSTILE[0])[:-9]]
    while not until.wait(0.1):
        for one in packets:
            out.sendto(one, GROUP)


if __name__ == "__main__":
    kind, *words = sys.argv[1:]
    crowd = [Announced(f"u{number}", f"u{number}", (b"unit=K7QM",)) for number in range(60)] if kind == "crowd" else []
    if crowd:
        nearby.MOST_HEARD = 20
    found = threading.Event()
    thread = threading.Thread(target=send, args=(crowd or HOSTILE, found))
    thread.start()
    try:
        sys.exit(main(["find", *words]))
    finally:
        found.set()
        thread.join()
