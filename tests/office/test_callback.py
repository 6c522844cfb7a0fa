"""Whoever has called is dialled as an exchange of the country wants it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from appliance.office.callback import as_a_line_dials, dialled_back
from appliance.office.callernumber import INTERNATIONAL
from appliance.office.document import parse_office
from hw.tones.toneplan import COUNTRIES, tone_plan


@pytest.mark.parametrize(
    ("country", "number", "dialled"),
    [
        ("us", "4075550122", "14075550122"),
        ("us", "+14075550122", "14075550122"),
        ("us", "5550122", "5550122"),
        ("us", "+44201234567", "01144201234567"),
        ("uk", "02079460123", "02079460123"),
        ("de", "+49895550142", "0895550142"),
        ("de", "+14075550122", "0014075550122"),
        ("it", "+390612345678", "0612345678"),
        ("ru", "+74951234567", "84951234567"),
    ],
)
def test_a_caller_s_number_is_dialled_as_lines_of_the_country_want_it(country: str, number: str, dialled: str) -> None:
    assert as_a_line_dials(tone_plan(country).number_forms, number) == dialled


def test_every_country_has_something_in_front_of_numbers_abroad() -> None:
    without = [
        country
        for country in COUNTRIES
        if not any(tone_plan(country).number_forms.international_prefix.fullmatch(prefix) for prefix in INTERNATIONAL)
    ]
    assert without == []


def test_a_colleague_is_called_back_by_the_extension_and_a_private_caller_not_at_all(document) -> None:
    office = replace(parse_office(document), outside_prefix="8")
    assert dialled_back(office, "102", inside=True) == "102"
    assert dialled_back(office, "4075550122", inside=False) == "814075550122"
    assert dialled_back(office, "private", inside=False) == ""
    assert dialled_back(office, "", inside=False) == ""
