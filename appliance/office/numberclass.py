"""Of which class an outside number is: local, national, mobile, abroad, or premium.

A number is judged as an exchange hears it, by its beginning, whether digits are missing or too many. One that could be
of two classes counts as the dearer one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum
from functools import cache

from appliance.office.callernumber import ANY_END, INTERNATIONAL, CallerNumbers, is_pattern
from hw.tones.toneplan import COUNTRIES, TonePlan, tone_plan

WORLDWIDE = ("+808", "+870", "+878", "+881", "+882", "+883", "+888", "+979")
"""Calling codes that are no country's: shared cost, satellites, networks of no country, premium rate (ITU-T E.164)."""

CARRIER_DIGITS = 4
"""Digits behind a code that chooses a carrier, at most: what follows them is the number that is called."""


class NumberClass(Enum):
    """What a call to a number costs, roughly: the cheapest first."""

    LOCAL = "local"
    """Without an area code, with the office's own, or free."""
    NATIONAL = "national"
    MOBILE = "mobile"
    """Cell phones, in countries that tell them by their numbers."""
    ABROAD = "abroad"
    PREMIUM = "premium"
    """More than others, in this country or anywhere."""


LADDER = tuple(NumberClass)

_FOR_THE_EXCHANGE = re.compile("[*#]{1,2}[0-9]{0,2}")
"""How a code begins that is dialled for the exchange itself; some have one digit more, or a star behind."""


def number_class(plan: TonePlan, number: str, local: Collection[str] = ()) -> NumberClass:
    """The class of a number, as it is dialled on a line of the country.

    local: further numbers that are local calls, or how they begin, with a * behind, as a caller's number is written.
    """
    behind = [number]
    if (code := next((code for code in plan.prefix_codes if number.startswith(code)), None)) is not None:
        behind += [number[len(code) + more :] for more in range(CARRIER_DIGITS + 1)]
    return max((_class(plan, one, local) for one in behind), key=LADDER.index)


def dearest_class(plan: TonePlan, number: str, local: Collection[str] = ()) -> NumberClass:
    """The class of the dearest number that this one is, or is the beginning of.

    An exchange takes the digits that are missing, as tones, from whoever has dialled the first ones; and behind a code
    for itself, such as *67, the whole number.
    """
    if (code := _FOR_THE_EXCHANGE.match(number)) is not None:
        rests = [number[code.end() + more :] for more in (0, 1, 2)]
        return max((dearest_class(plan, rest, local) for rest in rests), key=LADDER.index)
    if _begins_one(number, (*plan.premium, *plan.prefix_codes)):
        return NumberClass.PREMIUM
    abroad = [one for one in INTERNATIONAL if plan.number_forms.international_prefix.fullmatch(one)]
    least = NumberClass.ABROAD if _begins_one(number, (*abroad, *plan.abroad)) else NumberClass.LOCAL
    return max(least, number_class(plan, number, local), key=LADDER.index)


def _begins_one(number: str, codes: Collection[str]) -> bool:
    """Whether it is the beginning of one of these, and not all of it."""
    return any(code != number and code.startswith(number) for code in codes)


def costs_more(plan: TonePlan, number: str) -> bool:
    """Whether a number costs more than others, by the country's plan or by that of the country where it leads."""
    return number.startswith(plan.premium) or _key(plan, number).startswith(_premium_anywhere())


def is_abroad(plan: TonePlan, number: str) -> bool:
    """Whether a number leads to another country."""
    numbers, key = CallerNumbers(plan.number_forms), _key(plan, number)
    elsewhere = key.startswith("+") and not key.startswith(f"+{plan.number_forms.calling_code}")
    return elsewhere or key.startswith(tuple(numbers.key(one + ANY_END) for one in plan.abroad))


def is_meant(numbers: CallerNumbers, number: str, written: str) -> bool:
    """Whether a number is one that is written here, or begins as a pattern says, written as this one or otherwise."""
    if is_pattern(written):
        begins = written.removesuffix(ANY_END)
        return number.startswith(begins) or numbers.dialled(number).startswith(numbers.key(written))
    return number == written or numbers.dialled(number) == numbers.key(written)


def _class(plan: TonePlan, number: str, local: Collection[str]) -> NumberClass:
    numbers = CallerNumbers(plan.number_forms)
    if costs_more(plan, number):
        return NumberClass.PREMIUM
    if is_abroad(plan, number):
        return NumberClass.ABROAD
    if not _key(plan, number).startswith("+") or any(is_meant(numbers, number, one) for one in local):
        return NumberClass.LOCAL
    before = plan.numbers.before.match(number)
    national = number[before.end() :] if before is not None else number
    if plan.numbers.mobile.match(national):
        return NumberClass.MOBILE
    near = plan.numbers.free.match(national) or not plan.numbers.area_codes
    return NumberClass.LOCAL if near else NumberClass.NATIONAL


def _key(plan: TonePlan, number: str) -> str:
    return CallerNumbers(plan.number_forms).dialled(number)


@cache
def _premium_anywhere() -> tuple[str, ...]:
    """How the keys of numbers begin that cost more than others, of all countries whose numbers are known.

    What is dialled without a national prefix, where others have one, has no such key, and nobody abroad can call it.
    """
    found = set(WORLDWIDE)
    for plan in map(tone_plan, COUNTRIES):
        numbers, prefix = CallerNumbers(plan.number_forms), plan.number_forms.national_prefix
        found |= {numbers.key(one + ANY_END) for one in plan.premium if one.startswith(prefix)}
    return tuple(sorted(found))
