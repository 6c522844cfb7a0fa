"""Contacts and entries of the block list, as they are declared, checked and read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from appliance.office.callernumber import NotANumber
from appliance.office.contact import Blocked, Contact, Gets, unwanted
from appliance.office.entry import EntryErrors, read_entry, written_entry
from appliance.office.field import document_fields

JANE = Contact("+14075550142", "Jane Doe", "Doe & Söhne", "likes mornings", "es", 3)


def said(kind: type, group: dict[str, object]) -> list[str]:
    with pytest.raises(EntryErrors) as caught:
        read_entry(kind, group)
    return [str(problem) for problem in caught.value.problems]


def test_a_contact_is_read_from_what_it_writes() -> None:
    assert read_entry(Contact, written_entry(JANE)) == JANE
    assert read_entry(Contact, {"number": "0900*", "name": "Premium"}) == Contact("0900*", "Premium")


def test_an_entry_of_the_block_list_is_read_from_what_it_writes_and_is_counted_by_nobody_else() -> None:
    entry = Blocked("private", Gets.CHALLENGE, "too many")
    counted = replace(entry, times=4, last=datetime(2026, 3, 2, tzinfo=UTC))
    assert read_entry(Blocked, written_entry(counted)) == entry
    assert said(Blocked, {"caller": "private", "times": 4}) == ["times: is not known here (did you mean 'notes'?)"]


@pytest.mark.parametrize("kind", [Contact, Blocked])
def test_every_field_says_what_it_is_in_a_sentence(kind: type) -> None:
    assert [field.name for field in document_fields(kind) if not field.meaning.sentence.endswith(".")] == []


def test_all_mistakes_of_a_contact_are_told_at_once() -> None:
    wrong = {"number": "nonsense", "nmae": "Jane", "company": "x" * 101, "notes": "two\nlines", "language": "english"}
    assert said(Contact, {**wrong, "rank": 10}) == [
        "nmae: is not known here (did you mean 'name'?)",
        "number: must be a telephone number with its area code, or the beginning of numbers followed by *: 0900*",
        "company: must be at most 100 characters long, and has 101",
        "notes: holds a line break or another character that cannot be shown",
        "language: must be a language in two small letters, such as es",
        "rank: must be from 0 to 9",
    ]


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({}, ["number: is missing", "name: is missing"]),
        ({"number": "12", "name": ""}, ["name: must not be empty"]),
        ({"number": 12, "name": None}, ["number: must be text", "name: must be text"]),
        ({"number": "12", "name": "J", "rank": True}, ["rank: must be a whole number"]),
        ({"number": "12", "name": "J", "rank": "high"}, ["rank: must be a whole number"]),
        ({"number": "1" * 21, "name": "J"}, None),
        ({"number": "12\n", "name": "J"}, None),
        ({"number": "private", "name": "J"}, None),
    ],
)
def test_a_contact_with_mistakes_is_refused(fields: dict[str, object], reasons: list[str] | None) -> None:
    assert said(Contact, fields) == reasons or reasons is None


def test_what_a_blocked_caller_gets_is_one_of_four_things() -> None:
    assert said(Blocked, {"caller": "private", "gets": "refuse"}) == [
        "gets: must be one of refusal, ringing, voicemail, challenge (did you mean 'refusal'?)"
    ]
    assert said(Blocked, {"caller": "private", "gets": ["refusal"]}) == [
        "gets: must be one of refusal, ringing, voicemail, challenge"
    ]


def test_a_block_list_names_numbers_beginnings_and_two_words() -> None:
    assert [unwanted(one) for one in ("(407) 555-0142", "0900 *", " Private", "UNAVAILABLE")] == [
        "4075550142",
        "0900*",
        "private",
        "unavailable",
    ]
    with pytest.raises(NotANumber, match="did you mean 'unavailable'"):
        unwanted("unavalable")
    with pytest.raises(NotANumber, match=r"'everybody' is neither a telephone number nor private or unavailable$"):
        unwanted("everybody")
