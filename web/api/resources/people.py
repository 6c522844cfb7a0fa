"""How people are reached."""

from __future__ import annotations

from typing import Any

from appliance.control.errors import ControlError
from web.api.field import flag, record, several, text
from web.api.operation import Asked, Operation
from web.api.resources.unit import UNTIL
from web.unit import ask

_PERSON = record(
    person=text("The id."),
    extension=text(),
    name=text(),
    here=flag("At the office: everybody who has not said to be away."),
    do_not_disturb=flag(),
    until=text("When that ends by itself.", null=True),
    forwarding=text("Which calls are forwarded."),
    to=text("Where to; empty: nowhere."),
    logged_out=several(text(), "The ids of the departments whose calls do not ring."),
)
_WHEN = ("never", "always", "busy", "no-answer", "unreached")
_WHO = {"person": "The id of the person."}


def people(asked: Asked) -> dict[str, Any]:
    found = ask("people.list")
    return {"people": [one for one in found if asked.token.person in ("", one["person"])]}


def one(asked: Asked) -> Any:
    return _named(asked.may_change(asked.path["person"]))


def do_not_disturb(asked: Asked) -> Any:
    person = _named(asked.may_change(asked.path["person"]))["person"]
    return ask("people.do-not-disturb", by=asked.token.name, person=person, **asked.body)


def forward(asked: Asked) -> Any:
    person = _named(asked.may_change(asked.path["person"]))["person"]
    return ask("people.forward", by=asked.token.name, person=person, **asked.body)


def presence(asked: Asked) -> Any:
    person = _named(asked.may_change(asked.path["person"]))["person"]
    return ask("people.presence", by=asked.token.name, person=person, **asked.body)


def _named(id: str) -> dict[str, Any]:
    """By the very id, as the daemon also knows people by their extensions."""
    found: dict[str, Any] | None = next((one for one in ask("people.list") if one["person"] == id), None)
    if found is None:
        raise ControlError("not-found", "there is no person with this id")
    return found


OPERATIONS = [
    Operation(
        *("GET", "/people", "people", "listPeople", "Everybody, and how they are reached now.", people),
        record(people=several(_PERSON)),
    ),
    Operation(
        *("GET", "/people/{person}", "people", "getPerson", "How one person is reached now.", one, _PERSON),
        variables=_WHO,
    ),
    Operation(
        *("PUT", "/people/{person}/do-not-disturb", "people", "setDoNotDisturb"),
        *("Whether the person's telephone rings.", do_not_disturb, _PERSON),
        body={"on": flag("From now on it does not ring."), "until": UNTIL},
        variables=_WHO,
    ),
    Operation(
        *("PUT", "/people/{person}/forwarding", "people", "setForwarding"),
        *("Where the person's calls go.", forward, _PERSON),
        body={
            "when": text("Which calls.", choices=_WHEN),
            "to": text("The number; empty with never.", required=False, default="", longest=40),
        },
        variables=_WHO,
    ),
    Operation(
        *("PUT", "/people/{person}/presence", "people", "setPresence"),
        *("Whether the person is at the office.", presence, _PERSON),
        body={"here": flag("At the office from now on.")},
        variables=_WHO,
    ),
]
