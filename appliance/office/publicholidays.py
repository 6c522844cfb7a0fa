"""The public holidays of a country, or of a region of it, as the `holidays` package knows them.

The package is imported where an office names a country, when its document is checked, and not before. It then costs
12 to 15 MB of memory and 0.2 s, measured on a 2-core x86 machine with Python 3.11 and 3.13, since it loads every
country whichever is asked for. So the daemon has documents checked by another process (`appliance/officeparsing.py`),
and an office has the holidays of many years with it. A year is worked out in a millisecond.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Annotated

from appliance.office.draft import Draft
from appliance.office.field import Limits
from appliance.office.problem import Problem
from hw.nearest import nearest
from hw.said import said

NAMED_YEARS = range(2024, 2036)
"""The years whose holidays a document may leave out by name: in twelve every holiday of a leap year is three times."""

WORKED_OUT = range(2024, 2046)
"""The years that are worked out when the document is read; later ones are when they come."""

_MARK = re.compile(r" \([^()]*\)$")

HolidayName = Annotated[str, Limits(1, 120)]


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The public holidays of a country or of one of its regions, on which the office is closed."""

    country: Annotated[
        str, Limits(1, 60, "a country's code, such as US"), "The country, by its code of two letters, such as US or GB."
    ]
    region: Annotated[
        str,
        Limits(0, 60),
        "The state, province or other region, by its code or name, such as NY. Without it, what the whole country has.",
    ] = ""
    leave_out: Annotated[
        tuple[HolidayName, ...],
        Limits(0, 60),
        "Names of public holidays on which the office is open all the same, as the unit tells them.",
    ] = ()

    days: Mapping[date, str] = field(init=False, repr=False, compare=False)
    """The holidays of `WORKED_OUT`, so that nothing need be worked out while calls go on."""

    def __post_init__(self) -> None:
        days = {day: name for year in WORKED_OUT for day, name in self._of_year(year).items()}
        object.__setattr__(self, "days", days)

    def named(self, day: date) -> str:
        """The holiday on this day; an empty text where there is none, or one that is left out."""
        return self.days.get(day, "") if day.year in WORKED_OUT else self._of_year(day.year).get(day, "")

    def _of_year(self, year: int) -> dict[date, str]:
        left_out = {name.casefold() for name in self.leave_out}
        told = {
            day: " and ".join(name for name in names if not _called(name) & left_out)
            for day, names in _of_year(self.country, self.region, year).items()
        }
        return {day: name for day, name in told.items() if name}


def rules(holidays: Draft) -> Iterator[Problem]:
    """Country and region are known, and so are the holidays that are left out."""
    country, region = holidays.text("country"), holidays.text("region")
    if not country:
        return
    if not _code(country):
        near = nearest(country, _regions()) or _by_name().get(nearest(country, _by_name()), "")
        yield Problem(holidays.at("country"), said("there is no country of this code whose holidays are known"), near)
        return
    if region and not _region(country, region):
        known = _region_codes(country)
        near = nearest(region, known)
        if near:
            reason = said("there is no region of %(country)s that is called this", country=country)
        elif known:
            reason = said(
                "there is no region of %(country)s that is called this; known are %(regions)s",
                country=country,
                regions=tuple(sorted(set(known.values()))),
            )
        else:
            reason = said("there is no region of %(country)s that is called this; it has none", country=country)
        yield Problem(holidays.at("region"), reason, near)
        return
    left_out = [(path, name) for path, name in holidays.items("leave_out") if isinstance(name, str)]
    known_names = _known_names(country, region) if left_out else {}
    for path, name in left_out:
        if not _called(name) & known_names.keys():
            near = known_names.get(nearest(name, known_names), "")
            yield Problem(path, said("there is no holiday of this name in %(place)s", place=region or country), near)


@cache
def _regions() -> Mapping[str, list[str]]:
    """Every country's code, of two letters and of three, with the codes of its regions."""
    import holidays

    return holidays.list_supported_countries()


@cache
def _by_name() -> Mapping[str, str]:
    """The codes of the countries by their English names."""
    from holidays.registry import COUNTRIES

    return {module.replace("_", " "): names[1] for module, names in COUNTRIES.items()}


def _code(country: str) -> str:
    """The code as the package has it; nothing for a country that it does not know."""
    return country.upper() if country.upper() in _regions() else ""


@cache
def _region_codes(country: str) -> Mapping[str, str]:
    """The codes of a country's regions, by what a document may call them: a code or a name."""
    import holidays

    code = _code(country)
    named = holidays.country_holidays(code).get_subdivision_aliases()
    codes = {name: region for region, names in named.items() for name in names}
    return codes | {region: region for region in _regions()[code]}


def _region(country: str, region: str) -> str:
    """The code of a region, in whatever letters it is named; nothing for one that is not known."""
    codes = (code for name, code in _region_codes(country).items() if name.casefold() == region.casefold())
    return next(codes, "")


@cache
def _known_names(country: str, region: str) -> Mapping[str, str]:
    """The names of all holidays, by the same in small letters, without marks such as "(observed)"."""
    days = [names for year in NAMED_YEARS for names in _of_year(country, region, year).values()]
    plain = (_MARK.sub("", name) for names in days for name in names)
    return {name.casefold(): name for name in plain}


@lru_cache(maxsize=256)
def _of_year(country: str, region: str, year: int) -> Mapping[date, tuple[str, ...]]:
    """Each holiday of a year, by its names."""
    import holidays

    subdivision = _region(country, region) if region else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Some countries tell their holidays for some years only.
        found = holidays.country_holidays(_code(country), subdivision, years=year, language=_language(country))
    return {day: tuple(found.get_list(day)) for day in found if day.year == year}


@cache
def _language(country: str) -> str | None:
    """English, which callers are spoken to in; None where the country has no other."""
    import holidays

    own = holidays.country_holidays(_code(country)).default_language
    return own if own is None or own.startswith("en") else "en_US"


def _called(name: str) -> set[str]:
    """What a document may call a holiday, in small letters: its name, also without a mark such as "(observed)"."""
    return {name.casefold(), _MARK.sub("", name).casefold()}
