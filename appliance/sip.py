"""The SIP card of an office, as its document describes it."""

from __future__ import annotations

import socket
from typing import Literal

from appliance.office.model import Office
from appliance.office.sip import SERVER_MODEL, SipDevice, SipLine
from hw.sip.card import CardLine, SipCard
from hw.sip.endpoint import Place
from hw.sip.lineport import Device
from hw.sip.profile import Profile, profile
from hw.sip.wire import Account
from hw.tones.toneplan import TonePlan

EXPIRES_SECONDS = 30
"""How long a registration at a server of our own lasts. So soon does a server that was started anew know the unit
again, and forget a unit that was switched off."""
EXPIRES_OUTSIDE_SECONDS = 300
"""The same at a provider's server."""


def sip_card(office: Office, plan: TonePlan) -> SipCard | None:
    """The card with the office's SIP lines, clocked by the unit's engine; None where it has none."""
    sip = office.sip
    lines = [line for device in sip.devices for line in _lines(device)]
    if not lines:
        return None
    peers = tuple(sorted({device.address for device in sip.devices}))
    profiles = [line.device.profile for line in lines]
    timers = [one.session_timer_seconds for one in profiles if one.session_timer_seconds]
    place = Place(
        address=sip.address or own_address(peers[0]) or "127.0.0.1",
        peers=peers,
        port=sip.port,
        rtp_port=sip.rtp_port,
        codecs=tuple(dict.fromkeys(codec for one in profiles for codec in one.codecs)),
        session_timer_seconds=min(timers, default=0),
    )
    find = None if sip.address else lambda: own_address(peers[0])
    return SipCard(place, lines, plan, clocked=False, find_address=find)


def own_address(peer: str) -> str:
    """This unit's address on the network by which a peer is reached; empty while there is none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect((peer, 5060))
        except OSError:
            return ""
        address: str = asked.getsockname()[0]
        return address


def _lines(device: SipDevice) -> list[CardLine]:
    facts = profile(device.model)
    two_calls = facts.kind == "telephone"
    trunks = [CardLine(line.port, True, _device(device, facts, line, "fxo", n)) for n, line in enumerate(device.trunks)]
    stations = [
        CardLine(line.port, False, _device(device, facts, line, "fxs", n), two_calls)
        for n, line in enumerate(device.stations)
    ]
    return trunks + stations


def _device(device: SipDevice, facts: Profile, line: SipLine, kind: Literal["fxo", "fxs"], index: int) -> Device:
    sip_port = line.sip_port if line.sip_port is not None else facts.sip_port(kind, index)
    account = _account(device, line, sip_port) if device.model == SERVER_MODEL else None
    return Device(facts, device.address, sip_port, line.user, account, account is not None and not device.outside)


def _account(device: SipDevice, line: SipLine, sip_port: int) -> Account:
    """The unit's account at the server for this line. It is registered if it has a password."""
    server = f"sip:{device.address}:{sip_port};transport={device.transport}"
    return Account(
        name=line.port,
        uri=f"sip:{line.user}@{device.address}",
        registrar=server,
        transport=device.transport,
        user=line.user if line.password else "",
        password=line.password,
        expires_seconds=EXPIRES_OUTSIDE_SECONDS if device.outside else EXPIRES_SECONDS,
    )
