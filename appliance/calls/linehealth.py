"""What calls show of the health of a line: dial tone, noise and hum, frames that are missing, another telephone on it.

Noise is measured where only the line itself is heard: on hook, in the pauses between rings. What is measured once may
come from a thunderstorm, so each trouble is told when it was found several times in a row, and is over the same way.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from enum import Enum

import numpy as np

from hw.audio import FRAME_SECONDS, Frame, level_dbm0
from hw.level import measured
from hw.noise import LOUD_HUM_DBM0, LOUD_NOISE_DBM0, SHORTEST_S, measure_noise
from hw.said import Said, said

IN_A_ROW = 2
"""A trouble is there, or over, when so many measurements in a row say so."""
ANOTHER_OFF_HOOK_S = 3600.0
"""Another telephone on the line that is off hook for so long was not hung up well."""
COUNTED_S = 10.0
SOUND_DBM0, SOUNDING_S = -38.0, 1.0
"""A line that has sounded so loud, for so long altogether, while dial tone was waited for, has a tone of some kind."""
FEWEST_FRAMES = 0.95
"""With a smaller part of its frames, a call sounds chopped."""

_QUIET_FRAMES = round(SHORTEST_S / FRAME_SECONDS)


class LineTrouble(Enum):
    """What may be wrong; `told` says it."""

    NO_DIAL_TONE = "no-dial-tone"
    OTHER_TONES = "other-tones"
    NOISE = "noise"
    HUM = "hum"
    IN_USE = "in-use"
    FEW_FRAMES = "few-frames"


HINDERS = frozenset({LineTrouble.NO_DIAL_TONE, LineTrouble.FEW_FRAMES, LineTrouble.NOISE, LineTrouble.HUM})
"""With one of these, calls out take another line where there is one."""


class LineHealth:
    """Of one line. on_change: told a trouble that is there from now on, and with False one that is over."""

    def __init__(self) -> None:
        self.on_change: Callable[[LineTrouble, bool], None] = lambda _trouble, _there: None
        self._loop = asyncio.get_running_loop()
        self._there: set[LineTrouble] = set()
        self._in_a_row: dict[LineTrouble, int] = {}
        self._recent: deque[Frame] = deque(maxlen=_QUIET_FRAMES)
        self._loudest: deque[float] = deque(maxlen=_QUIET_FRAMES)
        self._quietest: tuple[float, list[Frame]] | None = None
        self._counted_since: float | None = None
        self._frames = 0
        self._sounding = 0
        self._in_use: asyncio.TimerHandle | None = None

    @property
    def troubles(self) -> frozenset[LineTrouble]:
        """Those that are there."""
        return frozenset(self._there)

    @property
    def doubtful(self) -> bool:
        """Whether calls out should take another line."""
        return not HINDERS.isdisjoint(self._there)

    def dial_tone(self, *, heard: bool, other: bool) -> None:
        """It was seized. heard: there was dial tone; other: there was a tone without end or with a regular cadence, but
        none of the country's. Other countries' dial tone may have a cadence that takes longer to be known for one: what
        has sounded for a second is taken for such, too."""
        sounding, self._sounding = self._sounding * FRAME_SECONDS, 0
        self._at_once(LineTrouble.NO_DIAL_TONE, not (heard or other))
        if heard or other or sounding >= SOUNDING_S:
            self._measured(LineTrouble.OTHER_TONES, not heard)

    def rings_no_more(self) -> None:
        """A call that came in is answered, or is over: look at the quietest moment between its rings."""
        quietest, self._quietest = self._quietest, None
        self._recent.clear()
        self._loudest.clear()
        if quietest is None:
            return
        noise = measure_noise(np.concatenate(quietest[1]))
        if noise is not None:
            self._measured(LineTrouble.NOISE, noise.noise_dbm0 > LOUD_NOISE_DBM0)
            self._measured(LineTrouble.HUM, noise.hum_dbm0 > LOUD_HUM_DBM0)

    def frame_on_hook(self, frame: Frame) -> None:
        """A frame that came while it was rung."""
        self._recent.append(frame)
        self._loudest.append(measured(frame).energy)
        if len(self._recent) == _QUIET_FRAMES:
            loudest = max(self._loudest)
            if self._quietest is None or loudest < self._quietest[0]:
                self._quietest = loudest, list(self._recent)

    def frame_off_hook(self, frame: Frame, *, seized: bool = False) -> None:
        """A frame that came in a call. seized: while dial tone is waited for."""
        if seized:
            self._sounding += level_dbm0(frame) > SOUND_DBM0
        now = self._loop.time()
        if self._counted_since is None:
            self._counted_since, self._frames = now, 0
        self._frames += 1
        if now - self._counted_since >= COUNTED_S:
            wanted = (now - self._counted_since) / FRAME_SECONDS
            self._measured(LineTrouble.FEW_FRAMES, self._frames < FEWEST_FRAMES * wanted)
            self._counted_since, self._frames = now, 0

    def call_over(self) -> None:
        """No frames are to come for now."""
        self._counted_since = None

    def another_off_hook(self, off_hook: bool) -> None:
        """Another telephone on the line was lifted, or hung up."""
        if self._in_use is not None:
            self._in_use.cancel()
            self._in_use = None
        if off_hook:
            self._in_use = self._loop.call_later(ANOTHER_OFF_HOOK_S, self._at_once, LineTrouble.IN_USE, True)
        else:
            self._at_once(LineTrouble.IN_USE, False)

    def _measured(self, trouble: LineTrouble, there: bool) -> None:
        if there == (trouble in self._there):
            self._in_a_row[trouble] = 0
            return
        self._in_a_row[trouble] = self._in_a_row.get(trouble, 0) + 1
        if self._in_a_row[trouble] >= IN_A_ROW:
            self._at_once(trouble, there)

    def _at_once(self, trouble: LineTrouble, there: bool) -> None:
        self._in_a_row[trouble] = 0
        if there != (trouble in self._there):
            (self._there.add if there else self._there.discard)(trouble)
            self.on_change(trouble, there)


def told(line: str, trouble: LineTrouble) -> Said:
    """What people are told of a trouble of the line of this name."""
    match trouble:
        case LineTrouble.NO_DIAL_TONE:
            return said("%(line)s gave no dial tone", line=line)
        case LineTrouble.OTHER_TONES:
            return said(
                "%(line)s has the dial tone of another country: check the country in the settings, or test the line",
                line=line,
            )
        case LineTrouble.NOISE:
            return said("%(line)s is noisy: does it carry DSL without a filter in front of this unit?", line=line)
        case LineTrouble.HUM:
            return said("%(line)s hums: one of its wires may touch earth, or a power supply on it is bad", line=line)
        case LineTrouble.IN_USE:
            return said(
                "%(line)s has been kept off hook by another telephone for an hour: is that one hung up well?", line=line
            )
        case LineTrouble.FEW_FRAMES:
            return said("%(line)s delivers too little sound: its card, or the machine, is overloaded", line=line)
