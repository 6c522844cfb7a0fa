"""A mistake in an office document, told so that people in an office can correct it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hw.said import Said, did_you_mean, in_a_row

NOTHING = in_a_row()
"""What is said where nothing is."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake or warning.

    path: where, such as `people[2].extension`; empty: the whole document. reason: what is wrong, or why callers suffer.
    suggestion: what may have been meant. mend: what to do, as a sentence; a mistake says it by its reason.
    """

    path: str
    reason: Said
    suggestion: str = ""
    mend: Said = NOTHING

    def __str__(self) -> str:
        return str(self.told)

    @property
    def told(self) -> Said:
        """All of it but the mend, as a sentence."""
        hint = (did_you_mean(self.suggestion),) if self.suggestion else ()
        reason = in_a_row(self.reason, *hint)
        return in_a_row(self.path, reason, by=": ") if self.path else reason


class OfficeErrors(ValueError):
    """An office document that cannot be used. `problems` holds every mistake found, in the document's order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(in_a_row(*(problem.told for problem in problems), by="\n"))
        self.problems: tuple[Problem, ...] = tuple(problems)

    def __reduce__(self) -> tuple[type[OfficeErrors], tuple[tuple[Problem, ...]]]:
        """It passes between processes with its problems."""
        return OfficeErrors, (self.problems,)


def joined(path: Iterable[str | int]) -> str:
    """The path as people read it: keys joined by points, places in lists in brackets, counted from 0."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
