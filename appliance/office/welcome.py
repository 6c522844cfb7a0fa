"""Warnings about what callers hear first: whom they have called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from appliance.office.callflow import CallFlow, menu_path
from appliance.office.daypart import Part
from appliance.office.menus import Menu
from appliance.office.problem import Problem
from hw.said import listed, said

LEGAL_FORMS = frozenset({"inc", "llc", "llp", "ltd", "limited", "plc", "corp", "gmbh", "ag", "kg", "ab", "sa", "sl"})
LEGAL_FORMS |= {"sarl", "sas", "srl", "spzoo", "ooo", "tnhh", "co"}
"""What a company's name may end in and nobody says."""


def warnings(flow: CallFlow) -> Iterator[Problem]:
    """A greeting with which callers come in names whom they have called."""
    names = {"": flow.office.name} | {company.id: company.name for company in flow.office.companies}
    whose: dict[str, dict[str, None]] = {}
    for entrance in flow.entrances:
        whose.setdefault(entrance.menu, {})[names[entrance.company]] = None
    for id, called in whose.items():
        for path, text in greetings(menu_path(id), flow.menus[id]).items():
            missing = [name for name in called if text.strip() and not _names(text, name)]
            if missing:
                reason = said("callers of %(companies)s do not hear whom they have called", companies=listed(missing))
                mend = (
                    said("Say the name in the greeting.")
                    if len(called) == 1
                    else said("Give each company a menu of its own.")
                )
                yield Problem(path, reason, mend=mend)


def greetings(path: str, menu: Menu) -> dict[str, str]:
    """Every greeting of a menu by its place."""
    return {greeting_path(path, menu, part): menu.greets(part) for part in Part}


def greeting_path(path: str, menu: Menu, part: Part) -> str:
    """Where the greeting of this part of the day stands."""
    return f"{path}.greetings.{part.value}" if menu.greetings.get(part) else f"{path}.greeting"


def _names(text: str, name: str) -> bool:
    spoken, wanted = _words(text), _words(name)
    while len(wanted) > 1 and wanted[-1] in LEGAL_FORMS:
        wanted.pop()
    return f" {' '.join(wanted)} " in f" {' '.join(spoken)} "


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"['’.]", "", text.casefold().replace("&", " and ")))
