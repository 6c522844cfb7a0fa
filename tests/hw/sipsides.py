"""Endpoints in real time that call each other, or a peer made by hand, on loopback addresses of a test's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

import numpy as np

from hw.audio import SAMPLE_RATE, Samples, sine_peak
from hw.sip import wire
from hw.sip.endpoint import EndpointLine, Events, Place, SipEndpoint
from hw.tones.toneplan import tone_plan
from tests.hw.siprawpeer import RawPeer
from tests.hw.sipworld import Log, Party, own_address

PLAN = tone_plan("us")


def tone(hertz: int, seconds: float) -> Samples:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.rint(sine_peak(-10) * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def pitch(samples: Samples) -> int:
    """The strongest frequency, to 10 Hz."""
    power = np.abs(np.fft.rfft(samples.astype(np.float64) * np.hanning(len(samples))))
    return round(int(np.argmax(power)) * SAMPLE_RATE / len(samples), -1)


class Side:
    """An endpoint. calls: the parties that have called; the logs hold what else it told."""

    def __init__(self, address: str, peers: Sequence[str], users: Mapping[str, int]) -> None:
        self.address = address
        self.calls, self.answers, self.trouble, self.unknown_senders = Log(), Log(), Log(), Log()
        self.endpoint = SipEndpoint(
            Place(address, tuple(peers)),
            {user: EndpointLine(user, (user,), calls) for user, calls in users.items()},
            Events(
                lambda call, _source, message: self.calls.add(Party(call, message, PLAN)),
                on_answered=self.answers.add,
                on_trouble=self.trouble.add,
                on_unknown_senders=self.unknown_senders.add,
            ),
        )

    async def start(self) -> None:
        await self.endpoint.start()
        await until(lambda: all(worker.serving for worker in self.endpoint.workers))
        self.trouble.items.clear()

    def at(self, user: str) -> str:
        return f"sip:{user}@{self.address}:{self.endpoint.ports[user]}"

    def call(self, user: str, uri: str, **headers: str) -> Party:
        """headers: further ones of the INVITE."""
        return Party(self.endpoint.call(user, uri, f"<sip:{user}@{self.address}>", headers), None, PLAN)

    async def called(self) -> Party:
        party: Party = await self.calls.until(Party)
        return party


@asynccontextmanager
async def sides(
    here_users: Mapping[str, int] | None = None, there_users: Mapping[str, int] | None = None
) -> AsyncIterator[tuple[Side, Side]]:
    """Two endpoints that serve each other."""
    addresses = own_address(), own_address()
    here = Side(addresses[0], [addresses[1]], here_users or {"801": 2})
    there = Side(addresses[1], [addresses[0]], there_users or {"702": 2})
    try:
        await asyncio.gather(here.start(), there.start())
        yield here, there
    finally:
        await asyncio.gather(here.endpoint.close(), there.endpoint.close())


@asynccontextmanager
async def with_raw_peer(
    users: Mapping[str, int] | None = None, peer_port: int = 5060
) -> AsyncIterator[tuple[Side, RawPeer]]:
    """An endpoint that serves a peer made by hand."""
    peer = RawPeer(own_address(), peer_port)
    side = Side(own_address(), [peer.address], users or {"801": 2})
    try:
        await side.start()
        yield side, peer
    finally:
        await side.endpoint.close()
        peer.close()


async def talking(caller: Side, callee: Side, user: str = "801", called: str = "702") -> tuple[Party, Party]:
    one = caller.call(user, callee.at(called))
    other = await callee.called()
    other.call.accept()
    for party in (one, other):
        await party.told.until(wire.Confirmed)
        if not party.call.sounding:
            await party.told.until(wire.Media)
    return one, other


def keys(party: Party) -> list[tuple[str, str]]:
    return [(report.digit, report.way) for report in party.told.count(wire.KeyPressed)]


async def until(true: Callable[[], bool], seconds: float = 4.0) -> None:
    for _ in range(round(seconds / 0.02)):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"it did not happen within {seconds} s")


async def says_still(party: Party, other: Party, hertz: int) -> None:
    saying = asyncio.ensure_future(party.say(tone(hertz, 0.8)))
    await asyncio.sleep(0.2)
    assert pitch(await other.hears.next(0.3)) == hertz
    await saying
