"""Calls that are right, and not the usual ones: no offer, sound behind other media, one on the heels of another."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from appliance.api.status import unit_status
from tests.hw.sipworld import calls_a_worker
from tests.sip.device import Device, Dialogue, Message, answered, invite, sdp
from tests.sip.here import RunningUnit, document, own_address, unit, until
from tests.sip.rtp import Listener, Sound

pytestmark = pytest.mark.real_time

SOUND = 7000


def lines() -> list[str]:
    """As many as a worker carries."""
    return [f"line-{number}" for number in range(calls_a_worker())]


@asynccontextmanager
async def gateway(folder: Path) -> AsyncIterator[tuple[RunningUnit, Device, Device]]:
    """A gateway with as many lines as a worker carries calls, and a telephone, Tom's, which is another worker's."""
    here, there, toms = own_address(), own_address(), own_address()
    trunks = [{"port": line} for line in lines()]
    gateway = {"name": "g", "model": "generic-gateway", "address": there, "trunks": trunks}
    sip = {"address": here, "gateways": [gateway], "telephones": [{"port": "tom", "address": toms}]}
    async with unit(document(sip, {line: {} for line in lines()}, {"surgery": "tom"}), folder) as at:
        workers = [worker.pid for worker in at.sip.endpoint.workers]
        with await Device.open(there) as device, await Device.open(toms) as telephone:
            yield at, device, telephone
        assert [worker.pid for worker in at.sip.endpoint.workers] == workers
        assert at.appliance.faults == []


async def test_a_call_without_an_offer_is_sent_to_the_worker_of_its_line(tmp_path: Path) -> None:
    async with gateway(tmp_path) as (at, _gateway, telephone):
        first = (at.address, 5060)
        assert at.at("tom") != at.at(lines()[0])
        call = invite(telephone, first, "101", "tom", "")
        moved = await telephone.next("SIP/2.0 302")
        assert f"<sip:101@{at.at('tom')}>" in moved.headers.header("contact")
        call.request("ACK")


async def test_sound_may_stand_behind_other_media(tmp_path: Path) -> None:
    async with gateway(tmp_path) as (at, device, _telephone):
        listener = Listener({}, at.plan)
        with await Sound.open(device.here[0], SOUND, listener) as sound:
            offer = sdp(device.here[0], SOUND)
            offer = offer.replace("m=audio", "m=video 7900 RTP/AVP 31\r\nm=image 7902 udptl t38\r\nm=audio")
            call = invite(device, (at.address, 5060), lines()[0], "4075550122", offer)
            await answered(call)
            await until(lambda: listener.loud, "sound")
            await sound.press("3")
            await until(lambda: unit_status(at.appliance)["calls"][0]["reached"] == "office", "what was pressed")
            await call.hang_up()
        await at.record("4075550122")


async def test_a_call_that_comes_the_moment_another_ends_is_answered_or_busy(tmp_path: Path) -> None:
    """The worker finds an end and a call together, and has room for one: they are not taken for the same call."""
    async with gateway(tmp_path) as (at, device, _telephone):
        there, offer = (at.address, 5060), sdp(device.here[0], SOUND)
        worker = at.sip.endpoint.workers[0].pid
        assert worker is not None
        calls = []
        for number, line in enumerate(lines()):
            calls.append(invite(device, there, line, str(4075550130 + number), offer))
            await answered(calls[-1])
        os.kill(worker, signal.SIGSTOP)
        try:
            calls[0].request("BYE")
            new = invite(device, there, lines()[0], "4075550124", offer)
        finally:
            os.kill(worker, signal.SIGCONT)
        answer = await until(lambda: final_answer(device, new), "final answer")
        assert answer.status in (200, 486)
        for call in calls[1:]:
            call.request("BYE")
        new.remote = answer.headers.header("to")
        if answer.status == 200:
            new.request("ACK")
            new.request("BYE")
        await at.all_idle()


def final_answer(device: Device, call: Dialogue) -> Message | None:
    """The first one to its INVITE."""
    mine = (one for one in device.received if one.headers.header("call-id") == call.call_id)
    return next((one for one in mine if one.status >= 200), None)
