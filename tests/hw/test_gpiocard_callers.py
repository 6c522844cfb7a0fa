"""A line of the exchange that is seized to hear itself costs no caller."""

from __future__ import annotations

import asyncio

from hw.audio import level_dbm0
from hw.gpiocard.ports import CALLER_KEPT_S, QUIET_S
from hw.linecard import RingStarted, RingStopped
from hw.sim.telephone import Telephone
from tests.hw.gpioworld import FXO, TRUNK, GpioWorld, gpio_world
from tests.hw.linecard_bench import TONE, Listener


def seizures(world: GpioWorld) -> list[float]:
    """When the line is seized from now on."""
    line, at = world.board.daas[FXO].line, []
    closed = [line.closed]

    def look() -> None:
        if line.closed and not closed[0]:
            at.append(asyncio.get_running_loop().time())
        closed[0] = line.closed

    line.source_watchers.append(look)
    return at


async def test_a_line_is_not_seized_in_the_pauses_of_its_ringing() -> None:
    async with gpio_world() as world:
        seized, circuit = seizures(world), world.exchange.lines[TRUNK]
        told = Listener(world.card.fxo[0])
        circuit.script.run(circuit.ring(None))
        await asyncio.sleep(20)
        assert (told.events.count(RingStarted()), seized) == (4, [])
        world.card.fxo[0].seize()
        await asyncio.sleep(1)
        world.card.fxo[0].release()
        circuit.stop()
        seized.clear()
        await asyncio.sleep(QUIET_S + 1.0)
        assert len(seized) == 1


async def caller_in_the_try(world: GpioWorld) -> tuple[Telephone, Listener]:
    """Jane dials, and before the first ring the line is seized to hear itself: that has answered her."""
    told, jane = Listener(world.card.fxo[0]), world.exchange.subscriber("5550199", "JANE ROE")
    jane.lift()
    await asyncio.sleep(1)
    dialling = asyncio.create_task(jane.press(TRUNK))
    while not world.exchange.lines[TRUNK].script.running:  # noqa: ASYNC110 - the exchange tells nobody
        await asyncio.sleep(0.01)
    world.card.fxo[0].begin_try()
    await dialling
    return jane, told


async def test_a_caller_who_comes_just_then_is_told_as_a_ring_and_kept_until_somebody_answers() -> None:
    async with gpio_world() as world:
        port, line = world.card.fxo[0], world.board.daas[FXO].line
        jane, told = await caller_in_the_try(world)
        await asyncio.sleep(6)
        assert told.events == [RingStarted(), RingStopped()]
        assert (line.closed, port.off_hook) == (True, False)
        port.seize()
        await asyncio.sleep(0.5)
        told.heard()
        await jane.send(TONE)
        assert max(level_dbm0(frame) for frame in told.frames) > -25
        port.release()
        await asyncio.sleep(1)
        assert not line.closed


async def test_a_caller_whom_nobody_answers_is_given_up() -> None:
    async with gpio_world() as world:
        _jane, _told = await caller_in_the_try(world)
        await asyncio.sleep(4 + CALLER_KEPT_S)
        assert not world.board.daas[FXO].line.closed


async def test_a_line_that_gives_dial_tone_late_has_no_caller() -> None:
    async with gpio_world() as world:
        port, circuit = world.card.fxo[0], world.exchange.lines[TRUNK]
        told = Listener(port)
        port.begin_try()
        await asyncio.sleep(0.05)
        circuit.stop()  # The exchange is busy, and gives no dial tone yet.
        await asyncio.sleep(1.8)
        assert world.board.daas[FXO].line.closed
        circuit.play(world.exchange.plan.dial)
        await asyncio.sleep(3)
        assert (told.events, world.board.daas[FXO].line.closed) == ([], False)
