"""Contacts: who calls."""

from __future__ import annotations

from typing import Any

from web.api.field import Field, record, several, text, whole
from web.api.operation import Asked, Operation
from web.unit import ask

_FIELDS: dict[str, Field] = {
    "number": text("The telephone number, or how several begin, with a * at the end.", longest=40),
    "name": text("What telephones and the log show."),
    "company": text("Whom the contact belongs to.", required=False, default=""),
    "notes": text("What the person who answers should know.", required=False, default="", longest=2000),
    "language": text("What the contact is spoken to in.", required=False, default="", longest=10),
    "rank": whole("From 0, as all others, to 9.", required=False, default=0, least=0, most=9),
}
_CHANGES = {
    name: Field(one.kind, one.says, required=False, longest=one.longest, least=one.least, most=one.most)
    for name, one in _FIELDS.items()
}
_CONTACT = record(**{name: Field(one.kind, one.says) for name, one in _FIELDS.items()})
_NUMBER = {"number": "The contact's number."}


def listed(asked: Asked) -> Any:
    return ask("contacts.list", find=asked.query["text"], after=asked.query["after"], limit=asked.query["limit"])


def add(asked: Asked) -> Any:
    return ask("contacts.add", contact=dict(asked.body))


def change(asked: Asked) -> Any:
    given = {name: value for name, value in asked.body.items() if value is not None}
    return ask("contacts.change", number=asked.path["number"], fields=given)


def remove(asked: Asked) -> Any:
    return ask("contacts.remove", number=asked.path["number"])


OPERATIONS = [
    Operation(
        *("GET", "/contacts", "contacts", "listContacts", "Contacts, by name.", listed),
        record(contacts=several(_CONTACT), total=whole()),
        query={
            "text": text("A part of a name, company or number.", required=False, default="", longest=100),
            "after": whole("Behind how many of them.", required=False, default=0, least=0, most=1e6),
            "limit": whole("How many.", required=False, default=50, least=1, most=100),
        },
    ),
    Operation(
        *("POST", "/contacts", "contacts", "addContact", "Adds a contact.", add, _CONTACT),
        body=_FIELDS,
    ),
    Operation(
        *("PATCH", "/contacts/{number}", "contacts", "changeContact", "Changes what is sent.", change, _CONTACT),
        body=_CHANGES,
        variables=_NUMBER,
    ),
    Operation(
        *("DELETE", "/contacts/{number}", "contacts", "removeContact", "Removes a contact.", remove, _CONTACT),
        variables=_NUMBER,
    ),
]
