"""Speed numbers, groups to be paged, hotlines and door telephones, as the office document has them."""

from __future__ import annotations

import pytest

from appliance.office.codes import Codes
from appliance.office.destination import Nowhere, ToFeature, ToNightMode, ToPerson
from appliance.office.document import parse_office
from appliance.office.feature import Feature
from appliance.office.lint import lint
from appliance.office.numbering import station_destination
from appliance.office.problem import OfficeErrors

WITHOUT_STAR = Codes().without_star


def warned(document: object) -> list[str]:
    return [str(problem) for problem in lint(parse_office(document))]


def mistakes(document: object) -> list[str]:
    with pytest.raises(OfficeErrors) as found:
        parse_office(document)
    return [str(problem) for problem in found.value.problems]


def test_a_group_names_telephones_that_there_are(document):
    document["shortcuts"] = {"page_groups": {"1": ["surgery", "biling"]}}
    assert mistakes(document) == [
        "shortcuts.page_groups.1[1]: there is no station called biling (did you mean 'billing'?)"
    ]


def test_a_speed_number_has_two_digits(document):
    document["shortcuts"] = {"speed": {"7": "95550177"}}
    (mistake,) = mistakes(document)
    assert mistake.startswith("shortcuts.speed.7")


def test_a_door_has_no_hotline_besides(document):
    document["stations"][0] |= {"hotline": "102", "door": {"rings": "101", "opener": "9"}}
    assert mistakes(document) == ["stations[0].hotline: a door telephone rings whom its door names: leave this out"]


def test_numbers_that_lead_nowhere_are_warned_of(document):
    document["stations"][0]["hotline"] = "777"
    document["stations"][1]["door"] = {"rings": "9911"}
    document["shortcuts"] = {"speed": {"10": "777", "11": "95550177"}}
    assert warned(document) == [
        "stations[0].hotline: whoever lifts front desk calls 777, which leads nowhere",
        "stations[1].door.rings: whoever rings at surgery calls 9911, which is nobody of the office",
        "stations[1].door.opener: nobody can open surgery from a telephone, as its opener is missing",
        "shortcuts.speed.10: the speed number 10 is 777, which leads nowhere",
    ]


@pytest.mark.parametrize(
    ("dialled", "leads_to"),
    [
        ("*61", ToFeature(Feature.PAGE)),
        ("*612", ToFeature(Feature.PAGE, "2")),
        ("*98102", ToFeature(Feature.PICK_UP_FROM, "102")),
        (f"{WITHOUT_STAR}98102", ToFeature(Feature.PICK_UP_FROM, "102")),
        ("*81", ToNightMode()),
        ("*815", Nowhere()),
        ("101", ToPerson("maria")),
    ],
)
def test_what_is_dialled_with_a_code_at_once_goes_with_it(document, dialled, leads_to):
    assert station_destination(parse_office(document), dialled) == leads_to
