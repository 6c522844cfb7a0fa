"""Transfers that telephones ask for: blind and attended, by either side, and those that cannot be."""

from __future__ import annotations

import asyncio

import pytest

from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from tests.calls.around import spoken, station_at, until
from tests.calls.farlines import ANNE, FarLine, FarTelephone, FarWorld, far_world

BOB = "4075550199"


async def hear_each_other(one: FarLine, other: FarLine) -> None:
    await until(lambda: one.hears(other) and other.hears(one))


async def asking_back(here: FarWorld, number: str, answers: FarTelephone) -> FarTelephone:
    """Maria holds her call and talks to somebody else by her second one."""
    second = here.maria.second
    assert second is not None
    here.maria.holds(True)
    second.lifts(number)
    await here.answered(answers)
    await hear_each_other(second, answers)
    return second


# Blind


async def test_a_caller_transferred_by_the_callee_rings_and_talks_to_another() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        with spoken() as said:
            maria.transfers("103")
            await here.answered(here.ruth)
            await hear_each_other(caller, here.ruth)
            assert said.on("gate 1") == ["one-moment"]
        assert maria.told == [True]
        assert not maria.off_hook
        assert here.ruth.rings == [ANNE]
        caller.leaves()
        await here.ended(("gate 1", "connected", "hung-up"))
        (record,) = here.here.appliance.calls.recent(10)
        assert (record.called, record.reached, record.direction) == ("103", "ruth", "in")


async def test_a_callee_transferred_by_the_caller_rings_and_talks_to_another_who_sees_whose_it_is() -> None:
    async with far_world() as here:
        here.maria.lifts("103")
        await here.answered(here.ruth)
        await hear_each_other(here.maria, here.ruth)
        here.maria.transfers("104")
        await here.answered(here.nina)
        await hear_each_other(here.ruth, here.nina)
        assert here.maria.told == [True]
        assert here.nina.rings == [CallerId("103", "Ruth Olsen")]
        here.nina.hangs_up()
        await here.ended(("front desk", "connected", "on-hook"))


async def test_somebody_outside_whom_a_telephone_called_is_transferred_inside_and_shown_by_the_number_called() -> None:
    async with far_world() as here:
        here.maria.lifts(f"9{BOB}")
        trunk = here.card.trunk("gate-2")
        await hear_each_other(here.maria, trunk)
        here.maria.transfers("103")
        await here.answered(here.ruth)
        await hear_each_other(trunk, here.ruth)
        assert here.ruth.rings == [CallerId(BOB)]
        trunk.leaves()
        await here.ended(("front desk", "connected", "hung-up"))


async def test_a_caller_transferred_to_who_does_not_answer_reaches_voicemail() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        caller.presses("5#")  # Pressed towards Maria, and not meant for a mailbox.
        with spoken() as said:
            maria.transfers("103")
            await asyncio.sleep(28)
            assert said.on("gate 1") == ["one-moment", "not-available", "leave-message"]
            assert caller.off_hook
        caller.leaves()
        await here.all_is_free()
        assert maria.told == [True]


async def test_a_transfer_to_0_calls_the_operator() -> None:
    async with far_world() as here:
        caller = await here.greeted()
        caller.presses("103")
        await here.answered(here.ruth)
        await hear_each_other(caller, here.ruth)
        here.ruth.transfers("0")
        await here.answered(here.maria)
        await hear_each_other(caller, here.maria)
        assert here.ruth.told == [True]
        here.maria.hangs_up()
        await here.ended(("gate 1", "operator", "on-hook"))


async def test_a_transfer_to_an_outside_number_takes_another_line() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        maria.transfers(f"9{BOB}")
        trunk = here.card.trunk("gate-2")
        await hear_each_other(caller, trunk)
        assert (trunk.seized, maria.told, maria.off_hook) == ([BOB], [True], False)
        trunk.leaves()
        await here.ended(("gate 1", "dialled-out", "hung-up"))


async def test_a_transfer_to_another_office_takes_a_line_to_it() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        maria.transfers("612")
        await until(lambda: maria.told == [True])
        joining = [port for port in here.card.fxo if port.name.startswith("join")]
        await until(lambda: sum(caller.hears(port) for port in joining) == 1)
        assert sorted(port.seized for port in joining) == [[], ["612"]]
        caller.leaves()
        await here.ended(("gate 1", "connected", "hung-up"))


@pytest.mark.parametrize("number", ["177", "", "8500", "x"])
async def test_after_a_transfer_to_a_number_that_leads_nowhere_both_talk_on(number: str) -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        maria.transfers(number)
        await until(lambda: maria.told == [False])
        await hear_each_other(caller, maria)
        maria.transfers("103")
        await here.answered(here.ruth)
        await hear_each_other(caller, here.ruth)
        assert maria.told == [False, True]
        caller.leaves()
        await here.ended(("gate 1", "connected", "hung-up"))


async def test_who_was_held_hears_music_on_after_a_transfer_that_leads_nowhere() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        maria.holds(True)
        maria.transfers("177")
        await asyncio.sleep(1)
        assert maria.told == [False]
        assert not caller.hears(maria)
        maria.holds(False)
        await hear_each_other(caller, maria)
        caller.leaves()
        await here.all_is_free()


async def test_who_talks_to_nobody_cannot_have_anybody_transferred() -> None:
    async with far_world() as here:
        here.maria.lifts("8500")
        await asyncio.sleep(1)
        here.maria.transfers("103")
        assert here.maria.told == [False]
        here.maria.hangs_up()
        here.maria.transfers("103")
        assert here.maria.told == [False, False]
        await asyncio.sleep(0.5)
        assert not here.ruth.ringing
        await here.all_is_free()


async def test_a_second_transfer_asked_for_at_once_is_refused_and_the_first_is_made() -> None:
    async with far_world() as here:
        here.maria.lifts("103")
        await here.answered(here.ruth)
        await hear_each_other(here.maria, here.ruth)
        here.maria.transfers("104")
        here.ruth.transfers("102")
        await here.answered(here.nina)
        await hear_each_other(here.ruth, here.nina)
        assert (here.maria.told, here.ruth.told) == ([True], [False])
        here.ruth.hangs_up()
        await here.all_is_free()


@pytest.mark.parametrize("initiator_calls", [True, False], ids=["by the caller", "by the callee"])
async def test_who_is_transferred_and_hangs_up_in_the_same_moment_ends_the_call_and_nothing_else(
    initiator_calls: bool,
) -> None:
    async with far_world() as here:
        one, other = (here.maria, here.ruth) if initiator_calls else (here.ruth, here.maria)
        here.maria.lifts("103")
        await here.answered(here.ruth)
        await hear_each_other(here.maria, here.ruth)
        one.transfers("104")
        other.hangs_up()
        await here.all_is_free()
        assert here.here.appliance.faults == []
        assert one.told == [True]
        assert not here.nina.ringing


async def test_an_initiator_who_hangs_up_at_once_has_still_transferred() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        maria.transfers("103")
        maria.hangs_up()
        await here.answered(here.ruth)
        await hear_each_other(caller, here.ruth)
        assert maria.told == [True]
        caller.leaves()
        await here.all_is_free()


# Attended


@pytest.mark.parametrize("asked_on", ["first", "second"])
async def test_a_caller_is_transferred_to_whom_the_callee_asked_back(asked_on: str) -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        second = await asking_back(here, "103", here.ruth)
        asking, other = (maria, second) if asked_on == "first" else (second, maria)
        asking.transfers(to=other.name)
        await hear_each_other(caller, here.ruth)
        assert (asking.told, other.told) == ([True], [])
        assert not maria.off_hook
        assert not second.off_hook
        caller.leaves()
        await here.all_is_free()
        assert sorted(here.here.outcomes()) == [
            ("front desk", "connected", "transferred"),
            ("gate 1", "connected", "hung-up"),
        ]


@pytest.mark.parametrize("asked_on", ["first", "second"])
async def test_both_whom_a_telephone_has_called_are_joined(asked_on: str) -> None:
    async with far_world() as here:
        here.maria.lifts("104")
        await here.answered(here.nina)
        await hear_each_other(here.maria, here.nina)
        second = await asking_back(here, "103", here.ruth)
        asking, other = (here.maria, second) if asked_on == "first" else (second, here.maria)
        asking.transfers(to=other.name)
        await hear_each_other(here.nina, here.ruth)
        assert (asking.told, other.told) == ([True], [])
        assert not here.maria.off_hook
        assert not second.off_hook
        here.nina.hangs_up()
        await here.all_is_free()
        assert not here.ruth.off_hook


async def test_a_caller_is_transferred_to_somebody_outside_whom_the_callee_asked_back() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        second = maria.second
        assert second is not None
        maria.holds(True)
        second.lifts(f"9{BOB}")
        trunk = here.card.trunk("gate-2")
        await hear_each_other(second, trunk)
        maria.transfers(to=second.name)
        await hear_each_other(caller, trunk)
        assert maria.told == [True]
        assert not maria.off_hook
        assert not second.off_hook
        trunk.leaves()
        await here.all_is_free()
        assert not caller.off_hook


async def test_who_was_transferred_to_can_be_transferred_on() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        second = await asking_back(here, "103", here.ruth)
        maria.transfers(to=second.name)
        await hear_each_other(caller, here.ruth)
        here.ruth.transfers("104")
        await here.answered(here.nina)
        await hear_each_other(caller, here.nina)
        assert here.ruth.told == [True]
        here.nina.hangs_up()
        await here.all_is_free()


async def test_a_transfer_to_a_call_that_there_is_not_leaves_both_talking() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        for to in ("phone-1", "phone-1-second", "nowhere"):
            maria.transfers(to=to)
            await asyncio.sleep(0.2)
        assert maria.told == [False] * 3
        await hear_each_other(caller, maria)
        caller.leaves()
        await here.ended(("gate 1", "connected", "hung-up"))


async def test_a_transfer_to_who_has_not_answered_yet_leaves_both_calls_as_they_are() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        second = maria.second
        assert second is not None
        second.lifts("103")
        await until(lambda: here.ruth.ringing)
        maria.transfers(to=second.name)
        await asyncio.sleep(0.2)
        assert maria.told == [False]
        await here.answered(here.ruth)
        await hear_each_other(second, here.ruth)
        await hear_each_other(caller, maria)
        second.hangs_up()
        caller.leaves()
        await here.all_is_free()


@pytest.mark.parametrize("asked_on", ["first", "second"])
@pytest.mark.parametrize("leaves", ["caller", "ruth"])
async def test_who_leaves_in_the_moment_of_an_attended_transfer_leaves_nobody_on_a_line(
    asked_on: str, leaves: str
) -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        second = await asking_back(here, "103", here.ruth)
        asking, other = (maria, second) if asked_on == "first" else (second, maria)
        asking.transfers(to=other.name)
        if leaves == "caller":
            caller.leaves()
        else:
            here.ruth.hangs_up()
        await asyncio.sleep(1)
        for line in (maria, second, here.ruth):
            line.hangs_up()
        if caller.off_hook:
            caller.leaves()
        await here.all_is_free()
        assert here.here.appliance.faults == []
        assert len(asking.told) == 1
        assert other.told == []


async def test_when_the_other_call_ends_in_the_moment_of_an_attended_transfer_the_first_goes_on() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        second = await asking_back(here, "103", here.ruth)
        maria.transfers(to=second.name)
        here.ruth.hangs_up()
        await asyncio.sleep(1)
        assert maria.told == [False]
        maria.holds(False)
        await hear_each_other(caller, maria)
        assert not second.off_hook
        caller.leaves()
        await here.all_is_free()
        assert here.here.appliance.faults == []


async def test_a_conversation_with_a_plain_telephone_is_transferred_too() -> None:
    async with far_world() as here:
        surgery = station_at(here.here, "fxs-2")
        caller, maria = await here.talking()
        maria.transfers("102")
        await until(lambda: surgery.ringing)
        surgery.lift()
        await asyncio.sleep(1)
        assert maria.told == [True]
        surgery.hang_up()
        await asyncio.sleep(2)
        assert not caller.off_hook
        await here.ended(("gate 1", "connected", "on-hook"))


async def test_a_caller_who_leaves_while_the_transfer_rings_stops_the_ringing() -> None:
    async with far_world() as here:
        caller, maria = await here.talking()
        maria.transfers("103")
        await until(lambda: here.ruth.ringing)
        caller.leaves(Cleared.HUNG_UP)
        await here.ended(("gate 1", "abandoned", "hung-up"))
        assert not here.ruth.ringing
