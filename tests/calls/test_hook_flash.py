"""A hook flash in a conversation: the other party is held, somebody else is called, and how that goes on."""

from __future__ import annotations

import asyncio

import pytest

from tests.calls.hearing import until
from tests.calls.plainlines import PlainWorld, asking_back, hear_each_other, hears_music, hears_tone, on_hold

BOB = "4075550199"


# Holding, and taking back


async def test_a_flash_gives_the_other_music_and_the_telephone_recall_dial_tone(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    await hears_tone(maria, "recall")
    await on_hold(caller)
    maria.flashes()
    await hear_each_other(caller, maria)
    maria.hangs_up()
    await plain.all_is_free()
    assert plain.steps("gate 1") == [
        "to the menu",
        "to maria",
        "rings the telephone of Maria Alvarez",
        "held by front desk",
        "no longer held by front desk",
    ]
    assert plain.steps("front desk") == ["consultation"]
    assert sorted(plain.here.outcomes()) == [
        ("front desk", "abandoned", "hook-flash"),
        ("gate 1", "connected", "on-hook"),
    ]


async def test_whoever_called_from_a_plain_telephone_can_hold_too(plain: PlainWorld) -> None:
    plain.maria.lifts()
    plain.maria.presses("103")
    await plain.ruth.answers()
    await hear_each_other(plain.maria, plain.ruth)
    plain.maria.flashes()
    await on_hold(plain.ruth)
    plain.maria.flashes()
    await hear_each_other(plain.maria, plain.ruth)
    plain.ruth.hangs_up()
    await until(lambda: plain.maria.breaks == 1)
    plain.maria.hangs_up()
    await plain.all_is_free()


async def test_a_flash_means_nothing_to_a_telephone_that_talks_to_nobody(plain: PlainWorld) -> None:
    plain.maria.lifts()
    await hears_tone(plain.maria, "dial")
    plain.maria.flashes()
    plain.maria.presses("103")
    await plain.ruth.rings()
    plain.maria.flashes()
    await plain.ruth.answers()
    await hear_each_other(plain.maria, plain.ruth)
    plain.ruth.hangs_up()
    await hears_tone(plain.maria, "reorder")
    plain.maria.flashes()
    await hears_tone(plain.maria, "reorder")
    plain.maria.hangs_up()
    await plain.ended(("front desk", "connected", "on-hook"))


async def test_both_can_hold_each_other_and_hear_each_other_again_only_when_neither_does(plain: PlainWorld) -> None:
    plain.maria.lifts()
    plain.maria.presses("103")
    await plain.ruth.answers()
    await hear_each_other(plain.maria, plain.ruth)
    plain.maria.flashes()
    plain.ruth.flashes()
    await hears_tone(plain.maria, "recall")
    plain.maria.flashes()
    await on_hold(plain.maria)
    plain.ruth.flashes()
    await hear_each_other(plain.maria, plain.ruth)
    plain.maria.hangs_up()
    plain.ruth.hangs_up()
    await plain.all_is_free()


# Calling somebody besides


async def test_whom_one_asks_back_is_talked_to_alone_while_the_other_hears_music(plain: PlainWorld) -> None:
    await asking_back(plain)
    assert plain.ruth.shown[-1] is not None
    assert plain.ruth.shown[-1].number == "101"
    plain.ruth.hangs_up()
    await hears_tone(plain.maria, "reorder")
    assert plain.maria.breaks == 0, "battery is not taken off while somebody is on hold"
    assert hears_music(plain.card.trunk("gate-1"))
    plain.maria.flashes()
    await hear_each_other(plain.card.trunk("gate-1"), plain.maria)
    plain.card.trunk("gate-1").leaves()
    await until(lambda: plain.maria.breaks == 1)
    plain.maria.hangs_up()
    await plain.all_is_free()
    assert plain.steps("front desk") == ["consultation", "to ruth", "rings the telephone of Ruth Olsen"]


async def test_a_flash_while_it_rings_ends_the_ringing_and_goes_back(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    maria.presses("103")
    await plain.ruth.rings()
    maria.flashes()
    await hear_each_other(caller, maria)
    assert not plain.ruth.ringing
    caller.leaves()
    maria.hangs_up()
    await plain.all_is_free()


@pytest.mark.parametrize("why", ["busy", "no answer"])
async def test_a_flash_goes_back_from_somebody_who_is_busy_or_does_not_answer(plain: PlainWorld, why: str) -> None:
    caller, maria = await plain.talking()
    if why == "busy":
        plain.ruth.lifts()
    maria.flashes()
    maria.presses("103")
    await maria.hears("leave-message", within=40)
    maria.flashes()
    await hear_each_other(caller, maria)
    plain.ruth.hangs_up()
    caller.leaves()
    maria.hangs_up()
    await plain.all_is_free()
    assert plain.here.appliance.mail.counts("ruth").new == 0


@pytest.mark.parametrize("number", ["", "177"])
async def test_a_flash_goes_back_from_the_reorder_tone_behind_a_number_that_leads_nowhere(
    plain: PlainWorld, number: str
) -> None:
    caller, maria = await plain.talking()
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
    await plain.all_is_free()


async def test_a_number_outside_is_asked_back_on_another_line(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    maria.presses(f"9{BOB}")
    bob = plain.card.trunk("gate-2")
    await hear_each_other(maria, bob)
    assert bob.seized == [BOB]
    await on_hold(caller)
    bob.leaves()
    await hears_tone(maria, "reorder")
    maria.flashes()
    await hear_each_other(caller, maria)
    maria.hangs_up()
    await plain.all_is_free()


async def test_an_extension_of_another_office_is_asked_back(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    maria.presses("612")
    joining = [port for port in plain.card.fxo if port.name.startswith("join")]
    await until(lambda: sum(maria.is_hearing(port) for port in joining) == 1)
    (eva,) = [port for port in joining if port.off_hook]
    maria.flashes()
    await hear_each_other(caller, maria, eva)
    maria.hangs_up()
    await hear_each_other(caller, eva)
    eva.leaves()
    await plain.all_is_free()


async def test_one_can_hear_ones_messages_while_somebody_is_on_hold(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    maria.presses("8500")
    await maria.hears("enter-pin")
    maria.flashes()
    await hear_each_other(caller, maria)
    caller.leaves()
    maria.hangs_up()
    await plain.all_is_free()


async def test_when_whoever_is_on_hold_leaves_the_other_call_goes_on_and_can_itself_be_held(plain: PlainWorld) -> None:
    await asking_back(plain)
    plain.card.trunk("gate-1").leaves()
    await asyncio.sleep(1)
    await hear_each_other(plain.maria, plain.ruth)
    plain.maria.flashes()
    await on_hold(plain.ruth)
    plain.maria.presses("104")
    await plain.nina.answers()
    await hear_each_other(plain.maria, plain.nina)
    plain.maria.hangs_up()
    await hear_each_other(plain.ruth, plain.nina)
    plain.ruth.hangs_up()
    plain.nina.hangs_up()
    await plain.all_is_free()
