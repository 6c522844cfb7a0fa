"""The numbers that can be dialled: no two of them are the same, and none is the beginning of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Annotated

from appliance.office.draft import Draft
from appliance.office.field import TextPattern
from appliance.office.problem import Problem
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
    whose = {OPERATOR_KEY: f"{OPERATOR_KEY}, which calls the operator"}
    places: dict[str, str] = {}
    longer: defaultdict[str, list[str]] = defaultdict(list)
    """By its beginnings, every number that has been looked at."""
    numbers = [
        ("outside_prefix", office.text("outside_prefix"), "{}, the number for an outside line"),
        ("mailbox_access", office.text("mailbox_access"), "{}, the number for hearing messages"),
    ]
    numbers += [(path, extension, f"{{}} at {path}") for path, extension in office.texts("people", "extension")]
    numbers += [(path, extension, f"{{}} at {path}") for path, extension in office.texts("departments", "extension")]
    for path, number, of in numbers:
        if not 0 < len(number) <= LONGEST_EXTENSION:
            continue
        if number in places:
            yield Problem(path, f"the extension {number} is already given at {places[number]}")
            continue
        if number in whose:
            yield Problem(path, f"{number} is the same as {whose[number]}")
        beginnings = [number[:length] for length in range(1, len(number))]
        yield from (Problem(path, f"{number} begins with {whose[one]}") for one in beginnings if one in whose)
        yield from (Problem(path, f"{number} is the beginning of {whose[one]}") for one in longer[number])
        if number not in whose:
            whose[number] = of.format(number)
            for beginning in beginnings:
                longer[beginning].append(number)
            if path.startswith(("people", "departments")):
                places[number] = path


def warnings(country: str, outside_prefix: str, numbers: Sequence[tuple[str, str, str]]) -> Iterator[Problem]:
    """An emergency number is one whatever else it might mean. numbers: place, number, and what is lost by it."""
    known = emergency_numbers(country)
    for emergency in known:
        if outside_prefix and outside_prefix + emergency in known:
            both = f"{outside_prefix + emergency} is an emergency number itself, which is called then"
            mend = "Choose a prefix with which no emergency number becomes another."
            yield Problem("outside_prefix", f"{both}: {emergency} is to be dialled without it", mend=mend)
    emergency_first = [(emergency, *number) for emergency in emergency_numbers(country) for number in numbers]
    for emergency, path, number, lost in emergency_first:
        mend = "Give it another number."
        if number == emergency:
            yield Problem(path, f"{number} is an emergency number, which is called then: {lost} by it", mend=mend)
        elif number.startswith(emergency):
            reason = f"{number} begins with the emergency number {emergency}: dialled slowly, it calls that"
            yield Problem(path, reason, mend=mend)
