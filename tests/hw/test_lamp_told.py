"""When a telephone is told about its lamp: whenever nobody knows what it shows."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from hw.sim.exchange import Exchange
from hw.tones.toneplan import tone_plan

TOLD_WITHIN_SECONDS = 4.0


async def test_a_telephone_is_told_once_and_again_when_its_card_has_been_away() -> None:
    exchange = Exchange(tone_plan("us"), lambda: datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    exchange.add_station("fxs-1")
    await exchange.start()
    (port,), telephone = exchange.card.fxs, exchange.telephones["fxs-1"]
    port.set_lamp(False)
    assert not port.alive
    port.set_lamp(True)
    await asyncio.sleep(TOLD_WITHIN_SECONDS)
    assert telephone.lamp
    port.set_lamp(True)
    assert not port.alive
    port.stop()
    port.set_lamp(True)
    assert port.alive
    await asyncio.sleep(TOLD_WITHIN_SECONDS)
    assert not port.alive
    await exchange.close()
