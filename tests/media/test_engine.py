"""The engine's tick: punctual, contained, and no timer without a port."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from appliance.clock import Deadlock, VirtualTimeLoop, run_virtual
from appliance.media.engine import BEHIND_CARD_S, MOST_CAUGHT_UP, Engine
from appliance.media.events import DigitHeard, MediaEvent
from appliance.media.player import Loop, Player
from appliance.media.port import PortStats
from appliance.media.sources import OnceOnly
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, Frame


def constant(value: int) -> Frame:
    return np.full(FRAME_SAMPLES, value, dtype=np.int16)


async def started() -> Engine:
    engine = Engine()
    await engine.start()
    return engine


class Fails(OnceOnly):
    def next(self) -> Frame | None:
        raise ZeroDivisionError("source")


class Deaf:
    """A detector and a tap that fails at its third frame."""

    def __init__(self) -> None:
        self.fed = 0

    def feed(self, frame: Frame) -> Any:
        self.fed += 1
        if self.fed == 3:
            raise ZeroDivisionError("detector")
        return ()


class EachFrame:
    """A detector that reports each frame's first sample."""

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        return (DigitHeard(str(frame[0])),)


class Notes:
    """A tap that notes the last sample of each frame."""

    def __init__(self, heard: list[int]) -> None:
        self.heard = heard

    def feed(self, frame: Frame) -> None:
        self.heard.append(int(frame[-1]))


async def test_ticks_keep_to_the_grid_over_ten_minutes() -> None:
    engine = await started()
    loop = asyncio.get_running_loop()
    times: list[float] = []
    engine.open("a", lambda _frame: times.append(loop.time()))
    await asyncio.sleep(600)
    await engine.close()
    assert len(times) == 30000
    assert times[0] == pytest.approx(BEHIND_CARD_S)
    assert times[-1] == pytest.approx(BEHIND_CARD_S + 29999 * 0.02, abs=1e-6)
    assert engine.metrics.worst_ms < 0.001


@pytest.mark.parametrize("ppm", [100, -100, 0])
async def test_the_engine_follows_the_clock_of_a_card_so_that_its_frames_are_passed_on_as_they_came(ppm: int) -> None:
    engine = await started()
    loop = asyncio.get_running_loop()
    heard: list[int] = []
    port = engine.open("card", lambda _frame: None, drifts=True)
    port.tap(Notes(heard))
    first = loop.time()
    for number in range(30_000):
        await asyncio.sleep(first + 0.013 + number * FRAME_SECONDS / (1 + ppm * 1e-6) - loop.time())
        port.deliver(constant(number))
    port.close()
    assert port.stats == PortStats(0, 0, 0)
    assert port.behind_s == pytest.approx(BEHIND_CARD_S, abs=0.0002)
    assert np.all(np.diff(heard[1:]) == 1)


async def test_of_two_cards_the_engine_follows_one_and_the_other_loses_nothing() -> None:
    engine = await started()
    loop = asyncio.get_running_loop()
    ports = {ppm: engine.open(f"card {ppm}", lambda _frame: None, drifts=True) for ppm in (100, -100)}
    first, numbers = loop.time(), dict.fromkeys(ports, 0)

    async def delivers(ppm: int, frames: int) -> None:
        for number in range(numbers[ppm], numbers[ppm] + frames):
            numbers[ppm] = number + 1
            await asyncio.sleep(first + 0.002 + number * FRAME_SECONDS / (1 + ppm * 1e-6) - loop.time())
            ports[ppm].deliver(constant(5000))

    other = asyncio.create_task(delivers(-100, 32_000))
    await delivers(100, 5_000)
    ports[-100].carry_data(True)
    await delivers(100, 5_000)
    assert ports[-100].behind_s == pytest.approx(BEHIND_CARD_S, abs=0.0002)
    ports[-100].carry_data(False)
    await delivers(100, 20_000)
    assert ports[100].behind_s == pytest.approx(BEHIND_CARD_S, abs=0.0002)
    assert {ppm: port.stats for ppm, port in ports.items()} == dict.fromkeys(ports, PortStats(0, 0, 0))
    await other  # The first card delivers nothing any more.
    assert ports[-100].behind_s == pytest.approx(BEHIND_CARD_S, abs=0.0002)
    assert ports[-100].stats == PortStats(0, 0, 0)
    await engine.close()


def test_without_a_port_no_timer_is_set() -> None:
    async def main() -> None:
        engine = await started()
        port = engine.open("a", lambda _frame: None)
        await asyncio.sleep(1)
        port.close()
        await asyncio.get_running_loop().create_future()

    with pytest.raises(Deadlock):
        run_virtual(main)


async def test_ticks_begin_again_with_the_next_port() -> None:
    engine = await started()
    engine.open("a", lambda _frame: None).close()
    await asyncio.sleep(10)
    idle = engine.metrics.ticks
    engine.open("b", lambda _frame: None)
    await asyncio.sleep(1)
    await engine.close()
    assert (idle, engine.metrics.ticks) == (0, 50)


def test_a_port_needs_a_started_engine() -> None:
    with pytest.raises(RuntimeError, match="not started"):
        Engine().open("a", lambda _frame: None)


async def test_a_line_with_no_source_hears_silence_each_tick() -> None:
    engine = await started()
    peaks: list[int] = []
    engine.open("a", lambda frame: peaks.append(int(np.abs(frame).max())))
    await asyncio.sleep(0.1)
    await engine.close()
    assert peaks == [0] * 5


async def test_all_ports_listen_before_any_port_speaks() -> None:
    engine = await started()
    order: list[str] = []
    for name in ("a", "b"):
        port = engine.open(name, lambda _frame, name=name: order.append(f"{name} speaks"))  # type: ignore[misc]
        port.listen_for(EachFrame())
        port.on_event = lambda _event, name=name: order.append(f"{name} listens")  # type: ignore[misc]
    await asyncio.sleep(0.02)
    await engine.close()
    assert order == ["a listens", "b listens", "a speaks", "b speaks"]


async def test_a_source_chosen_by_an_event_is_heard_in_the_same_tick() -> None:
    engine = await started()
    heard: list[int] = []
    port = engine.open("a", lambda frame: heard.append(int(frame[-1])))
    port.listen_for(EachFrame())
    port.on_event = lambda event: port.hear(Loop(constant(9))) if event == DigitHeard("7") else None
    port.deliver(constant(5))
    port.deliver(constant(7))
    await asyncio.sleep(0.06)
    await engine.close()
    assert heard == [0, 9, 9]


async def test_a_failing_detector_is_taken_off_and_everybody_else_goes_on() -> None:
    engine = await started()
    faults: list[str] = []
    written = {"a": 0, "b": 0}
    events: list[MediaEvent] = []
    deaf = Deaf()
    for name in written:

        def write(_frame: Frame, name: str = name) -> None:
            written[name] += 1

        port = engine.open(name, write)
        port.on_fault = lambda error, name=name: faults.append(f"{name}: {error}")  # type: ignore[misc]
        if name == "a":
            port.listen_for(deaf)
        port.listen_for(EachFrame())
        port.on_event = events.append
    await asyncio.sleep(0.2)
    await engine.close()
    assert (faults, deaf.fed, written["a"], written["b"], len(events)) == (["a: detector"], 3, 10, 10, 20)


async def test_a_failing_source_is_over_and_its_port_silent() -> None:
    engine = await started()
    faults: list[str] = []
    written: list[Frame] = []
    port = engine.open("a", written.append)
    port.on_fault = lambda error: faults.append(str(error))
    source = Fails()
    port.hear(source)
    await asyncio.wait_for(source.done, 1)
    await asyncio.sleep(0.1)
    assert port.source is None
    await engine.close()
    assert faults == ["source"]
    assert len(written) >= 5


async def test_a_failing_tap_a_failing_handler_a_failing_card_and_a_failing_fault_handler_are_contained() -> None:
    engine = await started()
    faults: list[str] = []

    def broken(_anything: object) -> None:
        raise ZeroDivisionError("broken")

    tapped = engine.open("tapped", lambda _frame: None)
    tapped.tap(Deaf())
    tapped.on_fault = broken
    handled = engine.open("handled", lambda _frame: None)
    handled.listen_for(EachFrame())
    handled.on_event = broken
    handled.on_fault = lambda error: faults.append(str(error))
    engine.open("card", broken)
    good = 0

    def write(_frame: Frame) -> None:
        nonlocal good
        good += 1

    engine.open("good", write)
    await asyncio.sleep(0.1)
    kept = len(handled.detectors)
    await engine.close()
    assert (good, len(faults), kept) == (5, 5, 1)


async def test_a_port_closed_by_its_own_event_writes_nothing_more() -> None:
    engine = await started()
    written: list[int] = []
    port = engine.open("a", lambda frame: written.append(int(frame[0])))
    port.listen_for(EachFrame())
    port.on_event = lambda event: port.close() if event == DigitHeard("7") else None
    port.deliver(constant(5))
    port.deliver(constant(7))
    await asyncio.sleep(1)
    port.close()
    port.deliver(constant(1))
    assert written == [0]


async def test_a_port_opened_in_the_tick_that_closed_the_last_one_is_ticked_once_each_20_ms() -> None:
    engine = await started()
    loop = asyncio.get_running_loop()
    times: list[float] = []
    first = engine.open("a", lambda _frame: None)
    first.listen_for(EachFrame())

    def heard(_event: MediaEvent) -> None:
        first.close()
        engine.open("b", lambda _frame: times.append(loop.time()))

    first.on_event = heard
    await asyncio.sleep(0.1)
    await engine.close()
    assert [round(later - earlier, 6) for earlier, later in itertools.pairwise(times)] == [0.02] * 4


async def test_closing_the_engine_ends_every_source() -> None:
    engine = await started()
    port = engine.open("a", lambda _frame: None)
    endless = Loop(constant(1))
    port.hear(endless)
    await asyncio.sleep(0.1)
    await engine.close()
    late = Player([constant(1)])
    port.hear(late)
    assert (endless.done.done(), late.done.done(), len(engine.ports)) == (True, True, 0)


class StallingLoop(VirtualTimeLoop):
    """A loop whose clock can be made to pass while nothing else runs, as on a machine that stood still."""

    def stall(self, seconds: float) -> None:
        self._now += seconds


def test_late_ticks_are_caught_up_a_few_at_once_and_counted() -> None:
    async def main() -> tuple[list[int], int, int, int]:
        engine = await started()
        loop = asyncio.get_running_loop()
        assert isinstance(loop, StallingLoop)
        written: list[int] = []
        engine.open("a", lambda _frame: written.append(round((loop.time() - BEHIND_CARD_S) / 0.02)))
        await asyncio.sleep(0.095)
        loop.stall(0.06)
        await asyncio.sleep(0.1)
        first = len(written), engine.metrics.overruns, engine.metrics.skipped
        assert first[1:] == (2, 0)
        loop.stall(1.0)
        await asyncio.sleep(0.1)
        await engine.close()
        return written, engine.metrics.overruns, engine.metrics.skipped, engine.metrics.ticks

    with asyncio.Runner(loop_factory=StallingLoop) as runner:
        written, overruns, skipped, ticks = runner.run(main())
    # Every tick is either made or counted as skipped, and afterwards the grid is the old one.
    assert ticks == len(written)
    assert ticks + skipped == written[-1] + 1
    assert skipped == overruns - 2 - MOST_CAUGHT_UP
    assert written[-5:] == list(range(written[-1] - 4, written[-1] + 1))
