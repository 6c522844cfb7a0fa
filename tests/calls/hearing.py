"""What is said in calls, and waiting for it. That it sounds as it should is tried by ear, in tests/scenarios."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from appliance.calls.party import Party
from appliance.calls.playback import Playback
from appliance.calls.recording import BEEP, Recording
from appliance.office.phrase import Phrase, Recorded, Sayable
from hw.audio import Samples

BEEP_OVER_SECONDS = 0.1 + sum(segment.seconds or 0.0 for segment in BEEP.segments)
"""From the beginning of a beep until what is said next is recorded."""


async def until(true: Callable[[], object], within: float = 10.0) -> None:
    """Wait for something, looking every 20 ms."""
    for _ in range(round(within / 0.02)):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"it did not happen within {within} s")


@dataclass
class Spoken:
    """What flows say, by the names of its phrases ("recording" for people's own), and for how long each was heard.

    everything: the beeps of recordings among it.
    """

    everything: list[tuple[str, str]] = field(default_factory=list)
    heard_for: list[tuple[str, float]] = field(default_factory=list)

    @property
    def said(self) -> list[tuple[str, str]]:
        """Line and phrase."""
        return [(line, what) for line, what in self.everything if what != "beep"]

    def on(self, line: str) -> list[str]:
        return [what for where, what in self.said if where == line]


@contextmanager
def spoken() -> Iterator[Spoken]:
    """Everything that any call says from now on."""
    told = Spoken()
    clips, play, record, listen = Party.clips, Party.play, Party.record, Party.listen

    async def speaking(party: Party, *said: Sayable) -> list[Samples]:
        told.everything.extend((party.name, name) for part in said if (name := _name(part)))
        return await clips(party, *said)

    async def listening(party: Party, *said: Sayable, until_digit: bool = False) -> None:
        names = [name for part in said if (name := _name(part))]
        began = asyncio.get_running_loop().time()
        try:
            await play(party, *said, until_digit=until_digit)
        finally:
            told.heard_for.extend((name, asyncio.get_running_loop().time() - began) for name in names)

    async def beeping(
        party: Party, path: Path, longest_seconds: float, pause_seconds: float | None = None
    ) -> Recording:
        told.everything.append((party.name, "beep"))
        return await record(party, path, longest_seconds, pause_seconds)

    async def listening_on(party: Party, playback: Playback) -> str:
        if not playback.over:
            told.everything.append((party.name, "recording"))
        return await listen(party, playback)

    with (
        mock.patch.object(Party, "clips", speaking),
        mock.patch.object(Party, "listen", listening_on),
        mock.patch.object(Party, "play", listening),
        mock.patch.object(Party, "record", beeping),
    ):
        yield told


def _name(part: Sayable) -> str:
    match part:
        case Phrase(name):
            return name
        case Recorded():
            return "recording"
        case _:
            return ""


class Hearer:
    """Somebody to whom the unit speaks on one of its lines."""

    def __init__(self) -> None:
        self._told = Spoken()
        self._since = self._upto = 0

    @property
    def line(self) -> str:
        """The name of the line they are on, or were on last; empty before."""
        raise NotImplementedError

    @property
    def heard(self) -> list[str]:
        """What was said to them in this call since they last forgot, by the names of the phrases."""
        return [what for what in self._everything() if what != "beep"]

    async def hears(self, *what: str, within: float = 60.0) -> None:
        """Wait until each of these begins to be said to them, one behind the other: phrases, "recording", or "beep".

        What was waited for before does not count again. After a beep, what they say is recorded.
        """
        for one in what:
            await self._hears(one, within)

    def listens_to(self, told: Spoken) -> None:
        """A call begins, in which this will be said."""
        self._told = told
        self.forgets()

    def forgets(self) -> None:
        """What was said to them so far is not `heard` any more."""
        self._since, self._upto = len(self._told.everything), 0

    async def _hears(self, one: str, within: float) -> None:
        try:
            await until(lambda: one in self._everything()[self._upto :], within)
        except AssertionError:
            heard = self._everything()[self._upto :]
            raise AssertionError(f"{one} was not heard within {within} s, but {heard}") from None
        self._upto += self._everything()[self._upto :].index(one) + 1
        if one == "beep":
            await asyncio.sleep(BEEP_OVER_SECONDS)

    def _everything(self) -> list[str]:
        if not (told := self._told.everything[self._since :]):
            return []
        line = self.line
        return [what for where, what in told if where == line]
