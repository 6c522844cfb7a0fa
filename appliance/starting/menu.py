"""The first menu of a new office, by one of the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appliance.office.menus import LONGEST_MENU_SECONDS, MOST_CHOICES, OFFERED_SECONDS, spoken_seconds
from appliance.starting.texts import StartTexts

NewOffice = dict[str, Any]
"""An office document, or a part of one, as it is written."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody whom a key may lead to. leads: the action and the id, as a key of the document has them."""

    name: str
    leads: Mapping[str, str]


def start_menu(texts: StartTexts, company: str, does: str, choices: Sequence[Choice]) -> NewOffice:
    """A menu with a greeting, a key for each choice, and one for a message.

    Where there are more choices than callers keep in mind, or listen to, the last ones give way to the directory.
    """
    called = f"{company}, {does}" if does else company
    greetings = {part.value: text.format(company=called) for part, text in texts.greetings.items()}
    offered = list(choices[:MOST_CHOICES])
    while True:
        keys = _keys(texts, offered, by_name=len(offered) < len(choices))
        said = [max(greetings.values(), key=spoken_seconds), *(key["says"] for key in keys.values())]
        seconds = OFFERED_SECONDS + sum(map(spoken_seconds, said))
        if not offered or (len(keys) <= MOST_CHOICES and seconds <= LONGEST_MENU_SECONDS):
            return {"greetings": greetings, "keys": keys}
        offered.pop()


def greeted(menu: NewOffice, greeting: str) -> NewOffice:
    """The menu with the office's own first sentence, the same all day; as it was where there is none."""
    if not greeting:
        return menu
    return {"greeting": greeting} | {name: value for name, value in menu.items() if name != "greetings"}


def _keys(texts: StartTexts, offered: Sequence[Choice], *, by_name: bool) -> dict[str, NewOffice]:
    entries = [({**one.leads}, texts.person.replace("{name}", one.name)) for one in offered]
    if by_name:
        entries.append(({"action": "directory"}, texts.by_name))
    entries.append(({"action": "message"}, texts.message))
    return {
        str(key): {**leads, "says": says.replace("{key}", str(key))} for key, (leads, says) in enumerate(entries, 1)
    }
