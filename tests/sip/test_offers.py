"""Calls whose offer is not the usual one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.sip.device import Device, invite
from tests.sip.here import Unit, document, own_address, unit

LINES = [f"line-{number}" for number in range(5)]
"""One more than a worker carries."""


@asynccontextmanager
async def gateway(folder: Path) -> AsyncIterator[tuple[Unit, Device]]:
    here, there = own_address(), own_address()
    trunks = [{"port": line} for line in LINES]
    sip = {"address": here, "gateways": [{"name": "g", "model": "generic-gateway", "address": there, "trunks": trunks}]}
    async with unit(document(sip, {line: {} for line in LINES}, {}), folder) as at:
        workers = [worker.pid for worker in at.sip.endpoint.workers]
        with await Device.open(there) as device:
            yield at, device
        assert [worker.pid for worker in at.sip.endpoint.workers] == workers
        assert at.appliance.faults == []


def test_a_call_without_an_offer_is_sent_to_the_worker_of_its_line(tmp_path: Path) -> None:
    async def main() -> None:
        async with gateway(tmp_path) as (at, device):
            first = (at.address, 5060)
            assert at.at(LINES[-1]) != at.at(LINES[0])
            call = invite(device, first, LINES[-1], "4075550121", "")
            moved = await device.next("SIP/2.0 302")
            assert f"<sip:{LINES[-1]}@{at.at(LINES[-1])}>" in moved.headers.header("contact")
            call.request("ACK")

    asyncio.run(main())
