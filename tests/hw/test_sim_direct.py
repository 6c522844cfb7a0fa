"""Lines to somebody outside without an exchange between."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, SILENCE, Frame
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.dsp.dtmf import DtmfReceiver
from hw.linecard import (
    CallTold,
    ClockedCard,
    FarEndLeft,
    LineError,
    LineEvent,
    Proceeding,
    RingingEnded,
    RingStarted,
)
from hw.sim.direct import DirectCard, DirectLine
from hw.tones.toneplan import tone_plan

JANE = CallerId("4075550123", "JANE ROE")
LOUD = np.full(FRAME_SAMPLES, 1000, dtype=np.int16)


class Unit:
    """What a unit is told and given by a line, whose card it clocks."""

    def __init__(self, line: DirectLine) -> None:
        self.events: list[LineEvent] = []
        self.frames: list[Frame] = []
        self.card = DirectCard([line])
        line.attach(self.events.append, self.frames.append)

    def tick(self, times: int = 1) -> None:
        for _ in range(times):
            self.card.before_tick()
            self.card.after_tick()


@pytest.fixture
def line() -> DirectLine:
    return DirectLine("walk-1", tone_plan("us"))


@pytest.fixture
def unit(line) -> Unit:
    return Unit(line)


async def test_a_call_is_told_and_rings_and_is_heard_once_it_is_answered(line, unit):
    heard: list[Frame] = []
    line.listeners.append(heard.append)
    line.call(JANE, "5550100")
    assert unit.events == [CallTold(JANE, "5550100"), RingStarted()]
    line.write(LOUD)
    unit.tick()
    assert (heard, unit.frames) == ([], [])
    line.seize()
    line.write(LOUD)
    unit.tick()
    assert (heard, unit.frames) == ([LOUD], [SILENCE])


async def test_keys_are_tones(line, unit):
    line.call(JANE)
    line.seize()
    pressing = asyncio.ensure_future(line.press("4#"))
    await asyncio.sleep(0)
    while not pressing.done():
        unit.tick()
        await asyncio.sleep(0)
    receiver = DtmfReceiver()
    assert "".join(digit for frame in unit.frames for digit in receiver.feed(frame)) == "4#"


async def test_keys_of_a_line_that_is_released_end(line, unit):
    line.call(JANE)
    line.seize()
    pressing = asyncio.ensure_future(line.press("12345"))
    await asyncio.sleep(0)
    unit.tick()
    line.release()
    await pressing
    await line.press("6")
    unit.tick()
    assert len(unit.frames) == 1


@pytest.mark.parametrize(("answered", "told"), [(True, FarEndLeft(Cleared.HUNG_UP)), (False, RingingEnded())])
async def test_hanging_up_is_told_at_once_and_only_once(line, unit, answered, told):
    line.call(JANE)
    if answered:
        line.seize()
    line.hang_up()
    line.hang_up()
    assert unit.events[2:] == [told]


async def test_a_line_in_use_takes_no_other_call_and_a_free_one_does(line, unit):
    line.call(JANE)
    with pytest.raises(LineError, match="walk-1 is in use"):
        line.call(JANE)
    line.hang_up()
    line.release()
    line.call(JANE)
    assert unit.events[-1] == RingStarted()


async def test_a_number_that_the_unit_calls_is_told_to_the_other_end(line, unit):
    called: list[str] = []
    line.on_called = called.append
    line.seize("5550199")
    line.seize("5550199")
    await asyncio.sleep(0)
    assert (called, unit.events) == (["5550199"], [Proceeding()])


async def test_the_card_is_one_that_the_media_engine_clocks(line, unit):
    assert isinstance(unit.card, ClockedCard)
    assert unit.card.status() == {"kind": "direct", "lines": ["walk-1"]}
    line.call(JANE)
    line.seize()
    await unit.card.close()
    assert not line.off_hook
