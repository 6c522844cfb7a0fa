"""The numbering plan: what dialled digits mean, and whether more of them may follow.

A `Plan` is asked after every digit how many seconds to wait for another one; None means that the digits are
finished: they are complete, or already wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from appliance.office.departments import Department
from appliance.office.destination import (
    Destination,
    Nowhere,
    ToDepartment,
    ToElsewhere,
    ToFeature,
    ToMessages,
    ToOperator,
    ToOutside,
    ToPerson,
)
from appliance.office.model import Menu, Office, Person
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.sip import begins
from hw.tones.toneplan import TonePlan, country_called, tone_plan

Plan = Callable[[str], float | None]

OUTSIDE_DIGIT_SECONDS = 3.0
LONGEST_DIALLED = 20
LOCAL_DIGITS = "23456789"
"""What numbers without their area code begin with: 0 and 1 stand before area codes and services."""
LONGEST_ABROAD = 15
"""Digits of a number with its calling code, at most (ITU-T E.164)."""


def menu_plan(office: Office, menu: Menu | None = None, company: str = "") -> Plan:
    """What a caller may press in a menu, the first one if none is given: a key, an extension, or 0.

    company: whose caller it is, by its id.
    """
    menu = menu or office.menu
    keys = {*menu.keys, OPERATOR_KEY}
    extensions = office.extensions_for(company) if menu.extensions else set()
    codes = codes_in_menus(office)

    def wait(digits: str) -> float | None:
        if any(extension != digits and extension.startswith(digits) for extension in extensions):
            shared = digits in keys or digits in extensions
            return menu.shared_prefix_seconds if shared else menu.between_digits_seconds
        if menu.extensions and _goes_on_elsewhere(office, digits):
            return menu.shared_prefix_seconds if digits in keys else menu.between_digits_seconds
        if any(code != digits and code.startswith(digits) for code in codes):
            return menu.shared_prefix_seconds if digits in keys else menu.between_digits_seconds
        return None

    return wait


def codes_in_menus(office: Office) -> dict[str, Destination]:
    """What a caller from outside may dial to change something: with nobody's PIN, nothing."""
    return (office.codes.of_a_person() if any(person.pin for person in office.people) else {}) | manager_codes(office)


def manager_codes(office: Office) -> dict[str, Destination]:
    """The same for what changes what all callers hear: where nobody is a manager, nothing."""
    return office.codes.from_outside() if any(person.manager for person in office.people) else {}


def ended(digits: str) -> str:
    """A number or key without the # by which many are used to end it; # alone is itself."""
    return digits.rstrip("#") or digits[:1]


def menu_destination(office: Office, digits: str, menu: Menu | None = None, company: str = "") -> Destination:
    """What a caller's digits mean in a menu, the first one if none is given. company: whose caller it is."""
    menu = menu or office.menu
    number = ended(digits)
    if number in menu.keys:
        return menu.keys[number].destination
    if number == OPERATOR_KEY:
        return ToOperator()
    if (code := codes_in_menus(office).get(number)) is not None:
        return code
    if not menu.extensions:
        return Nowhere()
    found = office.at_extension(number)
    if company and found is not None and not found.works_for(company):
        return Nowhere()
    return _extension(office, number)


def station_plan(office: Office) -> Plan:
    """What a station may dial: an extension, 0, the mailbox number, a code, an emergency number, or an outside one."""
    country = tone_plan(office.country)
    inside = {OPERATOR_KEY, office.mailbox_access, *office.extensions_for("")}
    inside |= office.codes.destinations().keys()
    emergency = set(country.emergency)
    helped = {office.outside_prefix + code: code for code in emergency} | {code: code for code in emergency}

    def wait(digits: str) -> float | None:
        number = _outside_number(office, digits)
        if digits.endswith("#"):
            return None
        if digits in helped:
            more = digits in emergency and bool(office.outside_prefix) and number is not None
            more = more and may_go_on(country, number or "")
            others = inside | {form for form, code in helped.items() if code != helped[digits]}
            more = more or any(code != digits and code.startswith(digits) for code in others)
            return office.menu.shared_prefix_seconds if more else None
        if number is not None and office.outside_prefix:
            return None if number and nothing_follows(country, number) else OUTSIDE_DIGIT_SECONDS
        goes_on = number is not None and may_be_outside(country, digits)
        if digits in inside:
            longer = goes_on or any(code != digits and code.startswith(digits) for code in inside | emergency)
            return office.menu.shared_prefix_seconds if longer else None
        if any(code.startswith(digits) for code in {*inside, *emergency, office.outside_prefix}):
            return office.menu.between_digits_seconds
        if number is not None:
            return None if nothing_follows(country, number) else OUTSIDE_DIGIT_SECONDS
        return office.menu.between_digits_seconds if _goes_on_elsewhere(office, digits) else None

    return wait


def station_destination(office: Office, digits: str, owner: Person | None = None) -> Destination:
    """What a station's digits mean. An emergency number is one whatever else its digits might mean.

    owner: of the telephone that dials, whose own extension leads to the messages.
    """
    emergency = tone_plan(office.country).emergency
    digits = ended(digits)
    if digits in emergency:
        return ToOutside(digits, emergency=True)
    number = _outside_number(office, digits)
    if number is not None and office.outside_prefix:
        return ToOutside(number, emergency=number in emergency) if number else Nowhere()
    if digits == office.mailbox_access:
        return ToMessages()
    if digits == OPERATOR_KEY:
        return ToOperator()
    found = _extension(office, digits, owner)
    if found == Nowhere():  # A code without its star is one only where nobody has that extension.
        codes = office.codes.destinations()
        found = codes[digits] if digits in codes else _feature(codes, digits)
    return ToOutside(number) if number and found == Nowhere() else found


def _feature(codes: Mapping[str, Destination], digits: str) -> Destination:
    """What a code leads to behind which more was dialled, such as a place or a group."""
    for code, destination in codes.items():
        if isinstance(destination, ToFeature) and digits.startswith(code):
            return ToFeature(destination.feature, digits.removeprefix(code))
    return Nowhere()


def _extension(office: Office, digits: str, owner: Person | None = None) -> Destination:
    """An extension of this office, or of another one of ours."""
    match office.at_extension(digits):
        case Person(id):
            return ToMessages() if owner is not None and id == owner.id else ToPerson(id)
        case Department(id):
            return ToDepartment(id)
    server = office.sip.joining(digits)
    return Nowhere() if server is None else ToElsewhere(digits, tuple(line.port for line in server.trunks))


def _goes_on_elsewhere(office: Office, digits: str) -> bool:
    """Whether the digits are the beginning of a number of another office, and not all of it."""
    patterns = [pattern for device in office.sip.devices for pattern in device.reaches]
    return any(begins(digits, pattern) and len(digits) < len(pattern) for pattern in patterns)


def _outside_number(office: Office, digits: str) -> str | None:
    """The digits behind the outside prefix; None when these do not begin with it.

    Where there is no prefix, all digits may be an outside number that are nothing else.
    """
    prefix = office.outside_prefix
    if not prefix:
        return digits if digits.isdecimal() else None
    return digits[len(prefix) :] if digits.startswith(prefix) else None


def nothing_follows(country: TonePlan, number: str) -> bool:
    """Whether an outside number is whole, or at least as long as any that begins so.

    A code that chooses a carrier, or withholds one's own number, may stand before numbers of any kind.
    """
    if len(number) >= LONGEST_DIALLED or country.whole_number.fullmatch(number):
        return True
    if (abroad := country.number_forms.international_prefix.match(number)) is not None:
        there = number[abroad.end() :]
        known = country_called(there)
        return len(there) >= LONGEST_ABROAD or (known is not None and _is_longest(known[0].numbers.longest, known[1]))
    return not number.startswith(country.prefix_codes) and _is_longest(country.numbers.dialled, number)


def _is_longest(longest: re.Pattern[str], number: str) -> bool:
    return longest.fullmatch(number) is not None


def may_be_outside(country: TonePlan, digits: str) -> bool:
    """Whether an outside number may begin so, and go on: one with its area code, or one without, from 2 to 9."""
    return digits[:1] in LOCAL_DIGITS or may_go_on(country, digits) or _begins(country, digits)


def _begins(country: TonePlan, digits: str) -> bool:
    """Whether a number with its area code, or one abroad, may begin so."""
    forms = country.number_forms
    tries = (digits + digit * more for digit in "0123456789" for more in range(LONGEST_ABROAD))
    return (
        forms.national_prefix.startswith(digits)
        or any(digits.startswith(code) or code.startswith(digits) for code in country.prefix_codes)
        or forms.international_prefix.match(digits) is not None
        or any(country.numbers.dialled.fullmatch(number) for number in tries)
    )


def may_go_on(country: TonePlan, digits: str, at_least: int = 1) -> bool:
    """Whether an outside number whose length is known may begin so: tried with more digits of each kind behind.

    at_least: how many more it takes.
    """
    longest = LONGEST_DIALLED - len(digits)
    tries = (digits + digit * more for digit in "0123456789" for more in range(at_least, longest))
    return any(country.whole_number.fullmatch(number) for number in tries)
