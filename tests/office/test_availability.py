"""Whether somebody is there: what the codes have flipped, what the document says, and what hours it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from appliance.office.availability import (
    OUT,
    Availability,
    do_not_disturb_switch,
    forwarding_switch,
    membership_switch,
    presence_switch,
    read_forwarding,
    written,
)
from appliance.office.forwarding import Forwarding, ForwardWhen, Presence
from appliance.office.standing import Closure
from tests.office.search import ANN, BOB, NIGHT, NOON, PLAIN

BY_DOCUMENT = Forwarding(ForwardWhen.BUSY, "102", hours="day")


def now(at: datetime = NOON, switches: Mapping[str, str] | None = None) -> Availability:
    standing = switches or {}
    return Availability(PLAIN, at, lambda name: standing.get(name, ""))


def test_while_no_switch_is_flipped_everybody_is_there_and_may_be_disturbed():
    assert now().here(ANN)
    assert now().logged_in("sales", "ann")
    assert not now().not_disturbed(ANN)
    assert not now().forwarded_by_code(ANN)


def test_each_switch_is_that_of_one_person():
    flipped = now(switches={do_not_disturb_switch("ann"): "on", presence_switch("ann"): Presence.AWAY.value})
    assert flipped.not_disturbed(ANN)
    assert not flipped.not_disturbed(BOB)
    assert not flipped.here(ANN)
    assert flipped.here(BOB)


def test_who_has_logged_out_of_one_department_is_still_in_the_others():
    flipped = now(switches={membership_switch("sales", "ann"): OUT})
    assert not flipped.logged_in("sales", "ann")
    assert flipped.logged_in("repairs", "ann")
    assert flipped.logged_in("sales", "bob")


@pytest.mark.parametrize("when", list(ForwardWhen))
@pytest.mark.parametrize("to", ["", "102", "95551234"])
def test_what_is_written_of_a_forwarding_is_read_again(when: ForwardWhen, to: str):
    assert read_forwarding(written(when, to), BY_DOCUMENT) == Forwarding(when, to or None)


@pytest.mark.parametrize("at", ["", "sometimes", "always-95551234", " 95551234"])
def test_where_a_switch_stands_at_nothing_that_is_known_the_document_counts(at: str):
    assert read_forwarding(at, BY_DOCUMENT) == BY_DOCUMENT
    assert now(switches={forwarding_switch("ann"): at}).forwarding(replace(ANN, forwarding=BY_DOCUMENT)) == BY_DOCUMENT


def test_a_forwarding_by_code_knows_no_hours():
    person = replace(ANN, forwarding=BY_DOCUMENT)
    assert now(NIGHT).forwarding(person) == Forwarding()
    flipped = now(NIGHT, {forwarding_switch("ann"): "always 103"})
    assert flipped.forwarding(person) == Forwarding(ForwardWhen.ALWAYS, "103")
    assert flipped.forwarded_by_code(person)
    ended = now(NOON, {forwarding_switch("ann"): "never"})
    assert ended.forwarding(person) == Forwarding()
    assert not ended.forwarded_by_code(person)


def test_who_is_away_takes_the_steps_of_those_and_no_others():
    away = now(switches={presence_switch("ann"): Presence.AWAY.value})
    taken = [Presence.ANYWHERE, Presence.AWAY]
    assert [when for when in Presence if away.taken(when, ANN)] == taken
    assert [when for when in Presence if now().taken(when, ANN)] == [Presence.ANYWHERE, Presence.AT_OFFICE]


def test_hours_count_with_the_closures_of_their_calendar():
    assert now().within("day")
    assert not now(NIGHT).within("day")
    assert now(NIGHT).within(None)
    closure = Closure(NOON - timedelta(hours=1), NOON + timedelta(hours=1), "Inventory")
    closed = Availability(PLAIN, NOON, closures=lambda hours: [closure] if hours == "day" else [])
    assert not closed.within("day")
