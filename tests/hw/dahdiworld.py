"""The DAHDI card on its stand-in: device files mounted for real, and the simulated exchange behind them."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hw.dahdi.card import DahdiCard, DahdiChannel
from hw.dahdi.machine import Machine
from hw.sim.dahdi.devices import can_mount
from hw.sim.dahdi.faults import CallFaults
from hw.sim.dahdi.span import StandInSpan
from hw.sim.exchange import Exchange
from hw.sim.loop import SubscriberLoop
from hw.sim.telephone import Telephone
from hw.tones.toneplan import tone_plan
from tests.hw.linecard_bench import Bench
from tests.hw.test_linecard import SimBench

NINE_THIRTY = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
mounts = pytest.mark.skipif(not can_mount(), reason="this machine has no /dev/fuse, so no stand-in can be mounted")


@dataclass
class DahdiWorld:
    """card: on the channels of `span`, the trunks first: dahdi-1, dahdi-2… loops: the wires of each, by the same name.
    telephones: those on the FXS ports. faults: told and not over. devices: the mounted folder."""

    exchange: Exchange
    span: StandInSpan
    card: DahdiCard
    loops: dict[str, SubscriberLoop]
    telephones: list[Telephone]
    faults: list[str]
    devices: Path

    async def unplug(self, *numbers: int) -> None:
        """Pull out the card with these channels, or all. Returns when the driver has noticed."""
        self.span.unplug(*numbers)
        while self.span.devices.gone_but_open:  # noqa: ASYNC110 - virtual time stands still meanwhile
            await asyncio.sleep(0)

    def tell(self, fault: str, there: bool) -> None:
        if there:
            self.faults.append(fault)
        else:
            self.faults.remove(fault)


@asynccontextmanager
async def dahdi_world(
    country: str = "us",
    trunks: int = 1,
    stations: int = 1,
    *,
    in_step: bool = True,
    started: bool = True,
    faults: CallFaults | None = None,
    root: Path | None = None,
    **channel: Any,
) -> AsyncIterator[DahdiWorld]:
    """started: the card is; otherwise whoever has it starts and closes it. root: stands for the machine's own root in
    what the card asks of it; empty where none is given. channel: further fields of every `DahdiChannel`.
    """
    plan = tone_plan(country)
    exchange = Exchange(plan, lambda: NINE_THIRTY)
    numbers = {f"dahdi-{n + 1}": f"555010{n}" for n in range(trunks)}
    stationed = [f"dahdi-{trunks + n + 1}" for n in range(stations)]
    span = StandInSpan(exchange, numbers, stationed, faults=faults, in_step=in_step)
    telephones = [exchange.telephones[name] for name in stationed]
    await exchange.start()
    with tempfile.TemporaryDirectory(prefix="dahdi") as folder:
        devices = Path(folder, "devices")
        devices.mkdir()
        span.start(devices)
        try:
            channels = [
                DahdiChannel(f"dahdi-{n + 1}", n + 1, trunk=n < trunks, **channel) for n in range(trunks + stations)
            ]
            machine = Machine(root or Path(folder))
            made = DahdiCard(channels, plan, devices=devices, machine=machine)
            world = DahdiWorld(exchange, span, made, span.loops, telephones, [], devices)
            made.on_fault = world.tell
            try:
                if started:
                    await made.start()
                yield world
            finally:
                if started:
                    await made.close()
        finally:
            span.close()
            await exchange.close()


@asynccontextmanager
async def dahdi_bench(country: str = "us") -> AsyncIterator[Bench]:
    async with dahdi_world(country) as world:
        yield SimBench(world.exchange, world.card, world.loops["dahdi-1"], world.telephones[0])
