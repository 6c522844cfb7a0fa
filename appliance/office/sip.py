"""What an office has over SIP: gateways with analog lines, SIP telephones, and servers that join it to others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal, Protocol

from appliance.office.field import Limits

SERVER_MODEL = "sip-server"

Transport = Literal["udp", "tcp", "tls"]
DEFAULT_TRANSPORT: Transport = "udp"

Address = Annotated[str, Limits(1, 15, "an IPv4 address, such as 192.168.1.20")]
UdpPort = Annotated[int, Limits(1024, 65535, "a port number from 1024 to 65535")]


class Model(Protocol):
    """What an office needs to know of a model of device: `gateway`, `telephone` or `server`, and its sockets."""

    @property
    def kind(self) -> str: ...

    @property
    def fxo(self) -> int: ...

    @property
    def fxs(self) -> int: ...


@dataclass(frozen=True, slots=True)
class SipLine:
    """One line of a device, with the name of its port on this unit.

    user: the SIP user that names the line to the device; sip_port: the device's UDP port for it, None for its usual.
    """

    port: str
    user: str
    sip_port: int | None = None
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SipDevice:
    """A gateway, a telephone or a server, at a fixed address, with its lines."""

    name: str
    """What it is called."""
    model: str
    """Its model, which has a profile in `hw.sip.profiles`."""
    address: str
    """Its IPv4 address."""
    trunks: tuple[SipLine, ...] = ()
    """Its lines to the exchange, or to the server."""
    stations: tuple[SipLine, ...] = ()
    """Its telephones."""
    transport: Transport = DEFAULT_TRANSPORT
    """How it is spoken to."""
    outside: bool = True
    """Calls to the public network go out on its trunks."""
    reaches: tuple[str, ...] = ()
    """Numbers of our other offices that are called through it; an x stands for any digit."""


@dataclass(frozen=True, slots=True)
class Sip:
    """What is on the network of the office."""

    devices: tuple[SipDevice, ...] = ()
    address: Annotated[
        Address, "The IPv4 address of this unit. Without it, the one by which it reaches the devices."
    ] = ""
    port: Annotated[
        UdpPort, "The UDP port of this unit for its first lines; further lines are at the ports behind it."
    ] = 5060
    rtp_port: Annotated[UdpPort, "The first UDP port of this unit for sound."] = 16384

    def joining(self, number: str) -> SipDevice | None:
        """The server through which this number of another office of ours is called."""
        return next((device for device in self.devices if any(matches(number, one) for one in device.reaches)), None)

    def lines(self) -> Iterator[tuple[SipDevice, SipLine]]:
        """Every line, with its device."""
        return ((device, line) for device in self.devices for line in (*device.trunks, *device.stations))


def matches(number: str, pattern: str) -> bool:
    """Whether a number is one of those that the pattern stands for."""
    return len(number) == len(pattern) and begins(number, pattern)


def begins(digits: str, pattern: str) -> bool:
    """Whether the digits are, or may become, a number that the pattern stands for."""
    return len(digits) <= len(pattern) and all(one in ("x", digit) for digit, one in zip(digits, pattern, strict=False))
