"""What the page of each step shows: what was answered, or what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from web.pages.settings.choices import model_words
from web.pages.setup import guesses
from web.pages.setup.forms import DEPARTMENTS
from web.pages.setup.ticket import ask_setup
from web.weeks import DAY_NAMES

TEMPLATES = {
    "one": (_l("One person"), _l("Callers reach you, or leave a message.")),
    "person": (_l("By person"), _l("Callers choose whom they would like to speak to.")),
    "department": (_l("By department"), _l("Callers choose what they call about, and everybody there is rung.")),
    "companies": (_l("Two companies"), _l("Each company has its own number and its own greeting.")),
}

FIRST_DEPARTMENTS = 2
"""There is room for so many at first, and always for another one."""

State = Mapping[str, Any]


def shown(step: str, state: State, *, room: bool = False) -> dict[str, Any]:
    """For the template of this step. room: for more people than there are."""
    answers = state["answers"]
    return _SHOWN[step](state, answers.get(step), room)


def _you(state: State, answer: Any, _room: bool) -> dict[str, Any]:
    return {"answer": answer or {"name": "", "person": ""}}


def _place(state: State, answer: Any, _room: bool) -> dict[str, Any]:
    spoken = state["languages"]
    return {
        "answer": answer or guesses.place(state["countries"], spoken),
        "countries": guesses.country_names(state["countries"]),
        "languages": sorted((guesses.language_name(code), code) for code in spoken),
        "zones": guesses.zones(),
    }


def _company(_state: State, answer: Any, _room: bool) -> dict[str, Any]:
    return {"answer": answer or {"name": "", "does": ""}}


def _lines(state: State, answer: Any, _room: bool) -> dict[str, Any]:
    now = ask_setup("lines", wait=True)
    numbers = (answer or {}).get("numbers", {})
    rows = [{**line, "written": numbers.get(line["port"], line["number"])} for line in now["lines"]]
    models = [(model, model_words(title)) for model, title in state["gateways"]]
    return {"rows": rows, "answer": answer or {}, "models": [("", _("There is none")), *models]}


def _people(state: State, answer: Any, room: bool) -> dict[str, Any]:
    rows = [dict(row) for row in (answer or {}).get("rows", [])]
    telephones = telephones_of(state)
    if answer is None:
        rows.append({"name": state["answers"].get("you", {}).get("name", ""), "extension": "", "cell": "", "you": True})
    missing = guesses.FIRST_ROWS - len(rows) if not room else guesses.FIRST_ROWS
    rows += [{"name": "", "extension": "", "cell": ""} for _row in range(max(missing, 0))]
    bare = [row for row in rows if not row["extension"]]
    free = ask_setup("extensions", taken=[row["extension"] for row in rows if row["extension"]], count=len(bare))
    for row, extension in zip(bare, free, strict=False):
        row["extension"] = extension
    used = {row.get("telephone") for row in rows}
    idle = iter([port for port, _name, _state in telephones if port not in used])
    for row in rows:
        if "telephone" not in row:
            row["telephone"] = next(idle, "")
    return {"rows": rows, "telephones": telephones}


def telephones_of(state: State) -> list[tuple[str, str, str]]:
    """The port of each telephone, what it is called here, and its state."""
    found = state["found"]["telephones"]
    return [(one["port"], _("Telephone %(number)s", number=place), one["state"]) for place, one in enumerate(found, 1)]


def _hours(state: State, answer: Any, _room: bool) -> dict[str, Any]:
    country = state["answers"].get("place", {}).get("country", "us")
    names = dict(guesses.country_names(state["countries"]))
    return {
        "answer": answer or guesses.hours(),
        "days": DAY_NAMES,
        "usual": guesses.USUAL_SPAN,
        "country": names.get(country, ""),
    }


def _menu(state: State, answer: Any, _room: bool) -> dict[str, Any]:
    people = [row["name"] for row in state["answers"].get("people", {}).get("rows", [])]
    numbers = state["answers"].get("lines", {}).get("numbers", {})
    first = next(
        (place for place, row in enumerate(state["answers"].get("people", {}).get("rows", [])) if row["telephone"]), 0
    )
    made = answer or {"template": "one" if len(people) == 1 else "person", "operator": first}
    departments = list(made.get("departments", []))
    rows = min(max(len(departments) + 1, FIRST_DEPARTMENTS), DEPARTMENTS)
    departments += [{"name": "", "members": []}] * (rows - len(departments))
    return {
        "answer": made,
        "departments": departments,
        "templates": TEMPLATES,
        "people": people,
        "lines": [(port, number) for port, number in numbers.items() if number],
        "heard": ask_setup("preview"),
        "lacking": [one for one in state["mistakes"] if state["mistakes"][one] and one != "menu"],
    }


_SHOWN: Final[Mapping[str, Callable[[State, Any, bool], dict[str, Any]]]] = {
    "you": _you,
    "place": _place,
    "company": _company,
    "lines": _lines,
    "people": _people,
    "hours": _hours,
    "menu": _menu,
}
