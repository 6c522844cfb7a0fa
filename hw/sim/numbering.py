"""The simulated exchange's numbers: who has which, and hunt groups."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hw.sim.circuit import LineCircuit


class DialledSoFar(Enum):
    """What digits dialled so far are."""

    COMPLETE = "a number"
    AMBIGUOUS = "a number, and the beginning of a longer one"
    INCOMPLETE = "the beginning of a number"
    UNKNOWN = "the beginning of no number"


class Numbering:
    """All numbers in service, each with the lines that answer it in hunting order."""

    def __init__(self) -> None:
        self._lines: dict[str, list[LineCircuit]] = {}

    def add(self, number: str, line: LineCircuit | None) -> None:
        """Give this line a number; None makes it a number not in service. ValueError if it is taken."""
        if not number.isdecimal() or number in self._lines:
            raise ValueError(f"{number!r} is no number, or already has a line")
        self._lines[number] = [] if line is None else [line]

    def hunt(self, main: str, members: Sequence[str]) -> None:
        """Calls to `main` go to the first idle line of these numbers. KeyError for an unknown member."""
        self._lines[main] = [self._lines[member][0] for member in members]

    def lines(self, number: str) -> list[LineCircuit]:
        """The lines of this number in hunting order; none where it is not in service."""
        return self._lines.get(number, [])

    def look(self, digits: str) -> DialledSoFar:
        """What these digits are."""
        longer = any(number != digits and number.startswith(digits) for number in self._lines)
        if digits in self._lines:
            return DialledSoFar.AMBIGUOUS if longer else DialledSoFar.COMPLETE
        return DialledSoFar.INCOMPLETE if longer else DialledSoFar.UNKNOWN

    @property
    def shortest(self) -> int:
        """How many digits the shortest number has."""
        return min(map(len, self._lines), default=1)
