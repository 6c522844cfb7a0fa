"""Letters as people read them."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter

import pytest

from appliance.calls.letters import LetterKind
from appliance.notify.parcel import SOUND_MARK
from appliance.notify.writing import letters, written
from appliance.office.languages import LANGUAGES
from tests.calls.world import example_office

OFFICE = example_office()
MESSAGE = {
    "number": "4075550142",
    "caller_name": "JANE",
    "when": "2026-03-03T14:15:00+00:00",
    "seconds": "83.4",
    "mailbox": "Maria Alvarez",
}


def test_a_message_is_told_in_the_words_of_the_office_s_clock() -> None:
    letter = written("message", MESSAGE, "maria", OFFICE)
    assert letter.subject == "New message from JANE (4075550142)"
    assert letter.text.splitlines() == [
        "Maria Alvarez, you have a new message.",
        "",
        "From: JANE (4075550142)",
        "Received: 2026-03-03 09:15",
        "Length: 1:23",
        "Mailbox: Maria Alvarez",
        "",
        SOUND_MARK,
    ]


def test_marks_are_told_and_a_private_message_says_where_it_can_be_heard() -> None:
    letter = written("message", MESSAGE | {"urgent": "yes", "private": "yes", "number": "private"}, "maria", OFFICE)
    assert "The caller marked it as urgent." in letter.text
    assert set(letter.sound_words.values()) == {
        "The caller marked it as private. To hear it, please call your mailbox."
    }
    assert letter.subject == "New message from JANE (a private number)"


def test_what_is_not_known_leaves_no_empty_line_behind() -> None:
    letter = written("emergency", {"number": "911", "telephone": "front desk"}, "maria", OFFICE)
    assert letter.text.splitlines() == ["An emergency call is being made.", "", "Number: 911", "Telephone: front desk"]


def test_a_caller_s_name_cannot_add_a_line_to_a_mail() -> None:
    letter = written("message", MESSAGE | {"caller_name": "JANE\r\nBcc: all@example.org"}, "maria", OFFICE)
    assert "\n" not in letter.subject
    assert "Bcc: all@example.org" not in letter.text.splitlines()


def test_a_language_without_a_text_of_its_own_has_that_of_the_office() -> None:
    assert letters("xx", "en") == letters("en", "en")
    people = tuple(replace(one, language="xx") for one in OFFICE.people)
    assert written("fault", {"fault": "none"}, "maria", replace(OFFICE, people=people)).subject


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_fills_the_same_blanks(code: str) -> None:
    def blanks(text: str) -> set[str]:
        return {name for _, name, *_ in Formatter().parse(text) if name}

    english, theirs = letters("en", "en"), letters(code, "en")
    assert {name: blanks(text) for name, text in theirs.items()} == {n: blanks(t) for n, t in english.items()}
    assert {f"{kind.value}-{part}" for kind in LetterKind for part in ("subject", "text")} <= theirs.keys()
