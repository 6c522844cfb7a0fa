"""What people fill in about opening hours beside the picture: the week, and what callers get when it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from web.pages.menus.forms import Wrong
from web.pages.menus.naming import destination, whom
from web.weeks import DAYS, WORKDAYS, spans_of

STANDINGS = ("closed", "lunch", "holiday")
"""Of the hours: what callers get then."""

NEW_HOURS = {"week": {day: ["09:00-17:00"] for day in WORKDAYS}}
"""What new hours begin with."""


def hours_fields(hours: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """Hours as their form has them."""
    fields: dict[str, Any] = {"week": {day: hours.get("week", {}).get(day, []) for day in DAYS}}
    for name in STANDINGS:
        leads = hours.get(name, {})
        fields |= {f"{name}_action": leads.get("action", ""), f"{name}_whom": whom(leads, document)}
    return fields


def given_hours_fields(form: MultiDict[str, str]) -> dict[str, Any]:
    """What somebody has filled in, so that it stands there again beside its mistakes."""
    fields: dict[str, Any] = {"week": {day: spans_of(form, f"week.{day}") for day in DAYS}}
    for name in STANDINGS:
        fields |= {f"{name}_action": form.get(f"{name}_action", ""), f"{name}_whom": form.get(f"{name}_whom", "")}
    return fields


def hours_of_form(fields: Mapping[str, Any], was: Mapping[str, Any], document: Any, wrong: Wrong) -> dict[str, Any]:
    """The hours that were filled in. was: the hours before; what the form does not have stays, such as holidays."""
    hours = dict(was)
    week = was.get("week")
    before: dict[str, Any] = week if isinstance(week, dict) else {}
    hours["week"] = {
        day: _as_before(before.get(day), fields["week"][day]) for day in DAYS if day in before or fields["week"][day]
    }
    for name in STANDINGS:
        action = fields[f"{name}_action"]
        if not action:
            hours.pop(name, None)
            continue
        try:
            hours[name] = destination(action, fields[f"{name}_whom"], document)
        except ValueError as error:
            wrong[f"{name}_whom"] = str(error)
    return hours


def _as_before(before: Any, spans: list[str]) -> Any:
    """The spans as they were written, where they say the same: a document may have spaces in them."""
    plain = [str(span).replace(" ", "") for span in before] if isinstance(before, list) else None
    return before if plain == spans else spans
