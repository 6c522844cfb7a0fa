"""Calling somebody on the caller's own line: whom the exchange connects, and what the flow is told."""

from __future__ import annotations

import asyncio

from appliance.calls.call import Call
from appliance.calls.consultation import Consultation, Consulted
from appliance.office.phrase import phrase
from tests.calls.around import lines_off_hook
from tests.calls.hearing import until
from tests.calls.ownline import BOB, caller_for_bob, calls_bob, connected, until_connected
from tests.calls.phone import Phone
from tests.calls.world import MAIN, World


def bob(here: World, **options: object) -> Phone:
    return here.subscriber(BOB, "BOB ROE", **options)


async def test_who_is_transferred_on_their_own_line_rings_there_and_the_line_is_free(here: World) -> None:
    async def transfers_when_it_rings(call: Call, consultation: Consultation) -> None:
        told.append(await consultation.alerting(10))
        told.append(await consultation.transfer())

    callee = bob(here)
    told = calls_bob(here, transfers_when_it_rings)
    caller = await caller_for_bob(here)
    await callee.rings(within=15)
    await told.until(Consulted.ALERTING, True)
    await until(lambda: here.trunk_states()[0] == "idle")
    assert lines_off_hook(here) == []
    callee.lifts()
    await until_connected(here, caller, BOB)
    await here.ended(("main", "connected", "transferred"))


async def test_who_answers_is_spoken_to_while_the_caller_waits_and_then_both_are_joined(here: World) -> None:
    async def screens(call: Call, consultation: Consultation) -> None:
        told.append(await consultation.answered(30))
        told.append(await consultation.callee.read_key(phrase("one-moment"), first=10))
        told.append(await consultation.transfer())

    callee = bob(here)
    told = calls_bob(here, screens)
    caller = await caller_for_bob(here)
    await callee.answers()
    await callee.says("Hello?")
    await callee.hears("one-moment")
    assert connected(here, caller) == []
    assert connected(here, callee) == [MAIN]
    await callee.presses("1")
    await until_connected(here, caller, BOB)
    await told.until(Consulted.ANSWERED, "1", True)
    await here.ended(("main", "connected", "transferred"))
    assert lines_off_hook(here) == []


async def test_a_talk_of_three_goes_on_until_both_have_left(here: World) -> None:
    async def joins(call: Call, consultation: Consultation) -> None:
        told.append(await consultation.answered(30))
        told.append(await consultation.join())
        told.append(await consultation.talk())

    callee = bob(here)
    told = calls_bob(here, joins)
    caller = await caller_for_bob(here)
    await callee.answers()
    await callee.says("Hello?")
    await until_connected(here, caller, MAIN, BOB)
    await until_connected(here, callee, MAIN, caller.telephone.name)
    await asyncio.sleep(60)
    assert here.trunk_states()[0] == "up"
    caller.hangs_up()
    await asyncio.sleep(5)
    callee.hangs_up()
    await here.ended(("main", "connected", "loop-break"))
    assert told[:2] == [Consulted.ANSWERED, True]
    await until(lambda: lines_off_hook(here) == [])


async def test_the_caller_is_talked_to_again_when_the_callee_does_not_want_to(here: World) -> None:
    async def comes_back(call: Call, consultation: Consultation) -> None:
        told.append(await consultation.answered(30))
        told.append(await consultation.back())
        told.append(await call.caller.read_key(phrase("goodbye"), first=10))

    callee = bob(here)
    told = calls_bob(here, comes_back)
    caller = await caller_for_bob(here)
    await callee.answers()
    await callee.says("Hello?")
    await until_connected(here, caller, MAIN)
    assert connected(here, callee) == []
    await caller.presses("5", at="goodbye")
    await told.until(Consulted.ANSWERED, True, "5")
    caller.hangs_up()
    await here.all_is_free()
