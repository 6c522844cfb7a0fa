"""A caller from outside who is on hold for long is asked whether to wait on or to leave a message."""

from __future__ import annotations

import asyncio

from tests.calls.farlines import FarWorld
from tests.calls.hearing import until
from tests.calls.plainlines import PlainWorld, hear_each_other, hears_music, hears_tone, on_hold
from tests.calls.test_transfer import hear_each_other as far_hear_each_other

QUESTION = "still-on-hold"


async def test_after_40_s_and_every_40_s_again_a_caller_is_asked_and_hears_music_otherwise(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    await on_hold(caller)
    caller.forgets()
    await asyncio.sleep(38)
    assert caller.heard == []
    await caller.hears(QUESTION, within=3)
    await until(lambda: hears_music(caller), within=12)
    await caller.hears(QUESTION, within=60)
    caller.presses("4")
    await until(lambda: hears_music(caller), within=2)
    assert caller.heard == [QUESTION, QUESTION]
    maria.flashes()
    await hear_each_other(caller, maria)
    maria.hangs_up()
    await plain.all_is_free()


async def test_pound_leaves_a_message_for_whoever_holds_the_caller(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    caller.presses("#")  # Not an answer: nobody has asked.
    await caller.hears(QUESTION)
    caller.presses("#")
    await caller.hears("greeting-default", "leave-message", "beep")
    await asyncio.sleep(3)
    caller.leaves()
    maria.hangs_up()
    await plain.all_is_free()
    assert ("gate 1", "message-left", "hung-up") in plain.here.outcomes()
    assert plain.here.appliance.mail.counts("maria").new == 1


async def test_whoever_is_taken_back_during_the_question_hears_the_telephone_at_once(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    await caller.hears(QUESTION)
    await asyncio.sleep(1)
    maria.flashes()
    await asyncio.sleep(0.1)
    await hear_each_other(caller, maria)
    await asyncio.sleep(60)
    caller.presses("#")
    await hear_each_other(caller, maria)
    caller.leaves()
    maria.hangs_up()
    await plain.all_is_free()


async def test_a_telephone_that_held_a_caller_who_left_for_the_mailbox_calls_on(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    maria.presses("103")
    await plain.ruth.answers()
    await caller.hears(QUESTION)
    caller.presses("#")
    await caller.hears("leave-message")
    await hear_each_other(maria, plain.ruth)
    maria.flashes()
    await hears_tone(maria, "recall")
    await on_hold(plain.ruth)
    for line in (maria, plain.ruth):
        line.hangs_up()
    caller.leaves()
    await plain.all_is_free()


async def test_whom_a_sip_telephone_holds_is_asked_too(far: FarWorld) -> None:
    caller, maria = await far.talking()
    maria.holds(True)
    await caller.hears(QUESTION)
    caller.presses("1")
    maria.holds(False)
    await far_hear_each_other(caller, maria)
    caller.leaves()
    await far.all_is_free()


async def test_a_telephone_of_ours_is_not_asked(plain: PlainWorld) -> None:
    plain.maria.lifts()
    plain.maria.presses("103")
    await plain.ruth.answers()
    await hear_each_other(plain.maria, plain.ruth)
    plain.maria.flashes()
    await on_hold(plain.ruth)
    plain.ruth.forgets()
    await asyncio.sleep(90)
    assert plain.ruth.heard == []
    assert hears_music(plain.ruth)
    plain.ruth.hangs_up()
    plain.maria.hangs_up()
    await plain.all_is_free()
