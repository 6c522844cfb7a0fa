"""What is proposed before anything was answered: by what the browser says, and by what is usual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from flask import request
from flask_babel import get_locale

from web.weeks import WORKDAYS

CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
USUAL_SPAN = "09:00-17:00"
FIRST_ROWS = 4
"""People there is room for at first."""


def place(countries: Mapping[str, tuple[str, str, str]], spoken: Iterable[str]) -> dict[str, str]:
    """Country, language and time zone. countries: iso, language and zone of each, by the daemon's codes."""
    by_iso = {iso: country for country, (iso, _language, _zone) in countries.items()}
    asked = [value.replace("_", "-").split("-") for value, _quality in request.accept_languages]
    regions = [parts[-1].upper() for parts in asked if len(parts) > 1]
    of_language = {language: country for country, (_iso, language, _zone) in reversed(list(countries.items()))}
    country = next((by_iso[region] for region in regions if region in by_iso), "")
    country = country or next((of_language[parts[0]] for parts in asked if parts[0] in of_language), "us")
    language = next((parts[0] for parts in asked if parts[0] in spoken), countries[country][1])
    return {"country": country, "language": language, "time_zone": countries[country][2]}


def hours() -> dict[str, Any]:
    """Monday to Friday, from nine to five, not on public holidays."""
    return {"week": {day: [USUAL_SPAN] for day in WORKDAYS}, "holidays": True}


def country_names(countries: Mapping[str, tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Code and name of each country, by the name in the reader's language."""
    names = _locale().territories
    return sorted(((code, names[iso]) for code, (iso, _, _) in countries.items()), key=lambda one: one[1].casefold())


def language_name(code: str) -> str:
    """In the reader's language, and in itself."""
    here, own = _locale().languages.get(code, code), Locale(code).languages.get(code, code)
    return here if here.casefold() == own.casefold() else f"{here} ({own})"


def zones() -> dict[str, list[str]]:
    """The time zones by their part of the world."""
    found: dict[str, list[str]] = {continent: [] for continent in CONTINENTS}
    for zone in sorted(available_timezones()):
        continent = zone.partition("/")[0]
        if continent in found:
            found[continent].append(zone)
    return found


def _locale() -> Locale:
    return get_locale() or Locale("en")
