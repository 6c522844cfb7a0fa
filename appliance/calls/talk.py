"""Parties talk to each other, until one leaves, wants another one transferred, or is taken into another call."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from appliance.calls.outcome import Cause
from appliance.calls.party import Party
from appliance.calls.transfer import Join, Transfer
from appliance.media.bridge import PartySource
from appliance.media.conference import Conference
from appliance.media.music import HoldMusic
from appliance.media.player import Loop, Player
from appliance.media.sources import Source
from hw.dsp.dtmf import dtmf_samples
from hw.linecard import TransferAsked
from hw.tones.toneplan import TonePlan

RELAYED_MS, RELAYED_PAUSE_MS = 100, 60
"""How long a key is heard that came apart from the sound, and the pause behind it (ITU-T Q.24: over 40 ms each)."""

HELD_SILENCE_SECONDS = 3600.0
"""A call may be forgotten on hold, but not for ever."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A party was taken into another call."""

    party: Party


@dataclass(frozen=True, slots=True)
class Drop:
    """Of three, this party wants whoever joined last to go."""

    by: Party


@dataclass(frozen=True, slots=True)
class Tired:
    """A party does not want to be on hold any longer."""

    party: Party


@dataclass(frozen=True, slots=True)
class FaxComes:
    """A party has turned out to be a fax machine."""

    party: Party


Turn = Party | Transfer | Taken | Drop | Tired | FaxComes
"""How a talk went on: a party left, wants a transfer or somebody to join or to go, was taken, is tired of it, or is a
fax machine."""


class Talk:
    """Any number of parties who hear each other. `turn` is set once, with what ends the talk or changes it.

    A party that holds is not heard. Where all others hold, a party hears music, and of three or more is not heard
    either. all_silent_for: the seconds after which parties who say nothing are taken to have left, as a line whose far
    end hung up unnoticed must not stay busy for ever; None: never.
    """

    def __init__(
        self, parties: Sequence[Party], tones: TonePlan, music: HoldMusic, all_silent_for: float | None
    ) -> None:
        self.turn: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        self._parties: list[Party] = list(parties)
        self._tones = tones
        self._music = music
        self._all_silent_for = all_silent_for
        self._conference = Conference()
        self._keys: dict[Party, deque[str]] = {}
        self._unsubscribe: dict[Party, list[Callable[[], None]]] = {}
        self._held_at = -math.inf
        self._begun = False

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who takes part, in the order of joining."""
        return tuple(self._parties)

    async def run(self) -> Turn:
        """Let them talk. Afterwards they no longer hear each other, and all are still there to be released."""
        self._begun = True
        for party in self._parties:
            self._attend(party)
        self._connect()
        ends: list[asyncio.Future[Any]] = [*(party.leg.gone for party in self._parties), self.turn]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._part()
        if self.turn.done():
            return self.turn.result()
        return next(party for party in self._parties if party.leg.gone.done())

    def other(self, party: Party) -> Party:
        """Whom this party talks to: the first of the others."""
        return next(other for other in self._parties if other is not party)

    def at(self, leg: str) -> Party:
        """The party on the leg of this name."""
        return next(party for party in self._parties if party.leg.name == leg)

    def whisper(self, party: Party, source: Source) -> None:
        """Let one party hear this over what it hears; the others do not hear it."""
        party.leg.media.overlay(source)

    def take(self, party: Party) -> bool:
        """Take a party out, into another call, at once. Its leg goes on. False where this talk is over."""
        if any(one.leg.gone.done() for one in self._parties) or not self.end(Taken(party)):
            return False
        self._part()
        return True

    def transfer(self, transfer: Transfer) -> None:
        """Somebody wants a transfer, or one to join. While another is being made, or among three, the answer is no."""
        if len(self._parties) > 2 or not self.end(transfer):
            transfer.refuse()

    def end(self, turn: Turn) -> bool:
        """Let it be over, or change, by this turn. False where it was so already by another one."""
        if self.turn.done():
            return False
        self.turn.set_result(turn)
        return True

    def _attend(self, party: Party) -> None:
        """Listen to what this party does."""
        leg = party.leg

        def asked(what: TransferAsked, reply: Callable[[bool], None]) -> None:
            self.transfer(Transfer(party, self.other(party), what.number, what.to, reply))

        def joins(to: str, reply: Callable[[bool], None]) -> None:
            self.transfer(Join(party, self.other(party), "", to, reply))

        def drops() -> None:
            if len(self._parties) > 2:
                self.end(Drop(party))

        self._unsubscribe[party] = [
            leg.silence.subscribe(self._check_silence),
            leg.digit_told.subscribe(lambda digit: self._relay(digit, party)),
            leg.held_changed.subscribe(lambda _held: self._held()),
            leg.transfer_asked.subscribe(asked),
            leg.join_asked.subscribe(joins),
            leg.drop_asked.subscribe(drops),
        ]

    def _part(self) -> None:
        """Let them no longer hear each other, nor ask for anything here. Only once: a party taken is elsewhere then."""
        if not self._begun:
            return
        self._begun = False
        self._conference.close()
        for party in self._parties:
            for unsubscribe in self._unsubscribe.pop(party):
                unsubscribe()
            party.leg.talks_to = ()
            party.leg.hear(None)

    # Who hears what

    def _connect(self) -> None:
        """Let each party hear the others: without mixing where there are only two, as in most talks."""
        for party in self._parties:
            others = [other for other in self._parties if other is not party]
            party.leg.talks_to = tuple(other.leg for other in others)
            if all(other.leg.held for other in others):
                if not isinstance(party.leg.media.source, Loop):
                    party.leg.hear(self._music.loop())
            elif len(others) == 1:
                self._hear_only(party, others[0])
            else:
                self._conference.join(party.leg.media)
                self._conference.mute(party.leg.media, party.leg.held)

    def _hear_only(self, party: Party, other: Party) -> None:
        source = party.leg.media.source
        if not isinstance(source, PartySource) or source.party is not other.leg.media:
            party.leg.hear(PartySource(other.leg.media))

    def _held(self) -> None:
        self._held_at = asyncio.get_running_loop().time()
        self._connect()

    def _check_silence(self) -> None:
        """Who is held has nothing to say: then it takes longer, and counts from the last change of that."""
        if self._all_silent_for is None:
            return
        legs = [party.leg for party in self._parties]
        seconds = HELD_SILENCE_SECONDS if any(leg.held for leg in legs) else self._all_silent_for
        since_held = asyncio.get_running_loop().time() - self._held_at
        if min(since_held, *(leg.silent_seconds for leg in legs)) >= seconds:
            legs[0].left(Cause.SILENCE)

    # Keys that are not in the sound

    def _relay(self, digit: str, presser: Party) -> None:
        """Let the others have the key, as digits go there."""
        for other in self._parties:
            if other is presser:
                continue
            if other.leg.send_digits is not None:
                other.leg.send_digits(digit)
                continue
            waiting = self._keys.setdefault(other, deque())
            waiting.append(digit)
            if len(waiting) == 1:
                self._sound(waiting, other)

    def _sound(self, waiting: deque[str], party: Party) -> None:
        """The first waiting key, and then each other one, in place of what is heard."""
        low, high = self._tones.dtmf_low_dbm0, self._tones.dtmf_high_dbm0
        tone = Player([dtmf_samples(waiting[0], low, high, RELAYED_MS, RELAYED_PAUSE_MS)])
        party.leg.media.overlay(tone, alone=True)
        tone.done.add_done_callback(lambda _done: self._sounded(waiting, party))

    def _sounded(self, waiting: deque[str], party: Party) -> None:
        waiting.popleft()
        if not self._begun:
            waiting.clear()
        elif waiting:
            self._sound(waiting, party)
