"""What goes wrong with a card of one's own making: told in words, over by itself, and of no other line's concern."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from hw.audio import level_dbm0
from hw.gpiocard.pace import Pace, PacedStep
from hw.gpiocard.pinmap import BoardLine, DaaPins, SlicPins
from hw.gpiocard.ports import QUIET_S
from hw.linecard import BatteryLost, BatteryRestored, FxsPort, LineError, LoopBroken, OffHook, OnHook, RingStarted
from hw.sim.codec import CodecBehaviour
from hw.sim.gpioboard import SimBoard
from tests.hw.gpioworld import CODEC, FXO, FXS, LINES, GpioWorld, gpio_world
from tests.hw.linecard_bench import TONE, Listener

SLIC, DAA = SlicPins(), DaaPins()
HEARD_S = QUIET_S + 2.5
"""A line has been quiet then, and has heard itself."""


def is_dead(world: GpioWorld) -> bool:
    """The line to the exchange counts as dead, and the telephone is not rung."""
    fxo, fxs = world.card.fxo[0], world.card.fxs[0]
    try:
        fxs.ring((1.0, 2.0))
    except LineError:
        return not fxo.battery
    fxs.stop_ring()
    return False


async def test_every_line_has_heard_itself_before_it_is_called_healthy() -> None:
    async with gpio_world() as world:
        assert world.card.status()["faults"] == {FXO: "it has not heard itself yet"}
        await asyncio.sleep(HEARD_S)
        assert world.card.status()["faults"] == {}
        assert not world.board.daas[FXO].line.held
        assert (world.faults, is_dead(world)) == ([], False)


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        ("noise", "hears only noise"),
        ("refuses", "refuses 8000 Hz in stereo"),
        ("gone", "No such file or directory"),
        ("dumb", "gives no sound any more"),
    ],
)
async def test_a_codec_that_fails_makes_its_lines_dead_until_it_works(behaviour: CodecBehaviour, told: str) -> None:
    async with gpio_world(before=lambda board: board.codec(CODEC, behaviour)) as world:
        line = Listener(world.card.fxo[0])
        await asyncio.sleep(HEARD_S)
        assert (any(told in fault for fault in world.faults), is_dead(world)) == (True, True)
        assert told in " ".join(world.card.status()["faults"].values())
        world.board.codec(CODEC, "works")
        await asyncio.sleep(45)
        assert (world.faults, is_dead(world), world.card.status()["faults"]) == ([], False, {})
        assert line.events[-1:] == [BatteryRestored()]


async def test_a_line_that_does_not_hear_itself_is_told_once_and_seized_ever_more_seldom() -> None:
    async with gpio_world(before=lambda board: board.codec(CODEC, "noise")) as world:
        await asyncio.sleep(HEARD_S)
        told: list[tuple[str, bool]] = []
        world.card.on_fault = lambda fault, there: told.append((fault, there))
        line, seized = world.board.daas[FXO].line, []
        line.source_watchers.append(lambda: seized.append(line.closed))
        await asyncio.sleep(120)
        assert (told, sum(seized)) == ([], 2)  # After 30 and 90 s.


async def test_a_codec_that_vanishes_in_a_call_ends_it_and_comes_back_by_itself() -> None:
    async with gpio_world() as world:
        line, telephone = Listener(world.card.fxo[0]), Listener(world.card.fxs[0])
        world.card.fxo[0].seize()
        world.telephone.lift()
        await asyncio.sleep(1)
        world.board.codec(CODEC, "gone")
        await asyncio.sleep(3)
        assert (line.events, telephone.events) == ([LoopBroken()], [OffHook()])
        world.card.fxo[0].release()
        world.telephone.hang_up()
        await asyncio.sleep(2)
        assert (line.events[1:], telephone.events[1:]) == ([BatteryLost()], [OnHook()])
        world.board.codec(CODEC, "works")
        await asyncio.sleep(15)
        assert (line.events[2:], world.faults) == ([BatteryRestored()], [])


async def test_the_lines_of_another_codec_serve_on() -> None:
    lines = (LINES[0], replace(LINES[1], codec="codec1", side="left"))
    async with gpio_world(lines=lines, before=lambda board: board.codec("codec1", "gone")) as world:
        telephone = Listener(world.card.fxs[0])
        world.telephone.lift()
        await asyncio.sleep(0.5)
        telephone.heard()
        await asyncio.sleep(1)
        assert (telephone.events, len(telephone.frames) > 45, world.card.fxo[0].battery) == ([OffHook()], True, False)


async def test_a_pin_that_is_taken_concerns_its_line_alone_until_it_is_free() -> None:
    def take(board: SimBoard) -> None:
        board.gpio.busy.add(SLIC.hook)

    async with gpio_world(before=take) as world:
        assert world.faults == [
            f"{FXS}: GPIO {SLIC.hook} cannot be used: 'GPIO busy': "
            "another program, or 1-Wire, uses this pin: choose another one, or stop that"
        ]
        line = Listener(world.card.fxo[0])
        world.exchange.lines["5550100"].script.run(world.exchange.lines["5550100"].ring(None))
        await asyncio.sleep(1)
        assert line.events == [RingStarted()]
        world.exchange.lines["5550100"].stop()
        world.board.gpio.busy.clear()
        await asyncio.sleep(35)
        telephone = Listener(world.card.fxs[0])
        world.telephone.lift()
        await asyncio.sleep(0.5)
        assert (telephone.events, world.faults) == ([OffHook()], [])


async def test_without_any_pins_the_card_starts_and_says_why_its_lines_are_dead() -> None:
    def take_all(board: SimBoard) -> None:
        board.gpio.broken = dict.fromkeys(range(28), "Cannot determine SOC peripheral base address")

    async with gpio_world(before=take_all) as world:
        line = Listener(world.card.fxo[0])
        await asyncio.sleep(2)
        assert [("rpi-lgpio" in fault) for fault in world.faults] == [True, True]
        assert (world.card.fxo[0].battery, line.events) == (False, [BatteryLost()])
        with pytest.raises(LineError):
            world.card.fxs[0].ring((1.0, 2.0))
        world.card.fxs[0].break_loop(500)
        world.card.fxo[0].seize()
        await asyncio.sleep(2)
        world.card.fxo[0].release()


async def test_a_pin_that_chatters_is_not_believed_until_it_is_calm() -> None:
    async with gpio_world() as world:
        told = Listener(world.card.fxs[0])
        for n in range(3000):
            world.board.gpio.drive(SLIC.hook, n % 2 == 0)
            await asyncio.sleep(0.001)
        assert world.faults == [f"{FXS}: SHK changes wildly or cannot be read: its telephone is not seen"]
        assert len(told.events) < 4
        await asyncio.sleep(12)
        assert world.faults == []
        told.events.clear()
        world.telephone.lift()
        await asyncio.sleep(0.5)
        assert told.events == [OffHook()]


async def test_a_pin_that_can_no_longer_be_read_is_told_until_it_can() -> None:
    async with gpio_world() as world:
        told = Listener(world.card.fxs[0])
        world.board.gpio.broken[SLIC.hook] = "broken"
        world.telephone.lift()
        await asyncio.sleep(1)
        assert (told.events, len(world.faults)) == ([], 1)
        await asyncio.sleep(20)
        assert (told.events, len(world.faults)) == ([], 1)
        world.board.gpio.broken.clear()
        await asyncio.sleep(15)
        assert (told.events, world.faults) == ([OffHook()], [])


async def test_a_chip_that_has_switched_itself_off_is_left_to_cool_and_works_again() -> None:
    async with gpio_world() as world:
        told = Listener(world.card.fxs[0])
        world.telephone.lift()
        await asyncio.sleep(1)
        world.board.slics[FXS].overheat()
        await asyncio.sleep(5)
        assert told.events == [OffHook(), OnHook()]
        assert world.faults == [f"the chip of {FXS} has switched itself off, maybe as it is too hot"]
        world.telephone.hang_up()
        await asyncio.sleep(40)
        assert world.faults == []
        world.telephone.lift()
        await asyncio.sleep(0.5)
        assert told.events[2:] == [OffHook()]


async def test_a_pin_that_fails_while_it_rings_ends_the_ringing_and_is_tried_at_the_next() -> None:
    async with gpio_world() as world:
        port, line = world.card.fxs[0], world.board.slics[FXS].line
        port.ring((2.0, 4.0))
        await asyncio.sleep(0.5)
        world.board.gpio.broken[SLIC.forward] = "broken"
        await asyncio.sleep(0.2)
        assert not line.ringing
        assert not world.board.gpio.level(SLIC.ring_mode)
        assert world.faults == [f"{FXS} cannot be rung: GPIO {SLIC.forward} cannot be switched: broken"]
        world.board.gpio.broken.clear()
        await asyncio.sleep(6)
        assert (line.ringing, world.faults) == (True, [])
        port.stop_ring()


class RingThreads:
    """What rings, with a switch that makes it do nothing more. made: every one there was."""

    def __init__(self, board: SimBoard) -> None:
        self.made: list[Pace] = []
        self.stuck = False
        self._board = board

    def __call__(self, name: str, step: PacedStep, now: Callable[[], float]) -> Pace:
        if name != "ringing":
            return self._board.pace(name, step, now)
        self.stuck = False
        self.made.append(self._board.pace(name, lambda: 60.0 if self.stuck else step(), now))
        return self.made[-1]


@pytest.mark.parametrize("how", ["stuck", "dead"])
async def test_a_ring_thread_that_fails_leaves_no_ring_voltage_and_is_replaced(how: str) -> None:
    threads: list[RingThreads] = []

    def pace(board: SimBoard) -> RingThreads:
        threads.append(RingThreads(board))
        return threads[0]

    async with gpio_world(pace=pace) as world:
        port, line = world.card.fxs[0], world.board.slics[FXS].line
        port.ring((2.0, 4.0))
        await asyncio.sleep(0.5)
        assert line.ringing
        threads[0].stuck = how == "stuck"
        if how == "dead":
            threads[0].made[0].stop()
        await asyncio.sleep(0.45)
        assert (line.ringing, world.board.gpio.level(SLIC.ring_mode), len(threads[0].made)) == (False, False, 2)
        port.stop_ring()
        port.ring((2.0, 4.0))
        await asyncio.sleep(0.5)
        assert line.ringing
        port.stop_ring()


async def test_a_burst_longer_than_the_chip_bears_is_cut_short() -> None:
    async with gpio_world() as world:
        world.card.fxs[0].ring((30.0, 1.0))
        await asyncio.sleep(9)
        assert not world.board.slics[FXS].line.ringing
        assert world.faults == [f"{FXS} was rung for longer than its chip bears: a burst was cut short"]
        world.card.fxs[0].stop_ring()
        await asyncio.sleep(5)
        world.card.fxs[0].ring((1.0, 2.0))
        await asyncio.sleep(0.5)
        assert (world.board.slics[FXS].line.ringing, world.faults) == (True, [])
        world.card.fxs[0].stop_ring()


async def test_a_line_without_the_sensor_rings_is_seized_and_tells_that_the_far_end_has_gone() -> None:
    bare = DaaPins(normal=None, reversed=None, idle=None, ring_low=True, current_low=True)
    async with gpio_world(lines=(LINES[0], BoardLine(FXO, bare, CODEC, "right"))) as world:
        port, circuit = world.card.fxo[0], world.exchange.lines["5550100"]
        told = Listener(port)
        circuit.script.run(circuit.ring(None))
        await asyncio.sleep(1)
        port.seize()
        await asyncio.sleep(1)
        assert (told.events, circuit.loop.closed) == ([RingStarted()], True)
        circuit.loop.open_for(0.5)
        await asyncio.sleep(1)
        assert told.events[1:] == [LoopBroken()]
        port.release()
        circuit.loop.set_cut(True)
        await asyncio.sleep(3)
        assert (told.events[2:], port.battery) == ([], True)
        port.seize()
        await asyncio.sleep(1)
        assert told.events[2:] == [LoopBroken()]
        port.release()


async def test_a_line_whose_pin_fails_is_released_all_the_same() -> None:
    async with gpio_world() as world:
        port, line = world.card.fxo[0], world.board.daas[FXO].line
        port.seize()
        await asyncio.sleep(1)
        world.board.gpio.broken[DAA.loop] = "broken"
        port.release()
        await asyncio.sleep(0.1)
        assert (line.closed, world.faults) == (
            False,
            [f"{FXO} cannot be released: GPIO {DAA.loop} cannot be switched: broken"],
        )
        world.board.gpio.broken.clear()
        await asyncio.sleep(31)
        assert world.faults == []
        port.seize()
        await asyncio.sleep(0.1)
        assert line.closed
        port.release()


async def test_the_watch_over_the_card_goes_on_though_whoever_it_tells_fails(
    caplog: pytest.LogCaptureFixture,
) -> None:

    def take(board: SimBoard) -> None:
        board.gpio.busy |= {SLIC.hook, DAA.loop}

    def fails(_fault: str, _there: bool) -> None:
        raise RuntimeError("its own fault")

    async with gpio_world(before=take) as world:
        world.card.on_fault = fails
        world.board.gpio.busy.discard(DAA.loop)
        await asyncio.sleep(31)
        assert f"looking after {FXO} has failed" in caplog.text
        world.card.on_fault = lambda _fault, _there: None
        world.board.gpio.busy.clear()
        await asyncio.sleep(61)
        telephone = Listener(world.card.fxs[0])
        world.telephone.lift()
        await asyncio.sleep(0.5)
        assert telephone.events == [OffHook()]


async def test_pins_that_cannot_be_given_back_keep_no_other_pin() -> None:
    async with gpio_world() as world:
        world.card.fxo[0].seize()
        await asyncio.sleep(1)
        world.board.gpio.kept = {SLIC.power_down, DAA.current}
        await world.card.close()
        assert world.board.gpio.in_use == {SLIC.power_down, DAA.current}
        await asyncio.sleep(0.1)
        assert not world.board.daas[FXO].line.closed


async def test_a_line_that_rings_for_ever_is_one_ring_and_can_be_answered() -> None:
    async with gpio_world() as world:
        told, line = Listener(world.card.fxo[0]), world.board.daas[FXO].line
        line.ring(True)
        await asyncio.sleep(30)
        assert told.events == [RingStarted()]
        world.card.fxo[0].seize()
        await asyncio.sleep(2)
        assert (told.events, line.closed) == ([RingStarted()], True)


async def echo_frames(port: FxsPort, told: Listener) -> int:
    """How many frames after a tone was begun to be written its echo comes."""
    await asyncio.sleep(0.5)
    told.heard()
    for frame in TONE.reshape(-1, 160)[:15]:
        port.write(frame)
        await asyncio.sleep(0.02)
    return [level_dbm0(frame) > -40 for frame in told.frames].index(True)


async def test_what_is_written_comes_back_within_the_echo_that_is_removed() -> None:
    async with gpio_world() as world:
        port = world.card.fxs[0]
        told = Listener(port)
        world.telephone.lift()
        await asyncio.sleep(1)
        first = await echo_frames(port, told)
        assert first > 2
        assert 20 * first < port.traits.echo_tail_ms


async def test_frames_that_come_late_by_200_ms_leave_no_delay_behind() -> None:
    async with gpio_world() as world:
        port = world.card.fxs[0]
        told = Listener(port)
        world.telephone.lift()
        await asyncio.sleep(1)
        before = await echo_frames(port, told)
        for _ in range(5):
            world.board.codecs[CODEC].delay(0.2)
            await asyncio.sleep(1)
        assert await echo_frames(port, told) == before
        assert (told.events, world.faults) == ([OffHook()], [])


async def test_closing_gives_every_pin_back_with_all_lines_on_hook_and_nothing_ringing() -> None:
    async with gpio_world() as world:
        world.card.fxs[0].ring((2.0, 4.0))
        world.card.fxo[0].seize()
        await asyncio.sleep(0.5)
        await world.card.close()
        await asyncio.sleep(0.1)
        gpio = world.board.gpio
        assert (gpio.in_use, gpio.level(SLIC.ring_mode), gpio.level(DAA.loop)) == (set(), False, False)
        assert (world.board.slics[FXS].line.ringing, world.board.daas[FXO].line.closed) == (False, False)
