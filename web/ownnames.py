"""The names and addresses that this unit has at this moment, as the machine itself tells them."""

from __future__ import annotations

import ipaddress
import re
import socket
from pathlib import Path

ALWAYS = ("copperdesk.local", "localhost")
"""The name that a unit of our image has by mDNS, and the machine's own."""

_LOCAL_IPV4 = re.compile(r"\|-- (\d+\.\d+\.\d+\.\d+)\n\s+/32 host LOCAL")
"""In Linux's table of routes, an address of this machine's."""


def own_names() -> list[str]:
    """Every name: its own, by mDNS, and within the domains that the network gave it."""
    own = socket.gethostname().casefold().split(".")[0]
    names = [socket.gethostname().casefold(), own, f"{own}.local", *(f"{own}.{domain}" for domain in _domains())]
    return list(dict.fromkeys([*names, *ALWAYS]))


def own_addresses() -> list[str]:
    """Every IPv4 and IPv6 address, of all interfaces."""
    found = [ipaddress.ip_address(text) for text in _LOCAL_IPV4.findall(_read("/proc/net/fib_trie"))]
    lines = _read("/proc/net/if_inet6").splitlines()
    found += [ipaddress.ip_address(bytes.fromhex(line.split()[0])) for line in lines]
    return list(dict.fromkeys(str(address) for address in found)) or ["127.0.0.1"]


def host_of(written: str) -> str:
    """The name or address of a Host header or of the address of a page, without its port; empty: it is none."""
    text = written.strip().casefold()
    bracketed = re.fullmatch(r"\[([0-9a-f:.]+)(?:%\w+)?\](?::\d+)?", text)
    plain = bracketed or re.fullmatch(r"([a-z0-9_.-]+?)\.?(?::\d+)?", text)
    if plain is None:
        return ""
    try:
        return str(ipaddress.ip_address(plain[1]))
    except ValueError:
        return "" if bracketed else plain[1]


def _domains() -> list[str]:
    words = [line.split() for line in _read("/etc/resolv.conf").splitlines()]
    given = [word for line in words if line and line[0] in ("search", "domain") for word in line[1:]]
    return [word.casefold().strip(".") for word in given if word.strip(".")]


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
