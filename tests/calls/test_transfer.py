"""Transfers that telephones ask for: blind and attended, by either side, and those that cannot be."""

from __future__ import annotations

import asyncio

import pytest

from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from tests.calls.farlines import ANNE, FarTelephone, FarWorld, hear_each_other
from tests.calls.hearing import until

BOB = "4075550199"


async def asking_back(here: FarWorld, number: str, answers: FarTelephone) -> FarTelephone:
    """Maria holds her call and talks to somebody else by her second one."""
    second = here.maria.second
    assert second is not None
    here.maria.holds(True)
    second.lifts(number)
    await answers.answers()
    await hear_each_other(second, answers)
    return second


# Blind


async def test_a_caller_transferred_by_the_callee_rings_and_talks_to_another(far: FarWorld) -> None:
    caller, maria = await far.talking()
    caller.forgets()
    maria.transfers("103")
    await far.ruth.answers()
    await hear_each_other(caller, far.ruth)
    assert caller.heard == ["one-moment"]
    assert maria.told == [True]
    assert not maria.off_hook
    assert far.ruth.shown == [ANNE]
    caller.leaves()
    await far.ended(("gate 1", "connected", "hung-up"))
    (record,) = far.here.appliance.calls.recent(10)
    assert (record.called, record.reached, record.direction) == ("103", "ruth", "in")


async def test_a_callee_transferred_by_the_caller_rings_and_talks_to_another_who_sees_whose_it_is(
    far: FarWorld,
) -> None:
    far.maria.lifts("103")
    await far.ruth.answers()
    await hear_each_other(far.maria, far.ruth)
    far.maria.transfers("104")
    await far.nina.answers()
    await hear_each_other(far.ruth, far.nina)
    assert far.maria.told == [True]
    assert far.nina.shown == [CallerId("103", "Ruth Olsen")]
    far.nina.hangs_up()
    await far.ended(("front desk", "connected", "on-hook"))


async def test_somebody_outside_whom_a_telephone_called_is_transferred_inside_and_shown_by_the_number_called(
    far: FarWorld,
) -> None:
    far.maria.lifts(f"9{BOB}")
    trunk = far.card.trunk("gate-2")
    await hear_each_other(far.maria, trunk)
    far.maria.transfers("103")
    await far.ruth.answers()
    await hear_each_other(trunk, far.ruth)
    assert far.ruth.shown == [CallerId(BOB)]
    trunk.leaves()
    await far.ended(("front desk", "connected", "hung-up"))


async def test_a_caller_transferred_to_who_does_not_answer_comes_back_to_the_operator(far: FarWorld) -> None:
    caller, maria = await far.talking()
    caller.presses("5#")  # Pressed towards Maria, and not meant for a mailbox.
    caller.forgets()
    maria.transfers("103")
    await caller.hears("connecting-operator-again", within=60)
    await maria.rings()
    assert [one.name for one in maria.shown[1:] if one is not None] == ["returned: Ruth Olsen: ANNE HILL"]
    await caller.hears("leave-message", within=60)
    assert caller.heard == [
        "one-moment",
        "still-trying",
        "while-waiting",
        "connecting-operator-again",
        "still-nobody",
        "while-waiting-for-operator",
        "not-available",
        "leave-message",
    ]
    assert caller.off_hook
    caller.leaves()
    await far.all_is_free()
    assert maria.told == [True]


async def test_a_transfer_to_0_calls_the_operator(far: FarWorld) -> None:
    caller = await far.greeted()
    caller.presses("103")
    await far.ruth.answers()
    await hear_each_other(caller, far.ruth)
    far.ruth.transfers("0")
    await far.maria.answers()
    await hear_each_other(caller, far.maria)
    assert far.ruth.told == [True]
    far.maria.hangs_up()
    await far.ended(("gate 1", "operator", "on-hook"))


async def test_a_transfer_to_an_outside_number_takes_another_line(far: FarWorld) -> None:
    caller, maria = await far.talking()
    maria.transfers(f"9{BOB}")
    trunk = far.card.trunk("gate-2")
    await hear_each_other(caller, trunk)
    assert (trunk.seized, maria.told, maria.off_hook) == ([BOB], [True], False)
    trunk.leaves()
    await far.ended(("gate 1", "dialled-out", "hung-up"))


async def test_a_transfer_to_another_office_takes_a_line_to_it(far: FarWorld) -> None:
    caller, maria = await far.talking()
    maria.transfers("612")
    await until(lambda: maria.told == [True])
    joining = [port for port in far.card.fxo if port.name.startswith("join")]
    await until(lambda: sum(caller.is_hearing(port) for port in joining) == 1)
    assert sorted(port.seized for port in joining) == [[], ["612"]]
    caller.leaves()
    await far.ended(("gate 1", "connected", "hung-up"))


@pytest.mark.parametrize("number", ["177", "", "8500", "x"])
async def test_after_a_transfer_to_a_number_that_leads_nowhere_both_talk_on(far: FarWorld, number: str) -> None:
    caller, maria = await far.talking()
    maria.transfers(number)
    await until(lambda: maria.told == [False])
    await hear_each_other(caller, maria)
    maria.transfers("103")
    await far.ruth.answers()
    await hear_each_other(caller, far.ruth)
    assert maria.told == [False, True]
    caller.leaves()
    await far.ended(("gate 1", "connected", "hung-up"))


async def test_who_was_held_hears_music_on_after_a_transfer_that_leads_nowhere(far: FarWorld) -> None:
    caller, maria = await far.talking()
    maria.holds(True)
    maria.transfers("177")
    await asyncio.sleep(1)
    assert maria.told == [False]
    assert not caller.is_hearing(maria)
    maria.holds(False)
    await hear_each_other(caller, maria)
    caller.leaves()
    await far.all_is_free()


async def test_who_talks_to_nobody_cannot_have_anybody_transferred(far: FarWorld) -> None:
    far.maria.lifts("8500")
    await asyncio.sleep(1)
    far.maria.transfers("103")
    assert far.maria.told == [False]
    far.maria.hangs_up()
    far.maria.transfers("103")
    assert far.maria.told == [False, False]
    await asyncio.sleep(0.5)
    assert not far.ruth.ringing
    await far.all_is_free()


async def test_a_second_transfer_asked_for_at_once_is_refused_and_the_first_is_made(far: FarWorld) -> None:
    far.maria.lifts("103")
    await far.ruth.answers()
    await hear_each_other(far.maria, far.ruth)
    far.maria.transfers("104")
    far.ruth.transfers("102")
    await far.nina.answers()
    await hear_each_other(far.ruth, far.nina)
    assert (far.maria.told, far.ruth.told) == ([True], [False])
    far.ruth.hangs_up()
    await far.all_is_free()


@pytest.mark.parametrize("initiator_calls", [True, False], ids=["by the caller", "by the callee"])
async def test_who_is_transferred_and_hangs_up_in_the_same_moment_ends_the_call_and_nothing_else(
    far: FarWorld,
    initiator_calls: bool,
) -> None:
    one, other = (far.maria, far.ruth) if initiator_calls else (far.ruth, far.maria)
    far.maria.lifts("103")
    await far.ruth.answers()
    await hear_each_other(far.maria, far.ruth)
    one.transfers("104")
    other.hangs_up()
    await far.all_is_free()
    assert far.here.appliance.faults == []
    assert one.told == [True]
    assert not far.nina.ringing


async def test_an_initiator_who_hangs_up_at_once_has_still_transferred(far: FarWorld) -> None:
    caller, maria = await far.talking()
    maria.transfers("103")
    maria.hangs_up()
    await far.ruth.answers()
    await hear_each_other(caller, far.ruth)
    assert maria.told == [True]
    caller.leaves()
    await far.all_is_free()


# Attended


@pytest.mark.parametrize("asked_on", ["first", "second"])
async def test_a_caller_is_transferred_to_whom_the_callee_asked_back(far: FarWorld, asked_on: str) -> None:
    caller, maria = await far.talking()
    second = await asking_back(far, "103", far.ruth)
    asking, other = (maria, second) if asked_on == "first" else (second, maria)
    asking.transfers(to=other.name)
    await hear_each_other(caller, far.ruth)
    assert (asking.told, other.told) == ([True], [])
    assert not maria.off_hook
    assert not second.off_hook
    caller.leaves()
    await far.all_is_free()
    assert sorted(far.here.outcomes()) == [
        ("front desk", "connected", "transferred"),
        ("gate 1", "connected", "hung-up"),
    ]


@pytest.mark.parametrize("asked_on", ["first", "second"])
async def test_both_whom_a_telephone_has_called_are_joined(far: FarWorld, asked_on: str) -> None:
    far.maria.lifts("104")
    await far.nina.answers()
    await hear_each_other(far.maria, far.nina)
    second = await asking_back(far, "103", far.ruth)
    asking, other = (far.maria, second) if asked_on == "first" else (second, far.maria)
    asking.transfers(to=other.name)
    await hear_each_other(far.nina, far.ruth)
    assert (asking.told, other.told) == ([True], [])
    assert not far.maria.off_hook
    assert not second.off_hook
    far.nina.hangs_up()
    await far.all_is_free()
    assert not far.ruth.off_hook


async def test_a_caller_is_transferred_to_somebody_outside_whom_the_callee_asked_back(far: FarWorld) -> None:
    caller, maria = await far.talking()
    second = maria.second
    assert second is not None
    maria.holds(True)
    second.lifts(f"9{BOB}")
    trunk = far.card.trunk("gate-2")
    await hear_each_other(second, trunk)
    maria.transfers(to=second.name)
    await hear_each_other(caller, trunk)
    assert maria.told == [True]
    assert not maria.off_hook
    assert not second.off_hook
    trunk.leaves()
    await far.all_is_free()
    assert not caller.off_hook


async def test_who_was_transferred_to_can_be_transferred_on(far: FarWorld) -> None:
    caller, maria = await far.talking()
    second = await asking_back(far, "103", far.ruth)
    maria.transfers(to=second.name)
    await hear_each_other(caller, far.ruth)
    far.ruth.transfers("104")
    await far.nina.answers()
    await hear_each_other(caller, far.nina)
    assert far.ruth.told == [True]
    far.nina.hangs_up()
    await far.all_is_free()


async def test_a_transfer_to_a_call_that_there_is_not_leaves_both_talking(far: FarWorld) -> None:
    caller, maria = await far.talking()
    for to in ("phone-1", "phone-1-second", "nowhere"):
        maria.transfers(to=to)
        await asyncio.sleep(0.2)
    assert maria.told == [False] * 3
    await hear_each_other(caller, maria)
    caller.leaves()
    await far.ended(("gate 1", "connected", "hung-up"))


async def test_a_transfer_to_who_has_not_answered_yet_leaves_both_calls_as_they_are(far: FarWorld) -> None:
    caller, maria = await far.talking()
    second = maria.second
    assert second is not None
    second.lifts("103")
    await far.ruth.rings()
    maria.transfers(to=second.name)
    await asyncio.sleep(0.2)
    assert maria.told == [False]
    await far.ruth.answers()
    await hear_each_other(second, far.ruth)
    await hear_each_other(caller, maria)
    second.hangs_up()
    caller.leaves()
    await far.all_is_free()


@pytest.mark.parametrize("asked_on", ["first", "second"])
@pytest.mark.parametrize("leaves", ["caller", "ruth"])
async def test_who_leaves_in_the_moment_of_an_attended_transfer_leaves_nobody_on_a_line(
    far: FarWorld, asked_on: str, leaves: str
) -> None:
    caller, maria = await far.talking()
    second = await asking_back(far, "103", far.ruth)
    asking, other = (maria, second) if asked_on == "first" else (second, maria)
    asking.transfers(to=other.name)
    if leaves == "caller":
        caller.leaves()
    else:
        far.ruth.hangs_up()
    await asyncio.sleep(1)
    for line in (maria, second, far.ruth):
        line.hangs_up()
    if caller.off_hook:
        caller.leaves()
    await far.all_is_free()
    assert far.here.appliance.faults == []
    assert len(asking.told) == 1
    assert other.told == []


async def test_when_the_other_call_ends_in_the_moment_of_an_attended_transfer_the_first_goes_on(far: FarWorld) -> None:
    caller, maria = await far.talking()
    second = await asking_back(far, "103", far.ruth)
    maria.transfers(to=second.name)
    far.ruth.hangs_up()
    await asyncio.sleep(1)
    assert maria.told == [False]
    maria.holds(False)
    await hear_each_other(caller, maria)
    assert not second.off_hook
    caller.leaves()
    await far.all_is_free()
    assert far.here.appliance.faults == []


async def test_a_conversation_with_a_plain_telephone_is_transferred_too(far: FarWorld) -> None:
    surgery = far.here.phone("fxs-2")
    caller, maria = await far.talking()
    maria.transfers("102")
    await surgery.rings()
    surgery.lifts()
    await asyncio.sleep(1)
    assert maria.told == [True]
    surgery.hangs_up()
    await asyncio.sleep(2)
    assert not caller.off_hook
    await far.ended(("gate 1", "connected", "on-hook"))


async def test_a_caller_who_leaves_while_the_transfer_rings_stops_the_ringing(far: FarWorld) -> None:
    caller, maria = await far.talking()
    maria.transfers("103")
    await far.ruth.rings()
    caller.leaves(Cleared.HUNG_UP)
    await far.ended(("gate 1", "abandoned", "hung-up"))
    assert not far.ruth.ringing
