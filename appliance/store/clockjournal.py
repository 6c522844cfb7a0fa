"""What is remembered of times in which the clock was not set: one small file, whole after a power cut at any moment."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from appliance.clock import UnsetSpan, is_within
from appliance.faultlog import kind_and_place
from appliance.store.atomic import AtomicFile
from appliance.store.envelope import moment_in, moment_or_none

log = logging.getLogger(__name__)

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00")

MOST_STRETCHES = 100
"""Of a unit that never learns the time there is one more with each start: the two oldest become one then."""


@dataclass(frozen=True, slots=True)
class UnsetStretch:
    """A time in which the clock was not set. Moments are on the clock as it was told then, in UTC."""

    begin: datetime
    """The first moment that was told, a full second."""
    end: datetime | None
    """Behind the last one, a full second; None: it goes on, or the power went."""
    boot: str
    """The id of the machine's start in which that was."""
    running: float
    """How long the machine had been running at the beginning (seconds)."""
    ahead: float
    """By so much the clock that was told was ahead of the machine's (seconds)."""

    def has(self, moment: datetime) -> bool:
        return is_within(moment, [self.span])

    @property
    def span(self) -> UnsetSpan:
        return self.begin, self.end


@dataclass(frozen=True, slots=True)
class Correction:
    """What is being put right: moments of this stretch become later by so many seconds."""

    stretch: UnsetStretch
    seconds: float
    files: Mapping[str, str]
    """By the name within the data folder, the checksum of each JSON file that is still to be corrected. One that has
    another by now was, before a power cut."""

    @property
    def id(self) -> str:
        """Databases note it, so that none is corrected twice."""
        return f"{self.stretch.boot} {self.stretch.begin.isoformat()}"


@dataclass(frozen=True, slots=True)
class ClockHistory:
    """All that is remembered."""

    stretches: tuple[UnsetStretch, ...] = ()
    """Those that were not put right, the oldest first; the last one may go on."""
    correction: Correction | None = None
    """What is being put right now."""
    deletes_from: datetime | None = None
    """Nothing is deleted for its age before this; None: that is not held up."""
    set_in: str = ""
    """The id of the machine's start in which the clock was set, which nothing else may tell; empty: in none."""


@dataclass(slots=True)
class ClockJournal:
    """Keeps the facts in a file. Methods block."""

    file: AtomicFile
    facts: ClockHistory = field(default_factory=ClockHistory)
    """As they were read or written last."""

    def read(self) -> ClockHistory:
        """Where the file is damaged, all that is remembered is gone: times that were uncertain count as right."""
        try:
            self.facts = _facts(json.loads(self.file.read() or b"{}"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.error("when the clock was not set is not known any more: %s", kind_and_place(error))
            self.facts = ClockHistory()
        return self.facts

    def write(self, facts: ClockHistory) -> None:
        """Raises StoreFull, OSError."""
        self.facts = facts
        self.file.write(json.dumps(_as_json(facts), indent=1).encode("ascii"))


Shift = Callable[[str], str]


def shift_of(correction: Correction) -> Shift:
    """What becomes of a text: a later moment, where it is one of the stretch."""
    by = timedelta(seconds=correction.seconds)

    def shift(text: str) -> str:
        moment = moment_of_text(text)
        if moment is None or not correction.stretch.has(moment):
            return text
        return (moment + by).isoformat(timespec="microseconds" if "." in text else "auto")

    return shift


def moment_of_text(text: str) -> datetime | None:
    """None where it is not a whole moment in UTC, and nothing else."""
    with suppress(ValueError):
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    return None


def shortened(stretches: tuple[UnsetStretch, ...]) -> tuple[UnsetStretch, ...]:
    """Not too many of them."""
    while len(stretches) > MOST_STRETCHES:
        first, second, *rest = stretches
        stretches = (UnsetStretch(first.begin, second.end, second.boot, second.running, second.ahead), *rest)
    return stretches


def full_second(moment: datetime) -> datetime:
    """This one or the next."""
    down = moment.replace(microsecond=0)
    return down if down == moment else down + timedelta(seconds=1)


def _as_json(facts: ClockHistory) -> dict[str, Any]:
    written: dict[str, Any] = {"stretches": [_written(stretch) for stretch in facts.stretches]}
    if (correction := facts.correction) is not None:
        files = dict(correction.files)
        written["correction"] = {"stretch": _written(correction.stretch), "seconds": correction.seconds, "files": files}
    if facts.deletes_from is not None:
        written["deletes_from"] = facts.deletes_from.isoformat()
    if facts.set_in:
        written["set_in"] = facts.set_in
    return written


def _written(stretch: UnsetStretch) -> dict[str, Any]:
    end = stretch.end.isoformat() if stretch.end is not None else None
    times = {"begin": stretch.begin.isoformat(), "end": end}
    return times | {"boot": stretch.boot, "running": stretch.running, "ahead": stretch.ahead}


def _facts(read: dict[str, Any]) -> ClockHistory:
    correction = read.get("correction")
    return ClockHistory(
        tuple(map(_stretch, read.get("stretches", ()))),
        Correction(_stretch(correction["stretch"]), float(correction["seconds"]), dict(correction["files"]))
        if correction
        else None,
        moment_or_none(read.get("deletes_from")),
        str(read.get("set_in", "")),
    )


def _stretch(read: dict[str, Any]) -> UnsetStretch:
    return UnsetStretch(
        moment_in(read["begin"]),
        moment_or_none(read["end"]),
        str(read["boot"]),
        float(read["running"]),
        float(read["ahead"]),
    )
