"""What must hold between the parts of an office document: names that are meant exist, and nothing is there twice.

The rules look at a document that may be wrong elsewhere, so that all mistakes are told at once: what has not the
right type is passed over here, the schema has objected to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from appliance.nearest import nearest
from appliance.office.pin import weakness
from appliance.office.problem import Problem
from appliance.office.sip import Model
from appliance.office.siprules import broken_sip_rules

Placed = tuple[str, str]
"""A text of the document: where it stands, and what it says."""


def broken_rules(
    document: object, countries: Collection[str] | None, models: Mapping[str, Model] | None = None
) -> list[Problem]:
    """Every broken rule. countries, models: those known; None leaves the country, or the SIP models, unchecked."""
    if not isinstance(document, dict):
        return []
    return [
        *_place(document, countries),
        *_twice(_texts(document, "trunks", "port") + _texts(document, "stations", "port"), "port"),
        *_twice(_texts(document, "trunks", "name"), "name"),
        *_twice([(path, number) for path, number in _texts(document, "trunks", "number") if number], "number"),
        *_twice(_texts(document, "stations", "name"), "name"),
        *_twice(_texts(document, "people", "id"), "id"),
        *_numbering(document),
        *_references(document),
        *_pins(document),
        *_times(document),
        *broken_sip_rules(document, models),
    ]


def _entries(document: dict[str, Any], section: str) -> list[tuple[str, dict[str, Any]]]:
    """The entries of a list of the document with their paths, those that are objects."""
    entries = document.get(section)
    if not isinstance(entries, list):
        return []
    return [(f"{section}[{place}]", entry) for place, entry in enumerate(entries) if isinstance(entry, dict)]


def _texts(document: dict[str, Any], section: str, field: str) -> list[Placed]:
    return [
        (f"{path}.{field}", entry[field])
        for path, entry in _entries(document, section)
        if isinstance(entry.get(field), str)
    ]


def _place(document: dict[str, Any], countries: Collection[str] | None) -> Iterator[Problem]:
    country = document.get("country")
    if isinstance(country, str) and countries is not None and country not in countries:
        near = nearest(country, countries)
        known = f"; known are {', '.join(sorted(countries))}"
        yield Problem("country", "is not a country whose telephone tones are known" + ("" if near else known), near)
    zone = document.get("time_zone")
    if isinstance(zone, str) and not _is_zone(zone):
        zones = available_timezones()
        cities = {name.rpartition("/")[2].replace("_", " "): name for name in sorted(zones, reverse=True)}
        near = nearest(zone, zones) or cities.get(nearest(zone, cities), "")
        yield Problem("time_zone", "is not a known time zone, such as America/New_York", near)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # Besides "not found": names that climb out of the zone folder, are a folder, or are too long for a file.
        return False
    return True


def _twice(texts: Iterable[Placed], what: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for path, text in texts:
        if text in first:
            yield Problem(path, f"the {what} {text} is already given at {first[text]}")
        else:
            first[text] = path


def _numbering(document: dict[str, Any]) -> Iterator[Problem]:
    """No two numbers that can be dialled are the same, and none is the beginning of another."""
    seen: list[tuple[str, str, str]] = [("", "0", "0, which calls the operator")]
    for field, default, what in (
        ("outside_prefix", "9", "the number for an outside line"),
        ("mailbox_access", "8500", "the number for hearing messages"),
    ):
        number = document.get(field, default)
        if isinstance(number, str) and number:
            yield from (Problem(field, _clash(number, other, of)) for _, other, of in seen if _clashing(number, other))
            seen.append((field, number, f"{number}, {what}"))
    for path, extension in _texts(document, "people", "extension"):
        if not extension:
            continue
        for other_path, other, of in seen:
            if extension == other and other_path.startswith("people"):
                yield Problem(path, f"the extension {extension} is already given at {other_path}")
            elif _clashing(extension, other):
                yield Problem(path, _clash(extension, other, of))
        seen.append((path, extension, f"{extension} at {path}"))


def _clashing(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _clash(number: str, other: str, of: str) -> str:
    if number == other:
        return f"{number} is the same as {of}"
    return f"{number} begins with {of}" if number.startswith(other) else f"{number} is the beginning of {of}"


def _references(document: dict[str, Any]) -> Iterator[Problem]:
    people = {entry["id"]: entry for _, entry in _entries(document, "people") if isinstance(entry.get("id"), str)}
    stations = {name for _, name in _texts(document, "stations", "name")}
    for path, station in _texts(document, "people", "station"):
        if station not in stations:
            yield Problem(path, f"there is no station called {station}", nearest(station, stations))
    for field in ("operator", "general_mailbox"):
        if isinstance(document.get(field), str):
            yield from _meant(field, document[field], people, mailbox=field == "general_mailbox")
    menu = document.get("menu")
    keys = menu.get("keys") if isinstance(menu, dict) else None
    for digit, key in keys.items() if isinstance(keys, dict) else ():
        if not isinstance(key, dict) or not isinstance(key.get("action"), str):
            continue
        path, action, person = f"menu.keys.{digit}", key["action"], key.get("person")
        if digit == "0" and action != "operator":
            yield Problem(f"{path}.action", "0 always calls the operator; give this to another key")
        if action in ("person", "mailbox"):
            if isinstance(person, str):
                yield from _meant(f"{path}.person", person, people, mailbox=action == "mailbox")
            elif person is None:
                yield Problem(f"{path}.person", f"is missing: the action {action} needs to know whose")
        elif "person" in key and action in ("operator", "repeat", "hang-up"):
            yield Problem(f"{path}.person", f"the action {action} concerns no person; leave this out")


def _meant(path: str, id: str, people: dict[str, dict[str, Any]], *, mailbox: bool) -> Iterator[Problem]:
    if id not in people:
        names = {str(person.get("name")): id for id, person in people.items()}
        near = nearest(id, people) or names.get(nearest(id, names), "")
        yield Problem(path, f"there is nobody with the id {id} among the people", near)
    elif mailbox and people[id].get("mailbox", True) is False:
        yield Problem(path, f"{id} has no mailbox")


def _pins(document: dict[str, Any]) -> Iterator[Problem]:
    for path, person in _entries(document, "people"):
        pin, extension = person.get("pin"), person.get("extension")
        if isinstance(pin, str) and pin.isdecimal() and len(pin) >= 4:
            reason = weakness(pin, extension if isinstance(extension, str) else "")
            if reason:
                yield Problem(f"{path}.pin", reason)


def _times(document: dict[str, Any]) -> Iterator[Problem]:
    morning, evening = document.get("morning_until", "11:00"), document.get("evening_from", "17:00")
    if (
        isinstance(morning, str)
        and isinstance(evening, str)
        and len(morning) == len(evening) == 5
        and morning > evening
    ):
        yield Problem("evening_from", f"the evening begins at {evening}, before the morning ends at {morning}")
