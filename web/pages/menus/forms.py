"""What people fill in about a menu, a line or a text, as a piece of the office document."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from web.pages.menus.naming import destination, whom
from web.pages.settings.scopes import plain_word

PARTS = ("morning", "afternoon", "evening")
NUMBERS = {
    "first_digit_seconds": 5.0,
    "between_digits_seconds": 3.0,
    "shared_prefix_seconds": 1.5,
    "silent_tries": 3,
    "wrong_tries": 3,
}
"""The times and counts of a menu, with what each is where nothing else is said."""
COUNTS = ("silent_tries", "wrong_tries")

MOST_KEYS = 12
FREE_KEYS = 4
"""Empty rows for further keys, of which a page shows the first; the others are opened."""

Wrong = dict[str, str]
"""What is wrong with a field, by its name in the form; `form` for all of it."""


def menu_fields(menu: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """A menu as its form has it, with empty rows for further keys."""
    waits = menu.get("waits", {"action": "operator"})
    rows = [
        {"digit": digit, "action": key["action"], "whom": whom(key, document), "says": key.get("says", "")}
        for digit, key in menu.get("keys", {}).items()
    ]
    for _row in range(min(FREE_KEYS, MOST_KEYS - len(rows))):
        rows.append({"digit": "", "action": "person", "whom": "", "says": ""})
    return {
        "greeting": menu.get("greeting", ""),
        **{part: menu.get("greetings", {}).get(part, "") for part in PARTS},
        "language": menu.get("language", ""),
        "extensions": menu.get("extensions", True),
        "waits_action": waits["action"],
        "waits_whom": whom(waits, document),
        "rows": rows,
        **{name: f"{menu.get(name, usual):g}" for name, usual in NUMBERS.items()},
    }


def given_menu_fields(form: Mapping[str, str]) -> dict[str, Any]:
    """What somebody has filled in, so that it stands there again beside its mistakes."""
    texts = ("greeting", *PARTS, "language", "waits_action", "waits_whom", *NUMBERS)
    fields: dict[str, Any] = {name: form.get(name, "") for name in texts}
    rows = [
        {name: form.get(f"{name}{row}", "") for name in ("digit", "action", "whom", "says", "remove")}
        for row in range(MOST_KEYS)
        if f"action{row}" in form
    ]
    return fields | {"extensions": "extensions" in form, "rows": rows}


def menu_of(fields: Mapping[str, Any], was: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[Any, Wrong]:
    """The menu that was filled in, and what is wrong with it. was: the menu before; what no form has stays."""
    wrong: Wrong = {}
    menu = {name: value for name, value in was.items() if name not in ("greetings", "greeting", "keys", "waits")}
    greetings = {part: fields[part].strip() or fields["greeting"].strip() for part in PARTS}
    if any(fields[part].strip() for part in PARTS):
        menu["greetings"] = greetings
    if fields["greeting"].strip():
        menu["greeting"] = fields["greeting"].strip()
    menu["keys"] = _keys(fields["rows"], _group(was.get("keys")), document, wrong)
    _waits(menu, fields, was, document, wrong)
    _put(menu, "language", fields["language"], "")
    if not fields["extensions"] or "extensions" in menu:
        menu["extensions"] = fields["extensions"]
    for name, usual in NUMBERS.items():
        _number(menu, name, fields[name], usual, wrong)
    return menu, wrong


def _keys(rows: Any, was: Mapping[str, Any], document: Mapping[str, Any], wrong: Wrong) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    for place, row in enumerate(rows):
        filled = row["digit"] and not row.get("remove")
        if not filled:
            if not row["digit"] and (row["whom"].strip() or row["says"].strip()):
                wrong[f"digit{place}"] = _("Choose the key that callers press.")
            continue
        if row["digit"] in keys:
            wrong[f"digit{place}"] = _("This key has something to do already.")
        try:
            key: dict[str, Any] = destination(row["action"], row["whom"], document)
        except ValueError as error:
            wrong[f"whom{place}"] = str(error)
            continue
        if row["says"].strip() or "says" in _group(was.get(row["digit"])):
            key["says"] = row["says"].strip()
        keys[row["digit"]] = key
    return keys


def _group(value: Any) -> Mapping[str, Any]:
    """A group of what came with a form, which may be anything."""
    return value if isinstance(value, dict) else {}


def _waits(menu: dict[str, Any], fields: Any, was: Mapping[str, Any], document: Any, wrong: Wrong) -> None:
    try:
        waits = destination(fields["waits_action"], fields["waits_whom"], document)
    except ValueError as error:
        wrong["waits_whom"] = str(error)
        return
    if waits != {"action": "operator"} or "waits" in was:
        menu["waits"] = waits


def _number(menu: dict[str, Any], name: str, given: str, usual: float, wrong: Wrong) -> None:
    try:
        number = int(given) if name in COUNTS else float(given.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        wrong[name] = _("Please enter a number.")
        return
    if number != usual or name in menu:
        menu[name] = number


def _put(group: dict[str, Any], name: str, value: Any, usual: Any) -> None:
    """A field that is as usual is left out, unless it was there before."""
    if value != usual:
        group[name] = value
    else:
        group.pop(name, None)


def chosen(was: Mapping[str, Any], form: Mapping[str, str], names: tuple[str, ...]) -> dict[str, Any]:
    """An entry with other choices; an empty one is left out."""
    entry = dict(was)
    for name in names:
        _put(entry, name, form.get(name, ""), "")
    return entry


def new_id(name: str, taken: Any) -> str:
    """An id made of a name, such as `after-hours`; ValueError says why none can be."""
    id = plain_word(name)[:32].rstrip("-")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,31}", id):
        raise ValueError(_("Please give it a short name in letters from a to z, such as billing."))
    if id in taken or id == "main":
        raise ValueError(_("There is one of this name already."))
    return id
