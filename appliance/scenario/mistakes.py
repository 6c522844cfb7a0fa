"""What is wrong with a scenario's text: every mistake with its place, all told together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """Line and column count from 1. `suggestion` is what was probably meant, or empty."""

    line: int
    column: int
    reason: str
    suggestion: str = ""

    def __str__(self) -> str:
        meant = f"; did you mean {self.suggestion!r}?" if self.suggestion else ""
        return f"{self.line}:{self.column}: {self.reason}{meant}"


class MistakeFound(Exception):
    """One mistake, raised where it is found; the parser goes on with the next line."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(str(mistake))
        self.mistake = mistake


class ScenarioErrors(ValueError):
    """The text is not a scenario. `mistakes` are in the order of the text; `name` is the file's."""

    def __init__(self, name: str, mistakes: Iterable[Mistake]) -> None:
        self.name = name
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join(f"{name}:{mistake}" for mistake in self.mistakes))
