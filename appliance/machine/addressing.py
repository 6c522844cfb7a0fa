"""How the unit gets its address in the office's network, as somebody writes it, checked."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from hw.said import said

P = ParamSpec("P")
T = TypeVar("T")

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
    for wrong in wrong_settings(address, prefix, gateway, dns):
        raise wrong
    bits = _bits(prefix)
    return Addressing(
        False, (f"{address.strip()}/{bits}",), gateway.strip(), tuple(str(_ipv4("dns", one)) for one in dns)
    )


def wrong_settings(address: str, prefix: str, gateway: str, dns: Sequence[str]) -> list[WrongSetting]:
    """All that is wrong with a fixed address as it was written, one for each field at most, and for each of dns."""
    wrong: list[WrongSetting] = []
    own, bits = _noted(wrong, _own, address), _noted(wrong, _bits, prefix)
    network = None
    if own is not None and bits is not None:
        network = ipaddress.IPv4Interface(f"{own}/{bits}").network
        _noted(wrong, _is_inside, own, network)
    if gateway.strip():
        router = _noted(wrong, _ipv4, "gateway", gateway)
        if router is not None and own is not None and network is not None:
            _noted(wrong, _is_router, router, own, network)
    for one in dns:
        _noted(wrong, _ipv4, "dns", one)
    return wrong


def host_name(written: str) -> str:
    """A name for the unit. Raises WrongSetting."""
    name = written.strip().casefold().removesuffix(".local")
    if name.isdecimal() and name.isascii():
        raise WrongSetting("name", said("a name needs letters, too: digits alone are taken for an address"))
    if name == "localhost":
        raise WrongSetting("name", said("every machine calls itself localhost: choose another name"))
    if HOST_NAME.fullmatch(name.strip("-")) and name != name.strip("-"):
        raise WrongSetting("name", said("a name neither begins nor ends with a hyphen"))
    if not HOST_NAME.fullmatch(name):
        raise WrongSetting("name", said("a name has letters from a to z, digits and hyphens"))
    return name


def _noted(wrong: list[WrongSetting], asked: Callable[P, T], *args: P.args, **named: P.kwargs) -> T | None:
    """The answer; None where there is none, and why is noted."""
    try:
        return asked(*args, **named)
    except WrongSetting as error:
        wrong.append(error)
        return None


def _own(address: str) -> ipaddress.IPv4Address:
    own = _ipv4("address", address)
    if own.is_loopback or own.is_multicast or own.is_unspecified or own.is_reserved or own.is_link_local:
        raise WrongSetting("address", said("%(own)s is no address for a device", own=str(own)))
    return own


def _is_inside(own: ipaddress.IPv4Address, network: ipaddress.IPv4Network) -> None:
    if own in (network.network_address, network.broadcast_address):
        raise WrongSetting(
            "address", said("%(own)s is the network's own address in %(network)s", own=str(own), network=str(network))
        )


def _is_router(router: ipaddress.IPv4Address, own: ipaddress.IPv4Address, network: ipaddress.IPv4Network) -> None:
    if router not in network or router in (network.network_address, network.broadcast_address, own):
        raise WrongSetting(
            "gateway", said("%(router)s is no other device in %(network)s", router=str(router), network=str(network))
        )


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
