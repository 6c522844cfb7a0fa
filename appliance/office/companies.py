"""The companies of an office that share its lines: each has its own numbers, menu, name, language and hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from appliance.office.destination import MAIN_MENU
from appliance.office.draft import Draft, given_twice
from appliance.office.field import Id, Limits, Name
from appliance.office.languages import LanguageCode
from appliance.office.leading import known_id
from appliance.office.lines import PublicNumber
from appliance.office.menus import drafts
from appliance.office.people import by_id, named
from appliance.office.problem import Problem

MOST_COMPANIES = 50


@dataclass(frozen=True, slots=True)
class Company:
    """Somebody whose callers this office answers. Callers of one company never hear the name of another."""

    id: Annotated[Id, "A short word for this company, used elsewhere in the document."]
    name: Annotated[Name, "The name as callers hear it."]
    numbers: Annotated[
        frozenset[PublicNumber],
        Limits(0, MOST_COMPANIES),
        "The numbers that the public dials for this company.",
    ] = frozenset()
    label: Annotated[
        str,
        Limits(0, 20),
        "What the telephone shows in front of the caller, so that whoever is rung knows for which company. "
        "It may be left empty.",
    ] = ""
    menu: Annotated[Id, "The id of the menu its callers meet."] = MAIN_MENU
    language: Annotated[LanguageCode | None, "The language of its callers. Without it, the office's."] = None
    hours: Annotated[Id | None, "The id of its opening hours. Without it, the office's."] = None
    operator: Annotated[Id, "The id of the person who answers its callers. Without it, the office's."] = ""
    general_mailbox: Annotated[
        Id, "The id of the entry in people whose mailbox takes its messages. Without it, the office's."
    ] = ""


def rules(office: Draft) -> Iterator[Problem]:
    """Ids and numbers are there once; what a company names is there."""
    companies = office.entries("companies")
    yield from given_twice(office.texts("companies", "id"), "id")
    numbers = [
        (path, number) for company in companies for path, number in company.items("numbers") if isinstance(number, str)
    ]
    yield from given_twice(numbers, "number")
    ids = {company.text("id") for company in companies}
    menus = [id for id, _ in drafts(office)]
    people = by_id(office)
    for company in companies:
        yield from known_id(company.at("menu"), company.text("menu"), menus, "menu")
        yield from named(company.at("operator"), company.text("operator"), people)
        yield from named(company.at("general_mailbox"), company.text("general_mailbox"), people, mailbox=True)
    for trunk in office.entries("trunks"):
        yield from known_id(trunk.at("company"), trunk.text("company"), ids, "company")
        yield from known_id(trunk.at("menu"), trunk.text("menu"), menus, "menu")
    for person in office.entries("people"):
        for path, id in person.items("companies"):
            if isinstance(id, str):
                yield from known_id(path, id, ids, "company")
