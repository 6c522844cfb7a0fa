"""Where browsers find this unit, asked of the kernel, which answers at once."""

from __future__ import annotations

import fcntl
import ipaddress
import socket
import struct
from dataclasses import dataclass

from appliance.machine.hostname import host_name_now

_SIOCGIFADDR = 0x8915
"""netdevice(7): the IPv4 address of a network device."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """name: of the unit in the network. address: in IPv4; empty: it has none."""

    name: str
    address: str


def whereabouts_now() -> Whereabouts:
    """By the first device that has an address of its own: with a cable and radio that is the cable."""
    return Whereabouts(host_name_now(), next(iter(addresses_now()), ""))


def addresses_now() -> list[str]:
    """The IPv4 addresses of this machine in networks, in the order of its devices."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, device in socket.if_nameindex():
            request = struct.pack("256s", device.encode()[:15])
            try:
                answer = fcntl.ioctl(asking.fileno(), _SIOCGIFADDR, request)
            except OSError:  # A device without an address.
                continue
            address = ipaddress.IPv4Address(answer[20:24])
            if not address.is_loopback and not address.is_link_local:
                found.append(str(address))
    return found
