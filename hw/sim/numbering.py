"""The simulated exchange's numbers: who has which, and hunt groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from hw.audio import Samples
from hw.tones.toneplan import NumberForms

if TYPE_CHECKING:
    from hw.sim.circuit import LineCircuit


class DialledSoFar(Enum):
    """What digits dialled so far are."""

    COMPLETE = "a number"
    AMBIGUOUS = "a number, and the beginning of a longer one"
    INCOMPLETE = "the beginning of a number"
    UNKNOWN = "the beginning of no number"


@dataclass(frozen=True, slots=True, eq=False)
class NotPutThrough:
    """Why a number is not connected. It ends with reorder."""

    vacant: bool = False
    """The number is not in service. Otherwise no circuit to it is free."""
    words: Samples | None = None
    """The announcement behind the special information tones. None: for a vacant number the tones alone, and for busy
    circuits reorder at once."""


class Numbering:
    """All numbers in service, each with the lines that answer it in hunting order; and where no circuit is free.

    A number that is whole without the country's national prefix is reached with it, too: in North America 1 may be
    dialled before ten digits.
    """

    def __init__(self, forms: NumberForms) -> None:
        self._forms = forms
        self._with_prefix: dict[str, str] = {}
        self._lines: dict[str, list[LineCircuit]] = {}
        self._vacant: dict[str, NotPutThrough] = {}
        self._congested: dict[str, NotPutThrough] = {}

    def add(self, number: str, line: LineCircuit) -> None:
        """Give this line a number. ValueError if it is taken."""
        self._take(number, [line])

    def vacate(self, number: str, words: Samples | None) -> None:
        """Make this a number not in service, with this announcement. ValueError if it is taken."""
        self._take(number, [])
        self._vacant[number] = NotPutThrough(vacant=True, words=words)

    def congest(self, prefix: str, words: Samples | None) -> None:
        """From now on no circuit is free to the numbers that begin like this."""
        self._congested[prefix] = NotPutThrough(words=words)

    def relieve(self, prefix: str) -> None:
        """There are free circuits again. Harmless where there were."""
        self._congested.pop(prefix, None)

    def refusal(self, number: str) -> NotPutThrough | None:
        """Why this number, which is complete, is not connected now; None where a line may be tried."""
        number = self._plain(number)
        for prefix, refusal in self._congested.items():
            if number.startswith(prefix):
                return refusal
        return None if self._lines.get(number) else self._vacant.get(number, NotPutThrough(vacant=True))

    def _take(self, number: str, lines: list[LineCircuit]) -> None:
        if not number.isdecimal() or number in self._lines:
            raise ValueError(f"{number!r} is no number, or already has a line")
        self._put(number, lines)

    def _put(self, number: str, lines: list[LineCircuit]) -> None:
        self._lines[number] = lines
        if self._forms.national_prefix and self._forms.without_prefix.fullmatch(number):
            self._with_prefix[self._forms.national_prefix + number] = number

    def _plain(self, number: str) -> str:
        return number if number in self._lines else self._with_prefix.get(number, number)

    def hunt(self, main: str, members: Sequence[str]) -> None:
        """Calls to `main` go to the first idle line of these numbers. KeyError for an unknown member."""
        self._put(main, [self._lines[member][0] for member in members])

    def lines(self, number: str) -> list[LineCircuit]:
        """The lines of this number in hunting order; none where it is not in service."""
        return self._lines.get(self._plain(number), [])

    def look(self, digits: str) -> DialledSoFar:
        """What these digits are."""
        longer = any(number != digits and number.startswith(digits) for number in (*self._lines, *self._with_prefix))
        if digits in self._lines or digits in self._with_prefix:
            return DialledSoFar.AMBIGUOUS if longer else DialledSoFar.COMPLETE
        return DialledSoFar.INCOMPLETE if longer else DialledSoFar.UNKNOWN

    @property
    def shortest(self) -> int:
        """How many digits the shortest number has."""
        return min(map(len, self._lines), default=1)
