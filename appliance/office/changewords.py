"""What has changed from one office document to another, in words for people. PINs and passwords are never shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from appliance.office.differences import MISSING, Difference, Fields, Steps, differences, leading_part
from appliance.office.leading import NEEDS, Action
from appliance.office.problem import joined

SECRETS = ("pin", "password", "secret")
"""Fields whose values nobody is shown."""

LONGEST_SHOWN = 120
"""Characters of a value."""

CALLED = {
    "trunks": "line",
    "stations": "telephone",
    "departments": "department",
    "menus": "menu",
    "information": "information",
    "hours": "hours",
    "keys": "key",
    "people": "",
    "companies": "",
}
"""What an entry of these lists and groups is called, in front of its name."""

DOES = {
    Action.PERSON: "ring",
    Action.DEPARTMENT: "ring",
    Action.MAILBOX: "take a message for",
    Action.OPERATOR: "ring the operator",
    Action.MESSAGE: "take a message for the office",
    Action.MESSAGES: "let people of the office hear messages",
    Action.MENU: "go to the menu",
    Action.BACK: "go back to the menu before",
    Action.INFORMATION: "tell",
    Action.DIRECTORY: "find somebody by name",
    Action.SAME_PERSON: "ring whoever the caller talked with last",
    Action.FAX: "receive a fax",
    Action.OUTSIDE: "dial",
    Action.REPEAT: "read the menu again",
    Action.HANG_UP: "say goodbye",
}
"""What happens to a call, in front of whom it concerns."""

NEEDED_BY = {action.value: field for action, field in NEEDS.items()}


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One thing that has changed."""

    path: str
    """Where, in the new document; in the old one for what was taken out."""
    kind: str
    """`added`, `removed` or `changed`."""
    what: str
    """What it is, such as `Maria Alvarez, extension`."""
    before: str
    """Its old value in words; empty where there was none, where it is secret, or too much to be told."""
    after: str
    """Its new value, likewise."""
    text: str
    """All of it as a sentence, in English."""


def changes(before: Fields | None, after: Fields | None) -> list[ToldChange]:
    """What has changed, in the order of the new document. None: there was, or is, no document."""
    old, new = before or {}, after or {}
    return [told(one, old, new) for one in differences(old, new)]


def sound_change(place: str, name: str) -> ToldChange:
    """What callers hear at a place of the document is another recording, or its text (""), from now on."""
    what, after = f"recording at {place}", "a recording" if name else "the text"
    return ToldChange(place, "changed", what, "", after, f"what callers hear at {place}: {after}")


def told(difference: Difference, old: Fields, new: Fields) -> ToldChange:
    """A difference between two documents in words. old, new: where the names of people are looked up."""
    steps, before, after = difference.steps, difference.before, difference.after
    kind = "added" if before is MISSING else "removed" if after is MISSING else "changed"
    what = named(steps, old if after is MISSING else new)
    secret = any(step in SECRETS for step in steps)
    shown_before = "" if secret else shown(before, old)
    shown_after = "" if secret else shown(after, new)
    match kind:
        case "added":
            text = f"{what} is new" + (f": {shown_after}" if shown_after else "")
        case "removed":
            text = f"{what} is taken out" + (f"; it was {shown_before}" if shown_before else "")
        case _ if shown_before != shown_after:
            text = f"{what}: {shown_before or 'nothing'} → {shown_after or 'nothing'}"
        case _:
            text = f"{what} is changed"
    return ToldChange(joined(steps), kind, what, shown_before, shown_after, text)


def named(steps: Steps, document: Fields) -> str:
    """What stands there, in words: entries by their names."""
    return ", ".join(_words(steps, document)) or "the office"


def _words(steps: Steps, document: Fields) -> Iterator[str]:
    value: Any = document
    container = ""
    for place, step in enumerate(steps):
        value = _within(value, step)
        if place == 0 and step == "menu":
            yield "first menu"
        elif isinstance(step, int) or (container in CALLED and place == 1) or container == "keys":
            name = _name(value, step) if isinstance(step, int) else step
            yield f"{CALLED.get(container, container.replace('_', ' '))} {name}".strip()
        elif step not in CALLED or place == len(steps) - 1:
            yield str(step).replace("_", " ")
        container = str(step)


def _within(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(str(step))
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


def _name(value: Any, step: int) -> str:
    group = value if isinstance(value, dict) else {}
    return str(group.get("name") or group.get("id") or group.get("port") or step + 1)


def shown(value: Any, document: Fields) -> str:
    """A value in words; empty for what has too many parts."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return value if len(value) <= LONGEST_SHOWN else f"{value[: LONGEST_SHOWN - 1].rstrip()}…"
        case int() | float():
            return f"{value:g}"
        case [*entries] if all(isinstance(one, str | int | float) for one in entries):
            return shown(", ".join(map(str, entries)), document)
        case {"action": str(), "says": str(says)} if says:
            return f"{destination_words(value, document)}: “{says}”"
        case {"action": str()}:
            return destination_words(value, document)
        case _:
            return ""


def destination_words(value: Mapping[str, Any], document: Fields) -> str:
    """Where a call goes."""
    form = leading_part(value)
    action = str(form["action"])
    whom = str(form.get(NEEDED_BY.get(action, ""), ""))
    listed = {Action.DEPARTMENT.value: "departments"}.get(action, "people")
    entries = document.get(listed)
    for entry in entries if isinstance(entries, list) and action not in ("menu", "information") else ():
        if isinstance(entry, dict) and entry.get("id") == whom:
            whom = str(entry.get("name", whom))
    does = next((words for one, words in DOES.items() if one.value == action), action)
    return f"{does} {whom}".strip()
