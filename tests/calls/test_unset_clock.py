"""While the unit does not know the time, nothing is deleted for its age, and no time is told that may be wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from appliance.clock import LoopClock
from appliance.control.folder import DataFolder
from appliance.notify.parcel import Job
from appliance.office.daypart import Part
from appliance.office.model import Office
from appliance.office.places import greeting_words
from appliance.office.voicemail import Voicemail
from appliance.store.lostcalls import LostCall, LostStore
from appliance.store.messages import Envelope
from tests.calls.around import leave
from tests.calls.world import MORNING, World, example_office, world
from tests.notify.office import MARIA_BY_MAIL

DAY_SECONDS = timedelta(days=1).total_seconds()


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Nobody has set the clock. `undo`: it is set."""
    with monkeypatch.context() as patch:
        patch.setattr(LoopClock, "unsure", [(MORNING, None)])
        patch.setattr(LoopClock, "may_delete", False)
        yield patch


def heard_go_after_a_day(office: Office) -> Office:
    return replace(office, voicemail=Voicemail(heard_messages_days=1))


async def test_nothing_is_deleted_for_its_age_until_the_clock_is_set(unset: pytest.MonkeyPatch) -> None:
    async with world(heard_go_after_a_day) as here:
        mail = here.appliance.mail
        for _ in range(3):
            await leave(here, "maria")
        heard, deleted, ends = here.appliance.messages.list("maria")
        await mail.keep(heard)
        await mail.delete(deleted)
        await mail.deliver(ends.path, "maria", Envelope("5550100", "", MORNING, until=MORNING + timedelta(hours=1)))
        await asyncio.sleep(3 * DAY_SECONDS)
        ids = await mail.ids("maria")
        assert [len(some) for some in (ids.new, ids.saved, ids.deleted)] == [2, 1, 1]
        unset.undo()
        await asyncio.sleep(3 * DAY_SECONDS)
        ids = await mail.ids("maria")
        assert [len(some) for some in (ids.new, ids.saved, ids.deleted)] == [1, 0, 0]


async def test_a_message_is_told_without_its_time(here: World, unset: pytest.MonkeyPatch) -> None:
    await leave(here, "maria")
    phone = await here.phone("fxs-1").dials("8500")
    await phone.presses("7391#", at="enter-pin")
    await phone.hears("recording")
    assert phone.heard[-3:] == ["message-number", "from-number", "recording"]


def three_lost(data: Path) -> None:
    with closing(LostStore.open(DataFolder(data).lost_callers)) as lost:
        for call, number in (("a", "4075550142"), ("b", "private"), ("c", "")):
            lost.put(LostCall(call, MORNING, number, "", "maria", ""))


async def test_a_lost_caller_is_told_without_the_time(unset: pytest.MonkeyPatch) -> None:
    async with world(spoil=three_lost) as here:
        phone = await here.phone("fxs-1").dials("*93")
        for told in ("from-number", "from-private", "from-unknown"):
            await phone.hears(told)
            await phone.presses("3")


def test_a_menu_has_one_greeting_for_when_nobody_knows_the_part_of_the_day() -> None:
    menu = replace(example_office().menu, greeting="Hello.", greetings={Part.MORNING: "Good morning."})
    told = [greeting_words(example_office(), menu, part).text for part in (Part.MORNING, Part.EVENING, None)]
    assert told == ["Good morning.", "Hello.", "Hello."]


async def test_a_letter_has_no_time_and_no_date(unset: pytest.MonkeyPatch) -> None:
    jobs: list[Job] = []

    class Carried:
        async def carry(self, job: Job) -> None:
            jobs.append(job)

    async with world(MARIA_BY_MAIL, carrier=Carried()) as here:
        await leave(here, "maria")
        await asyncio.sleep(200)
        unset.undo()
        await leave(here, "maria")
        await asyncio.sleep(200)
    first, second = jobs
    assert (first.at, "Received" in first.text) == (0, False)
    assert (second.at > 0, "Received" in second.text) == (True, True)
