"""What the office document has, by the names that people choose it by: whom a key calls, which menu it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

MAIN = "main"

ACTIONS = {
    "person": _l("Ring a person"),
    "department": _l("Ring a department"),
    "mailbox": _l("Take a message for a person"),
    "operator": _l("Ring the operator"),
    "message": _l("Take a message for the office"),
    "menu": _l("Go to a menu"),
    "information": _l("Tell something"),
    "directory": _l("Find somebody by name"),
    "same-person": _l("Ring whoever they talked with last"),
    "outside": _l("Call a number outside"),
    "messages": _l("Let people of the office hear their messages"),
    "fax": _l("Receive a fax"),
    "back": _l("Go back to the previous menu"),
    "repeat": _l("Read the menu again"),
    "hang-up": _l("Say goodbye and hang up"),
}
"""What can happen to a call, in the words of the document and of people."""

ONLY_KEYS = ("back", "repeat")
"""What only keys of a menu can do."""

CONCERNS = {
    "person": "person",
    "mailbox": "person",
    "department": "department",
    "menu": "menu",
    "information": "information",
    "outside": "number",
}
"""The field that says whom or what an action concerns."""

LISTS = {"person": "people", "department": "departments"}


def known(document: Mapping[str, Any], field: str) -> dict[str, str]:
    """Everything of a kind that can be chosen, by id: its name."""
    match field:
        case "menu":
            return {id: menu_name(id) for id in (MAIN, *document.get("menus", {}))}
        case "information":
            return {id: id for id in document.get("information", {})}
        case _:
            entries = document.get(LISTS.get(field, ""), [])
            return {one["id"]: f"{one['name']}, {one['extension']}" for one in entries}


def menu_name(id: str) -> str:
    return str(_("First menu") if id == MAIN else _("Menu %(name)s", name=id))


def hours_name(id: str) -> str:
    return str(_("Opening hours") if id == MAIN else _("Opening hours %(name)s", name=id))


def whom(form: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """Whom or what a destination concerns, as people choose it; empty where it concerns nothing."""
    field = CONCERNS.get(form.get("action", ""), "")
    given = str(form.get(field, ""))
    return known(document, field).get(given, given) if given else ""


def destination(action: str, chosen: str, document: Mapping[str, Any]) -> dict[str, str]:
    """A destination as the document has it. chosen: a name, extension or id; ValueError says that there is none."""
    field = CONCERNS.get(action)
    if field is None:
        return {"action": action}
    chosen = chosen.strip()
    if not chosen:
        raise ValueError(_("Please say whom or what: “%(action)s” needs it.", action=ACTIONS[action]))
    if field == "number":
        return {"action": action, field: chosen}
    there = known(document, field)
    for id, name in there.items():
        if chosen.casefold() in (id, name.casefold(), name.rpartition(", ")[0].casefold(), name.rpartition(", ")[2]):
            return {"action": action, field: id}
    raise ValueError(_("There is no “%(name)s” to choose here.", name=chosen))
