"""A patch cord carries what a line carries: ringing with caller ID, hook, flash, loop break, and sound both ways."""

from __future__ import annotations

import asyncio

import pytest

from appliance.clock import Deadlock, run_virtual
from hw.audio import level_dbm0
from hw.callerid.receiver import CallerIdReceiver
from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    HookFlash,
    LoopBroken,
    OffHook,
    OnHook,
    RingStarted,
    RingStopped,
)
from hw.sim.patch import PatchPanel
from hw.tones.toneplan import tone_plan
from tests.hw.linecard_bench import CALLER, TONE, Listener, send
from tests.hw.simworld import pitch, sine

US = tone_plan("us")


class Cord:
    def __init__(self, country: str = "us") -> None:
        self.plan = tone_plan(country)
        self.panel = PatchPanel(self.plan)
        self.fxs, self.fxo = self.panel.cord("gateway", "fxo-1")
        self.source, self.terminal = Listener(self.fxs), Listener(self.fxo)

    async def talking(self) -> None:
        await self.panel.start()
        self.fxo.seize()
        await asyncio.sleep(0.5)


async def test_each_end_has_its_own_name():
    cord = Cord()
    assert (cord.fxs.name, cord.fxo.name) == ("gateway", "fxo-1")


@pytest.mark.parametrize("country", ["us", "uk", "jp", "nl"])
async def test_ringing_and_caller_id_reach_the_terminal_and_seizing_answers(country):
    cord = Cord(country)
    await cord.panel.start()
    cord.fxs.ring(cord.plan.ring, CALLER)
    await asyncio.sleep(11.5)
    receiver = CallerIdReceiver(cord.plan.caller_id.method)
    known = [found for frame in cord.terminal.frames if (found := receiver.feed(frame))]
    assert [found.number for found in known] == [CALLER.number]
    rings = [event for event in cord.terminal.events if event in (RingStarted(), RingStopped())]
    assert rings[:4] == [RingStarted(), RingStopped()] * 2
    cord.fxo.seize()
    await asyncio.sleep(0.5)
    assert cord.source.events == [OffHook()]
    await cord.panel.close()


async def test_sound_passes_both_ways_without_loss():
    cord = Cord()
    await cord.talking()
    cord.source.heard(), cord.terminal.heard()
    await asyncio.gather(send(cord.fxs, TONE), send(cord.fxo, sine(400, 1)))
    down, up = cord.terminal.heard()[2000:6000], cord.source.heard()[2000:6000]
    assert (pitch(down), pitch(up)) == pytest.approx((1000, 400), abs=3)
    assert level_dbm0(down) == pytest.approx(-15, abs=1)
    assert level_dbm0(up) == pytest.approx(-15, abs=1)
    await cord.panel.close()


async def test_flash_loop_break_and_hanging_up_are_seen_at_the_other_end():
    cord = Cord()
    await cord.talking()
    cord.fxo.flash(US.flash_ms)
    await asyncio.sleep(1)
    cord.fxs.break_loop(500)
    await asyncio.sleep(1)
    cord.fxo.release()
    await asyncio.sleep(2)
    assert cord.source.events == [OffHook(), HookFlash(), OnHook()]
    assert cord.terminal.events == [LoopBroken()]
    await cord.panel.close()


async def test_a_cord_pulled_out_is_a_dead_line():
    cord = Cord()
    await cord.panel.start()
    cord.fxo.loop.set_cut(True)
    await asyncio.sleep(2)
    cord.fxo.loop.set_cut(False)
    await asyncio.sleep(2)
    assert cord.terminal.events == [BatteryLost(), BatteryRestored()]
    await cord.panel.close()


async def test_cords_do_not_meet():
    panel = PatchPanel(US)
    (one, end), (other, far) = panel.cord("a", "b"), panel.cord("c", "d")
    heard = Listener(far)
    other_heard = Listener(other)
    await panel.start()
    end.seize()
    await asyncio.sleep(0.5)
    await send(one, TONE)
    assert (heard.events, heard.frames, other_heard.events) == ([], [], [])
    await panel.close()


def test_an_idle_panel_sets_no_timer():
    async def main():
        cord = Cord()
        await cord.talking()
        cord.fxo.release()
        await asyncio.sleep(3)
        await asyncio.get_running_loop().create_future()

    with pytest.raises(Deadlock):
        run_virtual(main)
