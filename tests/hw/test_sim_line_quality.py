"""The electricity of a simulated line, its hum and its hiss; and exchanges drawn by chance."""

from __future__ import annotations

import asyncio

import pytest

from hw.linecard import line_meter
from hw.noise import measure_noise
from hw.port.portwatch import PortWatch, watched_fxo
from hw.sim.drawing import draw_exchange
from hw.sim.exchange import LineFault
from tests.hw.simworld import NINE_THIRTY, network


async def test_a_line_has_its_battery_on_hook_and_its_current_off_hook() -> None:
    async with network() as here:
        port = watched_fxo(here.trunks[0].port, PortWatch())
        meter = line_meter(port)
        assert meter is not None
        assert (meter.volts(), meter.milliamps()) == (48.0, 0.0)
        port.seize()
        assert meter.milliamps() == pytest.approx(28.2, abs=0.1)
        assert meter.volts() == pytest.approx(8.5, abs=0.1)
        port.release()
        here.exchange.fault("fxo-1", "cut")
        assert (meter.volts(), meter.milliamps()) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("fault", "noise_dbm0", "hum_dbm0"), [("quiet", -66, -96), ("hiss", -43, -96), ("hum", -66, -36)]
)
async def test_a_line_hisses_and_hums(fault: LineFault, noise_dbm0: float, hum_dbm0: float) -> None:
    async with network() as here:
        here.exchange.fault("fxo-1", fault)
        trunk = here.trunks[0]
        trunk.port.seize()
        await asyncio.sleep(1)
        await trunk.dial("5")
        await asyncio.sleep(1.2)
        measured = measure_noise(trunk.last(1.0))
        assert measured is not None
        assert measured.noise_dbm0 == pytest.approx(noise_dbm0, abs=1.5)
        assert measured.hum_dbm0 == pytest.approx(hum_dbm0, abs=1.5)


async def test_a_drawn_exchange_is_always_the_same_and_others_differ() -> None:
    assert draw_exchange(7) == draw_exchange(7)
    assert len({draw_exchange(seed).plan.country for seed in range(100)}) > 25
    endings = {str(draw_exchange(seed).services.ending)[:4] for seed in range(100)}
    assert endings >= {"loop", "pola", "busy", "reor", "sile", "Tone"}
    made = draw_exchange(3).made(lambda: NINE_THIRTY, {"fxo-1": "5550101"})
    await made.start()
    assert [port.name for port in made.card.fxo] == ["fxo-1"]
    await made.close()
