"""The walk through every menu of an office as large as may be: whole calls by audio, in virtual time, on all cores."""

from __future__ import annotations

import json
import resource
import time
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from appliance.clock import run_virtual
from appliance.office.document import parse_office
from appliance.office.lines import MOST_STATIONS
from appliance.office.lint import lint
from appliance.office.menus import MOST_MENUS
from appliance.office.model import Office
from appliance.office.people import MOST_PEOPLE
from appliance.officewords import office_languages, office_words
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.walk.team import walk
from tests.bench.figure import Figure
from tests.calls.world import OFFICE

WALKED = 1000
"""Paths of some 1,800: those of the first menus, of every kind in the same proportion."""

NAMES = [
    f"{first} {last}"
    for first in ("Ann", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gwen", "Hugh", "Iris", "Jack")
    for last in ("Hill", "Cole", "Marsh", "Frost", "Lund", "Brook", "Stone", "Field", "Wood", "Lake")
]
NOON = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)


def figures() -> list[Figure]:
    office = parse_office(large_office())
    began = time.process_time()
    lint(office)
    checked = time.process_time() - began
    speed, on_one_core = paths_a_second(office)
    people = f"{MOST_PEOPLE} people and {MOST_MENUS} menus"
    return [
        Figure(f"walk: check of an office of {people}", checked, "s", "<= 5", checked <= 5),
        Figure(f"walk: paths of an office of {people}, by audio", speed, "a second", ">= 50", speed >= 50),
        Figure(
            "walk: the same in a second of one core's time, whatever else the machine does", on_one_core, "a second"
        ),
    ]


def paths_a_second(office: Office) -> tuple[float, float]:
    """By the clock, and by the time that the walkers' processes were given."""
    prompts = PromptLibrary(default_cache())
    run_virtual(lambda: prompts.prepare(office_words(office), office_languages(office)))
    walking = walk(office, prompts, NOON)
    began = time.perf_counter()
    walked = list(islice(walking, WALKED))
    seconds = time.perf_counter() - began
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    walking.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    given = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return len(walked) / seconds, len(walked) / given


def large_office() -> dict[str, Any]:
    """The example office with as many people, telephones and menus as there may be, in three levels."""
    document: dict[str, Any] = json.loads(OFFICE.read_text(encoding="utf-8"))
    stations = [station["name"] for station in document["stations"]]
    for number in range(MOST_STATIONS - len(stations)):
        document["stations"].append({"name": f"desk {number}", "port": f"desk-{number}"})
    for number in range(MOST_PEOPLE - len(document["people"])):
        person = {"id": f"person-{number}", "name": NAMES[number % len(NAMES)], "extension": f"6{number:03}"}
        desk = {"station": f"desk {number}"} if number < MOST_STATIONS - len(stations) else {}
        document["people"].append(person | desk)
    document["menus"] = {f"menu-{number}": menu(number) for number in range(MOST_MENUS)}
    document["menu"]["keys"]["4"] = {"action": "menu", "menu": "menu-0", "says": "For more, press 4."}
    return document


def menu(number: int) -> dict[str, Any]:
    """Two people, a mailbox, and two further menus."""
    says = {str(digit): f"For department {digit}, press {digit}." for digit in range(1, 6)}
    people = [f"person-{(number * 3 + place) % (MOST_PEOPLE - 4)}" for place in range(3)]
    keys: dict[str, Any] = {
        "1": {"action": "person", "person": people[0]},
        "2": {"action": "person", "person": people[1]},
        "3": {"action": "mailbox", "person": people[2]},
        "4": {"action": "menu", "menu": f"menu-{min(2 * number + 1, MOST_MENUS - 1)}"},
        "5": {"action": "menu", "menu": f"menu-{min(2 * number + 2, MOST_MENUS - 1)}"},
    }
    return {
        "greeting": f"This is section {number}.",
        "keys": {digit: key | {"says": says[digit]} for digit, key in keys.items()},
    }
