"""Who is there, and wants to be disturbed: the methods `people.…`. Who is not reached as usual is part of `status`."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, TypedDict

from appliance.api.night import moment_of
from appliance.calls.switches import StoreFull
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.availability import (
    ON,
    OUT,
    Availability,
    do_not_disturb_switch,
    forwarding_switch,
    membership_switch,
    no_forwarding,
    presence_switch,
    written,
)
from appliance.office.departments import Department
from appliance.office.dialling import Refusal, forward_target
from appliance.office.forwarding import ForwardWhen, Presence
from appliance.office.model import Office, Person
from appliance.unit import Unit
from hw.nearest import nearest
from hw.said import said, told_by


class PersonStatus(TypedDict):
    """How one person is reached now."""

    person: str
    """The id."""
    extension: str
    """The number that is dialled for the person."""
    name: str
    """The name, as callers hear it."""
    here: bool
    """Whether the person is at the office: everybody who has not said to be away."""
    do_not_disturb: bool
    """Whether the telephone does not ring, since the person does not want to be disturbed."""
    until: str | None
    """When that ends by itself, in ISO 8601 on the office's clock."""
    forwarding: str
    """Which calls are forwarded, by a word of the office document: never, always and so on."""
    to: str
    """Where to, as a telephone of the office dials it; empty where none are forwarded."""
    logged_out: list[str]
    """The ids of the person's departments whose calls do not ring the telephone."""


def offer_people(control: Offers, unit: Unit) -> None:
    """Put the methods on the socket."""

    async def listed(_params: dict[str, Any]) -> list[PersonStatus]:
        return people_status(unit)

    async def do_not_disturb(params: dict[str, Any]) -> PersonStatus:
        person, on = _person(unit.office, params["person"]), params["on"]
        if params["until"] and not on:
            raise ControlError("not-understood", said("off has no end: leave the time out"))
        until = moment_of(params["until"], unit.office, unit.now()) if params["until"] else None
        await _kept(unit.switches.flip(do_not_disturb_switch(person.id), ON if on else "", until))
        return person_status(unit, person)

    async def forward(params: dict[str, Any]) -> PersonStatus:
        person, when = _person(unit.office, params["person"]), _when(params["when"])
        at = no_forwarding(person)
        if when is not ForwardWhen.NEVER:
            _check_number(unit.office, person, params["to"])
            at = written(when, params["to"])
        elif params["to"]:
            raise ControlError("not-understood", said("never forwards nothing: leave the number out"))
        await _kept(unit.switches.flip(forwarding_switch(person.id), at))
        return person_status(unit, person)

    async def presence(params: dict[str, Any]) -> PersonStatus:
        person = _person(unit.office, params["person"])
        at = "" if params["here"] else Presence.AWAY.value
        await _kept(unit.switches.flip(presence_switch(person.id), at))
        return person_status(unit, person)

    async def member(params: dict[str, Any]) -> PersonStatus:
        person = _person(unit.office, params["person"])
        department = _department(unit.office, params["department"])
        if not department.has(person.id):
            raise ControlError(
                "not-a-member",
                said("%(person)s is not a member of %(department)s", person=person.name, department=department.name),
            )
        at = "" if params["logged_in"] else OUT
        await _kept(unit.switches.flip(membership_switch(department.id, person.id), at))
        return person_status(unit, person)

    whose = {"person": Param(str)}
    control.method("people.list", listed)
    control.method("people.do-not-disturb", do_not_disturb, {**whose, "on": Param(bool), "until": Param(str, "")})
    control.method("people.forward", forward, {**whose, "when": Param(str), "to": Param(str, "")})
    control.method("people.presence", presence, {**whose, "here": Param(bool)})
    control.method("people.member", member, {**whose, "department": Param(str), "logged_in": Param(bool)})


def people_status(unit: Unit) -> list[PersonStatus]:
    """Everybody of the office."""
    return [person_status(unit, person) for person in unit.office.people]


def not_as_usual(unit: Unit) -> list[PersonStatus]:
    """Those who do not want to be disturbed, whose calls are forwarded, or who are away.

    It is asked at every change of the unit, so only those are looked at of whom a switch or the document says so.
    """
    beginnings = (do_not_disturb_switch(""), presence_switch(""), forwarding_switch(""))
    flipped = {name.rpartition("/")[2] for one in beginnings for name in unit.switches.standing(one)}
    now, never = _now(unit), ForwardWhen.NEVER
    asked = [one for one in unit.office.people if one.id in flipped or one.forwarding.when is not never]
    return [person_status(unit, person) for person in asked if not _as_usual(now, person)]


def _now(unit: Unit) -> Availability:
    at = unit.office.local(unit.now())
    return Availability(unit.office, at, unit.switches.at, unit.calendars.closures)


def _as_usual(now: Availability, person: Person) -> bool:
    forwarded = now.forwarding(person).when is not ForwardWhen.NEVER
    return now.here(person) and not now.not_disturbed(person) and not forwarded


def person_status(unit: Unit, person: Person) -> PersonStatus:
    """One of them."""
    now = _now(unit)
    until = unit.switches.until(do_not_disturb_switch(person.id))
    forwarding = now.forwarding(person)
    to = forwarding.to or unit.office.cell_of(person)
    departments = unit.office.departments_of(person.id)
    return PersonStatus(
        person=person.id,
        extension=person.extension,
        name=person.name,
        here=now.here(person),
        do_not_disturb=now.not_disturbed(person),
        until=unit.office.local(until).isoformat() if until is not None else None,
        forwarding=forwarding.when.value,
        to=to if forwarding.when is not ForwardWhen.NEVER else "",
        logged_out=[one.id for one in departments if not now.logged_in(one.id, person.id)],
    )


def _person(office: Office, word: str) -> Person:
    """The person with this id or extension."""
    found = office.person(word) or office.by_extension(word)
    if found is None:
        if any(word in (one.id, one.extension) for one in office.departments):
            raise ControlError(
                "no-such-person", f"{word!r} is a department: where its calls go, the office document says"
            )
        near = nearest(word, [person.id for person in office.people])
        meant = f"; did you mean {near!r}?" if near else ""
        raise ControlError("no-such-person", f"there is nobody with the id or extension {word!r}{meant}")
    return found


def _department(office: Office, word: str) -> Department:
    """The department with this id or extension."""
    found = next((one for one in office.departments if word in (one.id, one.extension)), None)
    if found is None:
        near = nearest(word, [one.id for one in office.departments])
        meant = f"; did you mean {near!r}?" if near else ""
        raise ControlError("no-such-department", f"there is no department with the id or extension {word!r}{meant}")
    return found


def _when(word: str) -> ForwardWhen:
    words = [one.value for one in ForwardWhen]
    if word not in words:
        raise ControlError(
            "not-understood",
            said("calls are not forwarded '%(word)s': it is %(words)s", word=word, words=", ".join(words)),
        )
    return ForwardWhen(word)


def _check_number(office: Office, person: Person, to: str) -> None:
    number = to or office.cell_of(person)
    if not number:
        raise ControlError(
            "not-forwardable", said("%(person)s has no cell phone: say which number calls go to", person=person.name)
        )
    if isinstance(refusal := forward_target(office, number, person), Refusal):
        raise ControlError("not-forwardable", refusal.reason)


async def _kept(flipped: Awaitable[None]) -> None:
    try:
        await flipped
    except StoreFull as error:
        raise ControlError("disk-full", told_by(error)) from error
