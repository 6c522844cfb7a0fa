"""Two parties on a bridge."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from appliance.media.bridge import bridge, bridged
from appliance.media.engine import Engine, MediaPort
from appliance.media.player import Loop
from hw.audio import FRAME_SAMPLES, Frame


def constant(value: int) -> Frame:
    return np.full(FRAME_SAMPLES, value, dtype=np.int16)


class Pair:
    """Two ports and what each hears; each says its own number when asked."""

    def __init__(self, engine: Engine) -> None:
        self.heard: tuple[list[int], list[int]] = ([], [])
        self.a: MediaPort = engine.open("a", lambda frame: self.heard[0].append(int(frame[-1])))
        self.b: MediaPort = engine.open("b", lambda frame: self.heard[1].append(int(frame[-1])))

    async def say(self, a: int, b: int) -> None:
        for port, value in ((self.a, a), (self.b, b)):
            port.deliver(constant(value))
        await asyncio.sleep(0.02)


async def pair() -> Pair:
    engine = Engine()
    await engine.start()
    return Pair(engine)


async def test_each_hears_the_other_in_the_very_tick_it_speaks() -> None:
    two = await pair()
    bridge(two.a, two.b)
    for n in range(1, 4):
        await two.say(n, 100 * n)
    assert bridged(two.a, two.b)
    two.a.close()
    two.b.close()
    assert two.heard == ([100, 200, 300], [1, 2, 3])


async def test_unbridging_leaves_silence_and_whatever_else_is_heard() -> None:
    two = await pair()
    bridge(two.a, two.b)
    await two.say(1, 2)
    two.b.hear(Loop(constant(50)))
    await two.say(3, 4)
    assert not bridged(two.a, two.b)
    two.a.hear(None)
    await two.say(5, 6)
    two.a.close()
    two.b.close()
    assert two.heard == ([2, 4, 0], [1, 50, 50])


async def test_when_one_party_is_closed_the_other_hears_silence() -> None:
    two = await pair()
    bridge(two.a, two.b)
    await two.say(1, 2)
    two.b.close()
    await asyncio.sleep(0.04)
    over = two.a.source is None
    two.a.close()
    assert (two.heard[0], over) == ([2, 0, 0], True)


async def test_a_port_cannot_be_bridged_to_itself() -> None:
    two = await pair()
    with pytest.raises(ValueError, match="itself"):
        bridge(two.a, two.a)


@pytest.mark.parametrize("card_phase_ms", [0, 4, 5, 6, 10, 19])
async def test_the_first_sample_spoken_leaves_the_bridge_within_40_ms(card_phase_ms: int) -> None:
    """The card collects a frame for 20 ms and delivers it at any phase to the engine's tick, on the same loop."""
    loop = asyncio.get_running_loop()
    engine = Engine()
    await engine.start()
    out: list[float] = []
    a = engine.open("a", lambda _frame: None)
    b = engine.open("b", lambda frame: out.append(loop.time()) if frame.any() else None)
    bridge(a, b)
    await asyncio.sleep(card_phase_ms / 1000)
    spoken_at = 0.0
    for n in range(60):
        if n == 50:
            spoken_at = loop.time()
        await asyncio.sleep(0.02)
        a.deliver(constant(1000 if n == 50 else 0))
    await engine.close()
    assert 0.02 <= out[0] - spoken_at <= 0.04 + 1e-9
