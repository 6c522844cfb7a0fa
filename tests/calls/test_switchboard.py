"""The switchboard: what it does whatever goes wrong around it, and what stands in the log."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from unittest import mock

import pytest

from appliance.api.status import unit_status
from appliance.calls.call import Call
from appliance.calls.outcome import Cause, Outcome
from appliance.calls.record import Record
from appliance.office.model import Office
from appliance.store.disk import StoreFull
from tests.calls.around import tones_at
from tests.calls.hearing import spoken, until
from tests.calls.world import GREETED, MAIN, World, world

NOT_LOGGED = "calls are not being logged: the disk is full or failing"
RING_SECONDS = 6.0
SLOW_LOG_SECONDS = 20.0


@pytest.mark.parametrize(
    "error", [ValueError("there is already a call of this id"), StoreFull("no room"), OSError("dead")], ids=repr
)
async def test_a_log_that_cannot_be_written_keeps_nobody_from_telephoning_and_is_reported_once(
    here: World,
    error: Exception,
) -> None:
    with mock.patch.object(here.appliance.calls, "begin", side_effect=error), spoken() as said:
        surgery = here.phone("fxs-2")
        heard = tones_at(here, surgery)
        await here.phone("fxs-2").dials("103")
        await here.phone("fxs-3").rings()
        assert heard == ["dial"]
        await here.greeted()
        assert said.on("main") == ["dial-extension-any-time", "for-operator"]
        surgery.hangs_up()
        await asyncio.sleep(2)
    assert here.appliance.faults == [NOT_LOGGED]


async def test_calls_that_begin_at_the_same_moment_stand_apart_in_the_log(here: World) -> None:
    for port in ("fxs-1", "fxs-2", "fxs-3"):
        here.phone(port).lifts()
    await asyncio.sleep(1)
    records = here.appliance.calls.recent(10)
    assert sorted(record.line for record in records) == ["billing", "front desk", "surgery"]
    assert len({record.started for record in records}) == 1
    assert len({record.id for record in records}) == 3


async def test_nothing_is_started_once_the_switchboard_closes(here: World) -> None:
    caller, callee = await here.connected()
    await here.appliance.switchboard.close()
    at_work = [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith(("call", "front"))]
    assert at_work == []
    caller.hangs_up()
    callee.hangs_up()
    await asyncio.sleep(4)
    heard = tones_at(here, callee)
    callee.lifts()
    await here.caller().dials(MAIN)
    await asyncio.sleep(4 * RING_SECONDS)
    assert heard == []
    assert here.trunk_states() == ["ringing", "idle", "idle", "idle"]
    assert here.appliance.switchboard.ongoing == {}
    assert [record.outcome for record in here.appliance.calls.recent(10)] == ["interrupted"]


async def _never_answers(call: Call) -> Outcome:
    await call.caller.leg.until()
    return Outcome.ABANDONED


def _after_twelve_rings(office: Office) -> Office:
    return replace(office, trunks=tuple(replace(trunk, answer_after_rings=12) for trunk in office.trunks))


@pytest.mark.parametrize("because", ["the flow hangs", "the office asks for too many rings"])
async def test_what_has_not_answered_after_eight_rings_gives_way_to_the_builtin_attendant(because: str) -> None:
    hangs = because == "the flow hangs"
    async with world(replace if hangs else _after_twelve_rings) as here:
        flow = mock.patch("appliance.switchboard.incoming", _never_answers)
        with spoken() as said:
            if hangs:
                flow.start()
            try:
                await here.caller().dials(MAIN)
                await until(lambda: here.appliance.lines.trunks[0].ring.count == 9, within=11 * RING_SECONDS)
                assert said.said == []
                await asyncio.sleep(3 * RING_SECONDS)
            finally:
                mock.patch.stopall()
        assert said.said == [("main", "builtin-greeting")]
        assert [here.phone(f"fxs-{n}").ringing for n in (1, 2, 3, 4)] == [True] * 4
        assert here.appliance.faults == ["main rang too long; the built-in attendant answered it"]
        here.phone("fxs-4").lifts()
        await asyncio.sleep(2)
        here.phone("fxs-4").hangs_up()
        await asyncio.sleep(2)
        assert here.outcomes()[-1] == ("main", "operator", "on-hook")


async def test_a_call_that_gave_way_before_it_could_be_answered_stands_in_the_log_with_its_end() -> None:
    async with world(_after_twelve_rings) as here:
        caller = here.caller()
        await caller.dials(MAIN)
        await asyncio.sleep(11 * RING_SECONDS)
        caller.hangs_up()
        await asyncio.sleep(3)
        assert here.outcomes() == [("main", "interrupted", "released"), ("main", "abandoned", "loop-break")]


async def test_a_line_that_comes_back_while_its_last_call_is_still_being_logged_carries_its_next_call(
    here: World,
) -> None:
    finish = Record.finish

    async def slowly(record: Record, outcome: Outcome, cause: Cause) -> None:
        if cause is Cause.LINE_LOST:
            await asyncio.sleep(SLOW_LOG_SECONDS)
        await finish(record, outcome, cause)

    first = here.caller()
    await first.dials(MAIN)
    await until(lambda: bool(here.outcomes()))
    with mock.patch.object(Record, "finish", slowly):
        here.exchange.fault("fxo-1", "cut")
        await asyncio.sleep(2)
        first.hangs_up()
        here.exchange.fault("fxo-1", "restore")
        await asyncio.sleep(2)
        await here.greeted()
        assert here.trunk_states()[0] == "up"
        await asyncio.sleep(SLOW_LOG_SECONDS)
    assert here.trunk_states()[0] == "up"
    assert here.outcomes() == [("main", "abandoned", "line-lost"), ("main", "", "")]


async def test_a_caller_who_withholds_the_number_is_private_in_the_log_and_in_the_status(here: World) -> None:
    caller = here.subscriber("4075550177", "JANE ROE", caller_id="private")
    await caller.dials(MAIN)
    await caller.hears(GREETED)
    status = unit_status(here.appliance)
    assert status["trunks"][0] == {
        "name": "main",
        "state": "up",
        "caller": "private",
        "ring": "normal",
        "number": MAIN,
        "dead": "",
    }
    assert [call["caller"] for call in status["calls"]] == ["private"]
    caller.hangs_up()
    await asyncio.sleep(2)
    (record,) = here.appliance.calls.recent(10)
    assert (record.caller_number, record.caller_name) == ("private", "")


async def test_of_many_faults_the_last_fifty_are_kept_each_once(here: World) -> None:
    for number in range(60):
        here.appliance.trouble.report(f"fault {number}")
    here.appliance.trouble.report("fault 59")
    assert here.appliance.faults == [f"fault {number}" for number in range(10, 60)]


async def test_a_caller_who_gives_up_after_too_many_rings_does_not_lend_the_builtin_attendant_to_the_next() -> None:
    async with world(_after_twelve_rings) as here:
        first = here.caller()
        await first.dials(MAIN)
        await until(lambda: here.appliance.lines.trunks[0].ring.count == 9, within=11 * RING_SECONDS)
        first.hangs_up()
        await asyncio.sleep(30)
        here.appliance.lines.trunks[0].facts = replace(here.appliance.lines.trunks[0].facts, answer_after_rings=None)
        with spoken() as said:
            await here.greeted()
        assert ("main", "builtin-greeting") not in said.said
        assert said.said


async def test_the_record_of_a_call_has_its_steps(here: World) -> None:
    caller = await here.greeted()
    await caller.presses("0")
    await here.phone("fxs-1").rings()
    caller.hangs_up()
    await until(lambda: here.outcomes() == [("main", "abandoned", "loop-break")])
    (record,) = here.appliance.calls.recent(10)
    assert [step.what for step in record.steps] == [
        "to the menu",
        "to the operator",
        "rings the telephone of Maria Alvarez",
        "the telephone of Maria Alvarez: no-answer",
    ]
    assert 0 <= record.steps[0].seconds < record.steps[1].seconds < 60
