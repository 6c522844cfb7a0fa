"""What an office has over SIP: gateways with analog lines, SIP telephones, and servers that join it to others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

SERVER_MODEL = "sip-server"


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
    """A gateway, a telephone or a server, at a fixed address, with its lines.

    transport: udp, tcp or tls. outside: calls to the public network go out on its trunks. reaches: numbers of our
    other offices that are called through it, an x standing for any digit.
    """

    name: str
    model: str
    address: str
    trunks: tuple[SipLine, ...] = ()
    stations: tuple[SipLine, ...] = ()
    transport: str = "udp"
    outside: bool = True
    reaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sip:
    """address: IPv4 of this unit, empty for the one by which it reaches the devices. port: UDP, of the first lines;
    rtp_port: the first one for sound."""

    devices: tuple[SipDevice, ...] = ()
    address: str = ""
    port: int = 5060
    rtp_port: int = 16384

    def joining(self, number: str) -> SipDevice | None:
        """The server through which this number of another office of ours is called."""
        return next((device for device in self.devices if any(matches(number, one) for one in device.reaches)), None)

    def lines(self) -> Iterator[tuple[SipDevice, SipLine]]:
        """Every line, with its device."""
        return ((device, line) for device in self.devices for line in (*device.trunks, *device.stations))


def matches(number: str, pattern: str) -> bool:
    """Whether a number is one of those the pattern stands for."""
    return len(number) == len(pattern) and begins(number, pattern)


def begins(digits: str, pattern: str) -> bool:
    """Whether the digits are, or may become, a number that the pattern stands for."""
    return len(digits) <= len(pattern) and all(one in ("x", digit) for digit, one in zip(digits, pattern, strict=False))


def sip_of(fields: dict[str, Any]) -> Sip:
    """The SIP section of a document in which everything has been found right."""
    devices = [
        *(_gateway(gateway) for gateway in fields.get("gateways", [])),
        *(_telephone(telephone) for telephone in fields.get("telephones", [])),
        *(_server(server) for server in fields.get("servers", [])),
    ]
    numbers = {name: int(fields[name]) for name in ("port", "rtp_port") if name in fields}
    return Sip(tuple(devices), fields.get("address", ""), **numbers)


def _gateway(fields: dict[str, Any]) -> SipDevice:
    trunks = tuple(map(_line, fields.get("trunks", [])))
    stations = tuple(map(_line, fields.get("stations", [])))
    return SipDevice(fields["name"], fields["model"], fields["address"], trunks, stations)


def _telephone(fields: dict[str, Any]) -> SipDevice:
    model = fields.get("model", "sip-telephone")
    return SipDevice(fields["port"], model, fields["address"], stations=(_line(fields),))


def _server(fields: dict[str, Any]) -> SipDevice:
    lines = tuple(_line(line | {"sip_port": fields.get("sip_port")}) for line in fields["lines"])
    return SipDevice(
        name=fields["name"],
        model=SERVER_MODEL,
        address=fields["address"],
        trunks=lines,
        transport=fields.get("transport", "udp"),
        outside=fields.get("outside", False),
        reaches=tuple(fields.get("reaches", ())),
    )


def _line(fields: dict[str, Any]) -> SipLine:
    sip_port = fields.get("sip_port")
    user, password = fields.get("user", fields["port"]), fields.get("password", "")
    return SipLine(fields["port"], user, None if sip_port is None else int(sip_port), password)
