"""What a box of the picture stands for: where it is in the document, and what can be changed about it in place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from web.pages.menus.forms import PARTS, menu_fields
from web.pages.menus.hoursform import hours_fields
from web.pages.menus.naming import hours_name, menu_name

IDENTITY = {"trunks": "port", "companies": "id"}
KINDS = {"menus": "menu", "information": "information", "hours": "hours"}
"""What the entries of the groups of the document are here."""
SETTINGS = {
    "people": "people",
    "departments": "departments",
    "trunks": "lines",
    "companies": "companies",
    "hours": "hours",
}
"""What the settings call the lists of which they change the entries."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands in the panel."""

    kind: str
    """`menu`, `information`, `hours`, `line`, `company`, `operator`, `person` or `department`."""
    at: str
    """Its place in the document, as the picture has it."""
    title: str
    """What it is called."""
    steps: tuple[str, ...]
    """The way to it in the document; entries of lists by their ids."""
    value: Any
    """What stands there now."""


def thing(at: str, document: Mapping[str, Any]) -> Thing | None:
    """What is at this place, or around it; None where nothing is that the panel knows."""
    around = re.match(r"menu(?![a-z])|operator(?![a-z])|(menus|information|hours)\.[a-z0-9-]+|[a-z]+\[\d{1,4}\]", at)
    at = around[0] if around is not None else ""
    if at == "menu":
        return Thing("menu", at, menu_name("main"), ("menu",), document["menu"])
    if at == "operator":
        return Thing("operator", at, _("Operator"), ("operator",), document["operator"])
    group, _point, id = at.partition(".")
    if group in KINDS and id in document.get(group, {}):
        title = menu_name(id) if group == "menus" else hours_name(id) if group == "hours" else id
        return Thing(KINDS[group], at, title, (group, id), document[group][id])
    found = re.fullmatch(r"(trunks|companies|people|departments)\[(\d{1,4})\]", at)
    if found is None or int(found[2]) >= len(document.get(found[1], [])):
        return None
    entry = document[found[1]][int(found[2])]
    kind = {"trunks": "line", "companies": "company", "people": "person", "departments": "department"}[found[1]]
    steps = (found[1], entry[IDENTITY.get(found[1], "id")])
    return Thing(kind, at, entry.get("name") or entry.get("port", ""), steps, entry)


def where(path: str, document: Mapping[str, Any]) -> str:
    """What stands at a place of the document, as people call it."""
    around = thing(path, document)
    if around is None:
        return path
    key = re.search(r"\.keys\.([0-9*#])", path)
    return f"{around.title}, {_('Key %(key)s', key=key[1])}" if key else around.title


def fields_of(shown: Thing, document: Mapping[str, Any]) -> dict[str, Any]:
    """What its form begins with."""
    match shown.kind:
        case "menu":
            return menu_fields(shown.value, document)
        case "information":
            return {"says": shown.value["says"], "language": shown.value.get("language", "")}
        case "hours":
            return hours_fields(shown.value, document)
        case "line" | "company":
            fields = {name: shown.value.get(name, "") for name in ("menu", "company", "language", "hours")}
            return fields | {"decides": hours_of(shown, document)}
        case _:
            return {}


def hours_of(shown: Thing, document: Mapping[str, Any]) -> str:
    """The id of the hours that decide for a line or a company; empty where there are none."""
    companies = {one["id"]: one for one in document.get("companies", [])}
    company = companies.get(shown.value.get("company", ""), {})
    id = shown.value.get("hours") or company.get("hours") or "main"
    return id if id in document.get("hours", {}) else ""


def settings_of(shown: Thing) -> str:
    """The address of the page of the settings with all else about it; empty where there is none."""
    if shown.steps[0] not in SETTINGS:
        return ""
    return url_for("settings.edit", name=SETTINGS[shown.steps[0]], key=shown.steps[1])


def texts_of(shown: Thing) -> list[tuple[str, str, str]]:
    """Each text of it that callers hear: its place in the document, what it is, and what it says."""
    if shown.kind == "information":
        return [(f"{shown.at}.says", _("What is told"), shown.value["says"])]
    if shown.kind != "menu":
        return []
    menu, named = shown.value, {"morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}
    greetings = menu.get("greetings", {})
    texts = [(f"{shown.at}.greetings.{part}", named[part], greetings[part]) for part in PARTS if greetings.get(part)]
    if not all(greetings.get(part) for part in PARTS):
        texts.insert(0, (f"{shown.at}.greeting", _("Greeting"), menu.get("greeting", "")))
    keys = menu.get("keys", {})
    said = [(digit, key["says"]) for digit, key in keys.items() if key.get("says")]
    return texts + [(f"{shown.at}.keys.{digit}.says", _("Key %(key)s", key=digit), says) for digit, says in said]
