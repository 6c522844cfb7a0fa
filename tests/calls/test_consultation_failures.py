"""What goes wrong when somebody is called on the caller's own line: the flow is told why, and has the caller again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from appliance.calls.call import Call
from appliance.calls.consultation import Consultation, Consulted
from appliance.calls.outcome import CallEnded, Cause
from appliance.office.model import Office
from appliance.office.phrase import phrase
from hw.sim.circuit import Recall
from tests.calls.around import lines_off_hook
from tests.calls.hearing import until
from tests.calls.ownline import BOB, Told, caller_for_bob, calls_bob, connected, until_connected
from tests.calls.world import GREETED, MAIN, World, world

UNHEEDED = "main is not used to call others while a caller is on it: a hook flash brings no dial tone; has it such a "
UNHEEDED += "service, or does it need another flash_ms?"
LOST = "main is not used to call others while a caller is on it: a hook flash is taken for a hang-up, and a caller was "
LOST += "lost; it needs a shorter flash_ms"
NOT_TRANSFERRED = "main is not used to call others while a caller is on it: it rings again behind each transfer; has "
NOT_TRANSFERRED += "it call transfer?"


def flash_of(milliseconds: int) -> Callable[[Office], Office]:
    def change(office: Office) -> Office:
        return replace(office, trunks=(replace(office.trunks[0], flash_ms=milliseconds), *office.trunks[1:]))

    return change


def waits_for_answer(here: World, seconds: float = 30.0) -> Told:
    """The flow waits for an answer. Whatever became of it, it then says goodbye, and is told a key of the caller's."""

    async def waits(call: Call, consultation: Consultation) -> None:
        told.append(await consultation.answered(seconds))
        told.append(await call.caller.read_key(phrase("goodbye"), first=10))

    told = calls_bob(here, waits)
    return told


async def nobody_is_left(here: World) -> None:
    await here.all_is_free()
    await until(lambda: lines_off_hook(here) == [])
    await until(lambda: here.trunk_states() == ["idle"] * 4)


FAILURES: dict[str, tuple[dict[str, Any], Consulted]] = {
    "busy": ({"behaviour": "busy"}, Consulted.BUSY),
    "not in service": ({"behaviour": "not-in-service"}, Consulted.NOT_FOUND),
    "a fax machine": ({"behaviour": "fax"}, Consulted.FAX),
    "ringing for ever": ({"behaviour": "rings-out"}, Consulted.NO_ANSWER),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_caller_is_talked_to_again_within_three_seconds_of_a_failure(here: World, failure: str) -> None:
    options, what = FAILURES[failure]
    here.subscriber(BOB, "BOB ROE", **options)
    told = waits_for_answer(here)
    known: list[float] = []
    caller = await caller_for_bob(here)
    trunk = here.appliance.lines.trunks[0]
    await until(lambda: trunk.progress is not None)
    assert trunk.progress is not None
    trunk.progress.refused.add_done_callback(lambda _: known.append(asyncio.get_running_loop().time()))
    await caller.hears("goodbye")
    assert connected(here, caller) == [MAIN]
    if known:
        assert asyncio.get_running_loop().time() - known[0] <= 3.0
    await caller.presses("5")
    await told.until(what, "5")
    caller.hangs_up()
    await nobody_is_left(here)


async def test_circuits_that_are_busy_are_told_from_a_callee_who_is(here: World) -> None:
    here.exchange.give_tones(replace(here.exchange.plan, busy=here.exchange.plan.reorder))
    here.subscriber(BOB, "BOB ROE", behaviour="busy")
    told = waits_for_answer(here)
    caller = await caller_for_bob(here)
    await caller.presses("5", at="goodbye")
    await told.until(Consulted.CONGESTION, "5")


async def test_a_line_without_the_service_is_noticed_by_the_caller_who_is_still_heard(here: World) -> None:
    here.exchange.lines[MAIN].services.three_way = False
    told = waits_for_answer(here)
    caller = await caller_for_bob(here)
    await asyncio.sleep(1.5)
    await caller.says("Are you still there? I would like to talk to Maria, please.")
    await caller.hears("goodbye", within=0.5)
    assert told == [Consulted.NOT_SUBSCRIBED]
    assert here.appliance.faults == [UNHEEDED]
    caller.hangs_up()
    await nobody_is_left(here)
    caller = await caller_for_bob(here)
    await caller.hears("goodbye", within=0.5)
    assert told == [Consulted.NOT_SUBSCRIBED] * 2
    assert here.appliance.faults == [UNHEEDED]


@pytest.mark.parametrize("milliseconds", [500, 50], ids=["not subscribed", "too short"])
async def test_a_line_that_twice_gave_no_recall_tone_is_not_tried_again_until_the_office_changes_it(
    milliseconds: int,
) -> None:
    async with world(flash_of(milliseconds)) as here:
        here.exchange.lines[MAIN].services.three_way = milliseconds != 500
        bob = here.subscriber(BOB, "BOB ROE")
        told = waits_for_answer(here)
        for faults in ([], [UNHEEDED]):
            caller = await caller_for_bob(here)
            await caller.hears("goodbye", within=6.5)
            assert connected(here, caller) == [MAIN]
            assert here.appliance.faults == faults
            caller.hangs_up()
            await nobody_is_left(here)
        caller = await caller_for_bob(here)
        await caller.hears("goodbye", within=0.5)
        assert told == [Consulted.NO_RECALL_TONE, Consulted.NO_RECALL_TONE, Consulted.NOT_SUBSCRIBED]
        caller.hangs_up()
        await nobody_is_left(here)
        here.exchange.lines[MAIN].services.three_way = True
        await here.appliance.use(flash_of(400)(here.appliance.office))
        assert here.appliance.faults == []
        await caller_for_bob(here)
        await bob.rings()


@pytest.mark.parametrize(
    ("recall", "after_s"), [("tone", 4.0), ("silent", 0.0), ("dead", 0.0)], ids=["late", "silent", "dead"]
)
async def test_a_caller_is_fetched_back_where_no_recall_tone_comes_in_time(
    here: World, recall: Recall, after_s: float
) -> None:
    services = here.exchange.lines[MAIN].services
    services.recall, services.recall_after_s = recall, after_s
    here.subscriber(BOB, "BOB ROE")
    told = waits_for_answer(here)
    caller = await caller_for_bob(here)
    await caller.hears("goodbye", within=7)
    assert told == [Consulted.NO_RECALL_TONE]
    assert connected(here, caller) == [MAIN]
    assert here.appliance.faults == []
    caller.hangs_up()
    await nobody_is_left(here)


async def test_a_recall_tone_that_comes_late_is_waited_for(here: World) -> None:
    here.exchange.lines[MAIN].services.recall_after_s = 1.0
    bob = here.subscriber(BOB, "BOB ROE")
    waits_for_answer(here)
    await caller_for_bob(here)
    await bob.rings(within=8)


@pytest.mark.parametrize("ends_by", ["back", "join"])
async def test_a_caller_who_left_is_missed_where_recall_tone_comes_late(here: World, ends_by: str) -> None:
    async def talks_a_while(_call: Call, consultation: Consultation) -> None:
        told.append(await consultation.answered(30))
        await asyncio.sleep(4)
        told.append(await (consultation.back() if ends_by == "back" else consultation.join()))

    here.exchange.lines[MAIN].services.recall_after_s = 1.0
    bob = here.subscriber(BOB, "BOB ROE")
    told = calls_bob(here, talks_a_while)
    caller = await caller_for_bob(here)
    await bob.answers()
    await bob.says("Hello?")
    await asyncio.sleep(1)
    caller.hangs_up()
    await told.until(Consulted.ANSWERED, False)
    await nobody_is_left(here)


async def test_a_hang_up_that_the_exchange_waits_with_loses_nobody() -> None:
    async with world(flash_of(1000)) as here:
        here.exchange.lines[MAIN].services.holds_s = 10.0
        told = waits_for_answer(here)
        caller = await caller_for_bob(here)
        await caller.hears("goodbye", within=8)
        assert told == [Consulted.NO_RECALL_TONE]
        assert connected(here, caller) == [MAIN]


async def test_a_flash_that_is_taken_for_a_hang_up_loses_one_caller_and_is_never_sent_again() -> None:
    async with world(flash_of(1000)) as here:
        told = waits_for_answer(here)
        caller = await caller_for_bob(here)
        await told.until(Consulted.HUNG_UP)
        assert connected(here, caller) == []
        await here.ended(("main", "abandoned", "left-on-hold"))
        await nobody_is_left(here)
        assert here.appliance.faults == [LOST]
        caller.hangs_up()
        caller = await caller_for_bob(here)
        await caller.hears("goodbye", within=0.5)
        assert told == [Consulted.HUNG_UP, Consulted.NOT_SUBSCRIBED]


async def test_an_exchange_whose_recall_tone_is_its_plain_dial_tone_loses_nobody(here: World) -> None:
    here.exchange.give_tones(replace(here.exchange.plan, recall=here.exchange.plan.dial))
    callee = here.subscriber(BOB, "BOB ROE")
    told = waits_for_answer(here)
    caller = await caller_for_bob(here)
    await callee.rings(within=15)
    assert here.appliance.faults == []
    callee.lifts()
    await callee.says("Hello?")
    await told.until(Consulted.ANSWERED)
    callee.hangs_up()
    caller.hangs_up()
    await nobody_is_left(here)
    await caller_for_bob(here)
    await callee.rings(within=6)  # The line is known by now: it is flashed once.


async def test_a_callee_who_hangs_up_during_the_screening_is_noticed_and_the_caller_is_talked_to(here: World) -> None:
    async def screens(call: Call, consultation: Consultation) -> None:
        told.append(await consultation.answered(30))
        try:
            told.append(await consultation.callee.read_key(phrase("one-moment"), first=10))
        except CallEnded as ended:
            told.append(ended.cause)
        told.append(await consultation.back())
        told.append(await call.caller.read_key(phrase("goodbye"), first=10))

    callee = here.subscriber(BOB, "BOB ROE")
    told = calls_bob(here, screens)
    caller = await caller_for_bob(here)
    await callee.answers()
    await callee.says("Hello?")
    await callee.hears("one-moment")
    callee.hangs_up()
    await caller.presses("5", at="goodbye")
    assert told[0] is Consulted.ANSWERED
    await told.until(Consulted.ANSWERED, Cause.BUSY_TONE, True, "5")


async def test_a_caller_whom_the_exchange_does_not_transfer_is_greeted_again_and_the_line_is_not_used_so_again(
    here: World,
) -> None:
    async def transfers_when_it_rings(_call: Call, consultation: Consultation) -> None:
        told.append(await consultation.alerting(10))
        told.append(await consultation.transfer())

    here.exchange.lines[MAIN].services.transfer = False
    here.subscriber(BOB, "BOB ROE")
    told = calls_bob(here, transfers_when_it_rings)
    for faults in ([], [NOT_TRANSFERRED]):
        caller = await caller_for_bob(here)
        await caller.hears(GREETED, within=25)
        await told.until(Consulted.ALERTING, False)
        assert here.appliance.faults == faults
        told.clear()
        caller.hangs_up()
        await nobody_is_left(here)
    caller = await caller_for_bob(here)
    await told.until(Consulted.NOT_SUBSCRIBED)


async def test_an_answer_that_the_line_tells_is_known_at_once(here: World) -> None:
    async def notes(call: Call, consultation: Consultation) -> None:
        told.append(await consultation.answered(30))
        told.append(consultation.answered_by)
        await consultation.back()

    here.exchange.lines[MAIN].services.answer_supervision = True
    callee = here.subscriber(BOB, "BOB ROE")
    told = calls_bob(here, notes)
    caller = await caller_for_bob(here)
    await callee.rings()
    await asyncio.sleep(7)
    callee.lifts()
    await until(lambda: bool(told), within=0.2)
    assert told[0] is Consulted.ANSWERED
    await until_connected(here, caller, MAIN)


async def test_a_fault_in_the_flow_joins_nobody_to_who_is_being_called(here: World) -> None:
    async def breaks(call: Call, consultation: Consultation) -> None:
        await consultation.answered(30)
        raise RuntimeError("a fault of the flow")

    callee = here.subscriber(BOB, "BOB ROE")
    calls_bob(here, breaks)
    caller = await caller_for_bob(here)
    await callee.answers()
    await callee.says("Hello?")
    met = 0.0
    for _ in range(500):
        await asyncio.sleep(0.02)
        met += 0.02 * (BOB in connected(here, caller))
    assert met < 1.0, "one flash lets all three talk, and only the next drops the callee"
    assert here.trunk_states()[0] == "idle"
    assert connected(here, callee) == []
