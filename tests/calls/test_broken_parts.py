"""Whatever of the unit is missing or broken, the lines of its other cards are answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from hw.audio import Frame
from hw.callerid.coding import CallerId
from hw.panel.led import LedError, LedPattern
from hw.rack import START_SECONDS
from hw.sip.link import SipUnavailable
from tests.calls.farlines import FarCard, FarTrunk, far_office
from tests.calls.hearing import until
from tests.calls.world import World, mute, world


async def answered(here: World) -> None:
    """A call on the copper line is greeted: an operator is asked for, whose telephone hangs on the other card."""
    caller = await here.greeted()
    assert here.trunk_states()[0] == "up"
    heard = []
    caller.telephone.listeners.append(heard.append)
    await asyncio.sleep(1.0)
    assert any(abs(int(sample)) > 500 for frame in heard for sample in frame)
    caller.hangs_up()
    await asyncio.sleep(3.0)
    assert here.outcomes()[-1] == ("main", "abandoned", "loop-break")


class BrokenCard(FarCard):
    """A card that does not start as it should."""

    def __init__(self, start: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self._start = start

    async def start(self) -> None:
        await self._start()


async def hangs() -> None:
    await asyncio.Event().wait()


def fails(error: Exception) -> Callable[[], Awaitable[None]]:
    async def start() -> None:
        raise error

    return start


@pytest.mark.parametrize(
    "error",
    [
        OSError("no such device"),
        KeyError("phone-1"),
        SipUnavailable("no library"),
        RuntimeError(),
        ImportError("pjsua2"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_card_that_cannot_start_leaves_the_other_lines_alone(error: Exception) -> None:
    card = BrokenCard(fails(error))
    async with world(far_office, card) as here:
        assert [fault for fault in here.appliance.faults if fault.startswith("lines gate-1 to phone-3: ")]
        assert here.trunk_states() == ["idle", *["lost"] * 4]
        await answered(here)
        caller = await here.greeted()
        await caller.presses("101")
        await caller.hears("leave-message")
        assert not card.telephone("phone-1").ringing
        caller.hangs_up()
        await until(lambda: here.trunk_states()[0] == "idle")


async def test_a_card_that_takes_long_to_start_joins_when_it_is_ready() -> None:
    ready = asyncio.Event()

    async def start() -> None:
        await ready.wait()

    card = BrokenCard(start)
    began = asyncio.get_running_loop().time()
    async with world(far_office, card) as here:
        assert asyncio.get_running_loop().time() - began == pytest.approx(START_SECONDS, abs=0.1)
        assert [fault for fault in here.appliance.faults if "not ready" in fault]
        await answered(here)
        ready.set()
        await asyncio.sleep(3.0)
        assert here.trunk_states() == ["idle"] * 5
        assert not [fault for fault in here.appliance.faults if "not ready" in fault]


async def test_a_card_that_never_starts_is_closed_all_the_same() -> None:
    async with world(far_office, BrokenCard(hangs)) as here:
        await answered(here)


async def test_a_line_whose_sound_fails_is_told_once_and_leaves_the_others_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Deaf(FarTrunk):
        def write(self, frame: Frame) -> None:
            raise OSError("the card is gone")

    card = FarCard()
    deaf = card.fxo[0] = Deaf("gate-1", 300)
    async with world(far_office, card) as here:
        deaf.calls(CallerId("4075550122"))
        await asyncio.sleep(3.0)
        await answered(here)
    assert len([record for record in caplog.records if "OSError" in record.getMessage()]) == 1


async def test_a_lamp_that_fails_is_told_and_stops_nothing() -> None:
    class BrokenLed:
        pattern = LedPattern.OFF
        broken = True

        def show(self, pattern: LedPattern) -> None:
            if self.broken:
                raise LedError("the LED on GPIO 17 cannot be switched")

    led = BrokenLed()
    async with world(led=led) as here:
        assert "the LED on GPIO 17 cannot be switched" in here.appliance.faults
        await answered(here)
        led.broken = False
        here.appliance.trouble.report("something else")
        assert here.appliance.faults == ["something else"]


async def test_a_call_log_that_cannot_be_used_is_told_and_stops_nothing() -> None:
    async with world(spoil=lambda data: (data / "calls.sqlite").mkdir()) as here:
        assert [fault for fault in here.appliance.faults if "call log" in fault]
        await answered(here)


async def test_messages_that_cannot_be_kept_stop_no_call() -> None:
    async with world(spoil=lambda data: (data / "messages").write_text("not a folder")) as here:
        await answered(here)


async def test_without_any_voice_a_caller_still_reaches_the_operator() -> None:
    async with world(prompts=mute) as here:
        assert [fault for fault in here.appliance.faults if "voice" in fault or "prompts" in fault]
        caller = await here.greeted()
        await caller.presses("0")
        await asyncio.sleep(3.0)
        callee = here.phone("fxs-1")
        assert callee.ringing
        callee.lifts()
        await asyncio.sleep(1.0)
        assert here.trunk_states()[0] == "up"
