"""What is wrong with the answers of a step, all of it at once, each with its field and a word for why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from appliance.office.formula import LONGEST_BLANK
from appliance.office.people import MOST_PEOPLE
from appliance.starting.answers import (
    FIRST,
    MOST_DEPARTMENTS,
    SECOND,
    TEMPLATES,
    Answers,
    known_zone,
    usable_extension,
)
from appliance.starting.countries import meets
from appliance.starting.devices import FoundPorts
from appliance.starting.numbers import is_number

LONGEST_NAME = 60
LONGEST_GREETING = 300
"""Characters: some 20 seconds, which is as long as callers listen."""
_CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class AnswerMistake:
    """field: of the page's form. reason: a word for why. what: whom or what it meets, if it does."""

    field: str
    reason: str
    what: str = ""


def mistakes(step: str, answers: Answers, found: FoundPorts) -> list[AnswerMistake]:
    """Everything wrong with this step. found: by the unit itself. KeyError for an unknown step."""
    return list(CHECKS[step](answers, answers.devices.beside(found)))


def _you(answers: Answers, _found: FoundPorts) -> Iterator[AnswerMistake]:
    yield from _name("name", answers.account)
    if not answers.hash:
        yield AnswerMistake("password", "missing")


def _place(answers: Answers, _found: FoundPorts) -> Iterator[AnswerMistake]:
    if not known_zone(answers.time_zone):
        yield AnswerMistake("time_zone", "unknown")


def _company(answers: Answers, _found: FoundPorts) -> Iterator[AnswerMistake]:
    yield from _name("name", answers.company)
    if len(answers.does) > LONGEST_BLANK:
        yield AnswerMistake("does", "too-long")


def _lines(answers: Answers, found: FoundPorts) -> Iterator[AnswerMistake]:
    yield from (AnswerMistake(*one) for one in answers.devices.mistakes())
    given: dict[str, str] = {}
    for place, port in enumerate(found.lines):
        number = answers.numbers.get(port, "")
        if number and not is_number(number, 15):
            yield AnswerMistake(f"number-{place}", "no-number")
        elif number and given.setdefault(number, port) != port:
            yield AnswerMistake(f"number-{place}", "taken")
    if found.lines and not any(answers.numbers.get(port) for port in found.lines):
        yield AnswerMistake("number-0", "missing")


def _people(answers: Answers, found: FoundPorts) -> Iterator[AnswerMistake]:
    if not answers.people:
        yield AnswerMistake("name-0", "missing")
    if len(answers.people) > MOST_PEOPLE:
        yield AnswerMistake("name-0", "too-many")
    extensions: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    telephones: dict[str, str] = {}
    for place, person in enumerate(answers.people):
        yield from _name(f"name-{place}", person.name)
        extension = person.extension
        if not usable_extension(extension):
            yield AnswerMistake(f"extension-{place}", "no-extension")
        elif extension in extensions:
            yield AnswerMistake(f"extension-{place}", "taken", extensions[extension])
        elif meets(answers.country, extension):
            yield AnswerMistake(f"extension-{place}", "reserved")
        else:
            shorter = (extension[:length] for length in range(2, len(extension)))
            met = beginnings.get(extension) or next((extensions[one] for one in shorter if one in extensions), "")
            if met:
                yield AnswerMistake(f"extension-{place}", "begins", met)
            extensions[extension] = person.name
            for length in range(2, len(extension)):
                beginnings.setdefault(extension[:length], person.name)
        if person.telephone and person.telephone not in found.telephones:
            yield AnswerMistake(f"telephone-{place}", "unknown")
        elif person.telephone and telephones.setdefault(person.telephone, person.name) is not person.name:
            yield AnswerMistake(f"telephone-{place}", "taken", telephones[person.telephone])
        if person.cell and not is_number(person.cell, 20):
            yield AnswerMistake(f"cell-{place}", "no-number")
    if answers.people and found.telephones and not any(map(answers.rings, range(len(answers.people)))):
        yield AnswerMistake("telephone-0", "nobody")


def _hours(answers: Answers, _found: FoundPorts) -> Iterator[AnswerMistake]:
    if answers.always:
        return
    if not answers.week:
        yield AnswerMistake("monday", "missing")
    for day, spans in answers.week.items():
        clocks = [(_CLOCK.fullmatch(opens), _CLOCK.fullmatch(closes) or closes == "24:00") for opens, closes in spans]
        if not spans or not all(opens and closes for opens, closes in clocks):
            yield AnswerMistake(day, "no-time")
        elif any(closes <= opens for opens, closes in spans):
            yield AnswerMistake(day, "ends-before")
        elif any(later[0] <= earlier[1] for earlier, later in pairwise(spans)):
            yield AnswerMistake(day, "overlap")


def _menu(answers: Answers, found: FoundPorts) -> Iterator[AnswerMistake]:
    if answers.template not in TEMPLATES:
        yield AnswerMistake("template", "missing")
    for field, greeting in (("greeting", answers.greeting), ("second_greeting", answers.second_greeting)):
        if len(greeting) > LONGEST_GREETING:
            yield AnswerMistake(field, "too-long")
    anybody = any(map(answers.rings, range(len(answers.people))))
    if anybody and not answers.rings(answers.operator):
        yield AnswerMistake("operator", "nobody")
    if answers.template == "department":
        if not answers.departments:
            yield AnswerMistake("department-0", "missing")
        for place, department in enumerate(answers.departments[:MOST_DEPARTMENTS]):
            yield from _name(f"department-{place}", department.name)
            if not any(map(answers.rings, department.members)):
                yield AnswerMistake(f"department-{place}", "nobody")
    if answers.template == "companies":
        yield from _name("second", answers.second)
        lines = {port for port in found.lines if answers.numbers.get(port)}
        if not (lines & answers.second_lines and lines - answers.second_lines):
            yield AnswerMistake("second_lines", "both-need-one")
        ringing = [[answers.rings(place) for place in answers.staff(company)] for company in (FIRST, SECOND)]
        if not all(ringing) or (anybody and not all(map(any, ringing))):
            yield AnswerMistake("works_for-0", "nobody")
        if len(answers.second_does) > LONGEST_BLANK:
            yield AnswerMistake("second_does", "too-long")


def _name(field: str, name: str) -> Iterator[AnswerMistake]:
    if not name:
        yield AnswerMistake(field, "missing")
    elif len(name) > LONGEST_NAME:
        yield AnswerMistake(field, "too-long")
    elif not any(char.isalnum() for char in name):
        yield AnswerMistake(field, "no-name")


CHECKS: Final[Mapping[str, Callable[[Answers, FoundPorts], Iterator[AnswerMistake]]]] = {
    "you": _you,
    "place": _place,
    "company": _company,
    "lines": _lines,
    "people": _people,
    "hours": _hours,
    "menu": _menu,
}
"""By the steps of `answers.STEPS`."""
