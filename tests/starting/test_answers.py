"""What people answer: mistakes are told beside the field, and nonsense is never more than a mistake."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.starting.answers import STEPS, Answers
from appliance.starting.countries import free_extensions
from appliance.starting.mistakes import CHECKS, mistakes
from appliance.starting.pasting import pasted
from tests.starting.answered import FOUND, steps


def wrong(step: str, **fields: Any) -> list[tuple[str, str, str]]:
    answers = Answers.of(steps(**{step: fields}))
    return [(one.field, one.reason, one.what) for one in mistakes(step, answers, FOUND)]


def people(*rows: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"name": name, "extension": extension, "telephone": telephone} for name, extension, telephone in rows]


def test_two_people_with_one_extension_are_told_whose_it_is():
    rows = people(("Ann", "201", "fxs-1"), ("Ben", "201", ""), ("Cleo", "2011", ""))
    assert wrong("people", rows=rows) == [("extension-1", "taken", "Ann"), ("extension-2", "begins", "Ann")]


def test_an_extension_that_is_dialled_for_something_else():
    rows = people(("Ann", "911", "fxs-1"), ("Ben", "90", ""), ("Cleo", "8500", ""), ("Dora", "x1", ""), ("E", "1", ""))
    assert [reason for _, reason, _ in wrong("people", rows=rows)] == ["reserved"] * 3 + ["no-extension"] * 2


def test_two_people_at_one_telephone_and_one_that_is_not_there():
    rows = people(("Ann", "201", "fxs-1"), ("Ben", "202", "fxs-1"), ("Cleo", "203", "fxs-9"))
    assert wrong("people", rows=rows) == [("telephone-1", "taken", "Ann"), ("telephone-2", "unknown", "")]


def test_an_office_in_which_nothing_rings():
    assert wrong("people", rows=people(("Ann", "201", ""))) == [("telephone-0", "nobody", "")]


@pytest.mark.parametrize(
    ("step", "fields", "told"),
    [
        ("you", {"name": " "}, ("name", "missing", "")),
        ("you", {"hash": ""}, ("password", "missing", "")),
        ("place", {"time_zone": "Europe/Nowhere"}, ("time_zone", "unknown", "")),
        ("company", {"name": "x" * 61}, ("name", "too-long", "")),
        ("company", {"name": "***"}, ("name", "no-name", "")),
        ("lines", {"numbers": {}}, ("number-0", "missing", "")),
        ("lines", {"numbers": {"fxo-1": "call me"}}, ("number-0", "no-number", "")),
        ("lines", {"numbers": {"fxo-1": "5550100", "fxo-2": "555-0100"}}, ("number-1", "taken", "")),
        ("lines", {"gateway_model": "toaster"}, ("gateway_model", "unknown", "")),
        ("lines", {"gateway_model": "generic-gateway"}, ("gateway_address", "no-address", "")),
        ("lines", {"network_telephones": ["here"]}, ("network_telephones", "no-address", "here")),
        ("lines", {"network_telephones": ["10.0.0.9", "10.0.0.9"]}, ("network_telephones", "taken", "10.0.0.9")),
        ("people", {"rows": []}, ("name-0", "missing", "")),
        ("hours", {"week": {}}, ("monday", "missing", "")),
        ("hours", {"week": {"friday": ["17:00-9"]}}, ("friday", "no-time", "")),
        ("hours", {"week": {"friday": ["17:00-09:00"]}}, ("friday", "ends-before", "")),
        ("hours", {"week": {"friday": ["09:00-12:00", "11:00-17:00"]}}, ("friday", "overlap", "")),
        ("hours", {"week": {"friday": []}}, ("friday", "no-time", "")),
        ("menu", {"template": "none"}, ("template", "missing", "")),
        ("menu", {"greeting": "x" * 301}, ("greeting", "too-long", "")),
        (
            "menu",
            {"template": "companies", "works_for": ["first", "first", "first"]},
            ("works_for-0", "nobody", ""),
        ),
        ("menu", {"operator": 7}, ("operator", "nobody", "")),
        ("menu", {"template": "department", "departments": []}, ("department-0", "missing", "")),
        (
            "menu",
            {"template": "department", "departments": [{"name": "Bills", "members": [9]}]},
            ("department-0", "nobody", ""),
        ),
        ("menu", {"template": "companies", "second": ""}, ("second", "missing", "")),
        ("menu", {"template": "companies", "second_lines": []}, ("second_lines", "both-need-one", "")),
    ],
)
def test_what_is_told(step, fields, told):
    assert wrong(step, **fields) == [told]


@pytest.mark.parametrize(
    ("country", "written", "dialled"),
    [
        ("us", "+1 (407) 555-0100", "14075550100"),
        ("se", "+46 8 555 01 00", "085550100"),
        ("it", "+39 06 555 0100", "065550100"),
        ("uk", "+44 (0)20 7946 0100", "02079460100"),
    ],
)
def test_numbers_are_dialled_as_in_their_country(country, written, dialled):
    answers = Answers.of(steps(place={"country": country}, lines={"numbers": {"fxo-1": written}}))
    assert answers.numbers["fxo-1"] == dialled


WORDS = st.sampled_from(["name", "rows", "week", "monday", "from", "numbers", "fxo-1", "members", "cell"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(STEPS), anything))
def test_whatever_is_answered_is_read_and_checked(raw):
    answers = Answers.of(raw)
    for step in CHECKS:
        mistakes(step, answers, FOUND)


def test_a_table_of_a_spreadsheet():
    rows, bad = pasted("Name\tExt\tMobile\r\nNguyễn Văn An\t201\t0905550100\r\n\r\n\t202\t\r\nЮлия Щукина\t203\t")
    assert [(row.line, row.name, row.extension, row.cell) for row in rows] == [
        (2, "Nguyễn Văn An", "201", "0905550100"),
        (5, "Юлия Щукина", "203", ""),
    ]
    assert [(one.line, one.reason) for one in bad] == [(4, "no-name")]


def test_a_file_with_commas_and_no_headings():
    rows, bad = pasted('"Olsen, Ruth",103\nTom Becker')
    assert [(row.name, row.extension) for row in rows] == [("Olsen, Ruth", "103"), ("Tom Becker", "")]
    assert bad == []


def test_names_alone_one_a_line():
    assert [row.name for row in pasted("Ann\nBen\n")[0]] == ["Ann", "Ben"]


def test_more_people_than_an_office_has():
    rows, bad = pasted("\n".join(f"Person {number}" for number in range(502)))
    assert len(rows) == 500
    assert [(one.line, one.reason) for one in bad] == [(501, "too-many"), (502, "too-many")]


@given(st.text(max_size=200))
def test_any_text_may_be_pasted(text):
    pasted(text)


def test_suggested_extensions_meet_nothing_that_is_dialled():
    found = free_extensions("us", {"105", "11"}, 101, 500)
    assert len(set(found)) == 500
    assert not {"105", "110", "119", "850", "911", "900"} & set(found)
    everybody = [*found, "105", "11"]
    rows = [{"name": f"Person {one}", "extension": one, "telephone": ""} for one in everybody[:500]]
    answers = Answers.of(steps(people={"rows": rows}))
    assert [one for one in mistakes("people", answers, FOUND) if one.field.startswith("extension")] == []
