"""Messages that were heard long ago are deleted at night, where the office or the owner of the mailbox wants that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from appliance.calls.nightlycleanup import next_clean_up
from appliance.office.model import Office
from appliance.office.voicemail import OwnVoicemail, Voicemail
from tests.calls.around import leave
from tests.calls.world import World, example_office, world

NEW_YORK = ZoneInfo("America/New_York")
DAY_SECONDS = timedelta(days=1).total_seconds()


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (datetime(2026, 3, 3, 7, 59, tzinfo=UTC), datetime(2026, 3, 3, 8, tzinfo=UTC)),
        (datetime(2026, 3, 3, 8, tzinfo=UTC), datetime(2026, 3, 4, 8, tzinfo=UTC)),
        # In this night there is an hour less.
        (datetime(2026, 3, 8, 4, tzinfo=UTC), datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ],
)
def test_it_is_three_in_the_morning_at_the_office(now: datetime, at: datetime) -> None:
    assert next_clean_up(now, NEW_YORK) == at


def keeping(office_days: int | None, marias_days: int | None = None) -> Callable[[Office], Office]:
    def change(office: Office) -> Office:
        maria = OwnVoicemail(heard_messages_days=marias_days)
        people = tuple(replace(one, voicemail=maria) if one.id == "maria" else one for one in office.people)
        return replace(office, people=people, voicemail=Voicemail(heard_messages_days=office_days))

    return change


async def left_and_heard(here: World, owner: str) -> None:
    """A message that was heard, and one that was not."""
    await leave(here, owner)
    (message,) = here.appliance.messages.list(owner)
    await here.appliance.mail.keep(message)
    await leave(here, owner)


def messages(here: World, owner: str) -> tuple[int, int]:
    counts = here.appliance.mail.counts(owner)
    return counts.new, counts.saved


async def test_what_was_heard_goes_after_its_days_and_what_was_not_heard_stays() -> None:
    async with world(keeping(10, marias_days=2)) as here:
        await asyncio.sleep(5 * DAY_SECONDS)  # The messages are old when they are heard, which does not count.
        for owner in ("maria", "tom"):
            await left_and_heard(here, owner)
        await asyncio.sleep(2 * DAY_SECONDS)
        assert messages(here, "maria") == (1, 1)
        await asyncio.sleep(DAY_SECONDS)
        assert [messages(here, owner) for owner in ("maria", "tom")] == [(1, 0), (1, 1)]
        await asyncio.sleep(8 * DAY_SECONDS)
        assert messages(here, "tom") == (1, 0)


async def test_nothing_goes_where_nobody_wants_that_and_another_office_is_gone_by_at_once() -> None:
    async with world() as here:
        await left_and_heard(here, "maria")
        await asyncio.sleep(100 * DAY_SECONDS)
        assert messages(here, "maria") == (1, 1)
        await here.appliance.use(keeping(30)(example_office()))
        await asyncio.sleep(DAY_SECONDS)
        assert messages(here, "maria") == (1, 0)
