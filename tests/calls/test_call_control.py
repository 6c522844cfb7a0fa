"""Calls that go on are led, parked, ended, taken up and heard by whoever answers for the office."""

from __future__ import annotations

import asyncio

import pytest

from appliance.callcontrol import CallControl, CannotBeDone
from appliance.clock import run_virtual
from hw.linecard import FarEndAnswered
from tests.calls.farlines import ANNE, FarTrunk
from tests.calls.hearing import until
from tests.calls.plainlines import PlainTelephone, PlainWorld, hear_each_other, hears_sum, hears_tone, on_hold
from tests.calls.redirections import WAYS, Way, try_moments

NO_ANSWER_SECONDS = 40.0


def control(plain: PlainWorld) -> CallControl:
    return plain.here.appliance.call_control


def the_call(plain: PlainWorld, line: str = "gate 1") -> str:
    """The id of the call that began on this line."""
    calls = plain.here.appliance.switchboard.ongoing.values()
    return next(one.id for one in calls if one.call.record.known.line == line)


def refused(code: str) -> pytest.RaisesExc[CannotBeDone]:
    return pytest.RaisesExc(CannotBeDone, check=lambda error: error.code == code)


async def hung_up(plain: PlainWorld, telephone: PlainTelephone) -> None:
    """Its user hears reorder tone, and hangs up."""
    await hears_tone(telephone, "reorder")
    telephone.hangs_up()


async def dialled(plain: PlainWorld, number: str) -> FarTrunk:
    """Whoever has answered at this number outside."""
    gate = plain.card.trunk("gate-2")
    await until(lambda: any(one.endswith(number) for one in gate.seized))
    await asyncio.sleep(0.5)
    gate.tell(FarEndAnswered())
    return gate


async def test_a_talk_is_transferred_and_the_telephone_is_done_with_it(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    await control(plain).transfer(the_call(plain), "ruth")
    await hung_up(plain, maria)
    await plain.ruth.answers()
    await hear_each_other(caller, plain.ruth)
    caller.leaves()
    await hung_up(plain, plain.ruth)
    await plain.all_is_free()
    assert "transferred" in plain.steps("gate 1")


async def test_whoever_is_transferred_to_nobody_comes_back_to_the_telephone(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    await control(plain).transfer(the_call(plain), "ruth")
    await hung_up(plain, maria)
    await maria.rings(NO_ANSWER_SECONDS)
    maria.lifts()
    await hear_each_other(caller, maria)
    caller.leaves()
    await hung_up(plain, maria)
    await plain.all_is_free()


async def test_a_call_to_outside_is_transferred_by_the_telephone_that_made_it(plain: PlainWorld) -> None:
    plain.maria.lifts()
    plain.maria.presses(f"9{ANNE.number}")
    anne = await dialled(plain, ANNE.number)
    await hear_each_other(plain.maria, anne)
    await control(plain).transfer(the_call(plain, "front desk"), "ruth")
    await hung_up(plain, plain.maria)
    await plain.ruth.answers()
    await hear_each_other(anne, plain.ruth)
    anne.leaves()
    await hung_up(plain, plain.ruth)
    await plain.all_is_free()
    assert plain.steps("front desk")[:2] == [f"dials {ANNE.number}", "transferred"]


async def test_a_caller_in_the_menu_is_led_to_somebody(plain: PlainWorld) -> None:
    caller = await plain.greeted()
    await control(plain).transfer(the_call(plain), "ruth")
    await plain.ruth.answers()
    await hear_each_other(caller, plain.ruth)
    caller.leaves()
    await hung_up(plain, plain.ruth)
    await plain.all_is_free()
    assert plain.here.outcomes() == [("gate 1", "connected", "hung-up")]


async def test_a_caller_for_whom_it_rings_is_taken_up_at_another_telephone(plain: PlainWorld) -> None:
    caller = await plain.greeted()
    caller.presses("103")
    await until(lambda: plain.ruth.ringing)
    control(plain).pick_up(the_call(plain), "front desk")
    await plain.maria.answers()
    await hear_each_other(caller, plain.maria)
    assert not plain.ruth.ringing
    plain.maria.hangs_up()
    await until(lambda: not caller.off_hook)
    await plain.all_is_free()
    assert ("gate 1", "connected", "on-hook") in plain.here.outcomes()


async def test_a_telephone_rings_no_more_for_a_caller_who_has_gone(plain: PlainWorld) -> None:
    caller = await plain.greeted()
    control(plain).pick_up(the_call(plain), "front desk")
    await until(lambda: plain.maria.ringing)
    caller.leaves()
    await until(lambda: not plain.maria.ringing)
    await plain.all_is_free()


async def test_a_talk_is_parked_and_taken_up_from_the_page(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    assert await control(plain).park(the_call(plain)) == 1
    await hung_up(plain, maria)
    await on_hold(caller)
    control(plain).pick_up(the_call(plain), "lab")
    await plain.nina.answers()
    await hear_each_other(caller, plain.nina)
    assert not plain.here.appliance.services.parking.occupied
    caller.leaves()
    await hung_up(plain, plain.nina)
    await plain.all_is_free()


async def test_a_call_is_hung_up(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    control(plain).hang_up(the_call(plain))
    await until(lambda: not caller.off_hook)
    await hung_up(plain, maria)
    await plain.all_is_free()


async def test_whoever_listens_is_announced_and_not_heard(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    caller.forgets()
    control(plain).listen(the_call(plain), "lab")
    await plain.nina.answers()
    await caller.hears("somebody-listens")
    await until(lambda: hears_sum(plain.nina, caller, maria))
    await hear_each_other(caller, maria)
    caller.leaves()
    await plain.nina.hears("emergency-over")
    await hung_up(plain, maria)
    await hung_up(plain, plain.nina)
    await plain.all_is_free()
    assert "lab listens" in plain.steps("gate 1")


async def test_a_lost_caller_is_called_back_at_one_touch_and_is_done_once_they_talked(plain: PlainWorld) -> None:
    unit = plain.here.appliance
    caller = await plain.greeted()
    caller.leaves()
    await plain.all_is_free()
    (lost,) = await unit.lost_callers.waiting_for(None, unit.office)
    assert lost.number == ANNE.number
    control(plain).call_back(lost.number, "front desk")
    await plain.maria.answers()
    anne = await dialled(plain, lost.number)
    await hear_each_other(plain.maria, anne)
    anne.leaves()
    await hung_up(plain, plain.maria)
    await plain.here.logs("front desk", "dialled-out", "hung-up")
    assert await unit.lost_callers.waiting_for(None, unit.office) == []


async def test_what_cannot_be_done_is_told(plain: PlainWorld) -> None:
    desk = control(plain)
    with refused("no-such-call"):
        desk.hang_up("20260101-000000-000000-1")
    caller, maria = await plain.talking()
    id = the_call(plain)
    with refused("not-found"):
        await desk.transfer(id, "nobody")
    with refused("they-talk"):
        desk.pick_up(id, "lab")
    with refused("telephone-in-use"):
        desk.listen(id, "front desk")
    with refused("no-such-telephone"):
        desk.listen(id, "")
    caller.leaves()
    await hung_up(plain, maria)
    second = await plain.greeted()
    id = the_call(plain)
    with refused("nobody-talks"):
        await desk.park(id)
    second.presses("3")
    await second.hears("beep")
    with refused("leaves-a-message"):
        desk.pick_up(id, "lab")
    second.leaves()
    await plain.all_is_free()


async def test_nobody_who_called_for_help_is_cut_off(plain: PlainWorld) -> None:
    plain.maria.lifts()
    plain.maria.presses("911")
    await dialled(plain, "911")
    id = the_call(plain, "front desk")
    for what in (control(plain).transfer(id, "ruth"), control(plain).park(id)):
        with refused("emergency-call"):
            await what
    with refused("emergency-call"):
        control(plain).hang_up(id)
    assert the_call(plain, "front desk") == id


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_caller_is_led_away_at_any_moment_and_nothing_is_left_behind(way: Way) -> None:
    moments, wrong = run_virtual(lambda: try_moments(way, 2, 5))
    assert wrong == []
    assert moments > 10
