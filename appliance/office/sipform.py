"""The SIP section as an office document has it: devices by their kind, each with the fields of its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from appliance.office.field import Limits, Name, Port, SameAs, TextPattern
from appliance.office.sip import (
    DEFAULT_TRANSPORT,
    SERVER_MODEL,
    Address,
    Sip,
    SipDevice,
    SipLine,
    Transport,
    UdpPort,
)

MOST_LINES = 32
"""Lines of one device."""
MOST_TELEPHONES = 64
MOST_GATEWAYS = 32
MOST_SERVERS = 8
MOST_PATTERNS = 50
"""Patterns of numbers of one server."""

User = Annotated[
    str,
    TextPattern("^[A-Za-z0-9+._-]{1,40}$", "a SIP user: letters, digits, hyphens, dots and underscores, at most 40"),
]
ReachedNumbers = Annotated[str, TextPattern("^[0-9][0-9x]{1,5}$", "2 to 6 digits, or x for any digit, such as 2xx")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SipSocket:
    """One socket of a gateway."""

    port: Annotated[Port, "What this unit calls the socket. Trunks and stations name it."]
    user: Annotated[
        User, SameAs("port"), "The SIP user that names the socket to the gateway. Without it, the port's name."
    ]
    sip_port: Annotated[
        UdpPort | None, "The gateway's own UDP port for the socket. Without it, the usual one of the model."
    ] = None

    def line(self) -> SipLine:
        return SipLine(self.port, self.user, self.sip_port)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayForm:
    """A box with sockets for analog lines and telephones."""

    name: Annotated[Name, "What the box is called."]
    model: Annotated[Name, "What the box is, such as grandstream-ht813; generic-gateway for one that is not known."]
    address: Annotated[Address, "Its fixed IPv4 address."]
    trunks: Annotated[tuple[SipSocket, ...], Limits(0, MOST_LINES), "Its sockets for lines (FXO), in their order."] = ()
    stations: Annotated[
        tuple[SipSocket, ...], Limits(0, MOST_LINES), "Its sockets for telephones (FXS), in their order."
    ] = ()

    def device(self) -> SipDevice:
        trunks = tuple(socket.line() for socket in self.trunks)
        return SipDevice(self.name, self.model, self.address, trunks, tuple(socket.line() for socket in self.stations))


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephoneForm:
    """A SIP telephone."""

    port: Annotated[Port, "What this unit calls the telephone. A station names it."]
    model: Annotated[Name, "What the telephone is."] = "sip-telephone"
    address: Annotated[Address, "Its fixed IPv4 address."]
    user: Annotated[User, SameAs("port"), "Its SIP user. Without it, the port's name."]
    sip_port: Annotated[UdpPort | None, "Its own UDP port. Without it, the usual one."] = None

    def device(self) -> SipDevice:
        line = SipLine(self.port, self.user, self.sip_port)
        return SipDevice(self.port, self.model, self.address, stations=(line,))


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountForm:
    """One account at a SIP server, registered where it has a password, and a line to it."""

    port: Annotated[Port, "What this unit calls the line."]
    user: Annotated[User, "The account's user, such as an extension."]
    password: Annotated[str, Limits(0, 100), "The account's password. Without it nothing is registered."] = field(
        default="", repr=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerForm:
    """A SIP server. As many calls pass at once as there are lines."""

    name: Annotated[Name, "What the server is called."]
    address: Annotated[Address, "Its IPv4 address."]
    sip_port: Annotated[UdpPort | None, "Its port. Without it, 5060."] = None
    transport: Annotated[
        Transport, "How it is spoken to. TLS needs a SIP library built against the system's own OpenSSL."
    ] = DEFAULT_TRANSPORT
    outside: Annotated[bool, "Whether calls to the public network go out through it, as through a provider."] = False
    reaches: Annotated[
        tuple[ReachedNumbers, ...],
        Limits(0, MOST_PATTERNS),
        "The extensions of other offices that are called through it: digits, and x for any digit.",
    ] = ()
    lines: Annotated[tuple[AccountForm, ...], Limits(1, MOST_LINES), "The accounts this unit has at the server."]

    def device(self) -> SipDevice:
        return SipDevice(
            name=self.name,
            model=SERVER_MODEL,
            address=self.address,
            trunks=tuple(SipLine(line.port, line.user, self.sip_port, line.password) for line in self.lines),
            transport=self.transport,
            outside=self.outside,
            reaches=self.reaches,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SipSection(Sip):
    """Gateways, SIP telephones, and SIP servers, on the network of the office."""

    gateways: Annotated[
        tuple[GatewayForm, ...], Limits(0, MOST_GATEWAYS), "Boxes with sockets for analog lines and telephones."
    ] = ()
    telephones: Annotated[
        tuple[TelephoneForm, ...], Limits(0, MOST_TELEPHONES), "SIP telephones, each at a fixed address."
    ] = ()
    servers: Annotated[
        tuple[ServerForm, ...],
        Limits(0, MOST_SERVERS),
        "SIP servers, which join this office to your other offices, or to a provider.",
    ] = ()

    def sip(self) -> Sip:
        gateways = [gateway.device() for gateway in self.gateways]
        telephones = [telephone.device() for telephone in self.telephones]
        servers = [server.device() for server in self.servers]
        return Sip((*gateways, *telephones, *servers), self.address, self.port, self.rtp_port)
