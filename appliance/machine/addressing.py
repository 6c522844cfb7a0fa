"""How the unit gets its address in the office's network, as somebody writes it, checked."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass

from hw.said import said

HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
"""One part of a name, as RFC 1123 has it: the network puts its own parts behind it."""

SMALLEST_NETWORK = 30
"""Bits. A network of 31 bits has no router beside the unit that all devices understand."""


class WrongSetting(ValueError):
    """field: which is wrong: `name`, `address`, `prefix`, `gateway`, `dns` or `servers`. The text says why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True, slots=True)
class Addressing:
    """automatic: from the router, by DHCP."""

    automatic: bool
    addresses: tuple[str, ...] = ()
    """With the bits of the network: `192.168.1.20/24`."""
    gateway: str = ""
    dns: tuple[str, ...] = ()


def fixed(address: str, prefix: str, gateway: str, dns: Sequence[str]) -> Addressing:
    """A fixed address, as it was written. prefix: the bits of the network, or its mask. Raises WrongSetting."""
    own = _ipv4("address", address)
    if own.is_loopback or own.is_multicast or own.is_unspecified or own.is_reserved or own.is_link_local:
        raise WrongSetting("address", said("%(own)s is no address for a device", own=str(own)))
    bits = _bits(prefix)
    network = ipaddress.IPv4Interface(f"{own}/{bits}").network
    if own in (network.network_address, network.broadcast_address):
        raise WrongSetting(
            "address", said("%(own)s is the network's own address in %(network)s", own=str(own), network=str(network))
        )
    if gateway.strip():
        router = _ipv4("gateway", gateway)
        ends = (network.network_address, network.broadcast_address)
        if router not in network or router in ends or router == own:
            raise WrongSetting(
                "gateway",
                said("%(router)s is no other device in %(network)s", router=str(router), network=str(network)),
            )
    servers = tuple(str(_ipv4("dns", one)) for one in dns)
    return Addressing(False, (f"{own}/{bits}",), gateway.strip(), servers)


def host_name(written: str) -> str:
    """A name for the unit. Raises WrongSetting."""
    name = written.strip().casefold().removesuffix(".local")
    if not HOST_NAME.fullmatch(name) or name == "localhost" or name.isdecimal():
        raise WrongSetting("name", said("a name has letters from a to z, digits and hyphens"))
    return name


def _bits(written: str) -> int:
    """The bits of a network, from `24`, `/24` or `255.255.255.0`."""
    try:
        bits = ipaddress.IPv4Network(f"0.0.0.0/{written.strip().removeprefix('/')}").prefixlen
    except ValueError:
        raise WrongSetting("prefix", said("%(written)s is no size of a network", written=written)) from None
    if not 8 <= bits <= SMALLEST_NETWORK:
        raise WrongSetting("prefix", said("a network of an office has 8 to %(most)s bits", most=SMALLEST_NETWORK))
    return bits


def _ipv4(field: str, written: str) -> ipaddress.IPv4Address:
    try:
        return ipaddress.IPv4Address(written.strip())
    except ValueError:
        raise WrongSetting(field, said("%(written)s is no address such as 192.168.1.20", written=written)) from None
