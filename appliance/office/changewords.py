"""What has changed from one office document to another, in words for people. PINs and passwords are never shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from appliance.office.differences import MISSING, Difference, Fields, Steps, differences, leading_part
from appliance.office.leading import NEEDS, Action
from appliance.office.problem import joined
from hw.said import Said, fixed, in_a_row, said

SECRETS = ("pin", "password", "secret")
"""Fields whose values nobody is shown."""

LONGEST_SHOWN = 120
"""Characters of a value."""

CALLED: Mapping[str, Callable[[str], Said]] = {
    "trunks": lambda name: said("line %(name)s", name=name),
    "stations": lambda name: said("telephone %(name)s", name=name),
    "departments": lambda name: said("department %(name)s", name=name),
    "menus": lambda name: said("menu %(name)s", name=name),
    "information": lambda name: said("information %(name)s", name=name),
    "hours": lambda name: said("hours %(name)s", name=name),
    "keys": lambda name: said("key %(name)s", name=name),
    "people": in_a_row,
    "companies": in_a_row,
}
"""What an entry of these lists and groups is called, by its name. The name of somebody is no text to be translated."""

DOES: Mapping[str, Callable[[str], Said]] = {
    Action.PERSON.value: lambda whom: said("ring %(whom)s", whom=whom),
    Action.DEPARTMENT.value: lambda whom: said("ring %(whom)s", whom=whom),
    Action.MAILBOX.value: lambda whom: said("take a message for %(whom)s", whom=whom),
    Action.OPERATOR.value: lambda _whom: said("ring the operator"),
    Action.MESSAGE.value: lambda _whom: said("take a message for the office"),
    Action.MESSAGES.value: lambda _whom: said("let people of the office hear messages"),
    Action.MENU.value: lambda menu: said("go to the menu %(menu)s", menu=menu),
    Action.BACK.value: lambda _whom: said("go back to the menu before"),
    Action.INFORMATION.value: lambda what: said("tell %(what)s", what=what),
    Action.DIRECTORY.value: lambda _whom: said("find somebody by name"),
    Action.SAME_PERSON.value: lambda _whom: said("ring whoever the caller talked with last"),
    Action.FAX.value: lambda _whom: said("receive a fax"),
    Action.OUTSIDE.value: lambda number: said("dial %(number)s", number=number),
    Action.REPEAT.value: lambda _whom: said("read the menu again"),
    Action.HANG_UP.value: lambda _whom: said("say goodbye"),
}
"""What happens to a call, by whom or what it concerns."""

NEEDED_BY = {action.value: field for action, field in NEEDS.items()}


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One thing that has changed."""

    path: str
    """Where, in the new document; in the old one for what was taken out."""
    kind: str
    """`added`, `removed` or `changed`."""
    what: Said
    """What it is, such as `Maria Alvarez, extension`."""
    before: str
    """Its old value in words; empty where there was none, where it is secret, or too much to be told."""
    after: str
    """Its new value, likewise."""
    text: Said
    """All of it as a sentence."""


def changes(before: Fields | None, after: Fields | None) -> list[ToldChange]:
    """What has changed, in the order of the new document. None: there was, or is, no document."""
    old, new = before or {}, after or {}
    return [told(one, old, new) for one in differences(old, new)]


def sound_change(place: str, name: str) -> ToldChange:
    """What callers hear at a place of the document is another recording, or its text (""), from now on."""
    what = said("recording at %(place)s", place=place)
    after = said("a recording") if name else said("the text")
    text = said("what callers hear at %(place)s: %(after)s", place=place, after=after)
    return ToldChange(place, "changed", what, "", after, text)


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
            text = said("%(what)s is new", what=what)
            text = in_a_row(text, shown_after, by=": ") if shown_after else text
        case "removed":
            text = said("%(what)s is taken out", what=what)
            text = in_a_row(text, said("it was %(value)s", value=shown_before), by="; ") if shown_before else text
        case _ if shown_before != shown_after:
            values = [value or said("nothing") for value in (shown_before, shown_after)]
            text = in_a_row(what, in_a_row(*values, by=" → "), by=": ")
        case _:
            text = said("%(what)s is changed", what=what)
    return ToldChange(joined(steps), kind, what, shown_before, shown_after, text)


def named(steps: Steps, document: Fields) -> Said:
    """What stands there, in words: entries by their names."""
    return in_a_row(*_words(steps, document), by=", ") or said("the office")


def _words(steps: Steps, document: Fields) -> Iterator[Said]:
    value: Any = document
    container = ""
    for place, step in enumerate(steps):
        value = _within(value, step)
        if place == 0 and step == "menu":
            yield said("first menu")
        elif isinstance(step, int) or (container in CALLED and place == 1) or container == "keys":
            name = _name(value, step) if isinstance(step, int) else step
            yield CALLED[container](str(name)) if container in CALLED else in_a_row(_field(container), str(name))
        elif step not in CALLED or place == len(steps) - 1:
            yield _field(str(step))
        container = str(step)


def _field(name: str) -> Said:
    """A field by its name, which a page replaces by what it calls it."""
    return said("%(field)s", field=name.replace("_", " "))


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
            return said("yes") if value else said("no")
        case str():
            return value if len(value) <= LONGEST_SHOWN else f"{value[: LONGEST_SHOWN - 1].rstrip()}…"
        case int() | float():
            return f"{value:g}"
        case [*entries] if all(isinstance(one, str | int | float) for one in entries):
            return shown(", ".join(map(str, entries)), document)
        case {"action": str(), "says": str(says)} if says:
            return said("%(does)s: “%(says)s”", does=destination_words(value, document), says=says)
        case {"action": str()}:
            return destination_words(value, document)
        case _:
            return ""


def destination_words(value: Mapping[str, Any], document: Fields) -> Said:
    """Where a call goes."""
    form = leading_part(value)
    action = str(form["action"])
    whom = str(form.get(NEEDED_BY.get(action, ""), ""))
    listed = {Action.DEPARTMENT.value: "departments"}.get(action, "people")
    entries = document.get(listed)
    for entry in entries if isinstance(entries, list) and action not in ("menu", "information") else ():
        if isinstance(entry, dict) and entry.get("id") == whom:
            whom = str(entry.get("name", whom))
    return DOES[action](whom) if action in DOES else fixed(action)
