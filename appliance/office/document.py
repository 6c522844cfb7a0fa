"""From the office document to an `Office`: all of its mistakes at once, or a document that holds what it says."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from appliance.office.destination import Destination, EndCall, RepeatMenu, ToMailbox, ToOperator, ToPerson
from appliance.office.jsonmistake import json_mistake
from appliance.office.model import Ending, Key, Led, Menu, Office, Part, Person, Station, Trunk
from appliance.office.problem import OfficeErrors, Problem, joined
from appliance.office.rules import broken_rules
from appliance.office.schema import broken_schema
from appliance.office.sip import Model, sip_of

LARGEST_DOCUMENT = 1_000_000
"""Characters of JSON text. The largest sensible office, 200 people and 32 trunks, is below 100,000."""
DEEPEST_DOCUMENT = 16
"""Levels of lists and objects in one another. The schema needs 5."""
LONGEST_LIST = 200
"""Entries of one list or object: the most people the schema allows. Comparing entries takes the square of this."""


def load_document(text: str) -> object:
    """The document in a JSON text. Raises `OfficeErrors` with line and column where the text is not JSON."""
    if len(text) > LARGEST_DOCUMENT:
        raise OfficeErrors([Problem("", f"the document is longer than {LARGEST_DOCUMENT} characters")])
    repeated: list[tuple[dict[str, Any], str]] = []

    def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            times = Counter(name for name, _ in pairs)
            repeated.extend((found, name) for name in found if times[name] > 1)
        return found

    try:
        document: object = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=once_each)
    except json.JSONDecodeError as error:
        raise OfficeErrors([Problem("", f"this is not JSON: {json_mistake(text, error)}")]) from error
    except RecursionError as error:
        raise OfficeErrors([_too_deep(())]) from error
    except ValueError as error:
        raise OfficeErrors([Problem("", "a number in the document has too many digits")]) from error
    places = {id(place): path for path, place in _walk(document) if isinstance(place, dict)} if repeated else {}
    if repeated:
        raise OfficeErrors(
            [Problem(joined((*places.get(id(place), ()), name)), "is given twice") for place, name in repeated]
        )
    return document


def parse_office(
    document: object, countries: Collection[str] | None = None, models: Mapping[str, Model] | None = None
) -> Office:
    """The office a document describes. Raises `OfficeErrors` with every mistake found.

    countries: those there is a tone plan for; models: SIP devices there is a profile of; None leaves that unchecked.
    """
    unusable = list(_not_json(document))
    if unusable:
        raise OfficeErrors(unusable)
    problems = [*broken_schema(document), *broken_rules(document, countries, models)]
    if problems or not isinstance(document, dict):
        raise OfficeErrors(_in_order(problems, document))
    return _office(document)


def _in_order(problems: list[Problem], document: object) -> list[Problem]:
    """The problems in the order of the document; what is missing comes behind what it is missing from."""
    places = {joined(path): number for number, (path, _) in enumerate(_walk(document))}

    def place(problem: Problem) -> int:
        path = problem.path
        while path not in places:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return places[path]

    return sorted(problems, key=place)


def _walk(document: object) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every value with its path, the document's order, down to one level below the deepest allowed."""
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if len(path) > DEEPEST_DOCUMENT:
            continue
        inside: list[tuple[Any, object]] = []
        if isinstance(value, dict):
            inside = list(value.items())
        elif isinstance(value, list):
            inside = list(enumerate(value))
        waiting.extend(((*path, step), item) for step, item in reversed(inside))


def _too_deep(path: tuple[str | int, ...]) -> Problem:
    return Problem(joined(path[:3]), f"has more than {DEEPEST_DOCUMENT} lists and objects inside one another")


def _not_json(document: object) -> Iterator[Problem]:
    """What must be right before anything else looks: size, values JSON has no word for, text no file can hold."""
    for path, value in _walk(document):
        if len(path) > DEEPEST_DOCUMENT:
            yield _too_deep(path)
            return
        if isinstance(value, (list, dict)) and len(value) > LONGEST_LIST:
            yield Problem(joined(path), f"has more than {LONGEST_LIST} entries")
            return
        if isinstance(value, float) and not math.isfinite(value):
            yield Problem(joined(path), "must be a finite number")
        elif isinstance(value, str):
            if not _plain(value):
                yield Problem(joined(path), "holds a line break or another character that cannot be shown")
        elif isinstance(value, dict):
            if not all(isinstance(name, str) and _plain(name) for name in value):
                yield Problem(joined(path), "has a name that cannot be shown")
                return
        elif not (value is None or isinstance(value, (bool, int, float, list))):
            yield Problem(joined(path), f"is a {type(value).__name__}, which JSON does not have")


def _plain(text: str) -> bool:
    return not any(char < " " or "\x7f" <= char < "\xa0" or "\ud800" <= char <= "\udfff" for char in text)


def _office(document: dict[str, Any]) -> Office:
    """Build the office of a document in which everything has been found right."""
    optional: dict[str, Any] = {
        name: document[name]
        for name in ("mailbox_access", "outside_prefix", "longest_message_seconds")
        if name in document
    }
    optional |= {
        name: time.fromisoformat(document[name]) for name in ("morning_until", "evening_from") if name in document
    }
    if "messages_per_mailbox" in document:
        optional["messages_per_mailbox"] = int(document["messages_per_mailbox"])
    return Office(
        name=document["name"],
        country=document["country"],
        time_zone=ZoneInfo(document["time_zone"]),
        trunks=tuple(_trunk(trunk) for trunk in document["trunks"]),
        stations=tuple(Station(**station) for station in document["stations"]),
        people=tuple(Person(**person) for person in document["people"]),
        menu=_menu(document["menu"]),
        operator=document["operator"],
        general_mailbox=document["general_mailbox"],
        sip=sip_of(document.get("sip", {})),
        led=Led(**{name: int(gpio) for name, gpio in document.get("led", {}).items()}),
        **optional,
    )


def _trunk(fields: dict[str, Any]) -> Trunk:
    rings = fields.get("answer_after_rings")
    return Trunk(
        name=fields.get("name", fields["port"]),
        port=fields["port"],
        number=fields.get("number", ""),
        endings=frozenset(Ending(ending) for ending in fields.get("endings", list(Ending))),
        answer_after_rings=None if rings is None else int(rings),
    )


def _menu(fields: dict[str, Any]) -> Menu:
    keys = {
        digit: Key(ACTIONS[key["action"]](key.get("person", "")), key.get("says", ""))
        for digit, key in fields["keys"].items()
    }
    greetings = {part: fields["greetings"][part.value] for part in Part}
    others = {name: value for name, value in fields.items() if name not in ("keys", "greetings")}
    others |= {name: int(others[name]) for name in ("silent_tries", "wrong_tries") if name in others}
    return Menu(keys=keys, greetings=greetings, **others)


ACTIONS: dict[str, Callable[[str], Destination]] = {
    "person": ToPerson,
    "mailbox": ToMailbox,
    "operator": lambda _person: ToOperator(),
    "repeat": lambda _person: RepeatMenu(),
    "hang-up": lambda _person: EndCall(),
}
"""What the document calls the destinations of a key, and how they are made of the person's id."""
