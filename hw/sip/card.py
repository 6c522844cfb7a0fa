"""The SIP card: the ports of all gateways, SIP telephones and SIP servers, as one line card."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hw.callerid.coding import Absence, CallerId
from hw.said import said, told_by
from hw.sip import wire
from hw.sip.call import SipCall
from hw.sip.endpoint import EndpointLine, Events, Place, SipEndpoint
from hw.sip.keepalive import Watched
from hw.sip.lineport import Device
from hw.sip.link import SipUnavailable
from hw.sip.message import SipMessage, caller_id
from hw.sip.stationport import SipStationPort
from hw.sip.trunkport import SipTrunkPort
from hw.sip.unknownsenders import UnknownSenders
from hw.tones.toneplan import TonePlan

log = logging.getLogger(__name__)

_KEEP_ALIVE_SECONDS = 1.0
"""How often it is looked at which devices are to be asked."""
_FIND_ADDRESS_SECONDS = 10.0
"""How often the unit's own address is looked up."""

SECOND = "-second"
"""The end of the name of a port that is a telephone's second call; before it stands the name of its first."""

UNKNOWN_SENDERS_FAULT = said(
    "somebody unknown keeps trying the SIP ports; nothing was answered. Keep them off the Internet"
)


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of the card: a trunk or a station, with its port's name. `two_calls`: a telephone that can ask back."""

    port: str
    trunk: bool
    device: Device
    two_calls: bool = False


class SipCard:
    """See `hw.linecard.LineCard`.

    clocked: the card has a clock of its own. Otherwise its owner calls `before_tick` and then `after_tick` every 20 ms.
    find_address: gives the IPv4 address by which this unit is on the network now, or an empty text for none. It is
    asked every 10 s, as the network may come up after the unit and may give it another address. None: the address of
    `place` never changes.
    """

    def __init__(
        self,
        place: Place,
        lines: Sequence[CardLine],
        plan: TonePlan,
        *,
        clocked: bool = True,
        find_address: Callable[[], str] | None = None,
    ) -> None:
        self.fxo: list[SipTrunkPort] = []
        self.fxs: list[SipStationPort] = []
        self.on_fault: Callable[[str, bool], None] = lambda _fault, _there: None
        self.unknown_senders = UnknownSenders()
        self._trouble = ""
        self._registered: dict[str, bool] = {}
        self._unregistered: dict[str, str] = {}
        """Why the account of a port is not registered, by the port's name."""
        self._impossible: set[str] = set()
        self._watched: dict[tuple[str, int], Watched] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._many_unknown = False
        self._find_address = find_address
        self._address, self._port = place.address, place.port
        self._find_at = 0.0
        events = Events(
            self._incoming, self._answered, self._registration, self._told_trouble, self._told_unknown_senders
        )
        wanted = {line.port: _line(line) for line in lines}
        self.endpoint = SipEndpoint(place, wanted, events, clocked=clocked)
        home = f"{place.address}:{place.port}"
        for line in lines:
            if line.trunk:
                self.fxo.append(SipTrunkPort(line.port, line.device, home, self.endpoint, plan))
            else:
                ask_back = SipStationPort(line.port + SECOND, line.device, home, self.endpoint, self._port_of)
                second = ask_back if line.two_calls else None
                self.fxs.append(SipStationPort(line.port, line.device, home, self.endpoint, self._port_of, second))
            self._watched.setdefault(
                (line.device.address, line.device.sip_port), Watched(line.device.profile.keep_alive_seconds)
            )

    async def start(self) -> None:
        """Start the endpoint. Without the SIP library the lines are dead and `on_fault` is told; nothing is raised."""
        try:
            await self.endpoint.start()
        except SipUnavailable as unavailable:
            self._told_trouble(told_by(unavailable))
            for port in (*self.fxo, *self.fxs):
                port.set_up(False)
            return
        self._keep_alive()

    async def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for port in self._ports():
            port.stop()
        await self.endpoint.close()

    def status(self) -> dict[str, Any]:
        """What people want to know, as JSON can hold it."""
        lines = [
            {
                "port": port.name,
                "device": port.device.profile.title,
                "address": f"{port.device.address}:{port.device.sip_port}",
                "unit_port": self.endpoint.ports.get(port.name),
                "up": port.up,
                "heard": self._watched[port.device.address, port.device.sip_port].ever,
                "registered": self._registered.get(port.name),
                "codec": port.codec if port.call is not None else "",
            }
            for port in (*self.fxo, *self.fxs)
        ]
        workers = [{"pid": worker.pid, "serving": worker.serving} for worker in self.endpoint.workers]
        return {
            "kind": "sip",
            "lines": lines,
            "workers": workers,
            "unknown_senders": self.unknown_senders.packets,
            "tls": self.endpoint.tls,
        }

    def before_tick(self) -> None:
        self.endpoint.collect()

    def after_tick(self) -> None:
        self.endpoint.tick()

    # What the endpoint tells

    def _incoming(self, call: SipCall, source: str, message: SipMessage) -> None:
        """Give a call that comes in from a device of ours to its line: by the user called, or by the one who calls."""
        address = source.rpartition(":")[0]
        self._heard(address)
        trunks = [port for port in self.fxo if port.device.address == address]
        stations = [port for port in self.fxs if port.device.address == address]
        meant = [port for port in trunks if message.user == port.device.user]
        if meant and meant[0].device.profile.kind == "server":
            meant += trunks  # A call from a server may come on any of its lines: their users are only for registering.
        meant = meant or ([] if stations else trunks)
        if meant:
            trunk = next((port for port in meant if port.free), meant[0])
            called = "" if message.user == trunk.device.user and not trunk.device.account else message.user
            trunk.incoming(call, _caller(message, trunk.device), called)
            return
        for station in [port for port in stations if message.from_user == port.device.user] or stations[:1]:
            station.incoming(call, message)
            return
        call.clear(404)

    def _answered(self, answer: wire.Answered) -> None:
        host, _, port = answer.host.partition(":")
        sip_port = int(port) if port.isdecimal() else 5060
        watched = self._watched.get((host, sip_port))
        if watched is not None:
            self._is_there(host, sip_port, watched, asyncio.get_running_loop().time())

    def _heard(self, address: str) -> None:
        now = asyncio.get_running_loop().time()
        for (host, port), watched in self._watched.items():
            if host == address and not watched.up:
                self._is_there(host, port, watched, now)

    def _is_there(self, host: str, sip_port: int, watched: Watched, now: float) -> None:
        back = not watched.up
        watched.heard(now)
        for port in self.fxo:
            if back and (port.device.address, port.device.sip_port) == (host, sip_port):
                self.endpoint.register(port.name)  # It may have forgotten us.
        self._show(host, sip_port, watched)

    def _registration(self, state: wire.Registered) -> None:
        self._registered[state.account] = state.active
        self._unregistered[state.account] = "" if state.active else _why(state)
        if state.reason:
            self._impossible.add(state.account)
        for port in (port for port in self.fxo if port.name == state.account):
            host, sip_port = port.device.address, port.device.sip_port
            watched = self._watched[host, sip_port]
            if state.active and not watched.up:
                watched.heard(asyncio.get_running_loop().time())
            elif not state.active and state.status in _SILENT:
                watched.doubted()
            self._show(host, sip_port, watched)

    def _told_trouble(self, reason: str) -> None:
        if self._trouble:
            self.on_fault(self._trouble, False)
        self._trouble = reason
        if reason:
            log.warning("%s", reason)
            self.on_fault(reason, True)

    def _told_unknown_senders(self, packets: int) -> None:
        self.unknown_senders.count(packets, asyncio.get_running_loop().time())

    # From time to time

    def _keep_alive(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(_KEEP_ALIVE_SECONDS, self._keep_alive)
        now = loop.time()
        if self._find_address is not None and now >= self._find_at:
            self._find_at = now + _FIND_ADDRESS_SECONDS
            self._move(self._find_address())
        for (host, sip_port), watched in self._watched.items():
            port = next(p for p in self._ports() if (p.device.address, p.device.sip_port) == (host, sip_port))
            if watched.due(now):
                account = port.device.account.name if port.device.account is not None else ""
                self.endpoint.request(port.name, wire.SendRequest("OPTIONS", port.device.own_uri, account=account))
            self._show(host, sip_port, watched)
        if (many := self.unknown_senders.are_many(now)) != self._many_unknown:
            self._many_unknown = many
            self.on_fault(UNKNOWN_SENDERS_FAULT, many)

    def _move(self, address: str) -> None:
        if address in ("", self._address):
            return
        log.warning("this unit is %s on the network now, and was %s", address, self._address)
        self._address = address
        self.endpoint.move(address)
        for port in self._ports():
            port.home = f"{address}:{self._port}"

    def _show(self, host: str, sip_port: int, watched: Watched) -> None:
        for port in (*self.fxo, *self.fxs):
            if (port.device.address, port.device.sip_port) == (host, sip_port):
                told = watched.up or port.name in self._impossible
                because = self._unregistered.get(port.name, "") if told else ""
                port.set_up(watched.up and not because, because)

    def _ports(self) -> list[SipTrunkPort | SipStationPort]:
        seconds = [port.second for port in self.fxs if port.second is not None]
        return [*self.fxo, *self.fxs, *seconds]

    def _port_of(self, call_id: str) -> str:
        """The port that has the call of this Call-ID; an empty text for none."""
        having = (port.name for port in self._ports() if port.call is not None and port.call.call_id == call_id)
        return next(having, "")


_REFUSED = {
    401: said("the SIP server refuses its user or password"),
    403: said("the SIP server refuses its user or password"),
    404: said("the SIP server does not know its user"),
    407: said("the SIP server refuses its user or password"),
    408: said("the SIP server does not answer"),
    502: said("the SIP server cannot be reached"),
    503: said("the SIP server cannot be reached"),
}
_SILENT = (408, 502, 503)
"""The server may be down."""


def _why(state: wire.Registered) -> str:
    """Why an account is not registered, for people."""
    if state.reason:
        return state.reason
    return _REFUSED.get(state.status) or said(
        "the SIP server does not register it (status %(status)s)", status=state.status
    )


def _caller(message: SipMessage, device: Device) -> CallerId:
    """Who calls. A gateway that was told no caller puts the line's own user in the caller's place."""
    known = caller_id(message, device.profile.caller_id_in)
    return CallerId(number_absence=Absence.UNAVAILABLE) if known.number == device.user else known


def _line(line: CardLine) -> EndpointLine:
    return EndpointLine(line.port, (line.device.user,), 2 if line.two_calls else 1, line.device.account)
