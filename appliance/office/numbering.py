"""The numbering plan: what dialled digits mean, and whether more of them may follow.

A `Plan` is asked after every digit how many seconds to wait for another one; None means that the digits are
finished: they are complete, or already wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from appliance.office.model import Action, Key, Office, Person
from appliance.office.sip import begins

Plan = Callable[[str], float | None]

OPERATOR_KEY = "0"
OUTSIDE_DIGIT_SECONDS = 3.0
LONGEST_NUMBER = 20

EMERGENCY: dict[str, tuple[str, ...]] = {
    "us": ("911",),
    "uk": ("999", "112"),
    "au": ("000", "112"),
    "nz": ("111",),
    "jp": ("110", "119"),
    "br": ("190", "192", "193"),
    "in": ("112", "100", "101", "102"),
    "za": ("10111", "10177", "112"),
    "mx": ("911",),
    "cn": ("110", "119", "120"),
    "ch": ("112", "117", "118", "144"),
    "ru": ("112",),
    "tw": ("110", "119", "112"),
    "sg": ("999", "995"),
}
"""By country; every other country of the tone plan uses the European 112."""


def emergency_numbers(country: str) -> tuple[str, ...]:
    return EMERGENCY.get(country, ("112",))


@dataclass(frozen=True, slots=True)
class Outside:
    """A number to dial on a trunk."""

    number: str
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An extension of another of our offices, and the ports of the lines that join it to this one."""

    number: str
    ports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Messages:
    """The mailbox of whoever dials it."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Digits that lead nowhere."""


Destination = Person | Key | Outside | Elsewhere | Messages | Nothing


def menu_plan(office: Office) -> Plan:
    """What a caller may press: a key of the menu, an extension, or 0."""
    keys = {*office.menu.keys, OPERATOR_KEY}
    extensions = {person.extension for person in office.people}

    def wait(digits: str) -> float | None:
        if any(extension != digits and extension.startswith(digits) for extension in extensions):
            shared = digits in keys or digits in extensions
            return office.menu.shared_prefix_seconds if shared else office.menu.between_digits_seconds
        if _goes_on_elsewhere(office, digits):
            return office.menu.shared_prefix_seconds if digits in keys else office.menu.between_digits_seconds
        return None

    return wait


def menu_destination(office: Office, digits: str) -> Person | Key | Elsewhere | Nothing:
    """What a caller's digits mean."""
    if digits in office.menu.keys:
        return office.menu.keys[digits]
    if digits == OPERATOR_KEY:
        return Key(Action.OPERATOR)
    return office.by_extension(digits) or _elsewhere(office, digits) or Nothing()


def station_plan(office: Office) -> Plan:
    """What a station may dial: an extension, 0, the mailbox number, an emergency number, or an outside number."""
    inside = {OPERATOR_KEY, office.mailbox_access, *(person.extension for person in office.people)}
    emergency = set(emergency_numbers(office.country))

    def wait(digits: str) -> float | None:
        if digits in emergency or digits.removeprefix(office.outside_prefix) in emergency:
            return None
        number = _outside_number(office, digits)
        if number is not None:
            return None if _whole(office, number) else OUTSIDE_DIGIT_SECONDS
        if digits in inside:
            longer = any(code != digits and code.startswith(digits) for code in inside | emergency)
            return office.menu.shared_prefix_seconds if longer else None
        if any(code.startswith(digits) for code in inside | emergency):
            return office.menu.between_digits_seconds
        return office.menu.between_digits_seconds if _goes_on_elsewhere(office, digits) else None

    return wait


def station_destination(office: Office, digits: str) -> Destination:
    """What a station's digits mean."""
    emergency = emergency_numbers(office.country)
    if digits in emergency:
        return Outside(digits, emergency=True)
    number = _outside_number(office, digits)
    if number is not None:
        number = number.rstrip("#")
        return Outside(number, emergency=number in emergency) if number else Nothing()
    if digits == office.mailbox_access:
        return Messages()
    if digits == OPERATOR_KEY:
        return Key(Action.OPERATOR)
    return office.by_extension(digits) or _elsewhere(office, digits) or Nothing()


def _elsewhere(office: Office, digits: str) -> Elsewhere | None:
    server = office.sip.joining(digits)
    return Elsewhere(digits, tuple(line.port for line in server.trunks)) if server is not None else None


def _goes_on_elsewhere(office: Office, digits: str) -> bool:
    """Whether the digits are the beginning of a number of another office, and not all of it."""
    patterns = [pattern for device in office.sip.devices for pattern in device.reaches]
    return any(begins(digits, pattern) and len(digits) < len(pattern) for pattern in patterns)


def _outside_number(office: Office, digits: str) -> str | None:
    """The digits behind the outside prefix; None when these do not begin with it."""
    prefix = office.outside_prefix
    return digits[len(prefix) :] if digits.startswith(prefix) else None


def _whole(office: Office, number: str) -> bool:
    """Whether an outside number needs no further digit: ended by #, too long to go on, or 1 and ten digits (NANP)."""
    national = office.country == "us" and len(number) == 11 and number.startswith("1")
    return number.endswith("#") or len(number) >= LONGEST_NUMBER or national
