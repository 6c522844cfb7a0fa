"""Each promise is seen to be broken where something breaks it, and only then. What breaks it is done from outside."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from appliance.prompts.library import PromptLibrary, default_cache
from appliance.scenario import actions as act
from appliance.simulation import words
from appliance.simulation.hand import Hand
from appliance.simulation.office import Cast, cast, setting_of
from appliance.simulation.promises import LOOKS_S, Watch
from appliance.simulation.running import FIRST_DAY, watched
from appliance.simulation.silence import RINGBACK_PAUSE_S
from appliance.simulation.town import Town
from appliance.store.calllog import CallRecord
from hw.panel.led import LedPattern
from tests.calls.hearing import until

CUT_OFF_S = 0.4


@pytest.fixture(scope="module")
def prompts() -> PromptLibrary:
    return PromptLibrary(default_cache())


@pytest.fixture(scope="module")
def players() -> Cast:
    return cast(setting_of(None, CUT_OFF_S), FIRST_DAY)


@pytest.fixture
def here(players: Cast, prompts: PromptLibrary, tmp_path: Path) -> AbstractAsyncContextManager[tuple[Town, Watch]]:
    return watched(players, prompts, tmp_path, Path())


def kinds(watching: Watch) -> list[str]:
    return [one.kind for one in watching.violations]


async def quiet(town: Town) -> None:
    await until(lambda: town.quiet, within=60)
    await asyncio.sleep(12)


async def leaves_a_message(alice: Hand) -> None:
    await alice.dials("5550100")
    await until(lambda: alice.town.trunk_answered(alice.telephone.name), within=15)
    await alice.presses("3")
    await until(lambda: alice.sound.behind_beep)
    await alice.waits(0.6)
    await alice.says(words.MESSAGE)
    alice.hangs_up()
    await quiet(alice.town)


async def test_a_message_that_is_left_and_kept_breaks_no_promise(here):
    town, watching = here
    await leaves_a_message(town.hands["Alice"])
    await watching.rest()
    assert watching.violations == []
    assert town.environment.led.pattern is LedPattern.SLOW


async def test_a_message_that_nobody_deleted_is_missed(here):
    town, watching = here
    await leaves_a_message(town.hands["Alice"])
    await watching.rest()
    (message,) = town.environment.appliance.messages.list("office")
    shutil.rmtree(message.path.parent)
    await quiet(town)  # The unit notices, and darkens the lamps.
    await watching.rest()
    assert kinds(watching) == ["a message is lost or there twice"]
    assert watching.violations[0].proof == "mailbox office has 1 new messages"


async def test_lamps_that_are_dark_though_there_is_a_message_are_seen(here):
    town, watching = here
    await leaves_a_message(town.hands["Alice"])
    town.environment.led.show(LedPattern.OFF)
    town.hands["front desk"].telephone.lamp = False
    await watching.rest()
    assert [(one.kind, one.what) for one in watching.violations] == [
        ("a lamp is wrong", "the LED"),
        ("a lamp is wrong", "front desk"),
    ]


async def test_a_message_that_does_not_reach_the_store_is_missed(here, monkeypatch):
    town, watching = here
    monkeypatch.setattr(town.environment.appliance.messages, "list", lambda _mailbox: [])
    await leaves_a_message(town.hands["Alice"])
    await watching.rest()
    assert kinds(watching)[0] == "a message is lost or there twice"


async def test_a_line_that_is_seized_without_a_call_is_seen(here):
    town, watching = here
    town.environment.exchange.card.fxo[1].seize()
    town.act(act.Fault("line 3", "noise"))  # Anything that is done lets the watch begin.
    await asyncio.sleep(15)
    assert kinds(watching) == ["a line is off hook without a call"]
    assert watching.violations[0].proof == "line 2 is idle within 1s"


async def test_a_caller_on_a_line_that_says_nothing_meets_silence(here):
    town, watching = here
    alice = town.hands["Alice"]
    await alice.dials("5550101")
    await until(lambda: alice.sound.behind_ringback)
    town.environment.exchange.card.fxo[1].attach(lambda _event: None, lambda _frame: None)
    town.environment.exchange.card.fxo[1].seize()
    await asyncio.sleep(2.5)
    assert watching.violations == []
    await asyncio.sleep(RINGBACK_PAUSE_S + LOOKS_S - 2.5)
    assert "a caller meets silence" in kinds(watching)


async def test_a_caller_who_is_asked_for_a_key_waits_in_silence_and_breaks_no_promise(here):
    town, watching = here
    alice = town.hands["Alice"]
    await alice.dials("5550100")
    await until(lambda: alice.sound.quiet_s > 4.5, within=40)
    assert watching.violations == []


async def test_whoever_hears_a_cell_phone_without_the_key_is_seen(here):
    """The exchange connects them, as if the unit had."""
    town, watching = here
    alice, cell = town.hands["Alice"], town.hands["MariaCell"]
    await alice.dials(cell.telephone.name)
    await until(lambda: cell.ringing)
    cell.lifts()
    await cell.waits(0.5)
    await cell.says(words.GREETING)
    await cell.waits(1)
    assert "somebody is connected without the key" in kinds(watching)


async def test_whoever_has_pressed_the_key_may_be_heard(here):
    town, watching = here
    alice, cell = town.hands["Alice"], town.hands["MariaCell"]
    await alice.dials(cell.telephone.name)
    await until(lambda: cell.ringing)
    cell.lifts()
    await cell.waits(0.5)
    await cell.presses("1")
    await cell.says(words.GREETING)
    await cell.waits(1)
    assert watching.violations == []


async def test_two_who_speak_at_the_same_time_on_lines_of_their_own_are_not_connected(here):
    """A caller talks to the menu, while a cell phone talks to somebody else."""
    town, watching = here
    alice, boris, cell = town.hands["Alice"], town.hands["Boris"], town.hands["MariaCell"]
    await alice.dials("5550100")
    await boris.dials(cell.telephone.name)
    await until(lambda: cell.ringing)
    town.act(act.Presses("MariaCell", "2"))  # Nothing: it is on hook.
    cell.lifts()
    await cell.waits(0.5)
    await cell.says(words.GREETING)
    await cell.waits(1)
    assert [one.what for one in watching.violations] == ["Boris hears MariaCell, where no key was pressed"]


async def test_an_emergency_call_that_does_not_go_out_is_seen(here):
    town, watching = here
    town.environment.exchange.congest(town.help_number)
    town.begins(town.hands["surgery"].dials(town.help_number), "an emergency")
    await asyncio.sleep(40)
    assert "an emergency call does not go out" in kinds(watching)


async def test_an_emergency_call_that_goes_out_breaks_no_promise(here):
    """Nor does it when it is over, and the telephones of those who are to be told ring on."""
    town, watching = here
    surgery = town.hands["surgery"]
    town.begins(surgery.dials(f"9{town.help_number}"), "an emergency")
    await asyncio.sleep(27)
    surgery.hangs_up()
    await asyncio.sleep(15)
    assert town.hands["front desk"].ringing
    assert watching.violations == []


async def test_an_open_record_and_a_forgotten_task_are_seen(here):
    town, watching = here
    unit = town.environment.appliance
    began = unit.now()
    unit.calls.begin(CallRecord(id="x", started=began, direction="in", line="main"))
    forgotten = asyncio.create_task(asyncio.sleep(1000), name="forgotten")
    await watching.rest()
    forgotten.cancel()
    assert [(one.kind, one.what) for one in watching.violations] == [
        ("a record is open", f"the call on main that began at {began:%H:%M:%S}"),
        ("a task is left", "forgotten"),
    ]


async def test_timers_that_go_on_at_rest_are_seen(here):
    _town, watching = here

    async def ticks() -> None:
        for _ in range(1000):
            await asyncio.sleep(0.02)

    ticking = asyncio.create_task(ticks(), name="ticks")
    await watching.rest()
    ticking.cancel()
    assert [(one.kind, one.what) for one in watching.violations] == [
        ("timers go on at rest", "50 timers a second at rest"),
        ("a task is left", "ticks"),
    ]


async def gives_up_at_the_menu(alice: Hand) -> None:
    await alice.dials("5550100")
    await until(lambda: alice.town.trunk_answered(alice.telephone.name), within=15)
    await alice.waits(2)
    alice.hangs_up()
    await quiet(alice.town)


async def test_a_caller_who_gives_up_is_in_the_list_and_breaks_no_promise(here):
    town, watching = here
    await gives_up_at_the_menu(town.hands["Alice"])
    await watching.rest()
    assert watching.violations == []
    (lost,) = await town.environment.appliance.lost_callers.waiting_for(None, town.environment.office)
    assert lost.number == "4075550170"


async def test_a_caller_who_gives_up_and_is_in_no_list_is_missed(here, monkeypatch):
    town, watching = here

    async def forgets(*_call: object) -> None:
        """The list is as it was."""

    monkeypatch.setattr(town.environment.appliance.lost_callers, "left", forgets)
    await gives_up_at_the_menu(town.hands["Alice"])
    await watching.rest()
    assert [one.kind for one in watching.violations] == ["a caller is forgotten"]
    assert watching.violations[0].what.startswith("4075550170 on main at ")


async def test_a_power_cut_in_a_message_loses_neither_the_one_before_nor_the_lamp(here):
    town, watching = here
    alice, boris = town.hands["Alice"], town.hands["Boris"]
    await leaves_a_message(alice)
    await boris.dials("5550100")
    await until(lambda: town.trunk_answered(boris.telephone.name), within=15)
    await boris.presses("3")
    await until(lambda: boris.sound.behind_beep)
    town.begins(boris.says(words.MESSAGE), "a message")
    await boris.waits(2)
    await town.do(act.PowerFails(6.0))
    boris.hangs_up()
    await quiet(town)
    await watching.rest()
    assert watching.violations == []
    assert "4075550170" in [one.caller_number for one in town.environment.appliance.messages.list("office")]
