"""Who sends faxes, when, with which cover, and the ways in which the unit takes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from typing import Annotated

from appliance.office.daypart import ClockTime
from appliance.office.draft import Draft
from appliance.office.field import Id, Limits, Name, TextPattern
from appliance.office.numbers import OutsideNumber, emergency_numbers
from appliance.office.people import MOST_PEOPLE
from appliance.office.problem import Problem
from hw.said import said

MOST_LISTS = 50
MOST_NUMBERS = 200
MOST_COVER_LINES = 30

CoverLine = Annotated[str, Limits(0, 100)]


@dataclass(frozen=True, slots=True)
class FaxList:
    """Several numbers to which the same fax is sent."""

    name: Annotated[Name, "What it is called."]
    numbers: Annotated[tuple[OutsideNumber, ...], Limits(1, MOST_NUMBERS), "The numbers, as they are dialed on a line."]


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When no fax is begun. One that is being sent then comes to its end."""

    begins: Annotated[ClockTime, "The time of the day from which on no fax is begun."] = time(0, 0)
    ends: Annotated[ClockTime, "The time of the day until which that is so. The same as begins: there are none."] = (
        time(0, 0)
    )

    def at(self, clock: time) -> bool:
        """Whether it is quiet at this time of the day."""
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


@dataclass(frozen=True, slots=True)
class FaxFolder:
    """A folder from which files are faxed that are put there."""

    path: Annotated[
        str,
        TextPattern(r"^(/[^\x00]{1,200})?$", "a folder, from / on, or empty"),
        "The folder, from / on. Without it, none is watched.",
    ] = ""
    person: Annotated[Id | None, "The id of whoever sends what is put there. Without it, the office."] = None


@dataclass(frozen=True, slots=True)
class FaxByMail:
    """Mail that the unit takes in the office's network to fax what is attached, such as to 5550123@fax."""

    port: Annotated[int, Limits(0, 65535), "The port at which mail is taken, such as 2525. 0: none is taken."] = 0
    domain: Annotated[
        str,
        TextPattern("^[A-Za-z0-9]([A-Za-z0-9.-]{0,98}[A-Za-z0-9])?$", "a name such as fax, or fax.example.org"),
        "What stands behind the @ of such an address.",
    ] = "fax"


@dataclass(frozen=True, slots=True)
class FaxSending:
    """How faxes are sent."""

    people: Annotated[
        tuple[Id, ...], Limits(0, MOST_PEOPLE), "The ids of those who may send faxes. Without any, everybody may."
    ] = ()
    cover: Annotated[bool, "Whether a cover page goes in front of each fax, unless its sender says otherwise."] = False
    cover_lines: Annotated[
        tuple[CoverLine, ...],
        Limits(0, MOST_COVER_LINES),
        "The lines of the cover page, with {to}, {from}, {number}, {pages}, {date}, {note} and {office} where these are"
        " to stand. Without any, a plain one in the office's language.",
    ] = ()
    quiet: Annotated[QuietHours, "When no fax is begun."] = field(default_factory=QuietHours)
    lines_kept: Annotated[
        int,
        Limits(0, 8),
        "How many lines are kept free of faxes for calls. An office with no more lines than that still sends faxes, one"
        " at a time.",
    ] = 1
    lists: Annotated[dict[Id, FaxList], Limits(0, MOST_LISTS), "Lists of numbers, by short words."] = field(
        default_factory=dict
    )
    folder: Annotated[FaxFolder, "A folder from which files are faxed that are put there."] = field(
        default_factory=FaxFolder
    )
    mail: Annotated[FaxByMail, "Faxing by mail in the office's network."] = field(default_factory=FaxByMail)
    kept_days: Annotated[int, Limits(1, 3650), "For how many days a fax that was sent, and its proof, are kept."] = 90

    def may_send(self, person: str) -> bool:
        """Whether the person with this id may send faxes; the office itself (an empty id) may."""
        return not person or not self.people or person in self.people


def rules(office: Draft) -> Iterator[Problem]:
    """Whoever is named is of the office, and no list has an emergency number."""
    sending = office.group("fax").group("sending")
    known = {id for _, id in office.texts("people", "id")}
    folder = sending.group("folder")
    named = [(folder.at("person"), folder.text("person"))]
    named += sending.items("people")
    for path, id in named:
        if isinstance(id, str) and id and id not in known:
            yield Problem(path, said("there is no person with the id %(id)s", id=id))
    lists = sending.group("lists")
    help_numbers = emergency_numbers(office.text("country"))
    for group in lists.groups():
        for path, number in group.items("numbers"):
            if number in help_numbers:
                yield Problem(path, said("%(number)s is an emergency number", number=str(number)))
