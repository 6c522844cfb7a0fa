"""A call log of many records, for measuring: written past the log itself, which synchronizes each."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from appliance.store.calllog import CallLog, as_text
from appliance.store.calllogschema import FIELDS

YEARS = timedelta(days=3 * 365)
"""So long before now the first call was."""

CAME_IN = {
    "connected": 50,
    "message-left": 15,
    "abandoned": 12,
    "operator": 10,
    "goodbye": 5,
    "no-answer": 7,
    "fault": 1,
}
WENT_OUT = {"dialled-out": 70, "no-answer": 20, "not-dialled": 10}


def write_calls(path: Path, many: int, people: int, now: datetime) -> None:
    """Begin the log, and enter so many calls. people: how many there are, with ids p0, p1 and so on."""
    CallLog.open(path).close()
    log = sqlite3.connect(path)
    for pragma in ("synchronous = OFF", "cache_size = -400000", "temp_store = MEMORY"):
        log.execute(f"PRAGMA {pragma}")
    marks = ", ".join("?" * len(FIELDS))
    log.executemany(f"INSERT INTO calls ({', '.join(FIELDS)}) VALUES ({marks})", _rows(many, people, now))
    log.commit()
    log.close()


def _rows(many: int, people: int, now: datetime) -> Iterator[tuple[str | None, ...]]:
    source = random.Random(12)
    for number in range(many):
        at = now - YEARS + YEARS * (number / many)
        direction = source.choices(("in", "out", "inside"), (70, 20, 10))[0]
        outcomes = CAME_IN if direction == "in" else WENT_OUT
        outcome = source.choices(list(outcomes), list(outcomes.values()))[0]
        caller, wait, talk = source.randrange(40_000), source.random() * 30, source.expovariate(1 / 150)
        answered = None if outcome in ("abandoned", "no-answer") else at + timedelta(seconds=wait)
        person = f"p{source.randrange(people)}" if outcome in ("connected", "message-left") else ""
        steps = [[0.4, "to the menu"], [8.2, f"to {person or 'sales'}"], [30.0, f"waited 22 s for {person}"]]
        came_in = direction == "in"
        called = f"408{source.randrange(30_000):07}" if direction == "out" else f"{100 + source.randrange(people)}"
        yield (
            *(f"c{number}", as_text(at), direction, f"line {source.randrange(8)}" if came_in else "front desk"),
            *(as_text(answered) if answered else None, as_text(at + timedelta(seconds=wait + talk))),
            *(f"407{caller:07}" if came_in else "", f"CALLER {caller}" if came_in and caller % 3 else ""),
            *("5550100" if came_in else called, person, outcome, "on-hook", "", json.dumps(steps)),
        )
