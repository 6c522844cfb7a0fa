"""No caller is lost: who got nobody is kept, told by telephone, and called back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from appliance.api.lost import offer_lost
from appliance.calls.lostcallers import LostCaller
from appliance.calls.outcome import Outcome
from appliance.control.errors import ControlError
from appliance.office.contact import Contact
from appliance.store.calllog import CallLog, CallRecord
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import MAIN, MORNING, World, world
from tests.notify.offered import Offered

JANE = "4075550142"
BEFORE_THE_ANSWER_SECONDS = 1.5
RINGING_OVER_SECONDS = 10.0


def jane(here: World) -> Phone:
    return here.subscriber(JANE, "JANE")


async def waiting(here: World, owner: str = "maria") -> list[LostCaller]:
    office = here.appliance.office
    return await here.appliance.lost_callers.waiting_for(office.person(owner), office)


async def lost(here: World, caller: Phone | None = None) -> Phone:
    """Jane calls Tom, and hangs up while his telephone rings."""
    caller = caller or jane(here)
    await caller.dials(MAIN)
    await caller.hears("dial-extension-any-time")
    await caller.presses("102")
    await here.phone("fxs-2").rings()
    caller.hangs_up()
    await here.all_is_free()
    return caller


async def test_whoever_hangs_up_while_it_rings_is_kept_for_whom_it_rang(here: World) -> None:
    await lost(here)
    (caller,) = await waiting(here, "tom")
    assert (caller.number, caller.last.wanted) == (JANE, "tom")
    assert caller.last.got_to == "the telephone of Doctor Tom Becker: no-answer"
    assert await waiting(here, "maria") == []
    assert caller.last.call == here.appliance.calls.recent(1)[0].id


async def test_whoever_hangs_up_before_anybody_answered_is_the_operators(here: World) -> None:
    caller = here.subscriber(JANE)
    await caller.dials(MAIN)
    await asyncio.sleep(BEFORE_THE_ANSWER_SECONDS)
    caller.hangs_up()
    await asyncio.sleep(RINGING_OVER_SECONDS)
    assert [outcome for _, outcome, _ in here.outcomes()] == ["abandoned"]
    assert [one.last.wanted for one in await waiting(here)] == [""]


async def test_whoever_says_nothing_after_the_beep_has_called_and_left_nothing(here: World) -> None:
    caller = jane(here)
    await caller.dials(MAIN)
    await caller.presses("3", at="dial-extension-any-time")
    await caller.hears("beep")
    caller.hangs_up()
    await here.all_is_free()
    assert [one.number for one in await waiting(here)] == [JANE]


async def test_two_calls_of_one_caller_are_one_lost_caller_and_a_word_settles_both(here: World) -> None:
    caller = await lost(here)
    await lost(here, caller)
    assert [len(one.calls) for one in await waiting(here, "tom")] == [2]
    await caller.dials(MAIN)
    await caller.presses("101", at="dial-extension-any-time")
    await here.phone("fxs-1").answers()
    await asyncio.sleep(2)
    caller.hangs_up()
    here.phone("fxs-1").hangs_up()
    await here.all_is_free()
    assert await waiting(here, "tom") == []


async def test_whoever_of_the_office_dials_a_code_from_outside_is_no_lost_caller(here: World) -> None:
    caller = jane(here)
    await caller.dials(MAIN)
    await caller.presses("*78", at="dial-extension-any-time")
    await asyncio.sleep(2)
    caller.hangs_up()
    await here.all_is_free()
    assert await waiting(here) == []


async def test_a_lost_caller_is_told_and_called_back_by_one_key(here: World) -> None:
    await lost(here)
    tom = here.phone("fxs-2")
    await tom.dials("*93")
    await tom.hears("lost-callers", "lost-caller-number", "lost-caller-menu")
    as_dialled = here.subscriber(f"1{JANE}")
    await tom.presses("1")
    await as_dialled.answers(within=20)
    await as_dialled.says("Hello, this is Jane. Thank you for calling me back.")
    await asyncio.sleep(1)
    tom.hangs_up()
    as_dialled.hangs_up()
    await here.all_is_free()
    assert here.outcomes()[-1] == ("surgery", "dialled-out", "on-hook")
    assert await waiting(here, "tom") == []


async def test_a_call_back_that_nobody_answers_settles_nothing(here: World) -> None:
    await lost(here)
    tom = here.phone("fxs-2")
    as_dialled = here.subscriber(f"1{JANE}")
    await tom.dials("*93")
    await tom.presses("1", at="lost-caller-menu")
    await as_dialled.rings(within=20)
    await asyncio.sleep(5)
    tom.hangs_up()
    await here.all_is_free()
    assert len(await waiting(here, "tom")) == 1


@pytest.mark.parametrize("at", ["lost-callers", "lost-caller-number", "lost-caller-menu", "calling back"])
async def test_whoever_hangs_up_on_the_list_leaves_nothing_behind(here: World, at: str) -> None:
    await lost(here)
    tom = await here.phone("fxs-2").dials("*93")
    if at == "calling back":
        await tom.presses("1", at="lost-caller-menu")
        await until(lambda: here.trunk_states() != ["idle"] * 4)
    else:
        await tom.hears(at)
    tom.hangs_up()
    await here.all_is_free()
    await until(lambda: here.trunk_states() == ["idle"] * 4, within=30)
    assert len(await waiting(here, "tom")) == 1


async def test_a_lost_caller_who_is_done_is_told_no_more(here: World) -> None:
    await lost(here)
    tom = await here.phone("fxs-2").dials("*93")
    await tom.presses("2", at="lost-caller-menu")
    await tom.hears("lost-caller-done", "lost-callers-no-more")
    tom.hangs_up()
    await until(lambda: not here.appliance.switchboard.ongoing)
    await tom.dials("*93")
    await tom.hears("lost-callers-none")
    tom.hangs_up()


async def test_a_caller_whom_a_power_cut_has_ended_is_found_in_the_log() -> None:
    def power_cut(data: Path) -> None:
        log = CallLog.open(data / "calls.sqlite")
        log.begin(CallRecord("1", MORNING - timedelta(minutes=5), "in", "main", caller_number=JANE, called="103"))
        log.begin(CallRecord("2", MORNING - timedelta(minutes=5), "inside", "billing", caller_number="103"))
        log.close()

    async with world(spoil=power_cut) as here:
        assert [one.number for one in await waiting(here, "ruth")] == [JANE]
        assert here.appliance.calls.recent(2)[0].outcome == Outcome.INTERRUPTED.value


async def test_whoever_wants_to_be_called_back_waits_once_booked_whatever_becomes_of_the_call(here: World) -> None:
    list_of = here.appliance.lost_callers
    record = CallRecord("7", MORNING, "in", "main", caller_number=JANE, outcome="goodbye")
    assert await list_of.book(record, "ruth", "5550177")
    await list_of.call_over(record, here.appliance.office, talked=False)
    (caller,) = await waiting(here, "ruth")
    assert (caller.number, caller.call_back) == ("5550177", True)


async def test_the_page_sees_a_lost_caller_by_the_contact_and_can_tick_it(here: World) -> None:
    control = Offered()
    offer_lost(control, here.appliance)
    await here.appliance.contacts.add(Contact(JANE, "Jane Miller"))
    await lost(here)
    (shown,) = await control.call("lost.list", **{"for": "tom"})
    assert (shown["name"], shown["number"], shown["calls"]) == ("Jane Miller", JANE, 1)
    assert await control.call("lost.list", **{"for": "maria"}) == []
    assert (await control.call("lost.done", id=shown["id"]))["id"] == shown["id"]
    assert await control.call("lost.list") == []
    with pytest.raises(ControlError, match="it may be done already"):
        await control.call("lost.done", id=shown["id"])
    await control.call("lost.undone", id=shown["id"])
    assert await control.call("lost.list") == [shown]
    with pytest.raises(ControlError, match="was not ticked off"):
        await control.call("lost.undone", id=shown["id"])
    with pytest.raises(ControlError) as refused:
        await control.call("lost.call_back", id=shown["id"], telephone="attic")
    assert refused.value.code == "no-such-telephone"
