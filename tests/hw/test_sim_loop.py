"""The two-wire line: what feeds it, breaks of its battery, noise, and that it leaves nothing behind."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from appliance.clock import Deadlock, run_virtual
from hw.audio import Frame, level_dbm0
from hw.callerid.coding import CallerId
from hw.port.wires import Battery
from hw.sim.loop import LineQuality, Noise, SubscriberLoop, limited
from tests.hw.simworld import NINE_THIRTY, network, now


def a_loop(noise_dbm0: float = -65.0) -> tuple[SubscriberLoop, list[tuple[float, int]]]:
    """A line, and its polarity with the time of each change."""
    rng = np.random.default_rng(3)
    loop = SubscriberLoop("line", LineQuality(), rng, Noise(noise_dbm0, rng))
    seen: list[tuple[float, int]] = []
    loop.terminal_watchers.append(lambda: seen.append((round(now(), 3), loop.polarity)))
    return loop, seen


async def test_behind_a_break_the_battery_is_what_it_was() -> None:
    loop, seen = a_loop()
    loop.feed(Battery.REVERSED)
    loop.open_for(0.5)
    await asyncio.sleep(2)
    assert seen == [(0, -1), (0, 0), (0.5, -1)]


async def test_behind_a_break_the_battery_is_what_was_fed_during_it() -> None:
    loop, seen = a_loop()
    loop.feed(Battery.REVERSED)
    loop.open_for(0.5)
    await asyncio.sleep(0.2)
    loop.feed(Battery.NORMAL)
    await asyncio.sleep(2)
    assert (seen, loop.fed) == ([(0, -1), (0, 0), (0.5, 1)], Battery.NORMAL)


@pytest.mark.parametrize(("second", "end"), [(0.1, 0.5), (1.0, 1.2)])
async def test_two_breaks_at_once_end_with_the_later(second: float, end: float) -> None:
    loop, seen = a_loop()
    loop.open_for(0.5)
    await asyncio.sleep(0.2)
    loop.open_for(second)
    await asyncio.sleep(2)
    assert seen == [(0, 0), (end, 1)]


async def test_of_two_bursts_of_noise_the_second_lasts_its_time() -> None:
    loop, _ = a_loop()
    levels = []
    loop.disturb(1.0, 100)
    await asyncio.sleep(0.6)
    loop.disturb(1.0, 100)
    for _ in range(5):
        loop.collect()
        assert loop.up is not None
        levels.append(round(level_dbm0(np.rint(loop.up).astype(np.int16)) / 5) * 5)
        await asyncio.sleep(0.3)
    assert levels == [-25, -25, -25, -25, -65]


class Ear:
    """A terminal that says nothing and keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[Frame] = []

    def say(self) -> Frame | None:
        return None

    def hear(self, frame: Frame) -> None:
        self.heard.append(frame)


async def test_noise_too_loud_for_a_codec_is_limited() -> None:
    loop, _ = a_loop(noise_dbm0=-20.0)
    loop.terminal = ear = Ear()
    loop.deliver(None)
    loop.disturb(1.0, 100)
    loop.deliver(None)
    usual, loud = (np.abs(frame.astype(int)) for frame in ear.heard)
    assert usual.max() < 10000
    assert (loud >= 32767).mean() > 0.8


def test_a_codec_rounds_and_limits() -> None:
    samples = np.array([0.6, -0.6, 0.4, -0.4, 32767.8, -40000.0], dtype=np.float32)
    assert limited(samples).tolist() == [1, -1, 0, 0, 32767, -32768]


@pytest.mark.parametrize("release_s", [0.05, 0.3, 0.5, 0.8, 1.5])
async def test_an_idle_trunk_has_normal_battery_whenever_it_was_released(release_s: float) -> None:
    async with network(trunk={"answer_supervision": True}) as world:
        port = world.trunks[0].port
        port.seize()
        await asyncio.sleep(1)
        await world.trunks[0].dial(world.jane.name)
        await asyncio.sleep(3)
        world.jane.lift()
        await asyncio.sleep(2)
        assert port.loop.battery is Battery.REVERSED
        world.jane.hang_up()
        await asyncio.sleep(release_s)
        port.release()
        await asyncio.sleep(5)
        assert port.loop.battery is Battery.NORMAL


@pytest.mark.parametrize("seconds", [0.01, 0.4, 0.7, 1.6, 2.9, 3.2, 5.5, 8.05])
def test_an_exchange_closed_at_any_moment_leaves_no_timer(seconds: float) -> None:
    closed_at: list[tuple[asyncio.AbstractEventLoop, float]] = []

    async def main() -> None:
        async with network(trunks=2) as world:
            exchange = world.exchange
            exchange.card.fxs[0].set_lamp(True)
            await world.call(world.jane, "5550100")
            world.trunks[1].port.seize()
            world.bob.lift()
            await asyncio.sleep(seconds)
            for line in ("fxo-1", "fxo-2", "fxs-1", world.bob.name):
                exchange.fault(line, "break")
                exchange.fault(line, "noise")
            world.trunks[1].port.flash(200)
            if not world.station.off_hook:
                exchange.card.fxs[0].ring((2, 4), CallerId("5550199", "JANE ROE", when=(3, 4, 9, NINE_THIRTY.minute)))
            await asyncio.sleep(0.05)
        closed_at.append((asyncio.get_running_loop(), now()))
        await asyncio.Event().wait()

    with pytest.raises(Deadlock):
        run_virtual(main)
    loop, closed = closed_at[0]
    assert loop.time() == closed
