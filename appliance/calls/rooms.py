"""Conferences: rooms in which up to eight parties, each with a call of its own, hear each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from appliance.calls.outcome import Cause
from appliance.calls.party import BRIDGE_SILENCE_SECONDS, Party, told_by_silence
from appliance.calls.signal import settle
from appliance.calls.trunk import TrunkLine
from appliance.media.conference import Conference
from appliance.media.music import HoldMusic
from appliance.media.player import Player
from appliance.office.phrase import Sayable
from hw.audio import SAMPLE_RATE, Samples
from hw.tones.tonegen import ToneGenerator
from hw.tones.toneplan import Segment, Tone

MOST_PARTIES = 8
LONGEST_ALONE_SECONDS = 1800.0
"""So long somebody may wait alone: a line whose far end has gone unnoticed must not stay busy for ever."""
NOTE_SECONDS = 0.15


def _notes(*hertz: float) -> Samples:
    """Notes one behind the other. Two are a tone of no telephone network, so nobody takes them for busy."""
    segments = [Segment((one,), NOTE_SECONDS, -18.0) for one in hertz]
    samples = round(len(hertz) * NOTE_SECONDS * SAMPLE_RATE)
    return ToneGenerator(Tone((*segments, Segment((), None, 0.0)))).take(samples)


JOINED, LEFT = _notes(523.0, 784.0), _notes(784.0, 523.0)
"""Heard by the others: a rising and a falling fifth."""


class Room:
    """One conference. Whoever enters hears the others once they `talk`, and leaves by `leave`."""

    def __init__(self, music: HoldMusic) -> None:
        self._music = music
        self._mix = Conference()
        self._parties: list[Party] = []
        self._unsubscribe: dict[Party, list[Callable[[], None]]] = {}
        loop = asyncio.get_running_loop()
        self._company: asyncio.Future[None] = loop.create_future()
        self._alone: asyncio.Future[None] = loop.create_future()
        self._came_at = loop.time()

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who is here, in the order of entering."""
        return tuple(self._parties)

    @property
    def full(self) -> bool:
        return len(self._parties) >= MOST_PARTIES

    def enter(self, party: Party) -> None:
        """From now on this party is here."""
        self._parties.append(party)
        self._came_at = asyncio.get_running_loop().time()
        leg = party.leg
        self._unsubscribe[party] = [
            leg.held_changed.subscribe(partial(self._held, party)),
            leg.silence.subscribe(self._check_silence),
        ]
        self._changed()

    def leave(self, party: Party) -> None:
        """This party is here no longer; the others hear a tone."""
        for unsubscribe in self._unsubscribe.pop(party):
            unsubscribe()
        self._parties.remove(party)
        self._mix.leave(party.leg.media)
        for other in self._parties:
            other.leg.media.overlay(Player([LEFT]))
        self._changed()

    async def introduce(self, party: Party, *said: Sayable) -> None:
        """Let the others hear a tone, and then who has entered, each in their own language."""
        for other in [other for other in self._parties if other is not party]:
            clips = await other.clips(*said)
            other.leg.media.overlay(Player([JOINED, *clips]))

    async def wait_alone(self, party: Party, *said: Sayable) -> bool:
        """Say this to somebody who is alone here, and play music until somebody else is. False: nobody came for long.

        Raises CallEnded when the party leaves.
        """
        await party.leg.listen_to(await party.clips(*said), until=[self._company])
        if self._company.done():
            return True
        music = self._music.loop()
        party.leg.hear(music)
        try:
            return await party.leg.until(self._company, seconds=LONGEST_ALONE_SECONDS)
        finally:
            party.leg.stop(music)

    async def talk(self, party: Party) -> None:
        """Let this party hear the others, and be heard, until it is alone. Raises CallEnded when it leaves before."""
        self._mix.join(party.leg.media)
        self._mix.mute(party.leg.media, party.leg.held)
        await party.leg.until(self._alone)

    def _held(self, party: Party, held: bool) -> None:
        """Whoever holds the call plays nobody music of their own."""
        if party.leg.media in self._mix.parties:
            self._mix.mute(party.leg.media, held)

    def _check_silence(self) -> None:
        """Where nothing but silence may tell that those on lines have left, they have when nobody says a word for long:
        two such lines would keep each other busy for ever."""
        together = asyncio.get_running_loop().time() - self._came_at
        silent = min(together, *(party.leg.silent_seconds for party in self._parties))
        if len(self._parties) > 1 and silent >= BRIDGE_SILENCE_SECONDS and told_by_silence(self._parties):
            for party in self._parties:
                if isinstance(party.line, TrunkLine):
                    party.leg.left(Cause.SILENCE)

    def _changed(self) -> None:
        loop = asyncio.get_running_loop()
        if len(self._parties) > 1:
            settle(self._company)
            self._alone = loop.create_future() if self._alone.done() else self._alone
        else:
            settle(self._alone)
            self._company = loop.create_future() if self._company.done() else self._company


class Rooms(dict[str, Room]):
    """The conferences that go on, by number. One is there as long as anybody is in it."""

    def enter(self, number: str, party: Party, music: HoldMusic) -> Room | None:
        """Let a party enter a conference, which begins with the first one. None where it is full."""
        room = self.get(number) or Room(music)
        if room.full:
            return None
        self[number] = room
        room.enter(party)
        return room

    def leave(self, number: str, party: Party) -> None:
        """This party is there no longer."""
        self[number].leave(party)
        if not self[number].parties:
            del self[number]

    def of(self, leg: str) -> str:
        """The number of the conference in which the leg of this name is; empty where it is in none."""
        there = (number for number, room in self.items() if any(party.leg.name == leg for party in room.parties))
        return next(there, "")
