"""What callers may hear where a path leads, as the office and the catalogue say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from appliance.office.callflow import CallFlow
from appliance.office.daypart import Part
from appliance.office.destination import (
    Destination,
    MenuBefore,
    Nowhere,
    RepeatMenu,
    ToDepartment,
    ToInformation,
    ToMailbox,
    ToMenu,
    ToPerson,
)
from appliance.office.model import Office
from appliance.office.phrase import Phrase, Sayable, Words, phrase
from appliance.office.places import greeting_words, key_words, told_words
from appliance.prompts.language import Language
from appliance.prompts.wording import of_phrase, of_words


def said_at(flow: CallFlow, menu: str, target: Destination) -> list[Sayable]:
    """What may be heard behind this choice in this menu, besides what may be heard anywhere."""
    office = flow.office
    match target:
        case ToPerson(id) | ToMailbox(id):
            owner = office.person(id) or office.department(id)
            names = ("greeting-default", "not-available", "on-the-phone")
            return [phrase(name, name=owner.name) for name in names] if owner is not None else []
        case ToDepartment(id):
            department = office.department(id)
            return [phrase("not-available", name=department.name)] if department is not None else []
        case ToInformation(id):
            information = office.information[id]
            return [told_words(office, information)]
        case ToMenu(id):
            return said_in(office, id)
        case MenuBefore() | RepeatMenu() | Nowhere():
            return [said for id in menus_behind(flow, menu, target) for said in said_in(office, id)]
        case _:
            return []


def said_in(office: Office, id: str) -> list[Sayable]:
    """The greetings of a menu, and what it says about its keys."""
    menu = office.menu_called(id)
    said = [*(greeting_words(office, menu, part) for part in Part), *key_words(office, menu)]
    return list(dict.fromkeys(words for words in said if words.text.strip()))


def menus_behind(flow: CallFlow, menu: str, target: Destination) -> tuple[str, ...]:
    """The menus in which a caller may be again who goes back, wants to hear it again, or has pressed a wrong key."""
    if target != MenuBefore():
        return (menu,)
    return next((flow.next_menus(edge) for edge in flow.keys(menu) if edge.target == target), (menu,))


def texts(sayables: Iterable[Sayable], languages: Sequence[Language], now: datetime) -> list[str]:
    """The words of these, in every language that they are said in; what somebody recorded has none."""
    found: dict[str, None] = {}
    for sayable in sayables:
        for language in languages:
            match sayable:
                case Words():
                    found |= dict.fromkeys(clip.text for clip in of_words(sayable))
                case Phrase():
                    found |= dict.fromkeys(clip.text for clip in of_phrase(sayable, now, language))
    return list(found)
