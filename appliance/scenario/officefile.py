"""Finds and reads the office a scenario plays in, with the scenario's own values put into its document."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from appliance.office.document import load_document, parse_office
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.scenario.parser import OfficeReader, OfficeUnread
from appliance.scenario.settings import Override
from appliance.store.documentfile import document_text
from hw.nearest import nearest
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "offices"

_NAMES = ("id", "name", "port")


def office_reader(beside: Path) -> OfficeReader:
    """A reader that looks for the office's file in this folder first, then among the examples."""

    def read(name: str, overrides: Sequence[Override]) -> Office:
        try:
            return parse_office(document(beside, name, overrides), COUNTRIES, profiles())
        except OfficeErrors as errors:
            raise OfficeUnread([f"the office: {problem}" for problem in errors.problems]) from errors

    return read


def document(beside: Path, name: str, overrides: Sequence[Override]) -> Any:
    """The office's document with the overrides in it. Raises `OfficeUnread`."""
    for path in (beside / name, beside / f"{name}.json", EXAMPLES / f"{name}.json"):
        if path.is_file():
            break
    else:
        known = sorted(path.stem for path in EXAMPLES.glob("*.json"))
        meant = nearest(name, known)
        hint = f"; did you mean {meant!r}?" if meant else f"; there are {', '.join(known)}" if known else ""
        raise OfficeUnread([f"there is no office {name!r} beside the scenario or among the examples{hint}"])
    try:
        changed = copy.deepcopy(load_document(document_text(path)))
    except OfficeErrors as errors:
        raise OfficeUnread([f"{path.name}: {problem}" for problem in errors.problems]) from errors
    except OSError as error:
        raise OfficeUnread([f"{path.name} cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise OfficeUnread([f"{path.name} is not a text file in UTF-8"]) from error
    for override in overrides:
        _put(changed, override)
    return changed


def _put(document: Any, override: Override) -> None:
    """Put a value into the document. Entries of lists are found by id, name or port; a missing last key is added."""
    place = document
    for step in override.path[:-1]:
        place = _inside(place, step, override)
    last = override.path[-1]
    if isinstance(place, dict):
        place[last] = override.value
    elif isinstance(place, list):
        place[place.index(_inside(place, last, override))] = override.value
    else:
        raise OfficeUnread([f"{'.'.join(override.path)}: there is nothing to put {last!r} into"])


def _inside(place: Any, step: str, override: Override) -> Any:
    if isinstance(place, dict) and step in place:
        return place[step]
    if isinstance(place, dict):
        known = list(place)
    elif isinstance(place, list):
        for entry in place:
            if isinstance(entry, dict) and step in [entry.get(name) for name in _NAMES]:
                return entry
        known = [str(entry.get("id", entry.get("name"))) for entry in place if isinstance(entry, dict)]
    else:
        known = []
    meant = nearest(step, known)
    hint = f"; did you mean {meant!r}?" if meant else f"; there are {', '.join(known)}" if known else ""
    raise OfficeUnread([f"{'.'.join(override.path)}: the office has no {step!r} there{hint}"])
