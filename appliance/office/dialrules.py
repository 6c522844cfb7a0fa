"""The office's dialling rules: which outside numbers calls may be forwarded to, which are local, which lines they take.

`dialling.py` applies the first, `numberclass.py` the second, `routes.py` the third.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from appliance.office.contact import CallerNumber
from appliance.office.field import Limits, Name, TextPattern
from appliance.office.lines import MOST_TRUNKS
from appliance.office.numberclass import NumberClass

MOST_ROUTES = 50

OneRoutedClass = Annotated[
    NumberClass,
    "One class of numbers: local ones, those with another area code, cell phones, abroad, or premium rate.",
]


@dataclass(frozen=True, slots=True)
class TrunkRoute:
    """Where some numbers are called: the first route that has a number counts for it."""

    classes: Annotated[
        frozenset[OneRoutedClass], Limits(0, len(NumberClass)), "The classes of numbers that go this way."
    ] = frozenset()
    numbers: Annotated[
        frozenset[CallerNumber],
        Limits(0, 200),
        "Numbers that go this way, too: each whole, or how several begin, with a * behind, such as 0800*.",
    ] = frozenset()
    trunks: Annotated[
        tuple[Name, ...], Limits(0, MOST_TRUNKS), "The lines that are tried, in this order. Without any, all are."
    ] = ()
    prefix: Annotated[
        str,
        TextPattern("^[0-9*#]{0,12}$", "at most 12 digits, stars and pounds"),
        "What is dialled in front of the number, such as the code of a carrier. It may be left empty.",
    ] = ""
    only: Annotated[
        bool, "Whether no other line is tried where none of these is free. What is dialled in front is left out there."
    ] = False


@dataclass(frozen=True, slots=True)
class Dialling:
    """How numbers outside are called. `rights` says who may."""

    never: Annotated[
        frozenset[CallerNumber],
        Limits(0, 200),
        "Numbers that no call is forwarded to: each whole, or how several begin, with a * behind, such as 0900*.",
    ] = frozenset()
    premium: Annotated[
        bool, "Whether calls may be forwarded to premium-rate numbers, and to others that cost more in this country."
    ] = False
    abroad: Annotated[bool, "Whether calls may be forwarded to numbers abroad."] = False
    local: Annotated[
        frozenset[CallerNumber],
        Limits(0, 200),
        "Numbers that are local calls besides those without an area code: how they begin, such as 407*.",
    ] = frozenset()
    routes: Annotated[
        tuple[TrunkRoute, ...], Limits(0, MOST_ROUTES), "Which lines numbers are called on. Without a route, on any."
    ] = ()
