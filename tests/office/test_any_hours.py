"""Whatever is written in place of something in right opening hours, it is refused in words or answers any moment."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from appliance.office.description import describe
from appliance.office.document import parse_office
from appliance.office.lint import lint
from appliance.office.problem import OfficeErrors
from tests.office.opening import utc

RIVERSIDE = Path(__file__).parents[2] / "examples" / "offices" / "riverside-dental.json"
RIGHT = json.loads(RIVERSIDE.read_text()) | {
    "hours": {
        "main": {
            "week": {"monday": ["08:00-12:00", "13:00-17:00"], "friday": ["20:00-02:00"], "sunday": ["00:00-24:00"]},
            "holidays": {"country": "US", "region": "NY", "leave_out": ["Columbus Day"]},
            "dates": [
                {"on": "12-24", "name": "Christmas Eve", "open": ["08:00-12:00"]},
                {"on": "2026-12-28 to 2027-01-02", "name": "Winter break"},
                {"on": "last monday of may"},
                {"on": "easter +1"},
            ],
            "calendar": "/srv/closures.ics",
        }
    }
}
MOMENTS = [utc(moment) for moment in ("2026-03-08 06:59", "2026-11-01 05:30", "2026-12-31 23:59", "2028-02-29 00:00")]


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for step, item in inside for found in places(item, (*path, step)))]


WORDS = [
    "23:00-01:00",
    "00:00-00:00",
    "12:00-12:00",
    "24:00-24:00",
    "gb",
    "ENG",
    "IN",
    "02-29",
    "01-02 to 12-24",
    "easter",
]
WORDS += [
    "last mondy of may",
    "9999-12-31",
    "0001-01-01",
    "fifth friday of every month",
    "Christmas Day",
    "/",
    "http://x",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(WORDS),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=3),
    max_leaves=6,
)


@given(place=st.sampled_from(places(RIGHT["hours"])), put=JSON, moment=st.sampled_from(MOMENTS))
def test_no_change_to_right_hours_breaks_anything(place, put, moment):
    document = json.loads(json.dumps(RIGHT))
    inside: Any = document
    steps = ("hours", *place)
    for step in steps[:-1]:
        inside = inside[step]
    inside[steps[-1]] = put
    with suppress(OfficeErrors):
        office = parse_office(document)
        assert isinstance(describe(office), str)
        lint(office, office.local(moment).date())
        for hours in office.hours.values():
            told = hours.at(office.local(moment))
            if told.until is not None:
                after = hours.at(told.until)
                assert (told.until > moment, (after.what, after.name) != (told.what, told.name)) == (True, True)
