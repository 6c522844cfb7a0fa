"""Which greeting is heard, by why the caller has come: a table, and the midnights at which a temporary one ends."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from appliance.calls.greetingchoice import Came, ends_after, ends_behind, greetings, is_closed, told
from appliance.calls.mail import OwnRecording
from appliance.office.nightmode import NightMode
from appliance.office.standing import Standing, When

REGULAR, UNAVAILABLE, BUSY = OwnRecording.GREETING, OwnRecording.UNAVAILABLE, OwnRecording.BUSY
CLOSED, TEMPORARY = OwnRecording.CLOSED, OwnRecording.TEMPORARY
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("came", "while_open", "while_closed"),
    [
        (Came.DIRECTLY, [REGULAR], [CLOSED, REGULAR]),
        (Came.NO_ANSWER, [REGULAR], [CLOSED, REGULAR]),
        (Came.BUSY, [BUSY, REGULAR], [BUSY, REGULAR]),
        (Came.NOT_DISTURBED, [UNAVAILABLE], [UNAVAILABLE]),
    ],
)
def test_the_reason_chooses_the_greeting_and_a_temporary_one_comes_first(
    came: Came, while_open: list[OwnRecording], while_closed: list[OwnRecording]
) -> None:
    for closed, expected in ((False, while_open), (True, while_closed)):
        why = told(came, closed=closed)
        assert list(greetings(why, temporary=False)) == expected
        assert list(greetings(why, temporary=True)) == [TEMPORARY, *expected]


@pytest.mark.parametrize(
    ("what", "closed"), [(When.OPEN, False), (When.BREAK, False), (When.CLOSED, True), (When.HOLIDAY, True)]
)
def test_a_break_is_not_told_as_closed_and_what_was_said_by_hand_counts_more(what: When, closed: bool) -> None:
    assert is_closed(Standing(what), NightMode.AUTOMATIC) is closed
    assert is_closed(Standing(what), NightMode.CLOSED)
    assert not is_closed(Standing(what), NightMode.OPEN)


def test_an_office_without_hours_is_closed_by_hand_alone() -> None:
    assert not is_closed(None, NightMode.AUTOMATIC)
    assert is_closed(None, NightMode.CLOSED)


@pytest.mark.parametrize(
    ("now", "days", "ends"),
    [
        # A quarter past nine in the morning: today only.
        (datetime(2026, 3, 3, 14, 15, tzinfo=UTC), 1, datetime(2026, 3, 4, 5, tzinfo=UTC)),
        # Late in the evening it is tomorrow already in UTC, and not at the office.
        (datetime(2026, 3, 4, 4, 59, tzinfo=UTC), 1, datetime(2026, 3, 4, 5, tzinfo=UTC)),
        # Five days from then on, of which one has an hour less.
        (datetime(2026, 3, 5, 14, tzinfo=UTC), 5, datetime(2026, 3, 10, 4, tzinfo=UTC)),
    ],
)
def test_a_temporary_greeting_ends_at_a_midnight_of_the_office(now: datetime, days: int, ends: datetime) -> None:
    assert ends_after(days, now, NEW_YORK) == ends


def test_the_last_day_is_one_on_which_it_is_heard() -> None:
    assert ends_behind(date(2026, 12, 24), NEW_YORK) == datetime(2026, 12, 25, 5, tzinfo=UTC)
