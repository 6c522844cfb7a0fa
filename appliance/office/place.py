"""Where the office is: the country whose telephones it has, and its time zone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from appliance.office.draft import Draft
from appliance.office.problem import Problem
from hw.nearest import nearest
from hw.said import said


def rules(office: Draft, countries: Collection[str] | None) -> Iterator[Problem]:
    """Both are known. countries: None leaves the country unchecked."""
    country, zone = office.text("country"), office.text("time_zone")
    if country and countries is not None and country not in countries:
        near = nearest(country, countries)
        if near:
            reason = said("is not a country whose telephone tones are known")
        else:
            reason = said(
                "is not a country whose telephone tones are known; known are %(countries)s",
                countries=tuple(sorted(countries)),
            )
        yield Problem("country", reason, near)
    if zone and not _is_zone(zone):
        zones = available_timezones()
        cities = {name.rpartition("/")[2].replace("_", " "): name for name in sorted(zones, reverse=True)}
        near = nearest(zone, zones) or cities.get(nearest(zone, cities), "")
        yield Problem("time_zone", said("is not a known time zone, such as America/New_York"), near)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # Not only zones that do not exist: names that lead out of the folder of zones, are a folder, or are too long.
        return False
    return True
