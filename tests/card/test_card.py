"""What stands on the card of an office."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from appliance.card.content import GROUPS, Card, card_of
from appliance.card.text import as_text
from appliance.office.codes import Codes
from appliance.office.document import parse_office
from appliance.office.languages import LANGUAGES
from appliance.office.model import Office
from appliance.prompts.languages.en import card as english
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES

HERE = Path(__file__).parent
RIVERSIDE = HERE.parents[1] / "examples" / "offices" / "riverside-dental.json"
CODES = [field.name for field in fields(Codes) if field.name != "without_star"]


def office(**changed: object) -> Office:
    return parse_office(json.loads(RIVERSIDE.read_text()) | changed, COUNTRIES, profiles())


def dialled(card: Card) -> list[str]:
    return [line.dialled for section in card.sections for line in section.lines]


def test_the_card_of_the_example_office() -> None:
    card = card_of(office(codes={"without_star": "11"}))
    assert as_text(card) + "\n" == (HERE / "riverside-dental.txt").read_text(encoding="utf-8")


def test_every_code_stands_on_it_once() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(CODES)
    codes = [code for code in dialled(card_of(office())) if code.startswith("*")]
    assert sorted(codes) == sorted(getattr(Codes(), name) for name in CODES)


def test_a_code_that_the_office_has_changed_is_the_one_on_its_card() -> None:
    card = card_of(office(codes={"night_mode": "*21", "without_star": "12"}))
    assert "*21" in dialled(card)
    assert "*81" not in dialled(card)
    assert "1221" in as_text(card)


def test_an_office_where_nothing_stands_for_the_star_is_told_of_no_other_form() -> None:
    card = card_of(office(codes={"without_star": ""}))
    assert card.note == ""
    assert {line.without_star for section in card.sections for line in section.lines} == {""}


@pytest.mark.parametrize(("country", "numbers"), [("us", ["911"]), ("uk", ["999", "112"]), ("de", ["112", "110"])])
def test_the_emergency_numbers_are_those_of_the_country_and_come_first(country: str, numbers: list[str]) -> None:
    first = dialled(card_of(office(country=country)))[: len(numbers) + 1]
    assert (sorted(first[:-1]), first[-1]) == (sorted(numbers), "9")


def test_an_office_that_dials_nothing_for_an_outside_line_is_told_of_nothing() -> None:
    first, *_ = card_of(replace(office(), outside_prefix="")).sections
    assert [(line.dialled, line.sentence) for line in first.lines] == [
        ("911", "Emergency, from every telephone, locked ones too."),
        ("0", "The operator."),
    ]


def test_people_stand_by_their_last_names_and_who_has_left_is_left_out() -> None:
    here = office(departments=[{"id": "care", "name": "Care", "extension": "120", "members": [{"person": "tom"}]}])
    gone = replace(here.people[3], station=None, mailbox=False)
    *_, departments, people = card_of(replace(here, people=(*here.people[:3], gone))).sections
    assert [line.sentence for line in departments.lines] == ["Care"]
    assert [line.sentence for line in people.lines] == ["Maria Alvarez", "Doctor Tom Becker", "Riverside Dental"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_the_texts_of_the_card_with_the_blanks_of_the_english_ones(code: str) -> None:
    spoken = import_module(f"appliance.prompts.languages.{code}.card")
    for ours, theirs in ((english.CARD, spoken.CARD), (english.CODES, spoken.CODES)):
        assert theirs.keys() == ours.keys()
        assert {name: blanks(text) for name, text in theirs.items()} == {
            name: blanks(text) for name, text in ours.items()
        }


def blanks(text: str) -> set[str]:
    return {blank for _, blank, *_ in Formatter().parse(text) if blank}


def test_a_language_that_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError, match="tlh"):
        card_of(office(), "tlh")
