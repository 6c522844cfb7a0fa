"""The departments of the office (ring groups): several telephones behind one extension, rung together or in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated

from appliance.office.destination import Destination
from appliance.office.draft import Draft, given_twice
from appliance.office.field import Id, Limits, Name, WrittenAs
from appliance.office.forwarding import Forwarding, ForwardNumber, ForwardWhen
from appliance.office.leading import DestinationForm, Known, known_id
from appliance.office.numbers import Extension
from appliance.office.people import by_id, named
from appliance.office.pin import Pin, weakness
from appliance.office.problem import Problem
from appliance.office.voicemail import OwnVoicemail
from hw.said import said

MOST_DEPARTMENTS = 100
MOST_MEMBERS = 50


class Strategy(Enum):
    """In what order the members of a department are rung."""

    ALL = "all"
    IN_TURN = "in-turn"
    ESCALATING = "escalating"
    ROUND_ROBIN = "round-robin"
    LONGEST_IDLE = "longest-idle"


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a department: a person, or a number."""

    person: Annotated[Id | None, "The id of the person who is rung."] = None
    number: Annotated[
        ForwardNumber | None, "The number that is rung, as it is dialed on a telephone of the office."
    ] = None
    desk_only: Annotated[
        bool, "Whether only the person's desk telephone rings, whatever the person's own forwarding says."
    ] = False
    hours: Annotated[Id | None, "The id of the hours in which this member is rung. Without it, at all hours."] = None


@dataclass(frozen=True, slots=True)
class Department:
    """Several people behind one extension."""

    id: Annotated[Id, "A short word for this department, used elsewhere in the document. No person has the same."]
    name: Annotated[Name, "The name, as callers hear it and as telephones show it in front of the caller."]
    extension: Annotated[Extension, "The number callers and colleagues dial for this department."]
    members: Annotated[tuple[Member, ...], Limits(1, MOST_MEMBERS), "Who is rung, in this order."]
    strategy: Annotated[
        Strategy,
        "Who rings: all at once; one after the other (in-turn); one after the other, while those before go on ringing "
        "(escalating); one after the other, beginning with the one behind whoever was rung first the last time "
        "(round-robin); or beginning with whoever has not talked for longest (longest-idle).",
    ] = Strategy.ALL
    step_seconds: Annotated[float, Limits(5, 60), "How long each step rings, in seconds."] = 15.0
    longest_seconds: Annotated[float, Limits(10, 300), "How long the department rings in all, in seconds."] = 60.0
    mailbox: Annotated[bool, "Whether it has a mailbox of its own, for callers whom nobody answers."] = False
    pin: Annotated[Pin, "The secret number for hearing its messages. Without it they cannot be heard by telephone."] = (
        field(default="", repr=False)
    )
    forwarding: Annotated[Forwarding, "Where its calls go besides, or instead of to its members."] = field(
        default_factory=Forwarding
    )
    otherwise: Annotated[
        Destination | None,
        WrittenAs(DestinationForm, DestinationForm.destination),
        "What callers get when nobody answers. Without it, its mailbox, or that of the office.",
    ] = None
    companies: Annotated[
        frozenset[Id],
        Limits(0, 50),
        "The ids of the companies it works for. Without it, callers of every company reach it.",
    ] = frozenset()
    voicemail: Annotated[OwnVoicemail, "What callers can do in its greeting, and what its mailbox holds."] = field(
        default_factory=OwnVoicemail
    )

    def works_for(self, company: str) -> bool:
        """Whether the callers of a company may reach it."""
        return not self.companies or company in self.companies

    def has(self, person: str) -> bool:
        """Whether the person with this id is a member, logged in or not."""
        return any(member.person == person for member in self.members)

    @property
    def language(self) -> None:
        """Its messages are heard in the office's language."""


def rules(office: Draft) -> Iterator[Problem]:
    """Ids are there once, also among people; members are people or numbers; what a department names is there."""
    departments = office.entries("departments")
    twice = given_twice(office.texts("people", "id") + office.texts("departments", "id"), "id")
    yield from (problem for problem in twice if problem.path.startswith("departments"))
    people, known = by_id(office), Known.of(office)
    companies = {company.text("id") for company in office.entries("companies")}
    for department in departments:
        for member in department.entries("members"):
            yield from _member_rules(member, people)
        forwarding = department.group("forwarding")
        if forwarding.text("when") not in ("", ForwardWhen.NEVER.value) and not forwarding.text("to"):
            yield Problem(
                forwarding.at("to"), said("is missing: a department has no cell phone that calls could go to")
            )
        yield from known.rules(department.group("otherwise"))
        reason = weakness(department.text("pin"), department.text("extension"))
        if reason:
            yield Problem(department.at("pin"), reason)
        for path, id in department.items("companies"):
            if isinstance(id, str):
                yield from known_id(path, id, companies, "company")


def _member_rules(member: Draft, people: Mapping[str, Draft]) -> Iterator[Problem]:
    person, number = member.text("person"), member.text("number")
    yield from named(member.at("person"), person, people)
    if bool(person) == bool(number):
        yield Problem(
            member.path, said("names one person or one number") if person else said("names neither person nor number")
        )
    if number and member.fields.get("desk_only") is True:
        yield Problem(member.at("desk_only"), said("a number has no desk telephone; leave this out"))


def warnings(departments: tuple[Department, ...]) -> Iterator[Problem]:
    """What is allowed in a department and probably not meant."""
    for place, department in enumerate(departments):
        path = f"departments[{place}]"
        if department.mailbox and not department.pin:
            reason = said(
                "without a PIN nobody can hear the messages of %(department)s by telephone", department=department.name
            )
            yield Problem(f"{path}.pin", reason, mend=said("Give it a PIN of 4 digits at least."))
        if department.pin and not department.mailbox:
            reason = said("%(department)s has no mailbox that this PIN could open", department=department.name)
            yield Problem(f"{path}.pin", reason, mend=said("Take the PIN out, or set mailbox to true."))
