"""People's names in the directory in their own voice: recorded in the mailbox, heard, and removed."""

from __future__ import annotations

import asyncio

import pytest

from appliance.calls.mail import OwnRecording
from appliance.wav.measuring import measure
from tests.calls.phone import Phone
from tests.calls.test_finding_by_name import CHOICE, ENDING, SPELL, listing, presses, since_spelling
from tests.calls.world import World, world


async def test_a_name_is_heard_in_the_persons_own_voice_and_spoken_where_that_cannot_be_played():
    async with world(listing()) as here:
        caller = await here.greeted()
        mail = here.appliance.mail
        path = await mail.begin_own("maria")
        path.write_bytes(b"RIFF")
        await mail.commit_own(path, OwnRecording.NAME)
        await presses(caller, "4", "258", pause=8.0)
        assert since_spelling(caller) == [SPELL, CHOICE, *ENDING]
        assert ["a recording cannot be played" in fault for fault in here.appliance.faults] == [True]


async def recording_the_name(here: World, seconds: float) -> Phone:
    """Maria has said her name, for so many seconds, and pressed #."""
    maria = await here.phone("fxs-1").dials("8500")
    await asyncio.sleep(1)
    await presses(maria, "7391#", "3", "6", "2")
    await asyncio.sleep(5)
    speech = await here.speech(
        "Maria Alvarez, at the front desk of Riverside Dental, by the river, on the left of the church."
    )
    await maria.telephone.speak(speech[: round(seconds * 8000)])
    await presses(maria, "#")
    return maria


async def test_a_name_is_recorded_heard_kept_and_removed_in_the_mailbox():
    async with world(listing()) as here:
        maria = await recording_the_name(here, 2.0)
        assert maria.heard[-3:] == ["name-menu", "record-name-after-tone", "name-review-menu"]
        await presses(maria, "2", "1", pause=5.0)
        assert maria.heard[-4:] == ["recording", "name-review-menu", "name-saved", "name-menu"]
        await presses(maria, "*")
        maria.hangs_up()
        caller = await here.greeted()
        await presses(caller, "4", "258", pause=8.0)
        name = ["directory-choice-before", "recording", "directory-choice-behind"]
        assert since_spelling(caller) == [SPELL, *name, *ENDING]
        caller.hangs_up()
        await asyncio.sleep(3)
        maria = await here.phone("fxs-1").dials("8500")
        await asyncio.sleep(1)
        await presses(maria, "7391#", "3", "6", "3", pause=3.0)
        await presses(maria, "1", pause=4.0)
        assert maria.heard[-4:] == ["name-removed", "name-menu", "no-name", "name-menu"]
        assert await here.appliance.mail.own("maria", OwnRecording.NAME) is None


@pytest.mark.parametrize(("seconds", "told"), [(5.3, "name-too-long"), (0.05, "name-too-short")])
async def test_a_name_that_is_too_long_or_too_short_is_refused_and_asked_for_again(seconds, told):
    async with world(listing()) as here:
        maria = await recording_the_name(here, seconds)
        await asyncio.sleep(4)
        assert maria.heard[-3:] == ["record-name-after-tone", told, "record-name-after-tone"]
        maria.hangs_up()
        await asyncio.sleep(2)
        assert await here.appliance.mail.own("maria", OwnRecording.NAME) is None
        box = await here.appliance.mail.begin_own("maria")
        assert [item for item in box.parent.parent.iterdir() if item != box.parent] == []


async def test_who_says_the_name_and_then_nothing_has_said_it():
    async with world(listing()) as here:
        maria = await here.phone("fxs-1").dials("8500")
        await asyncio.sleep(1)
        await presses(maria, "7391#", "3", "6", "2")
        await asyncio.sleep(5)
        await maria.says("Maria Alvarez")
        await asyncio.sleep(9)
        assert maria.heard[-1] == "name-review-menu"
        box = here.appliance.messages.begin_own("maria").parents[1]
        (recorded,) = box.rglob("audio.wav")
        assert 1.0 < measure(recorded).seconds < 2.0
