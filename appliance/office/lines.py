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
from appliance.office.numbers import AsDialled
from appliance.office.problem import Problem
from hw.said import said

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
ENDING_TONE = (
    r"^$|^[0-9]{2,4}(\.[0-9]+)?(\+[0-9]{2,4}(\.[0-9]+)?){0,3}: [0-9.]{1,6}(/[0-9.]{1,6}){0,7}"
    r"(, [0-9]{2,4}(\.[0-9]+)?(\+[0-9]{2,4}(\.[0-9]+)?){0,3}: [0-9.]{1,6}(/[0-9.]{1,6}){0,7}){0,3}$"
)
"""A tone with a cadence, as the tone plan writes it (`hw.tones.toneplan`)."""
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
    ending_tone: Annotated[
        str,
        TextPattern(ENDING_TONE, "a tone such as 425: 0.3/0.7, frequencies in Hz and seconds on and off, or empty"),
        "A tone of this line's exchange that tells that the other side has hung up, where it is none of the country's. "
        "The line test finds it out.",
    ] = ""
    ending_tone_dbm0: Annotated[
        float,
        Limits(-45, 0),
        "How loud the tone that tells a hang-up comes in on this line, in dBm0; 0: not known. The line test finds it "
        "out. A conversation then ends after four cycles of that tone, and after ten where it is not known.",
    ] = 0.0
    hold_seconds: Annotated[
        int | None,
        Limits(0, 60),
        "How long the exchange keeps a call when this line, which was called, hangs up. No call goes out on it before. "
        "The line test finds it out; without it, a line that gives no dial tone behind a call shows it.",
    ] = None
    gain_db: Annotated[
        float,
        Limits(-12, 12),
        "How many decibels louder, or with a minus weaker, sound is made on this line in both directions. The line "
        "test finds out what makes up for the wires.",
    ] = 0.0
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
class Door:
    """What a door telephone does. It is rung through as soon as it is lifted, or its button is pressed."""

    rings: Annotated[AsDialled, "Who is rung: an extension of a person or a department, or 0."]
    opener: Annotated[
        str, TextPattern("^[0-9*#]{0,16}$", "digits, * and #, at most 16"), "The digits by which it opens the door."
    ] = ""
    opens_with: Annotated[
        str,
        TextPattern("^[0-9*#]{1,4}$", "1 to 4 digits, * or #"),
        "What whoever talks to the door presses to have it opened.",
    ] = "*5"


@dataclass(frozen=True, slots=True)
class Station:
    """One telephone of the office."""

    name: Annotated[Name, "What the telephone is called. People name it as their station."]
    port: Annotated[Port, "The socket of the unit it is plugged into, such as fxs-1."]
    place: Annotated[
        str,
        Limits(0, 120),
        "Where it stands, as whoever is told of an emergency call hears it: floor, room. It may be empty.",
    ] = ""
    call_waiting: Annotated[
        bool, "Whether a second caller is announced to whoever talks on it, by a tone and with the caller's number."
    ] = True
    hotline: Annotated[
        AsDialled | None, "The number that is dialled by itself when the telephone is lifted. Without it, none is."
    ] = None
    hotline_after_seconds: Annotated[
        float,
        Limits(0, 15),
        "For how many seconds another number can be dialled first. A number for help can be until somebody answers.",
    ] = 0.0
    door: Annotated[Door | None, "What it does as a door telephone. Without it, it is none."] = None
    reminders: Annotated[
        frozenset[OneReminder],
        Limits(0, len(Reminder)),
        "How the telephone tells of new messages. Without it, by dial tone and by its lamp.",
    ] = frozenset(Reminder)
    service_class: Annotated[
        Id | None,
        "The class of service of whoever has none and calls on this telephone: what may be called outside. Without it, "
        "the office's.",
    ] = None

    @property
    def dials_by_itself(self) -> str:
        """The number that is dialled when it is lifted; empty where none is."""
        return self.door.rings if self.door is not None else self.hotline or ""


def rules(office: Draft) -> Iterator[Problem]:
    """No socket, name or number is that of two."""
    yield from given_twice(office.texts("trunks", "port") + office.texts("stations", "port"), "port")
    yield from given_twice(office.texts("trunks", "name"), "name")
    yield from given_twice(office.texts("trunks", "number"), "number")
    yield from given_twice(office.texts("stations", "name"), "name")
    for station in office.entries("stations"):
        if station.text("hotline") and station.fields.get("door"):
            yield Problem(station.at("hotline"), said("a door telephone rings whom its door names: leave this out"))


def warnings(trunks: Sequence[Trunk]) -> Iterator[Problem]:
    if not trunks:
        reason = said("there is no line to the exchange: nobody can call this office")
        yield Problem("trunks", reason, mend=said("Name each line with the socket it is plugged into."))
    elif not any(trunk.number for trunk in trunks):
        reason = said("no line has its number: the call log cannot say which number was called")
        yield Problem("trunks", reason, mend=said("Give each line the number that the public dials for it."))
