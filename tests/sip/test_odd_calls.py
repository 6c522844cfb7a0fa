"""Calls that are right, and not the usual ones: no offer, sound behind other media, one on the heels of another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.sip.device import Device, answered, invite, sdp
from tests.sip.here import Unit, document, own_address, unit, until
from tests.sip.rtp import Listener, Sound

LINES = [f"line-{number}" for number in range(5)]
"""One more than a worker carries."""
SOUND = 7000


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


def test_sound_may_stand_behind_other_media(tmp_path: Path) -> None:
    async def main() -> None:
        async with gateway(tmp_path) as (at, device):
            listener = Listener({}, at.plan)
            with await Sound.open(device.here[0], SOUND, listener) as sound:
                offer = sdp(device.here[0], SOUND)
                offer = offer.replace("m=audio", "m=video 7900 RTP/AVP 31\r\nm=image 7902 udptl t38\r\nm=audio")
                call = invite(device, (at.address, 5060), LINES[0], "4075550122", offer)
                await answered(call)
                await until(lambda: listener.loud, "sound")
                await sound.press("3")
                await until(lambda: at.appliance.status()["calls"][0]["reached"] == "office", "what was pressed")
                await call.hang_up()
            await at.record("4075550122")

    asyncio.run(main())
