"""What a person may change of the own entry in the office document: `people.settings`, `people.change-settings`.

Only the fields of `OWN` can be changed so, whatever is asked for. The change goes the way of every office document:
it is checked whole, stored, and put in place. Where somebody else saves meanwhile, it is made again upon what they have
saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import time
from enum import Enum
from typing import Any, TypedDict

from appliance.api.office import OfficeMistake, mistake
from appliance.api.officechanging import OfficeChanging, revision
from appliance.api.people import PersonStatus, person_status
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.availability import OUT, membership_switch
from appliance.office.languages import LANGUAGES
from appliance.office.model import Person
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from appliance.unit import Unit
from hw.said import said, told_by

OWN: Mapping[str, Any] = {
    "pin": None,
    "language": None,
    "screening": None,
    "ask_name": None,
    "ring_seconds": None,
    "notify": {
        **dict.fromkeys(("mail", "messages", "lamp", "sound", "lost_callers")),
        "call": dict.fromkeys(("of", "after_minutes", "every_minutes", "most_calls", "begins", "ends")),
    },
}
"""The fields that are a person's own. What costs the office money, such as the number that is called, is not."""

TRIES = 3


class OwnDepartment(TypedDict):
    """A department, and whether the person is logged in there, so that its calls ring the telephone."""

    id: str
    name: str
    logged_in: bool


class OwnSettings(TypedDict):
    """What somebody's own fields say now."""

    status: PersonStatus
    """How the person is reached now."""
    telephone: str
    """The name of the person's telephone; empty: none."""
    cell: str
    """The number of the cell phone; empty: none."""
    has_pin: bool
    """Whether there is a PIN. It is never told."""
    mail_is_sent: bool
    """Whether the office has a server that takes its mail."""
    departments: list[OwnDepartment]
    """Those in which the person is a member."""
    fields: dict[str, Any]
    """Those of `OWN` but the PIN, as the office document writes them."""


class SettingsChanged(TypedDict):
    """mistakes: why nothing was changed, each with its field in the person's entry as path; none where it was."""

    mistakes: list[OfficeMistake]


def offer_own_settings(control: Offers, unit: Unit, changing: OfficeChanging) -> None:
    """Put the methods on the socket."""

    async def settings(params: dict[str, Any]) -> OwnSettings:
        person = _person(unit, params["person"])
        return OwnSettings(
            status=person_status(unit, person),
            telephone=person.station or "",
            cell=person.cell or "",
            has_pin=bool(person.pin),
            mail_is_sent=bool(unit.office.notifying.mail.host),
            departments=_departments(unit, person),
            fields={name: _written(person, name, within) for name, within in OWN.items() if name != "pin"},
        )

    async def languages(_params: dict[str, Any]) -> dict[str, str]:
        """Those in which a mailbox can be heard, by their codes."""
        return dict(LANGUAGES)

    async def change(params: dict[str, Any]) -> SettingsChanged:
        person, fields = _person(unit, params["person"]), params["fields"]
        _refuse_others(fields, OWN)
        for _ in range(TRIES):
            before = await changing.document()
            document, place = _changed(before, person.id, fields)
            try:
                await changing.load(document, expected=revision(before), by=person.name)
                return SettingsChanged(mistakes=[])
            except ControlError as error:
                if error.code == "office-refused":
                    return SettingsChanged(mistakes=await _own_mistakes(document, f"people[{place}]."))
                if error.code != "office-changed":
                    raise
        raise ControlError("office-changed", said("others go on changing the office: please try again"))

    whose = {"person": Param(str)}
    control.method("people.languages", languages)
    control.method("people.settings", settings, whose)
    control.method("people.change-settings", change, whose | {"fields": Param(dict)})


def _person(unit: Unit, id: str) -> Person:
    person = unit.office.person(id)
    if person is None:
        raise ControlError("no-such-person", f"there is nobody with the id {id!r}")
    return person


def _departments(unit: Unit, person: Person) -> list[OwnDepartment]:
    def logged_in(department: str) -> bool:
        return unit.switches.at(membership_switch(department, person.id)) != OUT

    departments = unit.office.departments_of(person.id)
    return [OwnDepartment(id=one.id, name=one.name, logged_in=logged_in(one.id)) for one in departments]


def _written(of: object, name: str, within: Mapping[str, Any] | None) -> Any:
    """A field as the office document writes it; of a group, those fields of it that are one's own."""
    value = getattr(of, name)
    if within is not None:
        return {one: _written(value, one, deeper) for one, deeper in within.items()}
    if isinstance(value, Enum):
        return value.value
    return f"{value:%H:%M}" if isinstance(value, time) else value


def _refuse_others(fields: object, own: Mapping[str, Any]) -> None:
    if not isinstance(fields, dict):
        raise ControlError("not-understood", said("the fields are an object"))
    for name, value in fields.items():
        if name not in own:
            raise ControlError("not-ones-own", said("'%(name)s' is for an administrator to change", name=name))
        if own[name] is not None:
            _refuse_others(value, own[name])


def _changed(document: object, person: str, fields: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """The document with these fields in the person's entry, and the place of that among the people."""
    changed = deepcopy(document)
    entries = changed.get("people") if isinstance(changed, dict) else None
    for place, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and entry.get("id") == person:
            _merge(entry, fields)
            assert isinstance(changed, dict)
            return changed, place
    raise ControlError("no-such-person", f"there is nobody with the id {person!r} in the office document")


def _merge(entry: dict[str, Any], fields: Mapping[str, Any]) -> None:
    """None takes a field out, so that it says what it says where nobody has said anything."""
    for name, value in fields.items():
        if isinstance(value, dict):
            inner = entry.get(name)
            entry[name] = inner if isinstance(inner, dict) else {}
            _merge(entry[name], value)
        elif value is None:
            entry.pop(name, None)
        else:
            entry[name] = value


async def _own_mistakes(document: dict[str, Any], beginning: str) -> list[OfficeMistake]:
    """Those in the person's entry; where all are elsewhere, the document was wrong before, and that is refused."""
    try:
        await off_loop(office_of, document)
    except OfficeErrors as errors:
        own = [problem for problem in errors.problems if problem.path.startswith(beginning)]
        if not own:
            raise ControlError("office-refused", told_by(errors)) from errors
        return [mistake(replace(one, path=one.path.removeprefix(beginning))) for one in own]
    return []
