"""The SIP section of the office document: what it means, what is wrong with it, and what it adds to the numbers."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.office.destination import Nowhere, ToElsewhere, ToOperator, ToPerson
from appliance.office.document import load_document, parse_office
from appliance.office.model import Trunk
from appliance.office.numbering import (
    menu_destination,
    menu_plan,
    station_destination,
    station_plan,
)
from appliance.office.problem import OfficeErrors
from appliance.office.sip import SERVER_MODEL, Sip, SipDevice, SipLine, begins, matches
from hw.sip.profile import profile

HARBOUR = json.loads((Path(__file__).parents[2] / "examples" / "offices" / "harbour-workshop.json").read_text())
MODELS = {model: profile(model) for model in ("grandstream-ht813", "sip-telephone")}
SECRET = "Sea-Gull-7"


@pytest.fixture
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(HARBOUR))
    return found


def said(document: object) -> list[str]:
    with pytest.raises(OfficeErrors) as caught:
        parse_office(document, None, MODELS)
    return [str(problem) for problem in caught.value.problems]


def test_a_gateway_is_a_gateway_and_has_no_more_lines_than_sockets(document):
    gateway = document["sip"]["gateways"][0]
    gateway["trunks"].append({"port": "second-line", "user": "802"})
    document["sip"]["telephones"][0]["model"] = "grandstream-ht813"
    assert said(document) == [
        "sip.gateways[0].trunks: 2 lines are more than grandstream-ht813 has sockets for: 1",
        "sip.telephones[0].model: there is no profile of a telephone grandstream-ht813; known are sip-telephone",
    ]


def change(document: dict[str, Any], path: str, value: object) -> None:
    *steps, last = path.replace("[", ".").replace("]", "").split(".")
    place: Any = document
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value


def test_an_office_has_the_devices_its_document_says(document):
    document["sip"]["servers"][0] |= {"sip_port": 5080, "transport": "tcp"}
    document["sip"]["servers"][0]["lines"][0]["password"] = SECRET
    document["sip"]["gateways"][0]["trunks"][0]["sip_port"] = 5062.0
    del document["sip"]["telephones"][1]["user"]
    assert parse_office(document).sip == Sip(
        devices=(
            SipDevice(
                "gateway",
                "grandstream-ht813",
                "192.168.1.20",
                trunks=(SipLine("line", "801", 5062),),
                stations=(SipLine("bench", "701"),),
            ),
            SipDevice("office-phone", "sip-telephone", "192.168.1.31", stations=(SipLine("office-phone", "702"),)),
            SipDevice("yard-phone", "sip-telephone", "192.168.1.32", stations=(SipLine("yard-phone", "yard-phone"),)),
            SipDevice(
                "boatyard",
                SERVER_MODEL,
                "192.168.1.5",
                trunks=(SipLine("boatyard-1", "301", 5080, SECRET), SipLine("boatyard-2", "302", 5080)),
                transport="tcp",
                outside=False,
                reaches=("2xx",),
            ),
        ),
        address="192.168.1.10",
    )


def test_an_office_without_sip_has_no_devices(document):
    del document["sip"]
    assert parse_office(document).sip == Sip()
    assert [*Sip().lines()] == []


def test_a_line_to_another_office_is_not_for_calls_outside_and_a_gateway_s_or_a_provider_s_is(document):
    office = parse_office(document)
    assert office.trunk_on("boatyard-1") == Trunk("boatyard-1", "boatyard-1", "", outside=False)
    assert office.trunk_on("line").outside
    assert office.trunk_on("fxo-1").outside
    document["sip"]["servers"][0]["outside"] = True
    assert parse_office(document).trunk_on("boatyard-1").outside


def test_the_user_of_a_port_is_known(document):
    office = parse_office(document)
    assert [office.user_of(port) for port in ("line", "bench", "office-phone", "boatyard-2", "fxo-1")] == [
        "801",
        "701",
        "702",
        "302",
        "",
    ]


def test_a_password_is_never_shown(document):
    document["sip"]["servers"][0]["lines"][0]["password"] = SECRET
    office = parse_office(document)
    assert SECRET not in repr(office)


MISTAKES: list[tuple[str, object, list[str]]] = [
    ("sip", [], ["sip: must be a group of names and values in braces"]),
    ("sip.address", "harbour.example", ["sip.address: is no IPv4 address, such as 192.168.1.20"]),
    ("sip.port", 80, ["sip.port: must be from 1024 to 65535"]),
    ("sip.port", 5060.5, ["sip.port: must be a whole number"]),
    ("sip.gateways[0].address", "192.168.1.256", [
        "sip.gateways[0].address: is no IPv4 address, such as 192.168.1.20"
    ]),
    ("sip.gateways[0].address", "fe80::1", ["sip.gateways[0].address: is no IPv4 address, such as 192.168.1.20"]),
    ("sip.gateways[0].address", "224.0.0.5", ["sip.gateways[0].address: is no address of a single device"]),
    ("sip.gateways[0].address", "192.168.1.255", ["sip.gateways[0].address: is no address of a single device"]),
    ("sip.gateways[0].address", "0.0.0.0", ["sip.gateways[0].address: is no address of a single device"]),
    ("sip.gateways[0].model", "grandstream-ht183", [
        "sip.gateways[0].model: there is no profile of a gateway grandstream-ht183 (did you mean 'grandstream-ht813'?)"
    ]),
    ("sip.telephones[1].model", "rotary", [
        "sip.telephones[1].model: there is no profile of a telephone rotary; known are sip-telephone"
    ]),
    ("sip.telephones[1].port", "office-phone", [
        "sip.telephones[1].port: the port office-phone is already given at sip.telephones[0].port"
    ]),
    ("sip.servers[0].lines[1].port", "line", [
        "sip.servers[0].lines[1].port: the port line is already given at sip.gateways[0].trunks[0].port"
    ]),
    ("sip.telephones[0].user", "70 2", [
        "sip.telephones[0].user: must be a SIP user: letters, digits, hyphens, dots and underscores, at most 40"
    ]),
    ("sip.gateways[0].stations[0].user", "801", [
        "sip.gateways[0].stations[0]: the user 801 at 192.168.1.20 is already that of sip.gateways[0].trunks[0]"
    ]),
    ("sip.telephones[1].address", "192.168.1.31", []),
    ("sip.telephones[1]", {"port": "yard-phone", "address": "192.168.1.31", "user": "702"}, [
        "sip.telephones[1]: the user 702 at 192.168.1.31 is already that of sip.telephones[0]"
    ]),
    ("stations[2].port", "boatyard-2", ["stations[2].port: boatyard-2 is a trunk, by sip.servers[0].lines[1]"]),
    ("trunks[0].port", "bench", [
        "trunks[0].port: bench is a station, by sip.gateways[0].stations[0]",
        "stations[2].port: the port bench is already given at trunks[0].port",
    ]),
    ("sip.servers[0].lines", [], ["sip.servers[0].lines: must not be empty"]),
    ("sip.servers[0].transport", "sctp", ["sip.servers[0].transport: must be one of udp, tcp, tls"]),
    ("sip.servers[0].reaches", ["2xy"], [
        "sip.servers[0].reaches[0]: must be 2 to 6 digits, or x for any digit, such as 2xx"
    ]),
    ("sip.servers[0].reaches", ["xxx"], [
        "sip.servers[0].reaches[0]: must be 2 to 6 digits, or x for any digit, such as 2xx",
        "sip.servers[0].reaches[0]: xxx stands for numbers like 0, of this office",
        "sip.servers[0].reaches[0]: xxx stands for numbers like 9, of this office",
        "sip.servers[0].reaches[0]: xxx stands for numbers like 8500, of this office",
        "sip.servers[0].reaches[0]: xxx stands for numbers like 999, of this office",
        "sip.servers[0].reaches[0]: xxx stands for numbers like 112, of this office",
        "sip.servers[0].reaches[0]: xxx stands for numbers like 300, of this office",
        "sip.servers[0].reaches[0]: xxx stands for numbers like 301, of this office",
        "sip.servers[0].reaches[0]: xxx stands for numbers like 302, of this office",
        "sip.servers[0].reaches[0]: xxx stands for numbers like 303, of this office",
    ]),
    ("sip.servers[0].reaches", ["2xx", "31x3"], []),
    ("sip.servers[0].reaches", ["2xx", "3012"], [
        "sip.servers[0].reaches[1]: 3012 stands for numbers like 301, of this office"
    ]),
    ("sip.servers[0].reaches", ["30"], [
        "sip.servers[0].reaches[0]: 30 stands for numbers like 300, of this office",
        "sip.servers[0].reaches[0]: 30 stands for numbers like 301, of this office",
        "sip.servers[0].reaches[0]: 30 stands for numbers like 302, of this office",
        "sip.servers[0].reaches[0]: 30 stands for numbers like 303, of this office",
    ]),
    ("sip.servers[0].reaches", ["9xx"], [
        "sip.servers[0].reaches[0]: 9xx stands for numbers like 9, of this office",
        "sip.servers[0].reaches[0]: 9xx stands for numbers like 999, of this office",
    ]),
    ("sip.servers[0].reaches", ["1xx"], ["sip.servers[0].reaches[0]: 1xx stands for numbers like 112, of this office"]),
    ("sip.servers[0].reaches", ["2xx", "24"], [
        "sip.servers[0].reaches[1]: 24 stands for numbers that 2xx at sip.servers[0].reaches[0] stands for, too"
    ]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "problems"), MISTAKES, ids=[f"{path}={put}"[:60] for path, put, _ in MISTAKES]
)
def test_a_mistake_is_told_with_its_place_and_what_to_do(document, path, value, problems):
    change(document, path, value)
    if problems:
        assert said(document) == problems
    else:
        parse_office(document, None, MODELS)


def test_two_servers_must_not_reach_the_same_numbers(document):
    servers = document["sip"]["servers"]
    servers.append({"name": "b", "address": "192.168.1.6", "reaches": ["25x"], "lines": [{"port": "b", "user": "b"}]})
    assert said(document) == [
        "sip.servers[1].reaches[0]: 25x stands for numbers that 2xx at sip.servers[0].reaches[0] stands for, too"
    ]


@pytest.mark.parametrize("password", ["", 0, None, [SECRET], {"a": SECRET}, SECRET * 11, SECRET + "\n"], ids=repr)
def test_no_mistake_is_told_with_the_password(document, password):
    document["sip"]["servers"][0]["lines"][0] |= {"password": password, "passwort": SECRET, "port": "!"}
    told = said(document)
    assert told != []
    assert SECRET not in "\n".join(told)


def test_a_password_for_a_device_that_has_none_is_not_repeated(document):
    document["sip"]["telephones"][0]["password"] = SECRET
    assert said(document) == ["sip.telephones[0].password: is not known here"]


def test_text_that_is_not_json_is_told_without_the_password_beside_the_mistake():
    with pytest.raises(OfficeErrors) as caught:
        load_document(f'{{"password": "{SECRET}" "user": "301"}}')
    assert str(caught.value) == "this is not JSON: a comma is missing behind line 1, before line 1, column 27"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for step, item in inside for found in places(item, (*path, step)))]


@settings(max_examples=300)
@given(place=st.sampled_from(places(HARBOUR)[1:]), put=JSON | st.sampled_from(["line", "bench", "2xx", "x", "801"]))
def test_no_change_to_a_right_document_breaks_the_parser(place, put):
    document = json.loads(json.dumps(HARBOUR))
    inside: Any = document
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = put
    with suppress(OfficeErrors):
        assert isinstance(parse_office(document, None, MODELS).sip, Sip)


@pytest.mark.parametrize("section", ["people", "stations", "trunks"])
@pytest.mark.parametrize("put", [5, True, "text", [5], {"a": 1}], ids=repr)
def test_a_section_of_the_wrong_kind_is_only_told(document, section, put):
    document[section] = put
    assert f"{section}" in said(document)[0]


# The numbers of other offices


ELSEWHERE = ("boatyard-1", "boatyard-2")


@pytest.mark.parametrize(
    ("number", "pattern", "begun", "whole"),
    [
        ("", "2xx", True, False),
        ("2", "2xx", True, False),
        ("25", "2xx", True, False),
        ("250", "2xx", True, True),
        ("2501", "2xx", False, False),
        ("3", "2xx", False, False),
        ("2x", "2xx", True, False),
    ],
)
def test_a_pattern_stands_for_numbers_of_its_length(number, pattern, begun, whole):
    assert (begins(number, pattern), matches(number, pattern)) == (begun, whole)


@pytest.mark.parametrize(
    ("digits", "meaning"),
    [
        ("2", Nowhere()),
        ("25", Nowhere()),
        ("250", ToElsewhere("250", ELSEWHERE)),
        ("2500", Nowhere()),
        ("299", ToElsewhere("299", ELSEWHERE)),
        ("310", Nowhere()),
    ],
)
def test_digits_for_another_office_mean_the_same_to_callers_and_stations(digits, meaning):
    office = parse_office(HARBOUR)
    assert menu_destination(office, digits) == meaning
    assert station_destination(office, digits) == meaning


def test_what_is_ours_comes_before_what_is_elsewhere():
    office = parse_office(HARBOUR)
    assert isinstance(station_destination(office, "301"), ToPerson)
    assert menu_destination(office, "0") == ToOperator()


@pytest.mark.parametrize(("digits", "seconds"), [("2", 3.0), ("25", 3.0), ("250", None), ("24x", None), ("6", None)])
def test_whoever_dials_another_office_is_waited_for_until_the_number_is_whole(digits, seconds):
    office = parse_office(HARBOUR)
    assert station_plan(office)(digits) == seconds
    assert menu_plan(office)(digits) == seconds


def test_a_key_of_the_menu_that_begins_numbers_of_another_office_is_waited_for_shortly(document):
    document["menu"]["keys"]["2"] = {"action": "repeat"}
    office = parse_office(document)
    assert [menu_plan(office)(digits) for digits in ("2", "25", "250")] == [1.5, 3.0, None]
