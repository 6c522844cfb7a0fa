"""A unit on the built-in exchange may have a simulated modem, which is beside the line that the office says."""

from __future__ import annotations

import asyncio
from pathlib import Path

from appliance.simulated import simulated_exchange, simulated_modem
from hw.modem.usb import found_modems
from hw.tones.toneplan import tone_plan
from tests.calls.hearing import until
from tests.hw.simworld import NINE_THIRTY


async def test_it_is_found_as_a_real_one_is_and_is_on_the_first_line(tmp_path: Path) -> None:
    plan = tone_plan("us")
    exchange = simulated_exchange(None, plan, lambda: NINE_THIRTY)
    socket = simulated_modem("usr5637", None, exchange, tmp_path)
    assert socket is not None
    assert socket.modem.loop is exchange.lines["5550100"].loop
    await exchange.start()
    socket.plug_in()
    (found,) = found_modems(tmp_path)
    assert (found.vendor, found.product, found.socket) == ("0baf", "0303", "1-1.3")
    assert Path(found.device).exists()
    caller = exchange.subscriber("5550199")
    caller.lift()
    await asyncio.sleep(1)
    await caller.press("5550100")
    await until(lambda: socket.modem.loop.rings)
    assert exchange.card.fxo[0].loop is socket.modem.loop
    caller.hang_up()
    socket.unplug()
    assert found_modems(tmp_path) == []
    await exchange.close()
