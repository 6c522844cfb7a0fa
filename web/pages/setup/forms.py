"""What is filled in at each step, as the daemon keeps it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from web.weeks import DAYS, spans_of

Form = MultiDict[str, str]

MOST_ROWS = 600
DEPARTMENTS = 4


def _you(form: Form) -> dict[str, Any]:
    """The password is added to it as a hash."""
    return {"name": form.get("name", ""), "person": form.get("person", "")}


def _place(form: Form) -> dict[str, Any]:
    return {name: form.get(name, "") for name in ("country", "language", "time_zone")}


def _company(form: Form) -> dict[str, Any]:
    return {name: form.get(name, "") for name in ("name", "does")}


def _lines(form: Form) -> dict[str, Any]:
    ports = form.getlist("port")
    return {
        "numbers": {port: form.get(f"number-{place}", "") for place, port in enumerate(ports)},
        "gateway_model": form.get("gateway_model", ""),
        "gateway_address": form.get("gateway_address", ""),
        "network_telephones": form.get("network_telephones", "").split(),
    }


def _people(form: Form) -> dict[str, Any]:
    """A row without a name and a cell phone is nobody, though an extension is suggested there."""
    rows = []
    for place in range(MOST_ROWS):
        if f"name-{place}" not in form:
            break
        row: dict[str, Any] = {
            name: form.get(f"{name}-{place}", "").strip() for name in ("name", "extension", "telephone", "cell")
        }
        if row["name"] or row["cell"]:
            rows.append(row | ({"you": True} if form.get("you") == str(place) else {}))
    return {"rows": rows}


def _hours(form: Form) -> dict[str, Any]:
    """Without breaks only the first hours of a day count: a page that hides the others may still have them."""
    breaks = bool(form.get("breaks"))
    open_days = [day for day in DAYS if form.get(f"week.{day}.open")]
    return {
        "always": bool(form.get("always")),
        "breaks": breaks,
        "week": {day: spans_of(form, f"week.{day}")[: None if breaks else 1] for day in open_days},
        "holidays": bool(form.get("holidays")),
    }


def _menu(form: Form) -> dict[str, Any]:
    people = list(takewhile(lambda place: f"works_for-{place}" in form, range(MOST_ROWS)))
    departments = [
        {"name": form.get(f"department-{place}", ""), "members": _whole(form.getlist(f"members-{place}"))}
        for place in range(DEPARTMENTS)
    ]
    return {
        "template": form.get("template", ""),
        "departments": [one for one in departments if str(one["name"]).strip()],
        "second": form.get("second", ""),
        "second_does": form.get("second_does", ""),
        "second_lines": form.getlist("second_lines"),
        "works_for": [form.get(f"works_for-{place}", "") for place in range(len(people))],
        "greeting": form.get("greeting", ""),
        "second_greeting": form.get("second_greeting", ""),
        "operator": next(iter(_whole([form.get("operator", "")])), 0),
    }


def _whole(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 5]


ANSWERS: Final[dict[str, Callable[[Form], dict[str, Any]]]] = {
    "you": _you,
    "place": _place,
    "company": _company,
    "lines": _lines,
    "people": _people,
    "hours": _hours,
    "menu": _menu,
}
