"""A telephone rings at the time that its user has asked for, until it is lifted."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from appliance.control.folder import DataFolder
from appliance.office.codes import Codes
from appliance.office.wakeup import WakeUp, minutes_of, next_showing, read_wake_up, wake_up_switch
from appliance.store.switches import Switch, SwitchStore
from appliance.wakeups import WakeUps
from tests.calls.world import MORNING, World, world

NEW_YORK = ZoneInfo("America/New_York")
HALF_PAST_NINE = WakeUp("front desk", datetime(2026, 3, 3, 14, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "minutes", "rings"),
    [
        ("2026-03-03 14:15", 9 * 60 + 30, "2026-03-03 14:30"),
        ("2026-03-03 14:15", 9 * 60, "2026-03-04 14:00"),
        ("2026-03-08 05:00", 2 * 60 + 30, "2026-03-08 07:00"),  # At two the clocks are put on.
        ("2026-03-08 05:00", 6 * 60 + 30, "2026-03-08 10:30"),
        ("2026-11-01 04:00", 1 * 60 + 30, "2026-11-01 05:30"),  # It is half past one twice.
        ("2026-11-01 05:45", 1 * 60 + 30, "2026-11-02 06:30"),
    ],
)
def test_it_is_the_next_time_at_which_the_clock_shows_it(now: str, minutes: int, rings: str) -> None:
    moment = datetime.fromisoformat(f"{now}+00:00")
    assert next_showing(minutes, moment, NEW_YORK) == datetime.fromisoformat(f"{rings}+00:00")


def test_four_digits_are_an_hour_and_a_minute() -> None:
    given = ("0630", "0000", "2359", "2400", "0660", "630", "06*0", "")
    assert [minutes_of(one) for one in given] == [390, 0, 1439, None, None, None, None, None]


def test_what_a_switch_stands_at_is_read_as_it_was_written() -> None:
    again = HALF_PAST_NINE.again()
    assert again is not None
    assert read_wake_up(again.switch, again.written) == again
    assert read_wake_up(again.switch, "soon") is None
    assert again.again() is not None
    assert again.again().again() is None  # type: ignore[union-attr]


async def test_it_is_set_told_and_ended_by_the_same_code(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*55")
    await maria.presses("2561", at="enter-wake-up-time")
    await maria.hears("not-valid")
    await maria.presses("0645", at="enter-wake-up-time")
    await maria.hears("wake-up-set", "goodbye")
    await maria.puts_down()
    await maria.dials("*55")
    await maria.hears("wake-up-set")
    await maria.presses("1", at="wake-up-menu")
    await maria.hears("wake-up-ended", "goodbye")
    await maria.puts_down()
    assert here.appliance.switches.at(wake_up_switch("front desk")) == ""


async def test_a_telephone_with_a_dial_sets_it_too(here: World) -> None:
    maria = here.phone("fxs-1")
    maria.lifts()
    await asyncio.sleep(1.0)
    await maria.telephone.pulse(f"{Codes().without_star}55")
    await maria.hears("enter-wake-up-time")
    await maria.telephone.pulse("0645")
    await maria.hears("wake-up-set", "goodbye")
    await maria.puts_down()


async def test_it_rings_three_times_and_wakes_whoever_lifts(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*55")
    await maria.presses("0930", at="enter-wake-up-time")
    await maria.hears("wake-up-set", "goodbye")
    await maria.puts_down()
    rang = []
    for _ in range(2):
        await maria.rings(within=1200)
        rang.append(round((here.appliance.now() - HALF_PAST_NINE.at).total_seconds()))
        await asyncio.sleep(60)
    await maria.answers(within=1200)
    await maria.hears("wake-up", "wake-up", "goodbye")
    await maria.puts_down()
    assert rang == [0, 180]
    assert [call[1] for call in here.outcomes()] == ["changed", "no-answer", "no-answer", "woken"]
    await asyncio.sleep(3600)
    assert len(here.outcomes()) == 4


def wanted_before_the_restart(data: Path) -> None:
    SwitchStore(DataFolder(data).switches).save(
        {
            HALF_PAST_NINE.switch: Switch(HALF_PAST_NINE.written, HALF_PAST_NINE.over),
            wake_up_switch("surgery"): Switch(f"{datetime(2026, 3, 3, 14, 10, tzinfo=UTC).isoformat()} 0"),
            wake_up_switch("a telephone that is gone"): Switch(f"{MORNING.isoformat()} 0"),
        }
    )


async def test_it_survives_a_restart_and_one_that_was_missed_by_minutes_rings_at_once() -> None:
    async with world(spoil=wanted_before_the_restart) as here:
        tom, maria = here.phone("fxs-2"), here.phone("fxs-1")
        await tom.answers()
        await tom.hears("wake-up")
        await tom.puts_down()
        await maria.rings(within=1200)
        assert here.appliance.now() >= HALF_PAST_NINE.at
        maria.lifts()
        await maria.hears("wake-up")
        await maria.puts_down()
        assert here.appliance.switches.standing("wake-up/") == {}


async def test_a_unit_that_stops_while_it_rings_says_so_in_the_log_and_does_not_forget_it() -> None:
    def wanted(data: Path) -> None:
        SwitchStore(DataFolder(data).switches).save({HALF_PAST_NINE.switch: Switch(HALF_PAST_NINE.written)})

    async with world(spoil=wanted) as here:
        await here.phone("fxs-1").rings(within=1200)
        appliance = here.appliance
        await appliance.switchboard.close()
        await appliance.unit_calls.close()
        assert [call[1] for call in here.outcomes()] == ["interrupted"]
        switches = appliance.switches.standing("wake-up/")
    assert switches == {HALF_PAST_NINE.switch: HALF_PAST_NINE.written}


async def test_a_fault_in_looking_what_is_due_stops_no_call(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise KeyError("front desk")

    monkeypatch.setattr(WakeUps, "look", fails)
    await here.appliance.switches.flip(HALF_PAST_NINE.switch, HALF_PAST_NINE.written)
    called = here.subscriber("911", behaviour="answers")
    surgery = await here.phone("fxs-2").dials("911")
    await called.lifted()
    surgery.hangs_up()
    await here.all_is_free()
    assert here.appliance.faults == ["calls that the unit makes by itself failed: KeyError"]
