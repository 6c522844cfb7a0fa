"""Whose bursts of ringing come when, so that no more telephones ring at once than a power supply bears.

A chip of the Ag1171 class takes up to 500 mA while it rings. So bursts take turns: a telephone whose ringing would
begin in the bursts of two others begins a moment later, in their pauses. Where there are too many for that, as few as
can be ring at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from hw.audio import seconds_of
from hw.tones.ringing import RingVoltage, Send, TimedAction

MOST_AT_ONCE = 2
"""1 A together, beside the Raspberry Pi's own supply."""
LONGEST_WAIT_S = 6.0
"""The longest cycle of any country. There is no better moment behind it."""
HORIZON_S = 12.0
"""So much of the ringing is compared."""
STEP_S = 0.1
"""The grid on which bursts are compared. One may begin where another ends: a chip takes its current while its F/R is
toggled, and not in the 15 ms of RM behind that."""

_ROUNDING = 1e-6

RingSteps = Iterable[TimedAction]
CellGrid = npt.NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class _Rung:
    """A telephone that rings. still: asked whether it does."""

    begun: float
    steps: Callable[[], RingSteps]
    still: Callable[[], bool]


class RingTurns:
    """The telephones of one card."""

    def __init__(self) -> None:
        self._rung: list[_Rung] = []

    def begin(self, steps: Callable[[], RingSteps], still: Callable[[], bool], now: float) -> float:
        """Another telephone is to ring from now on, in these steps: how many seconds later it shall begin. still: asked
        from time to time whether it rings."""
        self._rung = [one for one in self._rung if one.still()]
        others = np.zeros(_cells(HORIZON_S + LONGEST_WAIT_S), dtype=np.int_)
        for one in self._rung:
            others += _cells_of(one.steps(), one.begun - now, len(others))
        own = _cells_of(steps(), 0.0, _cells(HORIZON_S))
        rings = own > 0
        at_once = [
            int((others[wait : wait + len(own)] + own)[rings].max(initial=0)) for wait in range(_cells(LONGEST_WAIT_S))
        ]
        wait = next((wait for wait, most in enumerate(at_once) if most <= MOST_AT_ONCE), int(np.argmin(at_once)))
        seconds = wait * STEP_S
        self._rung.append(_Rung(now + seconds, steps, still))
        return seconds


def _cells(seconds: float) -> int:
    return round(seconds / STEP_S)


def _cells_of(steps: RingSteps, begins: float, count: int) -> CellGrid:
    """1 in each cell of the grid in which there is ring voltage."""
    grid = np.zeros(count, dtype=np.int_)
    since: float | None = None
    for at, on in takewhile(lambda change: change[0] < count * STEP_S, _changes(steps, begins)):
        if on:
            since = at
        elif since is not None:
            grid[_first_cell(since) : max(math.ceil(at / STEP_S - _ROUNDING), 0)] = 1
            since = None
    if since is not None:
        grid[_first_cell(since) :] = 1
    return grid


def _first_cell(at: float) -> int:
    return max(math.floor(at / STEP_S + _ROUNDING), 0)


def _changes(steps: RingSteps, at: float) -> Iterable[tuple[float, bool]]:
    """When ring voltage begins and ends."""
    for wait, action in steps:
        at += wait
        match action:
            case RingVoltage(on):
                yield at, on
            case Send(samples):
                at += seconds_of(samples)
