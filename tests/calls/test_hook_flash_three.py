"""Three who talk after a hook flash, and whoever hangs up with somebody on hold: nobody is lost on a line."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from appliance.calls.party import BRIDGE_SILENCE_SECONDS
from appliance.office.model import Ending, Office, Trunk
from hw.audio import SILENCE
from hw.cleared import Cleared
from tests.calls.farlines import ANNE
from tests.calls.hearing import until
from tests.calls.plainlines import PlainWorld, asking_back, hear_each_other, on_hold, plain_world

BOB = "4075550199"


async def three(here: PlainWorld) -> None:
    """Anne, Maria and Ruth talk to each other; Maria has joined them."""
    await asking_back(here)
    here.maria.flashes()
    await hear_each_other(here.card.trunk("gate-1"), here.maria, here.ruth)


# Talking to both


async def test_a_flash_lets_all_three_talk_and_the_next_one_lets_go_whoever_was_added(plain: PlainWorld) -> None:
    await three(plain)
    plain.maria.flashes()
    await hear_each_other(plain.card.trunk("gate-1"), plain.maria)
    await until(lambda: plain.ruth.breaks == 1)
    plain.maria.flashes()
    await on_hold(plain.card.trunk("gate-1"))
    plain.maria.flashes()
    await hear_each_other(plain.card.trunk("gate-1"), plain.maria)
    plain.ruth.hangs_up()
    plain.maria.hangs_up()
    await plain.all_is_free()
    (record,) = [one for one in plain.here.appliance.calls.recent(9) if one.line == "gate 1"]
    assert [step.what for step in record.steps][3:6] == ["held by front desk", "joined", "without billing"]
    assert ("front desk", "connected", "transferred") in plain.here.outcomes()


async def test_a_flash_of_anybody_else_in_a_talk_of_three_changes_nothing(plain: PlainWorld) -> None:
    await three(plain)
    plain.ruth.flashes()
    await asyncio.sleep(1)
    await hear_each_other(plain.card.trunk("gate-1"), plain.maria, plain.ruth)
    plain.card.trunk("gate-1").leaves()
    await hear_each_other(plain.maria, plain.ruth)
    plain.maria.hangs_up()
    plain.ruth.hangs_up()
    await plain.all_is_free()


@pytest.mark.parametrize("first", ["caller", "maria", "ruth"])
async def test_whoever_leaves_a_talk_of_three_leaves_the_two_others_talking(plain: PlainWorld, first: str) -> None:
    await three(plain)
    everybody = {"caller": plain.card.trunk("gate-1"), "maria": plain.maria, "ruth": plain.ruth}
    gone = everybody.pop(first)
    if first == "caller":
        plain.card.trunk("gate-1").leaves()
    else:
        plain.telephone(gone.name).hangs_up()
    await hear_each_other(*everybody.values())
    for telephone in (plain.maria, plain.ruth):
        telephone.hangs_up()
    await plain.all_is_free()
    assert plain.here.appliance.faults == []


async def test_three_who_are_all_of_the_office_talk_and_the_initiator_can_be_who_called(plain: PlainWorld) -> None:
    plain.maria.lifts()
    plain.maria.presses("103")
    await plain.ruth.answers()
    await hear_each_other(plain.maria, plain.ruth)
    plain.maria.flashes()
    plain.maria.presses("104")
    await plain.nina.answers()
    await hear_each_other(plain.maria, plain.nina)
    plain.maria.flashes()
    await hear_each_other(plain.maria, plain.ruth, plain.nina)
    plain.maria.hangs_up()
    await hear_each_other(plain.ruth, plain.nina)
    plain.nina.flashes()
    await on_hold(plain.ruth)
    plain.nina.flashes()
    await hear_each_other(plain.ruth, plain.nina)
    plain.ruth.hangs_up()
    plain.nina.hangs_up()
    await plain.all_is_free()


# Hanging up with somebody on hold


@pytest.mark.parametrize("pressed", ["", "1"], ids=["nothing dialled", "dialling"])
async def test_a_telephone_that_is_hung_up_with_a_caller_on_hold_rings_at_once_and_is_talked_on_at(
    plain: PlainWorld, pressed: str
) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    await on_hold(caller)
    maria.presses(pressed)
    maria.hangs_up()
    await until(lambda: maria.ringing, within=0.1)
    assert maria.shown == [ANNE, ANNE]
    await on_hold(caller)
    maria.lifts()
    await hear_each_other(caller, maria)
    maria.hangs_up()
    await plain.all_is_free()
    assert plain.steps("gate 1")[3:] == ["held by front desk", "rings front desk again"]
    assert ("gate 1", "connected", "on-hook") in plain.here.outcomes()


async def test_whoever_was_called_and_held_is_not_lost_either_and_is_shown_to_the_telephone(plain: PlainWorld) -> None:
    plain.maria.lifts()
    plain.maria.presses(f"9{BOB}")
    bob = plain.card.trunk("gate-2")
    await hear_each_other(plain.maria, bob)
    plain.maria.flashes()
    await on_hold(bob)
    plain.maria.hangs_up()
    await plain.maria.answers()
    await hear_each_other(plain.maria, bob)
    assert plain.maria.shown[-1] is not None
    assert plain.maria.shown[-1].number == BOB
    bob.leaves()
    plain.maria.hangs_up()
    await plain.all_is_free()


async def test_a_caller_on_hold_whom_nobody_takes_back_is_asked_for_a_message(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    await asyncio.sleep(1)
    caller.forgets()
    maria.hangs_up()
    await caller.hears("leave-message", within=40)
    assert caller.heard == ["not-available", "leave-message"]
    assert not maria.ringing
    caller.leaves()
    await plain.all_is_free()
    (record,) = [one for one in plain.here.appliance.calls.recent(9) if one.line == "gate 1"]
    assert (record.reached, record.outcome) == ("maria", "abandoned")


async def test_a_caller_on_hold_who_leaves_while_the_telephone_rings_again_ends_the_ringing(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    await asyncio.sleep(1)
    maria.hangs_up()
    await maria.rings()
    caller.leaves(Cleared.HUNG_UP)
    await plain.all_is_free()
    assert not maria.ringing


async def test_a_caller_on_hold_at_a_telephone_left_off_hook_leaves_a_message_once_it_is_locked_out(
    plain: PlainWorld,
) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    await caller.hears("leave-message", within=120)
    (front_desk,) = [line for line in plain.here.appliance.lines.station_lines if line.name == "front desk"]
    assert front_desk.state.value == "locked-out"
    assert front_desk.held == []
    maria.flashes()
    maria.hangs_up()
    caller.leaves()
    await plain.all_is_free()


@pytest.mark.parametrize("moment", ["announced", "ringing"])
async def test_whoever_is_on_hold_is_transferred_to_whom_the_telephone_was_calling(
    plain: PlainWorld, moment: str
) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    maria.presses("103")
    await (plain.ruth.rings() if moment == "ringing" else maria.hears("one-moment"))
    maria.hangs_up()
    await asyncio.sleep(0.1)
    assert not plain.ruth.ringing
    await plain.ruth.answers()
    await hear_each_other(caller, plain.ruth)
    assert plain.ruth.shown[-1] == ANNE
    assert not maria.ringing
    plain.ruth.hangs_up()
    await plain.all_is_free()
    assert plain.steps("gate 1")[3:] == [
        "held by front desk",
        "transferred",
        "to ruth",
        "rings the telephone of Ruth Olsen",
    ]


async def test_whoever_is_transferred_to_a_telephone_that_rings_comes_back_to_the_operator_and_reaches_the_mailbox(
    plain: PlainWorld,
) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    maria.presses("103")
    await plain.ruth.rings()
    caller.forgets()
    maria.hangs_up()
    await caller.hears("one-moment", "connecting-operator-again")
    await maria.rings()
    await caller.hears("not-available", "leave-message")
    caller.leaves()
    await plain.all_is_free()
    (record,) = [one for one in plain.here.appliance.calls.recent(9) if one.line == "gate 1"]
    assert record.reached == "ruth"


async def test_a_telephone_that_was_hung_up_while_another_rang_can_make_a_call_at_once(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    maria.presses("103")
    await plain.ruth.rings()
    maria.hangs_up()
    maria.lifts()
    maria.presses("104")
    await plain.nina.answers()
    await hear_each_other(maria, plain.nina)
    await plain.ruth.answers()
    await hear_each_other(caller, plain.ruth)
    maria.hangs_up()
    plain.ruth.hangs_up()
    plain.nina.hangs_up()
    await plain.all_is_free()


async def test_whoever_is_on_hold_is_transferred_to_whom_the_telephone_talks_to(plain: PlainWorld) -> None:
    await asking_back(plain)
    caller = plain.card.trunk("gate-1")
    plain.maria.hangs_up()
    await hear_each_other(caller, plain.ruth)
    assert not plain.maria.ringing
    plain.ruth.flashes()
    await on_hold(caller)
    plain.ruth.flashes()
    await hear_each_other(caller, plain.ruth)
    caller.leaves()
    plain.ruth.hangs_up()
    await plain.all_is_free()
    assert plain.steps("gate 1")[3:5] == ["held by front desk", "transferred"]


@pytest.mark.parametrize("leaves", ["caller", "bob"])
async def test_two_outside_who_are_joined_by_hanging_up_are_both_free_once_either_leaves(
    plain: PlainWorld, leaves: str
) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    maria.presses(f"9{BOB}")
    bob = plain.card.trunk("gate-2")
    await hear_each_other(maria, bob)
    maria.hangs_up()
    await hear_each_other(caller, bob)
    (caller if leaves == "caller" else bob).leaves()
    await plain.all_is_free()


async def test_two_lines_that_are_joined_are_not_held_for_ever_where_nobody_is_left_on_either() -> None:
    """As when both are busy: tones that hear each other tell nothing, and the exchange falls silent after a while."""

    def tells_no_silence(office: Office) -> Office:
        told = (Ending.LOOP_BREAK, Ending.TONE)
        trunks = (*office.trunks, Trunk("gate 2", "gate-2"))
        return replace(office, trunks=tuple(replace(trunk, endings=told) for trunk in trunks))

    async with plain_world(tells_no_silence) as here:
        caller, maria = await here.talking()
        maria.flashes()
        maria.presses(f"9{BOB}")
        bob = here.card.trunk("gate-2")
        await hear_each_other(maria, bob)
        maria.hangs_up()
        await hear_each_other(caller, bob)
        caller.says = bob.says = SILENCE
        await asyncio.sleep(BRIDGE_SILENCE_SECONDS - 10)
        assert bob.off_hook
        await asyncio.sleep(20)
        await here.all_is_free()


@pytest.mark.parametrize("leaves", ["caller", "ruth", "both"])
async def test_who_leaves_in_the_moment_of_hanging_up_leaves_nobody_on_a_line(plain: PlainWorld, leaves: str) -> None:
    await asking_back(plain)
    if leaves != "ruth":
        plain.card.trunk("gate-1").leaves()
    if leaves != "caller":
        plain.ruth.hangs_up()
    plain.maria.hangs_up()
    await asyncio.sleep(1)
    if leaves == "ruth":
        assert plain.maria.ringing, "who is on hold is not lost"
        plain.card.trunk("gate-1").leaves()
    plain.ruth.hangs_up()
    await plain.all_is_free()
    assert plain.here.appliance.faults == []


async def test_the_built_in_attendants_caller_is_not_lost_on_hold_either(plain: PlainWorld) -> None:
    plain.here.appliance.switchboard.builtin = True
    caller = plain.card.trunk("gate-1")
    caller.calls(ANNE)
    await plain.maria.rings(within=20)
    plain.maria.lifts()
    await hear_each_other(caller, plain.maria)
    plain.maria.flashes()
    await on_hold(caller)
    plain.maria.hangs_up()
    await plain.maria.answers()
    await hear_each_other(caller, plain.maria)
    plain.maria.hangs_up()
    await plain.all_is_free()
    assert ("gate 1", "operator", "on-hook") in plain.here.outcomes()


async def test_a_unit_that_is_stopped_with_somebody_on_hold_has_ended_all_its_calls(plain: PlainWorld) -> None:
    await asking_back(plain)
    await plain.here.appliance.switchboard.close()
    records = plain.here.appliance.calls.recent(10)
    assert [record.outcome for record in records] == ["interrupted"] * 2
    assert all(record.ended for record in records)
