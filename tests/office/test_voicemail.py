"""Voicemail in the office document: what is refused, what is warned of, and whose limit counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from appliance.office.document import parse_office
from appliance.office.lint import lint
from appliance.office.mailboxlimits import (
    deleted_at,
    heard_messages_days,
    longest_message_seconds,
    most_messages,
    nearly_full,
)
from appliance.office.problem import OfficeErrors
from tests.offices import example, with_a_department

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


def with_own(person: int, **own: Any) -> dict[str, Any]:
    document = example()
    document["people"][person]["voicemail"] = own
    return document


def problems(document: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        parse_office(document)
    except OfficeErrors as errors:
        return [(problem.path, problem.reason) for problem in errors.problems]
    return []


def test_a_list_names_people_and_departments_with_a_mailbox_each_once() -> None:
    document = with_a_department()
    document["people"][2]["mailbox"] = False
    document["voicemail"] = {"lists": {"70": ["maria", "tom", "care", "nora", "maria"]}}
    assert problems(document) == [
        ("voicemail.lists.70[1]", "tom has no mailbox"),
        ("voicemail.lists.70[2]", "care has no mailbox"),
        ("voicemail.lists.70[3]", "there is neither a person nor a department with the id nora"),
        ("voicemail.lists.70[4]", "the id maria is already given at voicemail.lists.70[0]"),
    ]
    document["departments"][0]["mailbox"] = True
    document["voicemail"] = {"lists": {"70": ["maria", "care"]}}
    assert parse_office(document).voicemail.lists == {"70": ("maria", "care")}


def test_texts_that_no_mailbox_gets_are_warned_of() -> None:
    def warned(**office: Any) -> list[str]:
        document = example() | {"voicemail": {"transcripts": True}} | office
        return [problem.path for problem in lint(parse_office(document)) if problem.path == "voicemail.transcripts"]

    assert warned() == []
    assert warned(language="de") == ["voicemail.transcripts"]
    assert warned(language="de", people=[example()["people"][0] | {"language": "en"}, *example()["people"][1:]]) == []


def test_the_number_of_a_list_is_nobodys_extension() -> None:
    document = example() | {"voicemail": {"lists": {"101": ["tom"]}}}
    assert problems(document) == [("voicemail.lists.101", "101 is the extension of Maria Alvarez")]


def test_an_assistant_behind_0_and_hours_of_a_mailbox_must_be_there() -> None:
    assert problems(with_own(1, zero="assistant")) == [
        ("people[1].voicemail.zero", "there is no assistant who could be reached")
    ]
    assert problems(with_own(1, hours="night")) == [
        ("people[1].voicemail.hours", "there are no hours with the id night")
    ]


def test_settings_of_a_mailbox_that_is_not_there_are_warned_of() -> None:
    document = with_own(1, call_back=True)
    document["people"][1]["mailbox"] = False
    told = [problem.path for problem in lint(parse_office(document))]
    assert "people[1].voicemail" in told


@pytest.mark.parametrize("messages", [None, 20])
def test_a_limit_of_the_owner_counts_before_that_of_the_office(messages: int | None) -> None:
    own = {} if messages is None else {"messages": messages, "longest_message_seconds": 60, "heard_messages_days": 3}
    office = parse_office(with_own(0, **own) | {"voicemail": {"heard_messages_days": 30}})
    maria = office.people[0]
    assert most_messages(office, maria) == (messages or 100)
    assert longest_message_seconds(office, maria) == (60 if messages else 180)
    assert heard_messages_days(office, maria) == (3 if messages else 30)
    assert [nearly_full(office, maria, count) for count in (17, 18, 89, 90)] == (
        [False, True, True, True] if messages else [False, False, False, True]
    )


def test_a_heard_message_is_kept_for_ever_where_nobody_says_for_how_long() -> None:
    office = parse_office(example())
    assert deleted_at(office, office.people[0], NOON) is None
