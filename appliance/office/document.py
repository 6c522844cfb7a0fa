"""Makes an `Office` of an office document, or tells all of the document's mistakes at once."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from appliance.office.draft import Draft
from appliance.office.jsonmistake import json_mistake
from appliance.office.model import Office
from appliance.office.people import MOST_PEOPLE
from appliance.office.problem import OfficeErrors, Problem, joined
from appliance.office.reading import completed, read
from appliance.office.rules import broken_rules
from appliance.office.sip import Model
from hw.said import said

LARGEST_DOCUMENT = 1_000_000
"""Characters of JSON text. The largest sensible office, 500 people and 200 menus, is below 500,000."""
DEEPEST_DOCUMENT = 16
"""Levels of lists and objects in one another. The schema needs 5."""
LONGEST_LIST = MOST_PEOPLE
"""The most entries of one list or object: an office has more people than anything else."""


def load_document(text: str) -> object:
    """The document in a JSON text. Raises `OfficeErrors` with line and column where the text is not JSON."""
    if len(text) > LARGEST_DOCUMENT:
        raise OfficeErrors(
            [
                Problem(
                    "",
                    said("the document is longer than %(most)s characters", most=LARGEST_DOCUMENT),
                )
            ]
        )
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
        raise OfficeErrors(
            [Problem("", said("this is not JSON: %(mistake)s", mistake=json_mistake(text, error)))]
        ) from error
    except RecursionError as error:
        raise OfficeErrors([_too_deep(())]) from error
    except ValueError as error:
        raise OfficeErrors([Problem("", said("a number in the document has too many digits"))]) from error
    places = {id(place): path for path, place in _walk(document) if isinstance(place, dict)} if repeated else {}
    if repeated:
        raise OfficeErrors(
            [Problem(joined((*places.get(id(place), ()), name)), said("is given twice")) for place, name in repeated]
        )
    return document


def parse_office(
    document: object, countries: Collection[str] | None = None, models: Mapping[str, Model] | None = None
) -> Office:
    """The office a document describes. Raises `OfficeErrors` with every mistake found.

    countries: those there is a tone plan for; models: SIP devices there is a profile of; None leaves that unchecked.
    """
    # Whoever only loads a document, or has it checked by another process, need not have the schema's library in memory.
    from appliance.office.objections import MOST_PROBLEMS, broken_schema

    unusable = list(_not_json(document))
    if unusable:
        raise OfficeErrors(unusable)
    if not isinstance(document, dict):
        raise OfficeErrors(broken_schema(document))
    whole = completed(Office, document)
    rules = islice(broken_rules(Draft("", whole), countries, models), MOST_PROBLEMS)
    problems = [*broken_schema(document), *rules]
    if problems:
        raise OfficeErrors(_in_order(problems, document))
    return read(Office, whole)


def _in_order(problems: list[Problem], document: object) -> list[Problem]:
    """The problems in the order of the document. What is missing comes after the group in which it is missing."""
    places = {joined(path): number for number, (path, _) in enumerate(_walk(document))}

    def place(problem: Problem) -> int:
        path = problem.path
        while path not in places:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return places[path]

    return sorted(problems, key=place)


def _walk(document: object) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every value with its path, in the document's order, down to one level below the deepest that is allowed."""
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
    return Problem(
        joined(path[:3]),
        said("has more than %(most)s lists and objects inside one another", most=DEEPEST_DOCUMENT),
    )


def _not_json(document: object) -> Iterator[Problem]:
    """Checks that come before all others: the size, values that JSON does not have, and text that no file can hold."""
    for path, value in _walk(document):
        if len(path) > DEEPEST_DOCUMENT:
            yield _too_deep(path)
            return
        if isinstance(value, (list, dict)) and len(value) > LONGEST_LIST:
            yield Problem(joined(path), said("has more than %(most)s entries", most=LONGEST_LIST))
            return
        if isinstance(value, float) and not math.isfinite(value):
            yield Problem(joined(path), said("must be a finite number"))
        elif isinstance(value, str):
            if not _plain(value):
                yield Problem(joined(path), said("holds a line break or another character that cannot be shown"))
        elif isinstance(value, dict):
            if not all(isinstance(name, str) and _plain(name) for name in value):
                yield Problem(joined(path), said("has a name that cannot be shown"))
                return
        elif not (value is None or isinstance(value, (bool, int, float, list))):
            yield Problem(joined(path), said("is a %(kind)s, which JSON does not have", kind=type(value).__name__))


def _plain(text: str) -> bool:
    return not any(char < " " or "\x7f" <= char < "\xa0" or "\ud800" <= char <= "\udfff" for char in text)
