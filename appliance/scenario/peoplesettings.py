"""What people of the office have said by the codes on their telephones before a scenario begins."""

from __future__ import annotations

from appliance.office.availability import (
    ON,
    OUT,
    do_not_disturb_switch,
    forwarding_switch,
    membership_switch,
    presence_switch,
    written,
)
from appliance.office.forwarding import ForwardWhen, Presence
from appliance.office.model import Office
from appliance.scenario.line import LineCursor

Flipped = tuple[str, str]
"""A switch, and where it stands."""


def do_not_disturb(line: LineCursor, office: Office) -> Flipped:
    return do_not_disturb_switch(_person(line, office)), ON


def away(line: LineCursor, office: Office) -> Flipped:
    return presence_switch(_person(line, office)), Presence.AWAY.value


def forwarding(line: LineCursor, office: Office) -> Flipped:
    """By the words of the document, and a number; without one, to the cell phone."""
    person = _person(line, office)
    when = ForwardWhen(line.choice(*(one.value for one in ForwardWhen)))
    number = "" if line.over else line.digits("a number, as it is dialed on a telephone of the office")
    return forwarding_switch(person), written(when, number)


def logged_out(line: LineCursor, office: Office) -> Flipped:
    person = _person(line, office)
    departments = [department.id for department in office.departments_of(person)]
    return membership_switch(line.name(departments, "a department of this person"), person), OUT


def _person(line: LineCursor, office: Office) -> str:
    return line.name([person.id for person in office.people], "a person of the office")
