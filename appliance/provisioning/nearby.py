"""Units that announce themselves in the network, found by multicast DNS (RFC 6762) as DNS-SD has it (RFC 6763).

Anybody in the network can announce anything. So what is heard is counted, measured and freed of control characters, and
is a hint where to look for a unit, never a proof that it is one.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from zeroconf import Error as ZeroconfError
from zeroconf import IPVersion, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from appliance.provisioning.announcement import HTTPS_PORT
from appliance.store.labelcode import UNIT_PATTERN

SERVICE = "_copperdesk._tcp.local."
"""What a unit announces (appliance/provisioning/announcement.py)."""

MOST_HEARD = 500
"""Announcements that are looked at, as many as a folder of `copperdesk fleet` holds units."""

MOST_ADDRESSES = 8
LONGEST_NAME = 63
"""Characters: a label of DNS has as many bytes at the most (RFC 1035)."""

ASKED_AGAIN_SECONDS = 3.0
"""For all that have announced themselves without saying where they are."""

_VERSION = re.compile(r"[0-9][0-9A-Za-z.+~-]{0,39}")
_PORT = re.compile(r"[1-9][0-9]{0,4}")


@dataclass(frozen=True, slots=True)
class NearbyUnit:
    """A unit as it announces itself."""

    name: str
    """What it is called in the network, without `.local`."""
    unit: str
    """The unit code, as on its label; empty: it tells none that could be one."""
    addresses: tuple[str, ...]
    """Where it is, IPv4 first."""
    version: str
    """Of its program; empty: it tells none that could be one."""
    https_port: int
    """Where its page is served encrypted."""


@dataclass(frozen=True, slots=True)
class NearbyUnits:
    """units: by their names. more: there were more announcements than are looked at."""

    units: list[NearbyUnit]
    more: bool


async def units_nearby(seconds: float) -> NearbyUnits:
    """All that answer within so many seconds. Raises OSError where this machine has no network."""
    names: dict[str, None] = {}

    def heard(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is not ServiceStateChange.Removed and len(names) <= MOST_HEARD:
            names[name] = None

    async with _listening() as zeroconf:
        browser = AsyncServiceBrowser(zeroconf, SERVICE, handlers=[heard])
        await asyncio.sleep(seconds)
        await browser.async_cancel()
        told = [info for name in list(names)[:MOST_HEARD] if (info := _named(name)) is not None]
        waiting = [info for info in told if not info.load_from_cache(zeroconf)]
        asked = (info.async_request(zeroconf, ASKED_AGAIN_SECONDS * 1000) for info in waiting)
        await asyncio.gather(*asked, return_exceptions=True)
        units = [unit for unit in map(_unit, told) if unit.addresses]
    return NearbyUnits(sorted(units, key=lambda unit: (unit.name, unit.unit, unit.addresses)), len(names) > MOST_HEARD)


def _named(name: str) -> AsyncServiceInfo | None:
    """What is to be known of an announcement; None for a name that none can have."""
    try:
        return AsyncServiceInfo(SERVICE, name)
    except ZeroconfError:
        return None


@asynccontextmanager
async def _listening() -> AsyncIterator[Zeroconf]:
    """On all interfaces; without IPv6 where this machine has none.

    What the library would log of packets that are in disorder is not shown: it holds whatever those hold.
    """
    logging.getLogger("zeroconf").addHandler(logging.NullHandler())
    logging.getLogger("zeroconf").propagate = False
    try:
        found = AsyncZeroconf(ip_version=IPVersion.All)
    except OSError:
        found = AsyncZeroconf(ip_version=IPVersion.V4Only)
    try:
        yield found.zeroconf
    finally:
        await found.async_close()


def _unit(info: AsyncServiceInfo) -> NearbyUnit:
    host = (info.server or "").rstrip(".").removesuffix(".local")
    text = info.properties
    port = _matching(_PORT, text, b"https")
    addresses = sorted(info.parsed_scoped_addresses(IPVersion.All), key=lambda one: (":" in one, one))
    return NearbyUnit(
        name=_printable(host)[:LONGEST_NAME],
        unit=_matching(re.compile(UNIT_PATTERN), text, b"unit"),
        addresses=tuple(one for one in addresses if _is_address(one))[:MOST_ADDRESSES],
        version=_matching(_VERSION, text, b"version"),
        https_port=int(port) if port and int(port) < 65536 else HTTPS_PORT,
    )


def _matching(pattern: re.Pattern[str], text: Mapping[bytes, bytes | None], key: bytes) -> str:
    """The value of a key of the TXT record, if it is what such a value can be; or else an empty text."""
    value = (text.get(key) or b"")[:LONGEST_NAME].decode("ascii", "replace")
    return value if pattern.fullmatch(value) else ""


def _printable(text: str) -> str:
    """Without characters that act on a terminal, or turn the direction of writing."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _is_address(text: str) -> bool:
    """Whether it is an address that a unit of this network can have."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return not (address.is_multicast or address.is_unspecified or address.is_loopback)
