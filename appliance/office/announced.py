"""Warnings about keys that callers hear of and that are not there, or that are there and nobody hears of."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office import spokenkeys
from appliance.office.callflow import CallFlow, menu_path
from appliance.office.daypart import Part
from appliance.office.destination import Nowhere, RepeatMenu
from appliance.office.menus import Menu
from appliance.office.model import Office
from appliance.office.numbering import menu_destination
from appliance.office.numbers import OPERATOR_KEY, emergency_numbers
from appliance.office.problem import Problem
from appliance.office.welcome import greeting_path, greetings
from hw.said import Said, said

KEYS_OF_INFORMATION = ("0", "1", "*")
"""What can be pressed while something is told, which is said behind it."""


ABOUT_THE_OPERATOR = said("in the sentence about the operator")
"""Where the attendant itself names 0."""


def warnings(flow: CallFlow) -> Iterator[Problem]:
    for id, menu in flow.menus.items():
        yield from _of_menu(flow.office, menu_path(id), menu)
    for id, told in flow.office.information.items():
        language = told.language or flow.office.language
        for number in _pressed(told.says, language):
            if number not in KEYS_OF_INFORMATION:
                yield _not_there(f"information.{id}.says", number)


def _of_menu(office: Office, path: str, menu: Menu) -> Iterator[Problem]:
    language = menu.language or office.language
    greeted = {place: _pressed(text, language) for place, text in greetings(path, menu).items()}
    for place, numbers in greeted.items():
        yield from (_not_there(place, number) for number in numbers if not _leads(office, menu, number))
    for digit, key in menu.keys.items():
        place = f"{path}.keys.{digit}"
        if not key.says.strip():
            if key.destination != RepeatMenu() and not all(digit in numbers for numbers in greeted.values()):
                reason = said("the menu does not say what this key does")
                yield Problem(place, reason, mend=said("Say it in says, or take the key out."))
            continue
        numbers = _pressed(key.says, language)
        if numbers and digit not in numbers:
            reason = said(
                'callers hear "press %(numbers)s" where key %(digit)s is meant, and press the wrong one',
                numbers=numbers[0],
                digit=digit,
            )
            yield Problem(
                f"{place}.says",
                reason,
                mend=said(
                    "Say %(digit)s in the text, or give key %(numbers)s this entry.", digit=digit, numbers=numbers[0]
                ),
            )
            continue
        if language in spokenkeys.WORDS and not spokenkeys.names(key.says, digit, language):
            reason = said("callers hear what there is and not which key to press")
            yield Problem(f"{place}.says", reason, mend=said("Say %(digit)s in the text.", digit=digit))
        for number in numbers:
            if not _leads(office, menu, number):
                yield _not_there(f"{place}.says", number)
    yield from _twice(path, menu, language)


def _twice(path: str, menu: Menu, language: str) -> Iterator[Problem]:
    """Keys that a caller hears two entries about, at any part of the day."""
    told: dict[tuple[str, str], Said] = {}
    for part in Part:
        first: dict[str, Said] = {} if OPERATOR_KEY in menu.keys else {OPERATOR_KEY: ABOUT_THE_OPERATOR}
        texts = {greeting_path(path, menu, part): menu.greets(part)}
        texts |= {f"{path}.keys.{digit}.says": key.says for digit, key in menu.keys.items()}
        for place, text in texts.items():
            for number in dict.fromkeys(_pressed(text, language)):
                if number in first:
                    told.setdefault((place, number), first[number])
                first.setdefault(number, said("at %(place)s", place=place))
    for (place, number), other in told.items():
        reason = said(
            'callers hear "press %(number)s" twice, here and %(other)s, and do not know which is true',
            number=number,
            other=other,
        )
        yield Problem(place, reason, mend=said("Say each key once."))


def _pressed(text: str, language: str) -> list[str]:
    """None where the words of the language are not known."""
    return spokenkeys.pressed(text, language) if language in spokenkeys.WORDS else []


def _leads(office: Office, menu: Menu, number: str) -> bool:
    """Whether it means something here; or to whoever hangs up first, as "in an emergency dial 911" asks for."""
    return number in emergency_numbers(office.country) or menu_destination(office, number, menu) != Nowhere()


def _not_there(path: str, number: str) -> Problem:
    if len(number) == 1:
        reason = said('callers hear "press %(number)s", and there is no such key', number=number)
        return Problem(path, reason, mend=said("Take it out of the text, or add the key %(number)s.", number=number))
    reason = said('callers hear "press %(number)s", and there is no such number', number=number)
    return Problem(path, reason, mend=said("Take it out of the text, or add the number %(number)s.", number=number))
