"""`copperdesk greetings`: texts that can be put into an office document as they are."""

from __future__ import annotations

import json

import pytest

from appliance.cli.main import main
from appliance.office.document import load_document, parse_office
from appliance.office.formula import LONGEST_BLANK
from appliance.office.lint import lint
from appliance.office.menus import LONGEST_MENU_SECONDS, spoken_seconds
from tests.calls.world import OFFICE

RIVERSIDE = ["--company", "Riverside Dental", "--does", "family dentistry"]


CLOSED = {"action": "information", "information": "closed"}


def printed(capsys, *words):
    assert main(["greetings", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_formula_says_what_the_company_does_and_who_answers(capsys):
    texts = printed(capsys, *RIVERSIDE, "--who", "Maria")
    assert texts == {
        "menu": {
            "greetings": {
                part: f"Good {part}, and thank you for calling Riverside Dental, your place for family dentistry. "
                "Maria will be with you in a moment."
                for part in ("morning", "afternoon", "evening")
            }
        },
        "information": {
            "closed": {
                "says": "Thank you for calling Riverside Dental, your place for family dentistry. We are closed now. "
                "Leave us your name and number, and Maria will call you back when we open."
            }
        },
    }


def test_without_a_name_nobody_is_named(capsys):
    texts = printed(capsys, *RIVERSIDE)
    assert texts["menu"]["greetings"]["morning"].endswith("We will be with you in a moment.")
    assert "and we will call you back" in texts["information"]["closed"]["says"]


def test_the_texts_fit_into_an_office_as_they_are(capsys):
    document = load_document(OFFICE.read_text(encoding="utf-8"))
    texts = printed(capsys, *RIVERSIDE)
    document["menu"] |= texts["menu"]
    document["information"] = texts["information"]
    document["hours"] = {"main": {"week": {"monday": ["09:00-17:00"]}, "closed": CLOSED}}
    assert lint(parse_office(document)) == [], "not even the whole menu is too long"


def test_with_the_longest_names_no_text_takes_twenty_seconds(capsys):
    long = ("word " * 20)[:LONGEST_BLANK].strip()
    texts = printed(capsys, "--company", long, "--does", long, "--who", long)
    said = [*texts["menu"]["greetings"].values(), texts["information"]["closed"]["says"]]
    assert max(map(spoken_seconds, said)) < LONGEST_MENU_SECONDS


@pytest.mark.parametrize(
    "words", [[], ["--company", "A"], ["--company", " ", "--does", "b"], ["--company", "A", "--does", "b" * 61]]
)
def test_what_is_missing_or_too_long_is_not_understood(words):
    with pytest.raises(SystemExit) as caught:
        main(["greetings", *words])
    assert caught.value.code == 2


def test_full_stops_and_spaces_around_what_is_given_do_not_matter(capsys):
    assert printed(capsys, "--company", " Riverside  Dental. ", "--does", "family dentistry.") == printed(
        capsys, *RIVERSIDE
    )
