"""Classes of service, limits, routes and log-ins, as the office has them; and what a document may get wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.office.destination import Nowhere, ToOperator, ToOutside, ToPerson
from appliance.office.dialrules import Dialling, TrunkRoute
from appliance.office.document import parse_office
from appliance.office.limits import CallLimits, Limit, Made, limit_reached
from appliance.office.lines import Trunk
from appliance.office.lint import lint
from appliance.office.logins import login_switch, logins_at, with_logins
from appliance.office.numberclass import LADDER, NumberClass, dearest_class
from appliance.office.numbering import station_destination, station_plan
from appliance.office.people import Person
from appliance.office.problem import OfficeErrors
from appliance.office.rights import BUILT_IN, Rights, ServiceClass
from appliance.office.routes import WayOut, ways_out
from hw.tones.toneplan import COUNTRIES, tone_plan
from tests.office.test_numbering import OFFICE

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/offices/riverside-dental.json"
NOW = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)
PARIS = "01133142345678"


def document(**fields: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))
    return loaded | fields


def told(**fields: Any) -> list[str]:
    with pytest.raises(OfficeErrors) as caught:
        parse_office(document(**fields), COUNTRIES)
    return [str(problem) for problem in caught.value.problems]


# Classes of service


def test_each_class_of_service_that_there_is_may_call_its_numbers_and_those_before_it() -> None:
    assert {id: len(one.calls) for id, one in BUILT_IN.items()} == {
        "inside": 0,
        "local": 1,
        "national": 2,
        "mobile": 3,
        "abroad": 4,
        "premium": 5,
    }
    assert Rights().called("nobody-knows").calls == frozenset(LADDER) - {NumberClass.PREMIUM}
    own = Rights(classes={"mobile": ServiceClass(frozenset({NumberClass.MOBILE}))})
    assert own.called("mobile").calls == {NumberClass.MOBILE}


@pytest.mark.parametrize(
    ("rights", "why"),
    [
        ({"service_class": "locl"}, "rights.service_class: there is no class of service called locl; perhaps local"),
        (
            {"from_outside": "abroad"},
            "rights.from_outside: would let anybody outside call numbers that are abroad",
        ),
        (
            {"classes": {"night": {"calls": [], "when_closed": "night"}}},
            "rights.classes.night.when_closed: must be a class of service that is the same at all hours",
        ),
        (
            {"accounts": [{"code": "12", "name": "A"}, {"code": "123", "name": "B"}]},
            "rights.accounts[0].code: 12 is the beginning of 123, another account",
        ),
    ],
)
def test_what_is_wrong_with_rights_is_told(rights: Mapping[str, Any], why: str) -> None:
    (problem,) = told(rights=rights)
    assert problem.startswith(why.partition(";")[0])


# Limits


def made(*minutes: tuple[float, float | None]) -> list[Made]:
    """Calls that began so many minutes ago, and lasted so many; None: they go on."""
    return [
        Made(began, None if lasted is None else began + timedelta(minutes=lasted))
        for ago, lasted in minutes
        for began in [NOW - timedelta(minutes=ago)]
    ]


@pytest.mark.parametrize(
    ("limits", "calls", "limit"),
    [
        (CallLimits(at_once=2), made((5, None)), None),
        (CallLimits(at_once=2), made((5, None), (9, None)), Limit.AT_ONCE),
        (CallLimits(calls_an_hour=2), made((59, 1), (61, 1)), None),
        (CallLimits(calls_an_hour=2), made((59, 1), (2, 1)), Limit.HOUR),
        (CallLimits(minutes_an_hour=30), made((80, 49)), None),
        (CallLimits(minutes_an_hour=30), made((80, 50)), Limit.HOUR),
        (CallLimits(minutes_an_hour=30), made((31, None)), Limit.HOUR),
        (CallLimits(calls_a_day=2), made((24 * 60 - 1, 1), (100, 1)), Limit.DAY),
        (CallLimits(minutes_a_day=60), made((600, 60)), Limit.DAY),
        (CallLimits(), made((100, 10)), None),
    ],
)
def test_a_limit_is_of_the_last_hour_and_the_last_day(limits: CallLimits, calls: list[Made], limit: Limit) -> None:
    assert limit_reached(limits, calls, NOW) == limit


# Routes

LINES = ("a", "b", "c")
CARRIER = TrunkRoute(frozenset({NumberClass.ABROAD}), trunks=("line b", "line a"), prefix="1010811")


def routed(number: str, *routes: TrunkRoute) -> list[WayOut]:
    trunks = tuple(Trunk(f"line {port}", port) for port in LINES)
    return ways_out(replace(OFFICE, trunks=trunks, dialling=Dialling(routes=routes)), number, LINES)


def test_without_a_route_the_last_line_is_taken_first() -> None:
    assert routed("4075551234") == [WayOut(("c", "b", "a"), "4075551234")]


def test_a_route_has_its_lines_and_its_carrier_and_the_others_are_tried_behind_it() -> None:
    assert routed(PARIS, CARRIER) == [WayOut(("b", "a"), "1010811" + PARIS), WayOut(("c", "b", "a"), PARIS)]
    assert routed(PARIS, replace(CARRIER, only=True)) == [WayOut(("b", "a"), "1010811" + PARIS)]
    assert routed("4075551234", CARRIER) == [WayOut(("c", "b", "a"), "4075551234")]


def test_the_first_route_of_a_number_counts() -> None:
    free, rest = TrunkRoute(numbers=frozenset({"1800*"}), trunks=("line c",)), TrunkRoute(frozenset(NumberClass))
    assert routed("18005551234", free, rest)[0] == WayOut(("c",), "18005551234")


def test_a_route_names_numbers_and_lines_that_there_are() -> None:
    assert told(dialling={"routes": [{"trunks": ["main", "lin 2"], "prefix": "1"}]}) == [
        "dialling.routes[0]: no number goes this way: name classes, or numbers",
        "dialling.routes[0].trunks[1]: there is no line called lin 2 (did you mean 'line 2'?)",
    ]


# Log-ins


def test_whoever_logs_in_has_the_telephone_and_leaves_the_own_one() -> None:
    ann, bob, eve = (Person(id, id, f"10{n}", station=id) for n, id in enumerate(("ann", "bob", "eve")))
    office = replace(OFFICE, people=(ann, bob, eve))
    switches = {login_switch("bob"): "ann", login_switch("hall"): "bob", login_switch("eve"): "somebody-gone"}
    now = with_logins(office, logins_at(office, ("bob", "eve", "hall"), lambda name: switches.get(name, "")))
    assert {person.id: person.station for person in now.people} == {"ann": "bob", "bob": "hall", "eve": "eve"}
    assert [(one.id if (one := now.at_station(name)) else None) for name in ("ann", "bob", "hall")] == [
        *(None, "ann", "bob")
    ]
    assert with_logins(office, {}) is office


# Without an outside prefix

FREE = replace(OFFICE, outside_prefix="")


@pytest.mark.parametrize(
    ("digits", "meaning", "seconds"),
    [
        ("102", ToPerson("bob"), None),
        ("4075551234", ToOutside("4075551234"), None),
        ("5551234", ToOutside("5551234"), 3.0),
        ("911", ToOutside("911", emergency=True), None),
        ("0", ToOperator(), None),
        ("*3", Nowhere(), None),
        ("", Nowhere(), 3.0),
    ],
)
def test_without_a_prefix_what_nobody_has_is_outside(digits: str, meaning: object, seconds: float | None) -> None:
    assert (station_destination(FREE, digits), station_plan(FREE)(digits)) == (meaning, seconds)


def test_the_operator_is_rung_a_moment_late_where_outside_numbers_begin_with_0() -> None:
    assert station_plan(replace(FREE, country="de"))("0") == 1.5


def test_extensions_that_outside_numbers_begin_with_are_warned_of() -> None:
    """101 begins the codes of carriers; of the other extensions no number begins so."""
    office = parse_office(document(outside_prefix=""), COUNTRIES)
    (warning,) = (problem for problem in lint(office) if problem.path == "outside_prefix")
    assert "the extensions 101:" in str(warning)
    assert [one for one in lint(parse_office(document(), COUNTRIES)) if one.path == "outside_prefix"] == []


# Codes without a star


@pytest.mark.parametrize(
    ("instead", "country", "why"),
    [
        ("11", "it", "*81 would be dialed as 1181, which begins with 118, a call for help"),
        ("11", "us", ""),
        ("91", "us", "begins with 9 for an outside line"),
        ("77", "us", ""),
    ],
)
def test_what_stands_in_place_of_the_star_leaves_help_alone(instead: str, country: str, why: str) -> None:
    fields = {"codes": {"without_star": instead}, "country": country, "outside_prefix": "9"}
    if why:
        assert any(why in problem for problem in told(**fields))
    else:
        parse_office(document(**fields), COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_emergency_number_begins_like_what_stands_in_place_of_the_star(country: str) -> None:
    codes = [code for code in OFFICE.codes.destinations() if not code.startswith("*")]
    assert not any(code.startswith(tone_plan(country).emergency) for code in codes)


def test_an_extension_counts_before_a_code_without_its_star_and_that_is_warned_of() -> None:
    loaded = document()
    loaded["people"][1]["extension"] = "7781"
    office = parse_office(loaded, COUNTRIES)
    assert station_destination(office, "7781") == ToPerson("maria")
    assert "7781" in " ".join(str(one) for one in lint(office) if one.path == "codes.without_star")
    loaded["codes"] = {"without_star": "77"}
    with pytest.raises(OfficeErrors, match="7781"):
        parse_office(loaded, COUNTRIES)


@pytest.mark.parametrize(
    ("country", "number", "dearest"),
    [
        ("us", "0", NumberClass.ABROAD),
        ("us", "1", NumberClass.PREMIUM),
        ("us", "10", NumberClass.PREMIUM),
        ("us", "1407", NumberClass.NATIONAL),
        ("us", "5550199", NumberClass.LOCAL),
        ("us", "411", NumberClass.LOCAL),
        ("us", "*675550199", NumberClass.LOCAL),
        ("us", "*6719005551234", NumberClass.PREMIUM),
        ("us", "*67*8201133142345678", NumberClass.ABROAD),
        ("us", "*72", NumberClass.PREMIUM),
        ("de", "*21*0900123456#", NumberClass.PREMIUM),
        ("de", "0", NumberClass.PREMIUM),
    ],
)
def test_what_may_become_a_dearer_number_counts_as_that(country: str, number: str, dearest: NumberClass) -> None:
    """The exchange takes the digits that are missing from the telephone, which nobody can judge any more."""
    assert dearest_class(tone_plan(country), number) == dearest
