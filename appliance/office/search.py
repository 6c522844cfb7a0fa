"""Who is rung for a call, as a tree: stages one after the other, each with desks, numbers and further searches.

`appliance.office.finding` works it out, `appliance.calls.searching` carries it out, `searchwords` tells it to people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from appliance.office.destination import ToElsewhere
from appliance.office.languages import LanguageCode
from appliance.office.model import Person
from hw.ringkind import RingKind


class After(Enum):
    """Behind what a stage comes."""

    ANYTHING = "whatever became of the stage before"
    BUSY = "the stage before was busy"
    NO_ANSWER = "nobody answered in the stage before"


@dataclass(frozen=True, slots=True)
class Desk:
    """The telephone of a person. waits: while somebody talks on it, the call waits; otherwise it is busy at once."""

    person: Person
    waits: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class StationRing:
    """A telephone of the office by its name, whoever has it, to which a call comes back. kind: how it rings."""

    name: str
    person: Person | None
    kind: RingKind


@dataclass(frozen=True, slots=True)
class Number:
    """A number outside, as it is dialled on a line. person: whose it is; None for nobody's in particular."""

    number: str
    person: Person | None
    screened: bool

    @property
    def owner(self) -> str:
        """The id of the person whose it is; empty for nobody's."""
        return self.person.id if self.person is not None else ""

    @property
    def language(self) -> LanguageCode | None:
        """What whoever it is hears; None: the office's."""
        return self.person.language if self.person is not None else None


@dataclass(frozen=True, slots=True)
class Search:
    """Everything that is rung for one person or department."""

    whom: str
    """The name of who is looked for, for people."""
    stages: tuple[Stage, ...] = ()
    """What is rung, one after the other."""
    not_disturbed: bool = False
    """Nothing is rung, because the person does not want to be disturbed."""
    left_out: tuple[str, ...] = ()
    """The names of all who might be rung in it, and do not want to be disturbed."""
    label: str = ""
    """What telephones show in front of the caller, so that people know for which department they are rung."""
    longest_seconds: float | None = None
    """It is over then, however far it has come. None: when its last stage is."""

    @property
    def seconds(self) -> float:
        """How long it may last."""
        stages = sum(stage.seconds for stage in self.stages)
        return stages if self.longest_seconds is None else min(stages, self.longest_seconds)

    @property
    def numbers(self) -> list[Number]:
        """All numbers outside in it."""
        found: list[Number] = []
        for ring in (ring for stage in self.stages for ring in stage.rings):
            found += [ring] if isinstance(ring, Number) else ring.numbers if isinstance(ring, Search) else []
        return found

    @property
    def rings_nothing(self) -> bool:
        return not any(
            not ring.rings_nothing if isinstance(ring, Search) else True
            for stage in self.stages
            for ring in stage.rings
        )


Ring = Desk | StationRing | Number | ToElsewhere | Search
"""What rings; of another of our offices, what is rung there is known there."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What is rung at once. keeps: what rang before goes on ringing besides."""

    rings: tuple[Ring, ...]
    seconds: float
    keeps: bool = False
    after: After = After.ANYTHING
