"""Somebody a flow can talk to: the caller, or whoever was reached."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.calls.leg import Leg
from appliance.calls.lines import Line
from appliance.calls.outcome import CallEnded, Cause
from appliance.calls.playback import Playback
from appliance.calls.progress import CallProgress
from appliance.calls.recording import Recording, record
from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine
from appliance.media.tone import ToneSource
from appliance.office.languages import DEFAULT_LANGUAGE, LanguageCode
from appliance.office.model import Ending
from appliance.office.numbering import Plan
from appliance.office.phrase import Sayable
from hw.audio import Samples
from hw.tones.toneplan import Tone

MENU_SILENCE_SECONDS = 60
WRONG_DIGITS_PAUSE_SECONDS = 0.8


Speaks = Callable[[Sequence[Sayable], LanguageCode], Awaitable[list[Samples]]]
"""Makes sound of what is said, in a language and at this moment."""


BRIDGE_SILENCE_SECONDS = 300
"""Of all parties, where nothing but silence may tell a hang-up: exchanges take from 60 to 300 s."""


async def says_nothing(_said: Sequence[Sayable], _language: LanguageCode) -> list[Samples]:
    """The voice for a party that hears nothing but tones."""
    return []


@dataclass(slots=True, eq=False)
class Party:
    """One party of a call. Every operation raises CallEnded when the party has left."""

    leg: Leg
    """Its connection."""
    line: Line
    """What it is on."""
    speaks: Speaks
    """The voice that speaks to it."""
    language: LanguageCode = DEFAULT_LANGUAGE
    """What it is spoken to in from now on. It may be set at any time of the call."""
    person: str = ""
    """The id of whoever was rung there; empty where that is nobody in particular."""
    progress: CallProgress | None = None
    """How far the call to it has come; None for whoever has answered already, or called."""
    waited_seconds: float = 0.0
    """For how long no key has been pressed that was waited for."""

    @property
    def name(self) -> str:
        """What it is called in the log: the line it is on."""
        return self.line.name

    @property
    def told_by_silence(self) -> bool:
        """Whether nothing but silence may tell that it has left, and may do so in this call."""
        line = self.line
        return isinstance(line, TrunkLine) and Ending.SILENCE in line.facts.endings and not line.emergency

    @property
    def has_answered(self) -> bool:
        """Whether somebody, or a machine, is known to be there."""
        return self.progress is None or self.progress.answered.done()

    @property
    def may_have_answered(self) -> bool:
        """Whether somebody may be there: on most lines nothing tells that for certain."""
        return self.progress is None or self.progress.may_be_answered

    async def until_answered(self) -> None:
        """Wait for an answer. CallEnded with the cause when the call is refused."""
        if self.progress is not None:
            await self.leg.until(self.progress.answered, self.progress.refused)
            self._check_refused()

    async def play_until_answered(self, *said: Sayable) -> None:
        """Say something: to its end, or to the first digit, or until there is an answer. The same."""
        progress: list[asyncio.Future[Any]] = []
        if self.progress is not None:
            progress = [self.progress.answered, self.progress.refused]
        await self.leg.listen_to(await self.clips(*said), until_digit=True, until=progress)
        self._check_refused()

    async def clips(self, *said: Sayable) -> list[Samples]:
        """What is about to be said to it, as sound in its language."""
        return await self.speaks(said, self.language)

    async def play(self, *said: Sayable, until_digit: bool = False) -> None:
        """Say something: to its end, or until the first digit is pressed."""
        await self.leg.listen_to(await self.clips(*said), until_digit=until_digit)

    async def play_tone(self, tone: Tone, seconds: float) -> None:
        """Let it hear a tone for a while."""
        source = ToneSource(tone)
        self.leg.hear(source)
        try:
            await self.leg.until(source.done, seconds=seconds)
        finally:
            self.leg.stop(source)

    async def read_digits(self, plan: Plan, *said: Sayable, first: float) -> str:
        """What it dials: said is heard until the first digit; "" when none comes.

        first: seconds to wait for the first digit once all is said. plan: how long to wait for each further one.
        """
        digits = await self.read_key(*said, first=first)
        return await self._read_on(plan, digits) if digits else ""

    async def read_number(self, *said: Sayable, longest: int, first: float = 8.0, between: float = 4.0) -> str:
        """A number of its own length, such as a PIN: ended by #, a pause, or the longest length; or just *."""

        def plan(digits: str) -> float | None:
            return None if digits == "*" or digits.endswith("#") or len(digits) >= longest else between

        return (await self.read_digits(plan, *said, first=first)).removesuffix("#")

    async def read_key(self, *said: Sayable, first: float = 5.0) -> str:
        """One key, or "" when none is pressed. # is a key like any other, also behind another one."""
        await self.play(*said, until_digit=True)
        digit = await self.leg.digit(first) or ""
        self.waited_seconds = 0.0 if digit else self.waited_seconds + first
        if not digit:
            self._check_silence()
        return digit

    async def listen(self, playback: Playback) -> str:
        """Let it hear a recording from where that is, to a key, which is returned, or to its end: ""."""
        player = playback.player()
        self.leg.hear(player)
        try:
            await self.leg.until(player.done, self.leg.digit_ready())
        finally:
            playback.at = player.at
            self.leg.stop(player)
        return await self.leg.digit(0.0) or ""

    async def dial(self, plan: Plan, tone: Tone, *, first: float, again_after: str, again: Tone) -> str:
        """What a lifted station dials under dial tone. Once it has dialled again_after, if that is anything, it hears
        the other tone.

        A telephone that had dialled before it was lifted hears none."""
        if self.leg.dialled:
            digits, self.leg.dialled = self.leg.dialled, ""
            return digits
        digits = await self._digit_under(tone, first)
        if again_after and digits == again_after:
            digits += await self._digit_under(again, first)
        return await self._read_on(plan, digits) if digits else ""

    async def let_finish_dialling(self) -> None:
        """Wait until it has finished a wrong number, and forget it."""
        while await self.leg.digit(WRONG_DIGITS_PAUSE_SECONDS) is not None:
            pass

    async def record(self, path: Path, longest_seconds: float, pause_seconds: float | None = None) -> Recording:
        """Record it, after a beep. Once the beep is over its hanging up ends the recording, and raises nothing."""
        recording = Recording(path, longest_seconds, pause_seconds)
        await record(self.leg, recording)
        return recording

    def lock_out(self) -> None:
        """Play nothing more to a telephone that was left off hook."""
        if isinstance(self.line, StationLine):
            self.line.lock_out()

    def on_line(self, leg: Leg, line: Line, person: str = "") -> Party:
        """Another party, spoken to by the same voice and in the same language. person: who was rung there."""
        return Party(leg, line, self.speaks, self.language, person)

    def release(self) -> None:
        """Be done with it, whether it has left or not."""
        self.leg.release()

    async def _digit_under(self, tone: Tone, seconds: float) -> str:
        self.leg.hear(ToneSource(tone))
        digit = await self.leg.digit(seconds) or ""
        self.leg.hear(None)
        return digit

    async def _read_on(self, plan: Plan, digits: str) -> str:
        while (seconds := plan(digits)) is not None:
            digit = await self.leg.digit(seconds)
            if digit is None:
                break
            digits += digit
        if not digits.endswith("#"):
            self.leg.number_read()
        return digits

    def _check_refused(self) -> None:
        if self.progress is not None and self.progress.refused.done():
            self.leg.left(self.progress.refused.result())
            raise CallEnded(self.leg.gone.result())

    def _check_silence(self) -> None:
        line = self.line
        by_silence = isinstance(line, TrunkLine) and Ending.SILENCE in line.facts.endings
        if by_silence and min(self.leg.silent_seconds, self.waited_seconds) >= MENU_SILENCE_SECONDS:
            self.leg.left(Cause.SILENCE)


def told_by_silence(parties: Sequence[Party]) -> bool:
    """Whether nothing but silence may tell that this talk is over. Never, where help was called.

    It may, too, where nobody is on a telephone of ours: two busy tones that hear each other are not recognised.
    """
    trunks = [party.line for party in parties if isinstance(party.line, TrunkLine)]
    if any(trunk.emergency for trunk in trunks):
        return False
    nobody_listens = len(trunks) == len(parties) and not any(trunk.digital for trunk in trunks)
    return nobody_listens or any(party.told_by_silence for party in parties)
