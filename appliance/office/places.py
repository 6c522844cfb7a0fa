"""Where the texts of an office stand: each has a place, its path in the document, and a recording may take its part.

A greeting has a place where nothing is written, too: it can be recorded all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office.announcement import ANNOUNCEMENT
from appliance.office.information import Information
from appliance.office.menus import Menu
from appliance.office.model import Office, Part
from appliance.office.phrase import Words


def greeting_words(office: Office, menu: Menu, part: Part | None) -> Words:
    """The first sentence of a menu at this part of the day; None: nobody knows which it is."""
    field = f"greetings.{part.value}" if part is not None and menu.greetings.get(part) else "greeting"
    return _words(office, menu, f"{_path(office, menu)}.{field}", menu.greets(part))


def key_words(office: Office, menu: Menu) -> list[Words]:
    """What a menu says about its keys, in their order."""
    path = _path(office, menu)
    return [_words(office, menu, f"{path}.keys.{digit}.says", key.says) for digit, key in menu.keys.items() if key.says]


def told_words(office: Office, information: Information) -> Words:
    """What an information tells."""
    id = next((id for id, one in office.information.items() if one is information), "")
    return _words(office, information, f"information.{id}.says", information.says)


def announcement_words(office: Office) -> Words:
    """What all callers hear while the announcement is switched on."""
    announcement = office.announcement
    return Words(announcement.says, announcement.language or office.language, f"{ANNOUNCEMENT}.says")


def places(office: Office) -> dict[str, Words]:
    """Every place of an office with what is written there, in the order of the document."""
    return {words.place: words for words in _all(office)}


def _all(office: Office) -> Iterator[Words]:
    for menu in (office.menu, *office.menus.values()):
        for part in Part:
            yield greeting_words(office, menu, part)
        yield from key_words(office, menu)
    for information in office.information.values():
        yield told_words(office, information)
    yield announcement_words(office)


def _path(office: Office, menu: Menu) -> str:
    """Where a menu of this office stands: two menus may say the same."""
    return next((f"menus.{id}" for id, one in office.menus.items() if one is menu), "menu")


def _words(office: Office, written: Menu | Information, place: str, text: str) -> Words:
    return Words(text, written.language or office.language, place)
