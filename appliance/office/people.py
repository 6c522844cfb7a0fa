"""The people of the office: everybody who can be called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from appliance.office.draft import Draft, given_twice
from appliance.office.field import Id, Limits, Name
from appliance.office.forwarding import MOST_STEPS, FollowMeStep, Forwarding, ForwardWhen, StepRings
from appliance.office.languages import LanguageCode
from appliance.office.notifying import PersonNotices
from appliance.office.numbers import Extension, OutsideNumber
from appliance.office.pin import Pin, weakness
from appliance.office.problem import Problem
from appliance.office.spelling import Spelled, spelled
from appliance.office.voicemail import OwnVoicemail
from hw.nearest import nearest
from hw.said import said

MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be called."""

    id: Annotated[
        Id,
        "A short word for this person, used elsewhere in the document and in the names of folders. It never changes.",
    ]
    name: Annotated[Name, "The name as callers hear it."]
    extension: Annotated[Extension, "The number callers and colleagues dial for this person."]
    station: Annotated[
        Name | None,
        "The name of the telephone that rings for this person. Without it, calls go straight to the mailbox.",
    ] = None
    pin: Annotated[
        Pin, "The secret number for hearing this person's messages. Without it they cannot be heard by telephone."
    ] = field(default="", repr=False)
    ring_seconds: Annotated[
        float, Limits(5, 120), "How long the telephone rings before the mailbox answers, in seconds."
    ] = 20.0
    mailbox: Annotated[bool, "Whether callers can leave this person a message."] = True
    manager: Annotated[
        bool, "Whether this person may change by telephone what all callers meet, such as the night mode."
    ] = False
    language: Annotated[
        LanguageCode | None, "The language this person hears the messages in. Without it, the office's."
    ] = None
    companies: Annotated[
        frozenset[Id],
        Limits(0, 50),
        "The ids of the companies this person works for. Without it, callers of every company reach the person.",
    ] = frozenset()
    directory: Annotated[bool, "Whether callers find this person in the directory, by the letters of the name."] = True
    last_name: Annotated[
        Name | None,
        "The last name, by which callers find this person in the directory. Without it, the last word of the name.",
    ] = None

    cell: Annotated[
        OutsideNumber | None, "The number of this person's cell phone, as it is dialled on a line of the office."
    ] = None
    forwarding: Annotated[
        Forwarding, "Where calls for this person go besides. A code dialled on the telephone counts more."
    ] = field(default_factory=Forwarding)
    follow_me: Annotated[
        tuple[FollowMeStep, ...],
        Limits(0, MOST_STEPS),
        "What rings for this person, step by step. Without it, the telephone, and what forwarding says.",
    ] = ()
    screening: Annotated[
        bool,
        "Whether this person, when called outside, is told who calls and must press a key to be connected, so that no "
        "other voicemail takes the call.",
    ] = True
    ask_name: Annotated[
        bool, "Whether callers are asked for their name before this person is called outside. Contacts never are."
    ] = True
    assistant: Annotated[
        Id | None,
        "The id of the person whose extension callers are told for help, while this person does not want to be "
        "disturbed.",
    ] = None
    service_class: Annotated[
        Id | None, "The class of service: what this person may call outside. Without it, the telephone's."
    ] = None

    voicemail: Annotated[OwnVoicemail, "What callers can do in this person's greeting, and what the mailbox holds."] = (
        field(default_factory=OwnVoicemail)
    )
    notify: Annotated[PersonNotices, "What this person is told of besides the lamp, and how."] = field(
        default_factory=PersonNotices
    )

    spelled: Spelled = field(init=False, repr=False, compare=False)
    """The name as callers spell it on the keys: worked out here, so that no call has to wait for it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "spelled", spelled(self.name, self.last_name))

    def works_for(self, company: str) -> bool:
        """Whether the callers of a company may hear this person's name and ring the telephone."""
        return not self.companies or company in self.companies

    @property
    def rings(self) -> bool:
        """Whether something rings for this person: the telephone, or what is elsewhere."""
        elsewhere = self.follow_me or self.forwarding.when not in (ForwardWhen.NEVER, ForwardWhen.BUSY)
        return self.station is not None or bool(elsewhere)

    @property
    def is_gone(self) -> bool:
        """Whether nothing rings and nothing takes a message for this person, as when somebody has left."""
        return not self.rings and not self.mailbox


def by_id(office: Draft) -> dict[str, Draft]:
    return {id: person for person in office.entries("people") if (id := person.text("id"))}


def rules(office: Draft) -> Iterator[Problem]:
    """Ids are there once, stations and PINs are of use, the operator and the general mailbox are somebody's."""
    yield from given_twice(office.texts("people", "id"), "id")
    stations = {name for _, name in office.texts("stations", "name")}
    for path, station in office.texts("people", "station"):
        if station not in stations:
            yield Problem(
                path, said("there is no station called %(station)s", station=station), nearest(station, stations)
            )
    for person in office.entries("people"):
        reason = weakness(person.text("pin"), person.text("extension"))
        if reason:
            yield Problem(person.at("pin"), reason)
    people = by_id(office)
    for person in office.entries("people"):
        yield from named(person.at("assistant"), person.text("assistant"), people)
        yield from _forwarding_rules(person)
    yield from named("operator", office.text("operator"), people)
    yield from named("general_mailbox", office.text("general_mailbox"), people, mailbox=True)


def _forwarding_rules(person: Draft) -> Iterator[Problem]:
    """What is to be rung has a number."""
    cell, forwarding = person.text("cell"), person.group("forwarding")
    if forwarding.text("when") not in ("", ForwardWhen.NEVER.value) and not (forwarding.text("to") or cell):
        yield Problem(forwarding.at("to"), said("is missing: this person has no cell phone that calls could go to"))
    for step in person.entries("follow_me"):
        if step.text("ring") == StepRings.CELL.value and not cell:
            yield Problem(step.at("ring"), said("this person has no cell phone"))
        number = step.text("number")
        if step.text("ring") == StepRings.NUMBER.value and not number:
            yield Problem(step.at("number"), said("is missing: which number is to ring"))
        elif number and step.text("ring") != StepRings.NUMBER.value:
            yield Problem(
                step.at("number"), said("the word %(word)s concerns no number; leave this out", word=step.text("ring"))
            )


def named(path: str, id: str, people: Mapping[str, Draft], *, mailbox: bool = False) -> Iterator[Problem]:
    """Whoever is named by id at this path is among the people, and has a mailbox where one is needed."""
    if id and id not in people:
        names = {person.text("name"): id for id, person in people.items()}
        near = nearest(id, people) or names.get(nearest(id, names), "")
        yield Problem(path, said("there is nobody with the id %(id)s among the people", id=id), near)
    elif id and mailbox and people[id].fields.get("mailbox") is False:
        yield Problem(path, said("%(id)s has no mailbox", id=id))


def warnings(people: Sequence[Person], operator: str) -> Iterator[Problem]:
    for place, person in enumerate(people):
        path = f"people[{place}]"
        if person.is_gone:
            reason = said(
                "%(person)s has neither a station nor a mailbox: calls for them reach nobody", person=person.name
            )
            yield Problem(path, reason, mend=said("Give them a station or a mailbox, or take them out."))
        if person.mailbox and not person.pin:
            reason = said("without a PIN nobody can hear the messages of %(person)s by telephone", person=person.name)
            yield Problem(f"{path}.pin", reason, mend=said("Give them a PIN of 4 digits at least."))
        if person.pin and not person.mailbox:
            reason = said("%(person)s has no mailbox that this PIN could open", person=person.name)
            yield Problem(f"{path}.pin", reason, mend=said("Take the PIN out, or set mailbox to true."))
        if person.directory and not person.spelled.order[0]:
            reason = said("callers cannot spell the last name of %(person)s", person=person.name)
            yield Problem(f"{path}.last_name", reason, mend=said("Give it here in Latin or Cyrillic letters."))
    for person in people:
        if person.id == operator and not person.rings:
            reason = said("%(person)s has no station: callers who need help meet a mailbox", person=person.name)
            yield Problem("operator", reason, mend=said("Name somebody with a station."))
    first: dict[str, Person] = {}
    for place, person in enumerate(people):
        if person.station is not None and first.setdefault(person.station, person) is not person:
            reason = said(
                "%(station)s is also the station of %(first)s, whose mailbox it opens",
                station=person.station,
                first=first[person.station].name,
            )
            mend = said("Give each their own telephone, or one of them none.")
            yield Problem(f"people[{place}].station", reason, mend=mend)
