"""The numbers that can be dialled: no two of them are the same, and none is the beginning of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Annotated

from appliance.office.draft import Draft
from appliance.office.field import TextPattern
from appliance.office.problem import Problem
from hw.said import said
from hw.tones.toneplan import COUNTRIES, tone_plan

OPERATOR_KEY = "0"
LONGEST_EXTENSION = 6

Dialled = Annotated[str, TextPattern(f"^[0-9]{{1,{LONGEST_EXTENSION}}}$", f"1 to {LONGEST_EXTENSION} digits")]
OutsidePrefix = Annotated[
    str, TextPattern(f"^[0-9]{{0,{LONGEST_EXTENSION}}}$", f"1 to {LONGEST_EXTENSION} digits, or empty")
]
OutsideNumber = Annotated[str, TextPattern("^[0-9]{1,20}$", "digits only, 1 to 20")]
AsDialled = Annotated[
    str, TextPattern("^[0-9]{1,24}$", "1 to 24 digits, as they are dialed on a telephone of the office")
]
Extension = Annotated[str, TextPattern(f"^[0-9]{{2,{LONGEST_EXTENSION}}}$", f"2 to {LONGEST_EXTENSION} digits")]


def emergency_numbers(country: str) -> tuple[str, ...]:
    """Those of a country; none where there is no such country, which is told elsewhere."""
    return tone_plan(country).emergency if country in COUNTRIES else ()


def rules(office: Draft) -> Iterator[Problem]:
    """What is too long for a number is passed over: the schema has objected to it."""
    whose = {OPERATOR_KEY: said("%(number)s, which calls the operator", number=OPERATOR_KEY)}
    places: dict[str, str] = {}
    longer: defaultdict[str, list[str]] = defaultdict(list)
    """By its beginnings, every number that has been looked at."""
    prefix, access = office.text("outside_prefix"), office.text("mailbox_access")
    numbers = [
        ("outside_prefix", prefix, said("%(number)s, the number for an outside line", number=prefix)),
        ("mailbox_access", access, said("%(number)s, the number for hearing messages", number=access)),
    ]
    extensions = [*office.texts("people", "extension"), *office.texts("departments", "extension")]
    numbers += [
        (path, number, said("%(number)s at %(place)s", number=number, place=path)) for path, number in extensions
    ]
    for path, number, of in numbers:
        if not 0 < len(number) <= LONGEST_EXTENSION:
            continue
        if number in places:
            yield Problem(
                path,
                said("the extension %(number)s is already given at %(place)s", number=number, place=places[number]),
            )
            continue
        if number in whose:
            yield Problem(path, said("%(number)s is the same as %(whose)s", number=number, whose=whose[number]))
        beginnings = [number[:length] for length in range(1, len(number))]
        yield from (
            Problem(path, said("%(number)s begins with %(whose)s", number=number, whose=whose[one]))
            for one in beginnings
            if one in whose
        )
        yield from (
            Problem(path, said("%(number)s is the beginning of %(whose)s", number=number, whose=whose[one]))
            for one in longer[number]
        )
        if number not in whose:
            whose[number] = of
            for beginning in beginnings:
                longer[beginning].append(number)
            if path.startswith(("people", "departments")):
                places[number] = path


def warnings(country: str, outside_prefix: str, numbers: Sequence[tuple[str, str, str]]) -> Iterator[Problem]:
    """An emergency number is one whatever else it might mean. numbers: place, number, and what is lost by it."""
    known = emergency_numbers(country)
    for emergency in known:
        if outside_prefix and outside_prefix + emergency in known:
            mend = said("Choose a prefix with which no emergency number becomes another.")
            yield Problem(
                "outside_prefix",
                said(
                    "%(both)s is an emergency number itself, which is called then: %(emergency)s is to be dialed"
                    " without it",
                    both=outside_prefix + emergency,
                    emergency=emergency,
                ),
                mend=mend,
            )
    emergency_first = [(emergency, *number) for emergency in emergency_numbers(country) for number in numbers]
    for emergency, path, number, lost in emergency_first:
        mend = said("Give it another number.")
        if number == emergency:
            yield Problem(
                path,
                said(
                    "%(number)s is an emergency number, which is called then: %(lost)s by it", number=number, lost=lost
                ),
                mend=mend,
            )
        elif number.startswith(emergency):
            reason = said(
                "%(number)s begins with the emergency number %(emergency)s: dialed slowly, it calls that",
                number=number,
                emergency=emergency,
            )
            yield Problem(path, reason, mend=mend)
