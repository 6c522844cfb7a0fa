"""An office with a line and a telephone on a board of one's own making: a call over both."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from appliance.calls.trunk_protocol import State
from appliance.office.gpioboard import GpioBoard, GpioTelephone, GpioTrunk
from appliance.office.model import Office
from hw.audio import level_dbm0
from hw.gpiocard.card import GpioCard
from hw.linecard import RingRefused
from hw.sim.exchange import Exchange
from hw.sim.gpioboard import SimBoard
from hw.tones.toneplan import tone_plan
from tests.calls.hearing import until
from tests.calls.world import world
from tests.hw.gpioworld import FXO, FXS, LINES, TRUNK
from tests.hw.linecard_bench import TONE


def on_the_board(office: Office) -> Office:
    """Its first line and its first telephone are the board's."""
    (main, *trunks), (desk, *stations) = office.trunks, office.stations
    return replace(
        office,
        trunks=(replace(main, port=FXO), *trunks),
        stations=(replace(desk, port=FXS), *stations),
        gpio=GpioBoard((GpioTelephone(port=FXS),), (GpioTrunk(port=FXO),)),
    )


async def test_a_caller_reaches_the_telephone_on_the_board_and_the_two_talk() -> None:
    town = Exchange(tone_plan("us"), lambda: datetime(2026, 3, 3, 9, 15, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder, SimBoard(town, LINES, Path(folder), {FXO: TRUNK}) as board:
        jane, maria = town.subscriber("5550199", "JANE ROE"), town.telephones[FXS]
        await town.start()
        board.start()
        card = GpioCard(LINES, tone_plan("us"), make_pace=board.pace, guarded=False)
        async with world(on_the_board, beside=card) as here:
            jane.lift()
            await asyncio.sleep(1)
            await jane.press(TRUNK)
            await until(lambda: board.daas[FXO].line.closed, 15)
            await asyncio.sleep(3)
            await jane.press("101")
            await until(lambda: maria.ringing, 10)
            await until(lambda: maria.caller_id is not None, 5)
            maria.lift()
            await asyncio.sleep(1.5)
            heard: dict[str, list[float]] = {"jane": [], "maria": []}
            jane.listeners.append(lambda frame: heard["jane"].append(level_dbm0(frame)))
            maria.listeners.append(lambda frame: heard["maria"].append(level_dbm0(frame)))
            await jane.send(TONE)
            assert (max(heard["maria"]) > -25, max(heard["jane"]) < -30) == (True, True)
            heard["jane"].clear()
            await maria.send(TONE)
            assert max(heard["jane"]) > -25
            jane.hang_up()
            await here.all_is_free()
            maria.hang_up()
            assert [call[:2] for call in here.outcomes()] == [("main", "connected")]
            assert (maria.caller_id and maria.caller_id.number, board.slics[FXS].misuse) == ("5550199", [])
        board.stop()
        await town.close()


async def test_a_telephone_whose_chip_cannot_be_used_is_not_said_to_be_busy() -> None:
    """Whoever calls it is told that nobody answers, and the page that it is not connected."""
    town = Exchange(tone_plan("us"), lambda: datetime(2026, 3, 3, 9, 15, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder, SimBoard(town, LINES, Path(folder), {FXO: TRUNK}) as board:
        board.gpio.busy.add(LINES[0].pins.hook)
        await town.start()
        board.start()
        card = GpioCard(LINES, tone_plan("us"), make_pace=board.pace, guarded=False)
        async with world(on_the_board, beside=card) as here:
            desk = here.appliance.lines.stations["front desk"]
            assert (desk.connected, desk.dead_because) == (False, "its pins cannot be used")
            assert isinstance(await desk.ring(None), RingRefused)
            board.gpio.busy.clear()
            await asyncio.sleep(35)
            assert (desk.connected, desk.dead_because) == (True, "")
        board.stop()
        await town.close()


async def test_a_caller_who_comes_while_the_line_hears_itself_is_answered_as_any_other() -> None:
    town = Exchange(tone_plan("us"), lambda: datetime(2026, 3, 3, 9, 15, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder, SimBoard(town, LINES, Path(folder), {FXO: TRUNK}) as board:
        jane = town.subscriber("5550199", "JANE ROE")
        await town.start()
        board.start()
        card = GpioCard(LINES, tone_plan("us"), make_pace=board.pace, guarded=False)
        async with world(on_the_board, beside=card) as here:
            jane.lift()
            await asyncio.sleep(1)
            dialling = asyncio.create_task(jane.press(TRUNK))
            while not town.lines[TRUNK].script.running:  # noqa: ASYNC110 - the exchange tells nobody
                await asyncio.sleep(0.01)
            card.fxo[0].begin_try()
            await dialling
            heard: list[float] = []
            jane.listeners.append(lambda frame: heard.append(level_dbm0(frame)))
            trunk = next(one for one in here.appliance.lines.trunks if one.port == FXO)
            await until(lambda: trunk.state is State.UP, 15)
            heard.clear()
            await asyncio.sleep(3)
            assert max(heard) > -35  # The greeting.
            jane.hang_up()
            await here.all_is_free()
        board.stop()
        await town.close()
