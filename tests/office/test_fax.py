"""Faxes in the office document: what is wrong, what is probably not meant, and whose a fax is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from appliance.office.document import parse_office
from appliance.office.fax import OFFICE_BOX, FaxRoute, OfficeFax
from appliance.office.faxbox import FaxArrival, box_of, boxes_of, fax_box, may_be_deleted, viewers
from appliance.office.lint import lint
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from tests.calls.world import example_office
from tests.offices import example


def mistakes(**fax: Any) -> list[str]:
    try:
        parse_office(example() | {"fax": fax})
    except OfficeErrors as wrong:
        return [problem.path for problem in wrong.problems]
    return []


@pytest.mark.parametrize(
    ("fax", "paths"),
    [
        ({"lines": ["main"], "routes": [{"owner": "tom", "subaddress": "7"}], "seen_by": ["maria"]}, []),
        ({"lines": ["mian"]}, ["fax.lines[0]"]),
        ({"routes": [{"owner": "tom"}]}, ["fax.routes[0]"]),
        ({"routes": [{"owner": "tim", "line": "mian"}]}, ["fax.routes[0].owner", "fax.routes[0].line"]),
        ({"boxes": {"tim": {}}}, ["fax.boxes.tim"]),
        ({"boxes": {"tom": {"seen_by": ["sales"]}}}, ["fax.boxes.tom.seen_by[0]"]),
        ({"mail": ["desk@example.org"]}, ["fax.mail"]),
        ({"number": "our fax"}, ["fax.number"]),
        ({"faxes_per_box": 3}, ["fax.faxes_per_box"]),
    ],
)
def test_every_mistake_is_told_where_it_is(fax: dict[str, Any], paths: list[str]) -> None:
    assert mistakes(**fax) == paths


@pytest.mark.parametrize(
    ("fax", "paths"),
    [
        (OfficeFax(), []),
        (OfficeFax(number="5550100"), ["fax"]),
        (OfficeFax(seen_by=("maria",)), []),
        (OfficeFax(lines=("main", "second line"), printer="laser"), ["fax.lines"]),
        (OfficeFax(receives=False, lines=("main",)), ["fax.receives"]),
    ],
)
def test_what_is_probably_not_meant_is_told(fax: OfficeFax, paths: list[str]) -> None:
    office = replace(example_office(), fax=fax)
    if fax.lines and fax.receives:
        office = replace(office, fax=replace(fax, lines=tuple(trunk.name for trunk in office.trunks)))
    assert [problem.path for problem in lint(office) if problem.path.startswith("fax")] == paths


def with_routes(*routes: FaxRoute) -> Office:
    return replace(example_office(), fax=OfficeFax(routes=routes))


def test_the_sub_address_counts_more_than_a_key_and_that_more_than_the_line() -> None:
    office = with_routes(FaxRoute("ruth", line="main"), FaxRoute("tom", subaddress="7"))
    assert fax_box(office, FaxArrival(line="main")) == "ruth"
    assert fax_box(office, FaxArrival(line="main"), owner="maria") == "maria"
    assert fax_box(office, FaxArrival(line="main", subaddress="7"), owner="maria") == "tom"
    assert fax_box(office, FaxArrival(line="main", subaddress="102"), owner="maria") == "tom"
    assert fax_box(office, FaxArrival(line="second")) == OFFICE_BOX


def test_all_that_a_route_names_must_fit_and_the_first_that_fits_counts() -> None:
    office = with_routes(FaxRoute("ruth", line="main", called="5550100"), FaxRoute("tom", line="main"))
    assert fax_box(office, FaxArrival(line="main", called="5550100")) == "ruth"
    assert fax_box(office, FaxArrival(line="main", called="5550101")) == "tom"


@pytest.mark.parametrize("sender", ["4075550123", "14075550123", "+14075550123", "+1407*", "407555*"])
def test_a_sender_is_known_in_every_form_of_the_number(sender: str) -> None:
    office = with_routes(FaxRoute("tom", sender=sender))
    assert fax_box(office, FaxArrival(number="4075550123")) == "tom"
    assert fax_box(office, FaxArrival(identity="+1 407 5550123")) == "tom"
    assert fax_box(office, FaxArrival(number="4085550123", identity="Jane")) == OFFICE_BOX


def test_who_has_the_offices_mailbox_has_its_faxes_and_the_operator_sees_them() -> None:
    office = example_office()
    assert box_of(office, "office") == OFFICE_BOX
    assert viewers(office, OFFICE_BOX) == [office.operator, "office"]
    assert boxes_of(office, "tom") == ["tom"]
    assert boxes_of(replace(office, fax=OfficeFax(seen_by=("tom",))), "tom") == ["tom", OFFICE_BOX]


def test_a_fax_may_be_deleted_so_many_days_after_it_was_seen() -> None:
    office, noon = example_office(), datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert not may_be_deleted(office, "tom", noon, noon + timedelta(days=3000))
    office = replace(office, fax=OfficeFax(seen_faxes_days=10))
    assert not may_be_deleted(office, "tom", noon, noon + timedelta(days=9))
    assert may_be_deleted(office, "tom", noon, noon + timedelta(days=10))
