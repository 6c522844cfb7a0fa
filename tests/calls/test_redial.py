"""What was busy is tried again, and both ends are rung once it is free."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from appliance.calls.guard import LOCKED, lock_switch
from appliance.control.folder import DataFolder
from appliance.office.logins import login_switch
from appliance.office.model import Office
from appliance.office.redial import EVERY, LONGEST, MOST_TRIES, NOT_LIFTED, Redial
from appliance.store.switches import Switch, SwitchStore
from hw.cleared import Cleared
from tests.calls.farlines import FarWorld
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import MORNING, World, world

JANE = "4075550177"
OUT_SECONDS = 20.0
TRIED_SECONDS = EVERY.total_seconds() + OUT_SECONDS


async def finds_busy(here: World, number: str) -> Phone:
    """Maria calls somebody who is busy, and asks for both to be rung."""
    maria = await here.phone("fxs-1").dials(number)
    await asyncio.sleep(OUT_SECONDS)
    await maria.puts_down()
    await maria.dials("*66")
    await maria.hears("redial-number" if number.startswith("9") else "redial-name", "goodbye")
    await maria.puts_down_at_once()
    return maria


async def test_a_colleague_who_is_free_is_rung_once_the_asker_has_lifted(here: World) -> None:
    tom = here.phone("fxs-2")
    tom.lifts()
    maria = await finds_busy(here, "102")
    await asyncio.sleep(60)
    assert not maria.ringing
    tom.hangs_up()
    await maria.answers()
    await tom.answers()
    await asyncio.sleep(1.0)
    tom.hangs_up()
    await maria.puts_down()
    assert here.outcomes()[-1][:2] == ("front desk", "connected")
    await asyncio.sleep(600)
    assert not maria.ringing


async def test_a_colleague_who_talks_again_is_rung_as_soon_as_that_is_over(far: FarWorld) -> None:
    far.ruth.lifts("104")
    await far.nina.answers()
    far.maria.lifts("103")
    await far.maria.hears("on-the-phone")
    far.maria.hangs_up()
    far.maria.lifts("*66")
    await far.maria.hears("redial-name", "goodbye")
    far.maria.hangs_up()
    far.ruth.hangs_up()
    await far.maria.rings()
    shown = far.maria.shown[-1]
    assert shown is not None
    assert shown.name == "Ruth Olsen"
    far.ruth.lifts("104")
    far.maria.lifts()
    await far.maria.hears("busy-again", "goodbye")
    far.maria.hangs_up()
    far.ruth.hangs_up()
    await far.maria.answers()
    await far.ruth.answers()
    await until(lambda: far.maria.is_hearing(far.ruth))
    far.maria.hangs_up()
    far.nina.hangs_up()
    await far.all_is_free()


def asked_before_the_restart(data: Path) -> None:
    asked, over = Redial("front desk", "102"), Redial("billing", "102")
    SwitchStore(DataFolder(data).switches).save(
        {
            asked.switch: Switch("before", MORNING + LONGEST / 2),
            over.switch: Switch("long before", MORNING - LONGEST),
        }
    )


async def test_it_outlasts_a_restart_until_its_half_hour_is_over() -> None:
    async with world(spoil=asked_before_the_restart) as here:
        await here.phone("fxs-1").answers()
        await here.phone("fxs-2").answers()
        assert not here.phone("fxs-3").ringing
        here.phone("fxs-2").hangs_up()
        await here.phone("fxs-1").puts_down()
        assert here.appliance.switches.standing("redial/") == {}


async def test_a_number_outside_is_tried_every_minute_and_connected(here: World) -> None:
    jane = here.subscriber(JANE)
    jane.lifts()
    maria = await finds_busy(here, f"9{JANE}")
    await asyncio.sleep(2 * TRIED_SECONDS)
    assert not maria.ringing
    jane.hangs_up()
    await maria.answers(within=TRIED_SECONDS)
    await jane.answers()
    await asyncio.sleep(2.0)
    assert "fxo-4" in [connected.loop.name for connected in here.exchange.lines[JANE].hears]
    await maria.puts_down()
    assert here.outcomes()[-1][:2] == ("front desk", "dialled-out")
    jane.hangs_up()
    await until(lambda: here.trunk_states() == ["idle"] * 4)


async def test_whoever_answers_outside_first_is_asked_to_wait_and_told_when_nobody_comes(here: World) -> None:
    jane = here.subscriber(JANE)
    jane.lifts()
    maria = await finds_busy(here, f"9{JANE}")
    jane.hangs_up()
    await jane.answers(within=TRIED_SECONDS)
    await jane.says("Hello, this is Jane Roe.")
    await jane.hears("hold-for-call", "call-not-taken")
    jane.hangs_up()
    await until(lambda: not maria.ringing)
    await asyncio.sleep(2 * NOT_LIFTED.total_seconds())
    assert not jane.ringing


async def finds_busy_by_sip(far: FarWorld) -> None:
    """The same on telephones and lines that tell all apart from the sound."""
    gate = far.card.trunk("gate-2")

    def busy() -> None:
        gate.proceeds()
        asyncio.get_running_loop().call_later(0.3, gate.leaves, Cleared.BUSY)

    gate.on_seized = busy
    far.maria.lifts(f"9{JANE}")
    await until(lambda: not far.maria.off_hook)
    far.maria.lifts("*66")
    await far.maria.hears("redial-number", "goodbye")
    await until(lambda: not far.maria.off_hook)


async def test_it_is_given_up_behind_as_many_tries_as_are_allowed(far: FarWorld) -> None:
    await finds_busy_by_sip(far)
    gate = far.card.trunk("gate-2")
    await asyncio.sleep(3600)
    assert gate.seized == [JANE] * (1 + MOST_TRIES)
    far.maria.lifts("*65")
    await far.maria.hears("redial-none", "goodbye")
    far.maria.hangs_up()
    await far.all_is_free()


async def test_it_is_given_up_by_code(far: FarWorld) -> None:
    await finds_busy_by_sip(far)
    await asyncio.sleep(TRIED_SECONDS)
    far.maria.lifts("*65")
    await far.maria.hears("redial-ended", "goodbye")
    far.maria.hangs_up()
    await far.all_is_free()
    gate = far.card.trunk("gate-2")
    tried = len(gate.seized)
    assert tried > 1
    await asyncio.sleep(600)
    assert len(gate.seized) == tried


async def test_one_line_stays_free_for_whoever_calls(far: FarWorld) -> None:
    await finds_busy_by_sip(far)
    far.card.trunk("gate-1").loses_battery(True)
    tom = await far.here.phone("fxs-2").dials("95550199")
    gate = far.card.trunk("gate-2")
    gate.on_seized = gate.proceeds
    await until(lambda: far.here.appliance.lines.trunks[2].leg is not None, OUT_SECONDS)
    tried = len(gate.seized)
    await asyncio.sleep(5 * TRIED_SECONDS)
    assert len(gate.seized) == tried
    tom.hangs_up()


def with_one_line(office: Office) -> Office:
    return replace(office, trunks=office.trunks[:1])


async def test_no_emergency_call_is_tried_again_nor_any_number_where_there_is_one_line() -> None:
    async with world(with_one_line) as here:
        for number in ("911", f"9{JANE}"):
            maria = await here.phone("fxs-1").dials(number)
            await until(lambda: here.appliance.lines.trunks[0].leg is not None, OUT_SECONDS)
            await maria.puts_down()
            await maria.dials("*66")
            await maria.hears("redial-impossible", "goodbye")
            await maria.puts_down()


async def test_nothing_outside_is_tried_again_for_a_telephone_that_is_locked(far: FarWorld) -> None:
    far.maria.lifts(f"9{JANE}")
    await until(lambda: far.card.trunk("gate-2").seized == [JANE])
    far.maria.hangs_up()
    await far.all_is_free()
    await far.here.appliance.switches.flip(lock_switch("front desk"), LOCKED)
    far.maria.lifts("*66")
    await far.maria.hears("redial-impossible", "goodbye")
    far.maria.hangs_up()
    await far.all_is_free()


async def test_a_telephone_does_not_wait_for_itself(far: FarWorld) -> None:
    far.nina.lifts("103")
    await far.ruth.rings()
    far.nina.hangs_up()
    await far.all_is_free()
    await far.here.appliance.switches.flip(login_switch("lab"), "ruth")
    far.nina.lifts("*66")
    await far.nina.hears("redial-impossible", "goodbye")
