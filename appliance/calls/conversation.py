"""Two parties talk to each other: until one leaves, one has the other transferred, or one is taken elsewhere."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.media.bridge import PartySource, bridge
from appliance.media.player import Loop, Player
from hw.audio import Samples
from hw.dsp.dtmf import dtmf_samples
from hw.tones.toneplan import TonePlan

RELAYED_MS, RELAYED_PAUSE_MS = 100, 60
"""How long a key is heard that came apart from the sound, and the pause behind it (facts §6: 50-100 ms, over 45)."""

HELD_SILENCE_SECONDS = 3600.0
"""A call may be forgotten on hold, but not for ever."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One of two parties, the initiator, wants the other one, `remaining`, transferred: to a number, or to whom the
    initiator talks to in the call of the leg named `to`. reply: tells the initiator what became of it, once.
    """

    initiator: Leg
    remaining: Leg
    number: str
    to: str
    reply: Callable[[bool], None] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """A party was taken into another call; who is left has nobody to talk to."""

    party: Leg


Turn = Leg | Transfer | Taken
"""How a conversation went on: a party left, wants a transfer, or was taken."""


class Conversation:
    """What goes on between two bridged legs. `turn` is set once, with what ends it or changes it.

    both_silent_for: seconds after which two parties who say nothing are taken to have left, as a line whose far end
    hung up unnoticed must not stay busy for ever; None: never. music: what the other hears while one holds the call.
    """

    def __init__(self, a: Leg, b: Leg, plan: TonePlan, music: Samples, both_silent_for: float | None) -> None:
        self.a = a
        self.b = b
        self.turn: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        self._plan = plan
        self._music = music
        self._both_silent_for = both_silent_for
        self._keys: dict[str, deque[str]] = {}
        self._held_at = -math.inf
        self._parted = False

    async def run(self) -> Turn:
        """Let them talk. Afterwards they no longer hear each other, and both are still there to be released."""
        a, b = self.a, self.b
        self._attend(a, b)
        self._attend(b, a)
        a.talks_to, b.talks_to = b, a
        bridge(a.media, b.media)
        for leg, other in ((a, b), (b, a)):
            if leg.held:
                self._hold(leg, other, True)
        try:
            await asyncio.wait((a.gone, b.gone, self.turn), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._part()
        if self.turn.done():
            return self.turn.result()
        return a if a.gone.done() else b

    def other(self, leg: Leg) -> Leg:
        """Whom this party talks to."""
        return self.b if leg is self.a else self.a

    def take(self, party: Leg) -> bool:
        """Take a party out, into another call, at once. Its leg goes on. False where this conversation is over."""
        if self.a.gone.done() or self.b.gone.done() or not self._end(Taken(party)):
            return False
        self._part()
        return True

    def transfer(self, transfer: Transfer) -> None:
        """Somebody wants a transfer. While another one is being made the answer is no."""
        if not self._end(transfer):
            transfer.reply(False)

    def _end(self, turn: Turn) -> bool:
        if self.turn.done():
            return False
        self.turn.set_result(turn)
        return True

    def _part(self) -> None:
        """Let them no longer hear each other, nor ask for anything here. Only once: a party taken is elsewhere then."""
        if self._parted:
            return
        self._parted = True
        for leg in (self.a, self.b):
            leg.talks_to = None
            leg.on_silence = lambda: None
            leg.on_told_digit = lambda _digit: None
            leg.on_held = lambda _held: None
            leg.on_transfer = None
            leg.hear(None)

    def _attend(self, leg: Leg, other: Leg) -> None:
        leg.on_silence = self._check_silence
        leg.on_told_digit = lambda digit: self._relay(digit, leg, other)
        leg.on_held = lambda held: self._held(leg, other, held)
        leg.on_transfer = lambda asked, reply: self.transfer(Transfer(leg, other, asked.number, asked.to, reply))

    def _check_silence(self) -> None:
        """Who is held has nothing to say: then it takes longer, and counts from the last change of that."""
        if self._both_silent_for is None:
            return
        seconds = HELD_SILENCE_SECONDS if self.a.held or self.b.held else self._both_silent_for
        since_held = asyncio.get_running_loop().time() - self._held_at
        if min(self.a.silent_seconds, self.b.silent_seconds, since_held) >= seconds:
            self.a.left(Cause.SILENCE)

    def _relay(self, digit: str, leg: Leg, other: Leg) -> None:
        """A key that is not in the sound of who pressed it: let the other have it, as digits go there."""
        if other.send_digits is not None:
            other.send_digits(digit)
            return
        waiting = self._keys.setdefault(other.name, deque())
        waiting.append(digit)
        if len(waiting) == 1:
            self._sound(waiting, leg, other)

    def _sound(self, waiting: deque[str], leg: Leg, other: Leg) -> None:
        """The first waiting key, then each other one, then what was heard before."""
        low, high = self._plan.dtmf_low_dbm0, self._plan.dtmf_high_dbm0
        tone = Player([dtmf_samples(waiting[0], low, high, RELAYED_MS, RELAYED_PAUSE_MS)])
        other.hear(tone)
        tone.done.add_done_callback(lambda _done: self._sounded(tone, waiting, leg, other))

    def _sounded(self, tone: Player, waiting: deque[str], leg: Leg, other: Leg) -> None:
        waiting.popleft()
        if not (leg.in_conversation and other.in_conversation and other.media.source in (None, tone)):
            waiting.clear()
        elif waiting:
            self._sound(waiting, leg, other)
        else:
            self._hold(leg, other, leg.held)

    def _held(self, leg: Leg, other: Leg, held: bool) -> None:
        self._held_at = asyncio.get_running_loop().time()
        self._hold(leg, other, held)

    def _hold(self, leg: Leg, other: Leg, held: bool) -> None:
        other.hear(Loop(self._music) if held else PartySource(leg.media))
