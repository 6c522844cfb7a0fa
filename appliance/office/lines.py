"""The lines to the telephone exchange, the telephones of the office, and where they are plugged in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from appliance.office.draft import Draft, given_twice
from appliance.office.field import Id, Limits, Name, Port, SameAs, TextPattern
from appliance.office.forwarding import OneWay, Way
from appliance.office.languages import LanguageCode
from appliance.office.problem import Problem

MOST_TRUNKS = 32
MOST_STATIONS = 64


class Ending(Enum):
    """A way in which the exchange may tell that the far end has gone (disconnect supervision)."""

    LOOP_BREAK = "loop-break"
    POLARITY = "polarity"
    TONE = "tone"
    SILENCE = "silence"


OneEnding = Annotated[
    Ending, "One way: a short break of the current, a reversal of it, a busy or reorder tone, or nothing but silence."
]
PublicNumber = Annotated[str, TextPattern("^[0-9]{0,15}$", "digits only, at most 15, or empty")]


@dataclass(frozen=True, slots=True)
class Trunk:
    """One line to the telephone exchange."""

    name: Annotated[Name, SameAs("port"), "What the line is called in the call log. Without it, the port's name."]
    port: Annotated[Port, "The socket of the unit the line is plugged into, such as fxo-1."]
    number: Annotated[PublicNumber, "The number the public dials for this line, digits only. It may be left empty."] = (
        ""
    )
    endings: Annotated[
        frozenset[OneEnding],
        Limits(1, len(Ending)),
        "How this line tells that the other side has hung up. Without it, every way is listened for.",
    ] = frozenset(Ending)
    answer_after_rings: Annotated[
        int | None,
        Limits(0, 5),
        "After how many rings to answer. Without it, as soon as the caller's number has come.",
    ] = None
    """None: after caller ID or the gap behind ring 1, whichever is first. 0: at once. n: after n rings."""
    flash_ms: Annotated[
        int | None,
        Limits(50, 1000),
        "How long a hook flash lasts that is sent on this line, in milliseconds. Without it, the country's.",
    ] = None
    company: Annotated[
        Id | None, "The id of the company whose line it is. Without it, the one that has its number, or the office."
    ] = None
    menu: Annotated[Id | None, "The id of the menu its callers meet. Without it, the company's."] = None
    language: Annotated[LanguageCode | None, "The language of its callers. Without it, the company's."] = None
    hours: Annotated[Id | None, "The id of its opening hours. Without it, the company's."] = None
    ways: Annotated[
        frozenset[OneWay],
        Limits(0, len(Way)),
        "By which ways its callers are connected to people outside, of those the office uses. The exchange provides "
        "transfer and three-way calls only where they are ordered.",
    ] = frozenset({Way.TWO_LINES})
    outside: bool = True
    """Calls to the public network go out on it. A line to the SIP server that joins our own offices has False."""


class Reminder(Enum):
    """A way in which a telephone tells of new messages."""

    TONE = "tone"
    LAMP = "lamp"


OneReminder = Annotated[
    Reminder, "One way: dial tone that stutters, or the telephone's own lamp, by what its line tells it."
]


@dataclass(frozen=True, slots=True)
class Station:
    """One telephone of the office."""

    name: Annotated[Name, "What the telephone is called. People name it as their station."]
    port: Annotated[Port, "The socket of the unit it is plugged into, such as fxs-1."]
    reminders: Annotated[
        frozenset[OneReminder],
        Limits(0, len(Reminder)),
        "How the telephone tells of new messages. Without it, by dial tone and by its lamp.",
    ] = frozenset(Reminder)


def rules(office: Draft) -> Iterator[Problem]:
    """No socket, name or number is that of two."""
    yield from given_twice(office.texts("trunks", "port") + office.texts("stations", "port"), "port")
    yield from given_twice(office.texts("trunks", "name"), "name")
    yield from given_twice(office.texts("trunks", "number"), "number")
    yield from given_twice(office.texts("stations", "name"), "name")


def warnings(trunks: Sequence[Trunk]) -> Iterator[Problem]:
    if not trunks:
        reason = "there is no line to the exchange: nobody can call this office"
        yield Problem("trunks", reason, mend="Name each line with the socket it is plugged into.")
    elif not any(trunk.number for trunk in trunks):
        reason = "no line has its number: the call log cannot say which number was called"
        yield Problem("trunks", reason, mend="Give each line the number that the public dials for it.")
