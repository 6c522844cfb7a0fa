"""What becomes of a call out on a trunk: it rings, somebody answers, or it is refused, and why."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from appliance.calls.call import Call
from appliance.calls.leg import Leg
from appliance.calls.outcome import CallEnded, Cause, Outcome
from appliance.calls.outgoing import dial_out
from appliance.calls.progress import AnsweredBy, CallProgress
from appliance.flows.route import go
from appliance.office.destination import Destination, ToPerson
from hw.cleared import Cleared
from hw.linecard import FarEndAnswered, FarEndRefused
from tests.calls.around import tell_endings_by
from tests.calls.farlines import FarWorld
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import World

BOB = "4075550199"
LINE_4 = "5550103"


async def calls_bob(here: World) -> CallProgress:
    """Bob is called on the last line for the caller, who hears nothing of it yet."""

    async def calls(call: Call, destination: Destination) -> Outcome:
        if not isinstance(destination, ToPerson):
            return await go(call, destination)
        trunks = here.appliance.lines.trunks[::-1]
        trunk = await dial_out(trunks, BOB, call.caller.leg, emergency=False, report=here.appliance.faults.append)
        assert trunk is not None
        assert trunk.leg is not None
        await call.caller.leg.until(trunk.leg.gone)
        call.cause = trunk.leg.gone.result()
        trunk.leg.release()
        return Outcome.DIALLED_OUT

    here.appliance.switchboard.route = calls
    caller = await here.greeted()
    await caller.presses("101")
    trunk = here.appliance.lines.trunks[3]
    await until(lambda: trunk.progress is not None)
    assert trunk.progress is not None
    return trunk.progress


async def rings_at_bobs(here: World) -> tuple[CallProgress, Phone]:
    bob = here.subscriber(BOB, "BOB ROE")
    progress = await calls_bob(here)
    await until(lambda: progress.ringing)
    return progress, bob


def caller_of(here: World) -> Leg:
    leg = here.appliance.lines.trunks[0].leg
    assert leg is not None
    return leg


async def test_ringback_says_that_it_rings_and_nobody_has_answered(here: World) -> None:
    progress, _bob = await rings_at_bobs(here)
    await asyncio.sleep(40)
    assert progress.ringing
    assert progress.alerted.done()
    assert not progress.answered.done()
    assert not progress.refused.done()


async def test_speech_is_an_answer(here: World) -> None:
    progress, bob = await rings_at_bobs(here)
    bob.lifts()
    await asyncio.sleep(0.5)
    await bob.says("Bob Roe speaking.")
    assert progress.answered.result() is AnsweredBy.SPEECH
    assert not progress.ringing


async def test_a_key_is_an_answer_even_of_somebody_who_says_nothing(here: World) -> None:
    progress, bob = await rings_at_bobs(here)
    bob.lifts()
    await asyncio.sleep(0.5)
    await bob.presses("1")
    assert progress.answered.result() is AnsweredBy.KEY


async def test_ringback_that_is_over_without_another_tone_is_an_answer(here: World) -> None:
    progress, bob = await rings_at_bobs(here)
    bob.lifts()
    await until(progress.answered.done, within=14)
    assert progress.answered.result() is AnsweredBy.RINGBACK_OVER


async def test_a_reversal_is_an_answer_at_once(here: World) -> None:
    here.exchange.lines[LINE_4].services.answer_supervision = True
    progress, bob = await rings_at_bobs(here)
    bob.lifts()
    await until(progress.answered.done, within=0.2)
    assert progress.answered.result() is AnsweredBy.POLARITY
    assert not progress.ringing


REFUSED: dict[str, tuple[dict[str, Any], Cause, float]] = {
    "busy": ({"behaviour": "busy"}, Cause.BUSY, 3.0),
    "not in service": ({"behaviour": "not-in-service"}, Cause.NOT_FOUND, 2.0),
    "a fax machine": ({"behaviour": "fax"}, Cause.FAX, 7.0),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_a_refusal_says_why_and_soon(here: World, what: str) -> None:
    options, cause, within = REFUSED[what]
    here.subscriber(BOB, "BOB ROE", **options)
    progress = await calls_bob(here)
    await until(progress.refused.done, within)
    assert progress.refused.result() is cause
    assert not progress.answered.done()


async def test_busy_circuits_are_no_busy_callee(here: World) -> None:
    here.exchange.give_tones(replace(here.exchange.plan, busy=here.exchange.plan.reorder))
    here.subscriber(BOB, "BOB ROE", behaviour="busy")
    progress = await calls_bob(here)
    await until(progress.refused.done, within=2.0)
    assert progress.refused.result() is Cause.CONGESTION


async def test_a_fax_machine_is_known_behind_an_answer_that_the_line_told(here: World) -> None:
    here.exchange.lines[LINE_4].services.answer_supervision = True
    here.subscriber(BOB, "BOB ROE", behaviour="fax")
    progress = await calls_bob(here)
    await until(progress.refused.done, within=10)
    assert progress.answered.result() is AnsweredBy.POLARITY
    assert progress.refused.result() is Cause.FAX
    assert await progress.until_answered(caller_of(here), 1) is Cause.FAX


async def test_a_tone_behind_the_answer_refuses_nothing(here: World) -> None:
    tell_endings_by(here, LINE_4, "busy")
    progress, bob = await rings_at_bobs(here)
    bob.lifts()
    await bob.says("Bob Roe speaking.")
    bob.hangs_up()
    await here.logs("main", "dialled-out", "busy-tone")
    assert progress.answered.done()
    assert not progress.refused.done()


async def test_who_waits_for_an_answer_is_told_it_or_that_there_is_none(here: World) -> None:
    progress, bob = await rings_at_bobs(here)
    caller = caller_of(here)
    assert await progress.until_answered(caller, 5) is Cause.NO_ANSWER
    waiting = asyncio.create_task(progress.until_answered(caller, 30))
    bob.lifts()
    await bob.says("Bob Roe speaking.")
    assert await waiting is None


async def test_who_waits_for_an_answer_learns_that_the_caller_has_gone(here: World) -> None:
    progress, _bob = await rings_at_bobs(here)
    caller = caller_of(here)
    waiting = asyncio.create_task(progress.until_answered(caller, 30))
    await asyncio.sleep(1)
    caller.left(Cause.LOOP_BREAK)
    with pytest.raises(CallEnded):
        await waiting


async def test_a_line_that_tells_answers_takes_nothing_else_for_one(far: FarWorld) -> None:
    trunk = far.here.appliance.lines.trunks[-1]
    leg = trunk.seize("5551234")
    trunk.connected()
    progress = trunk.progress
    assert progress is not None
    trunk.line_event(FarEndAnswered())
    assert progress.answered.result() is AnsweredBy.TOLD
    leg.release()


async def test_a_line_that_tells_a_refusal_says_why(far: FarWorld) -> None:
    trunk = far.here.appliance.lines.trunks[-1]
    leg = trunk.seize("5551234")
    trunk.connected()
    trunk.line_event(FarEndRefused(Cleared.NOT_FOUND))
    assert trunk.progress is not None
    assert trunk.progress.refused.result() is Cause.NOT_FOUND
    leg.release()
