"""A hook flash in a conversation: the other party is held, somebody else is called, and how that goes on."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from appliance.calls.parties import BRIDGE_SILENCE_SECONDS
from appliance.clock import run_virtual
from appliance.office.model import Ending, Office, Trunk
from hw.audio import SILENCE
from hw.cleared import Cleared
from tests.calls.around import spoken, until
from tests.calls.farlines import ANNE
from tests.calls.plainlines import PlainWorld, hear_each_other, hears_music, hears_tone, on_hold, plain_world

BOB = "4075550199"


async def asking_back(here: PlainWorld) -> None:
    """Anne is on hold, and Maria talks to Ruth."""
    caller, maria = await here.talking()
    maria.flashes()
    await asyncio.sleep(0.5)
    maria.presses("103")
    await here.answered(here.ruth)
    await hear_each_other(maria, here.ruth)
    await on_hold(caller)


async def three(here: PlainWorld) -> None:
    """Anne, Maria and Ruth talk to each other; Maria has joined them."""
    await asking_back(here)
    here.maria.flashes()
    await hear_each_other(here.card.trunk("gate-1"), here.maria, here.ruth)


# Holding, and taking back


def test_a_flash_gives_the_other_music_and_the_telephone_recall_dial_tone() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            await hears_tone(maria, "recall")
            await on_hold(caller)
            maria.flashes()
            await hear_each_other(caller, maria)
            maria.hangs_up()
            await here.all_is_free()
            assert here.steps("gate 1") == [
                "to the menu",
                "to maria",
                "held by front desk",
                "no longer held by front desk",
            ]
            assert here.steps("front desk") == ["consultation"]
            assert sorted(here.here.outcomes()) == [
                ("front desk", "abandoned", "hook-flash"),
                ("gate 1", "connected", "on-hook"),
            ]

    run_virtual(main)


def test_whoever_called_from_a_plain_telephone_can_hold_too() -> None:
    async def main() -> None:
        async with plain_world() as here:
            here.maria.lifts()
            here.maria.presses("103")
            await here.answered(here.ruth)
            await hear_each_other(here.maria, here.ruth)
            here.maria.flashes()
            await on_hold(here.ruth)
            here.maria.flashes()
            await hear_each_other(here.maria, here.ruth)
            here.ruth.hangs_up()
            await until(lambda: here.maria.breaks == 1)
            here.maria.hangs_up()
            await here.all_is_free()

    run_virtual(main)


def test_a_flash_means_nothing_to_a_telephone_that_talks_to_nobody() -> None:
    async def main() -> None:
        async with plain_world() as here:
            here.maria.lifts()
            await hears_tone(here.maria, "dial")
            here.maria.flashes()
            here.maria.presses("103")
            await until(lambda: here.ruth.ringing)
            here.maria.flashes()
            await here.answered(here.ruth)
            await hear_each_other(here.maria, here.ruth)
            here.ruth.hangs_up()
            await hears_tone(here.maria, "reorder")
            here.maria.flashes()
            await hears_tone(here.maria, "reorder")
            here.maria.hangs_up()
            await here.ended(("front desk", "connected", "on-hook"))

    run_virtual(main)


def test_both_can_hold_each_other_and_hear_each_other_again_only_when_neither_does() -> None:
    async def main() -> None:
        async with plain_world() as here:
            here.maria.lifts()
            here.maria.presses("103")
            await here.answered(here.ruth)
            await hear_each_other(here.maria, here.ruth)
            here.maria.flashes()
            here.ruth.flashes()
            await hears_tone(here.maria, "recall")
            here.maria.flashes()
            await on_hold(here.maria)
            here.ruth.flashes()
            await hear_each_other(here.maria, here.ruth)
            here.maria.hangs_up()
            here.ruth.hangs_up()
            await here.all_is_free()

    run_virtual(main)


# Calling somebody besides


def test_whom_one_asks_back_is_talked_to_alone_while_the_other_hears_music() -> None:
    async def main() -> None:
        async with plain_world() as here:
            await asking_back(here)
            assert here.ruth.rings[-1] is not None
            assert here.ruth.rings[-1].number == "101"
            here.ruth.hangs_up()
            await hears_tone(here.maria, "reorder")
            assert here.maria.breaks == 0, "battery is not taken off while somebody is on hold"
            assert hears_music(here.card.trunk("gate-1"))
            here.maria.flashes()
            await hear_each_other(here.card.trunk("gate-1"), here.maria)
            here.card.trunk("gate-1").leaves()
            await until(lambda: here.maria.breaks == 1)
            here.maria.hangs_up()
            await here.all_is_free()
            assert here.steps("front desk") == ["consultation", "to ruth"]

    run_virtual(main)


def test_a_flash_while_it_rings_ends_the_ringing_and_goes_back() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            maria.presses("103")
            await until(lambda: here.ruth.ringing)
            maria.flashes()
            await hear_each_other(caller, maria)
            assert not here.ruth.ringing
            caller.leaves()
            maria.hangs_up()
            await here.all_is_free()

    run_virtual(main)


@pytest.mark.parametrize("why", ["busy", "no answer"])
def test_a_flash_goes_back_from_somebody_who_is_busy_or_does_not_answer(why: str) -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            if why == "busy":
                here.ruth.lifts()
            maria.flashes()
            with spoken() as said:
                maria.presses("103")
                await until(lambda: "leave-message" in said.on("front desk"), within=40)
            maria.flashes()
            await hear_each_other(caller, maria)
            here.ruth.hangs_up()
            caller.leaves()
            maria.hangs_up()
            await here.all_is_free()
            assert here.here.appliance.mail.counts("ruth").new == 0

    run_virtual(main)


@pytest.mark.parametrize("number", ["", "177"])
def test_a_flash_goes_back_from_the_reorder_tone_behind_a_number_that_leads_nowhere(number: str) -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            maria.presses(number)
            await hears_tone(maria, "reorder", within=25)
            maria.flashes()
            await hear_each_other(caller, maria)
            maria.flashes()
            await hears_tone(maria, "recall")
            maria.flashes()
            await hear_each_other(caller, maria)
            maria.hangs_up()
            await here.all_is_free()

    run_virtual(main)


def test_a_number_outside_is_asked_back_on_another_line() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            maria.presses(f"9{BOB}")
            bob = here.card.trunk("gate-2")
            await hear_each_other(maria, bob)
            assert bob.seized == [BOB]
            await on_hold(caller)
            bob.leaves()
            await hears_tone(maria, "reorder")
            maria.flashes()
            await hear_each_other(caller, maria)
            maria.hangs_up()
            await here.all_is_free()

    run_virtual(main)


def test_an_extension_of_another_office_is_asked_back() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            maria.presses("612")
            joining = [port for port in here.card.fxo if port.name.startswith("join")]
            await until(lambda: sum(maria.hears(port) for port in joining) == 1)
            (eva,) = [port for port in joining if port.off_hook]
            maria.flashes()
            await hear_each_other(caller, maria, eva)
            maria.hangs_up()
            await hear_each_other(caller, eva)
            eva.leaves()
            await here.all_is_free()

    run_virtual(main)


def test_one_can_hear_ones_messages_while_somebody_is_on_hold() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            with spoken() as said:
                maria.presses("8500")
                await until(lambda: "enter-pin" in said.on("front desk"))
            maria.flashes()
            await hear_each_other(caller, maria)
            caller.leaves()
            maria.hangs_up()
            await here.all_is_free()

    run_virtual(main)


def test_when_whoever_is_on_hold_leaves_the_other_call_goes_on_and_can_itself_be_held() -> None:
    async def main() -> None:
        async with plain_world() as here:
            await asking_back(here)
            here.card.trunk("gate-1").leaves()
            await asyncio.sleep(1)
            await hear_each_other(here.maria, here.ruth)
            here.maria.flashes()
            await on_hold(here.ruth)
            here.maria.presses("104")
            await here.answered(here.nina)
            await hear_each_other(here.maria, here.nina)
            here.maria.hangs_up()
            await hear_each_other(here.ruth, here.nina)
            here.ruth.hangs_up()
            here.nina.hangs_up()
            await here.all_is_free()

    run_virtual(main)


# Talking to both


def test_a_flash_lets_all_three_talk_and_the_next_one_lets_go_whoever_was_added() -> None:
    async def main() -> None:
        async with plain_world() as here:
            await three(here)
            here.maria.flashes()
            await hear_each_other(here.card.trunk("gate-1"), here.maria)
            await until(lambda: here.ruth.breaks == 1)
            here.maria.flashes()
            await on_hold(here.card.trunk("gate-1"))
            here.maria.flashes()
            await hear_each_other(here.card.trunk("gate-1"), here.maria)
            here.ruth.hangs_up()
            here.maria.hangs_up()
            await here.all_is_free()
            (record,) = [one for one in here.here.appliance.calls.recent(9) if one.line == "gate 1"]
            assert [step.what for step in record.steps][2:5] == ["held by front desk", "joined", "without billing"]
            assert ("front desk", "connected", "transferred") in here.here.outcomes()

    run_virtual(main)


def test_a_flash_of_anybody_else_in_a_talk_of_three_changes_nothing() -> None:
    async def main() -> None:
        async with plain_world() as here:
            await three(here)
            here.ruth.flashes()
            await asyncio.sleep(1)
            await hear_each_other(here.card.trunk("gate-1"), here.maria, here.ruth)
            here.card.trunk("gate-1").leaves()
            await hear_each_other(here.maria, here.ruth)
            here.maria.hangs_up()
            here.ruth.hangs_up()
            await here.all_is_free()

    run_virtual(main)


@pytest.mark.parametrize("first", ["caller", "maria", "ruth"])
def test_whoever_leaves_a_talk_of_three_leaves_the_two_others_talking(first: str) -> None:
    async def main() -> None:
        async with plain_world() as here:
            await three(here)
            everybody = {"caller": here.card.trunk("gate-1"), "maria": here.maria, "ruth": here.ruth}
            gone = everybody.pop(first)
            if first == "caller":
                here.card.trunk("gate-1").leaves()
            else:
                here.plain(gone.name).hangs_up()
            await hear_each_other(*everybody.values())
            for telephone in (here.maria, here.ruth):
                telephone.hangs_up()
            await here.all_is_free()
            assert here.here.appliance.faults == []

    run_virtual(main)


def test_three_who_are_all_of_the_office_talk_and_the_initiator_can_be_who_called() -> None:
    async def main() -> None:
        async with plain_world() as here:
            here.maria.lifts()
            here.maria.presses("103")
            await here.answered(here.ruth)
            await hear_each_other(here.maria, here.ruth)
            here.maria.flashes()
            here.maria.presses("104")
            await here.answered(here.nina)
            await hear_each_other(here.maria, here.nina)
            here.maria.flashes()
            await hear_each_other(here.maria, here.ruth, here.nina)
            here.maria.hangs_up()
            await hear_each_other(here.ruth, here.nina)
            here.nina.flashes()
            await on_hold(here.ruth)
            here.nina.flashes()
            await hear_each_other(here.ruth, here.nina)
            here.ruth.hangs_up()
            here.nina.hangs_up()
            await here.all_is_free()

    run_virtual(main)


# Hanging up with somebody on hold


@pytest.mark.parametrize("pressed", ["", "1"], ids=["nothing dialled", "dialling"])
def test_a_telephone_that_is_hung_up_with_a_caller_on_hold_rings_at_once_and_is_talked_on_at(pressed: str) -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            await on_hold(caller)
            maria.presses(pressed)
            maria.hangs_up()
            await until(lambda: maria.ringing, within=0.1)
            assert maria.rings == [ANNE, ANNE]
            await on_hold(caller)
            maria.lifts()
            await hear_each_other(caller, maria)
            maria.hangs_up()
            await here.all_is_free()
            assert here.steps("gate 1")[2:] == ["held by front desk", "rings front desk again"]
            assert ("gate 1", "connected", "on-hook") in here.here.outcomes()

    run_virtual(main)


def test_whoever_was_called_and_held_is_not_lost_either_and_is_shown_to_the_telephone() -> None:
    async def main() -> None:
        async with plain_world() as here:
            here.maria.lifts()
            here.maria.presses(f"9{BOB}")
            bob = here.card.trunk("gate-2")
            await hear_each_other(here.maria, bob)
            here.maria.flashes()
            await on_hold(bob)
            here.maria.hangs_up()
            await here.answered(here.maria)
            await hear_each_other(here.maria, bob)
            assert here.maria.rings[-1] is not None
            assert here.maria.rings[-1].number == BOB
            bob.leaves()
            here.maria.hangs_up()
            await here.all_is_free()

    run_virtual(main)


def test_a_caller_on_hold_whom_nobody_takes_back_is_asked_for_a_message() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            await asyncio.sleep(1)
            with spoken() as said:
                maria.hangs_up()
                await until(lambda: "leave-message" in said.on("gate 1"), within=40)
                assert said.on("gate 1") == ["not-available", "leave-message"]
            assert not maria.ringing
            caller.leaves()
            await here.all_is_free()
            (record,) = [one for one in here.here.appliance.calls.recent(9) if one.line == "gate 1"]
            assert (record.reached, record.outcome) == ("maria", "abandoned")

    run_virtual(main)


def test_a_caller_on_hold_who_leaves_while_the_telephone_rings_again_ends_the_ringing() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            await asyncio.sleep(1)
            maria.hangs_up()
            await until(lambda: maria.ringing)
            caller.leaves(Cleared.HUNG_UP)
            await here.all_is_free()
            assert not maria.ringing

    run_virtual(main)


def test_a_caller_on_hold_at_a_telephone_left_off_hook_leaves_a_message_once_it_is_locked_out() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            with spoken() as said:
                await until(lambda: "leave-message" in said.on("gate 1"), within=120)
            (front_desk,) = [line for line in here.here.appliance.lines.station_lines if line.name == "front desk"]
            assert front_desk.state.value == "locked-out"
            assert front_desk.held == []
            maria.flashes()
            maria.hangs_up()
            caller.leaves()
            await here.all_is_free()

    run_virtual(main)


@pytest.mark.parametrize("moment", ["announced", "ringing"])
def test_whoever_is_on_hold_is_transferred_to_whom_the_telephone_was_calling(moment: str) -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            with spoken() as said:
                maria.presses("103")
                await until(lambda: here.ruth.ringing if moment == "ringing" else said.on("front desk") != [])
            maria.hangs_up()
            await asyncio.sleep(0.1)
            assert not here.ruth.ringing
            await here.answered(here.ruth)
            await hear_each_other(caller, here.ruth)
            assert here.ruth.rings[-1] == ANNE
            assert not maria.ringing
            here.ruth.hangs_up()
            await here.all_is_free()
            assert here.steps("gate 1")[2:] == ["held by front desk", "transferred", "to ruth"]

    run_virtual(main)


def test_whoever_is_transferred_to_a_telephone_that_rings_reaches_the_mailbox_where_nobody_answers() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            maria.presses("103")
            await until(lambda: here.ruth.ringing)
            with spoken() as said:
                maria.hangs_up()
                await until(lambda: "leave-message" in said.on("gate 1"), within=40)
                assert said.on("gate 1") == ["one-moment", "not-available", "leave-message"]
            caller.leaves()
            await here.all_is_free()
            (record,) = [one for one in here.here.appliance.calls.recent(9) if one.line == "gate 1"]
            assert record.reached == "ruth"

    run_virtual(main)


def test_a_telephone_that_was_hung_up_while_another_rang_can_make_a_call_at_once() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            maria.presses("103")
            await until(lambda: here.ruth.ringing)
            maria.hangs_up()
            maria.lifts()
            maria.presses("104")
            await here.answered(here.nina)
            await hear_each_other(maria, here.nina)
            await here.answered(here.ruth)
            await hear_each_other(caller, here.ruth)
            maria.hangs_up()
            here.ruth.hangs_up()
            here.nina.hangs_up()
            await here.all_is_free()

    run_virtual(main)


def test_whoever_is_on_hold_is_transferred_to_whom_the_telephone_talks_to() -> None:
    async def main() -> None:
        async with plain_world() as here:
            await asking_back(here)
            caller = here.card.trunk("gate-1")
            here.maria.hangs_up()
            await hear_each_other(caller, here.ruth)
            assert not here.maria.ringing
            here.ruth.flashes()
            await on_hold(caller)
            here.ruth.flashes()
            await hear_each_other(caller, here.ruth)
            caller.leaves()
            here.ruth.hangs_up()
            await here.all_is_free()
            assert here.steps("gate 1")[2:4] == ["held by front desk", "transferred"]

    run_virtual(main)


@pytest.mark.parametrize("leaves", ["caller", "bob"])
def test_two_outside_who_are_joined_by_hanging_up_are_both_free_once_either_leaves(leaves: str) -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            maria.flashes()
            maria.presses(f"9{BOB}")
            bob = here.card.trunk("gate-2")
            await hear_each_other(maria, bob)
            maria.hangs_up()
            await hear_each_other(caller, bob)
            (caller if leaves == "caller" else bob).leaves()
            await here.all_is_free()

    run_virtual(main)


def test_two_lines_that_are_joined_are_not_held_for_ever_where_nobody_is_left_on_either() -> None:
    """As when both are busy: tones that hear each other tell nothing, and the exchange falls silent after a while."""

    def tells_no_silence(office: Office) -> Office:
        told = (Ending.LOOP_BREAK, Ending.TONE)
        trunks = (*office.trunks, Trunk("gate 2", "gate-2"))
        return replace(office, trunks=tuple(replace(trunk, endings=told) for trunk in trunks))

    async def main() -> None:
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

    run_virtual(main)


@pytest.mark.parametrize("leaves", ["caller", "ruth", "both"])
def test_who_leaves_in_the_moment_of_hanging_up_leaves_nobody_on_a_line(leaves: str) -> None:
    async def main() -> None:
        async with plain_world() as here:
            await asking_back(here)
            if leaves != "ruth":
                here.card.trunk("gate-1").leaves()
            if leaves != "caller":
                here.ruth.hangs_up()
            here.maria.hangs_up()
            await asyncio.sleep(1)
            if leaves == "ruth":
                assert here.maria.ringing, "who is on hold is not lost"
                here.card.trunk("gate-1").leaves()
            here.ruth.hangs_up()
            await here.all_is_free()
            assert here.here.appliance.faults == []

    run_virtual(main)


def test_the_built_in_attendants_caller_is_not_lost_on_hold_either() -> None:
    async def main() -> None:
        async with plain_world() as here:
            here.here.appliance.switchboard.builtin = True
            caller = await here.greeted()
            await until(lambda: here.maria.ringing)
            here.maria.lifts()
            await hear_each_other(caller, here.maria)
            here.maria.flashes()
            await on_hold(caller)
            here.maria.hangs_up()
            await here.answered(here.maria)
            await hear_each_other(caller, here.maria)
            here.maria.hangs_up()
            await here.all_is_free()
            assert ("gate 1", "operator", "on-hook") in here.here.outcomes()

    run_virtual(main)


def test_a_unit_that_is_stopped_with_somebody_on_hold_has_ended_all_its_calls() -> None:
    async def main() -> None:
        async with plain_world() as here:
            await asking_back(here)
            await here.here.appliance.switchboard.close()
            records = here.here.appliance.calls.recent(10)
            assert [record.outcome for record in records] == ["interrupted"] * 2
            assert all(record.ended for record in records)

    run_virtual(main)
