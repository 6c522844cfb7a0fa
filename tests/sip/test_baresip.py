"""baresip as a SIP telephone of the office, and by hand what it cannot: redirection and attended transfer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from appliance.api.status import unit_status
from appliance.media.music import hold_music
from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Samples
from hw.sip.message import address
from tests.sip.baresip import ADDRESS, Baresip, baresip
from tests.sip.device import Device, Dialogue, answered, invite, rung, sdp
from tests.sip.here import RunningUnit, document, free_port, own_address, unit, until
from tests.sip.rtp import Listener, Sound

pytestmark = pytest.mark.real_time

GREETING = "Good morning, and thank you for calling Riverside Dental."
SPEECH = "For questions about a bill, press 2."
JANE = "4075550199"
SOUND = 7200


class Office:
    """An outside caller on a gateway's line, Maria and Ruth at analog telephones, and Tom at a SIP telephone."""

    def __init__(self, tom: tuple[str, int]) -> None:
        self.address, self.gateway = own_address(), own_address()
        self.tom, self.tom_port = tom
        self.unit: RunningUnit
        self.line: Device
        self.texts: dict[str, Samples]

    def listener(self) -> Listener:
        return Listener(self.texts, self.unit.plan)

    @asynccontextmanager
    async def jane(self, extension: str = "102") -> AsyncIterator[tuple[Sound, Dialogue]]:
        """She has called, and chosen whom she wants."""
        with await Sound.open(self.gateway, SOUND, self.listener()) as sound:
            body = sdp(self.gateway, SOUND)
            call = invite(self.line, (self.address, 5060), "line", f"{JANE}", body, name="JANE DOE")
            await answered(call)
            await sound.listener.hears(GREETING)
            await sound.press(extension)
            yield sound, call


@asynccontextmanager
async def office(folder: Path, tom: tuple[str, int]) -> AsyncIterator[Office]:
    here = Office(tom)
    gateway = {"name": "gateway", "model": "generic-gateway", "address": here.gateway, "trunks": [{"port": "line"}]}
    telephone = {"port": "tom", "address": here.tom, "sip_port": here.tom_port}
    sip = {"address": here.address, "gateways": [gateway], "telephones": [telephone]}
    async with unit(document(sip, {"line": {}}, {"surgery": "tom"}), folder / "data") as here.unit:
        here.texts = {text: here.unit.clips[text] for text in (GREETING, SPEECH)}
        with await Device.open(here.gateway) as here.line:
            yield here
            await here.unit.all_idle()
            assert here.unit.appliance.faults == []


async def with_baresip(folder: Path, *scenarios: Callable[[Office, Baresip], Coroutine[Any, Any, None]]) -> None:
    """Run these at the same time, each in an office of its own whose Tom has baresip."""

    async def run(scenario: Callable[[Office, Baresip], Coroutine[Any, Any, None]]) -> None:
        async with office(folder / scenario.__name__, (ADDRESS, free_port())) as here:
            unit_at, says = f"{here.address}:5060", here.texts[SPEECH]
            async with baresip(here.tom_port, "tom", unit_at, says) as telephone:
                await scenario(here, telephone)

    async with asyncio.TaskGroup() as group:
        for scenario in scenarios:
            group.create_task(run(scenario))


async def by_hand(folder: Path, *scenarios: Callable[[Office, Device], Coroutine[Any, Any, None]]) -> None:
    """The same with a telephone that does what the scenario says."""

    async def run(scenario: Callable[[Office, Device], Coroutine[Any, Any, None]]) -> None:
        async with office(folder / scenario.__name__, (own_address(), 5060)) as here:
            with await Device.open(here.tom) as telephone:
                await scenario(here, telephone)

    async with asyncio.TaskGroup() as group:
        for scenario in scenarios:
            group.create_task(run(scenario))


async def it_is_rung_and_shows_the_caller(here: Office, tom: Baresip) -> None:
    async with here.jane() as (sound, _):
        ringing = await tom.told("CALL_INCOMING")
        assert ringing["peeruri"].startswith(f"sip:{JANE}@")
        assert ringing["peerdisplayname"] == "JANE DOE"
        await tom.does("accept")
        await tom.told("CALL_ESTABLISHED")
        await sound.listener.hears(SPEECH)
        # What comes first, and what is on its way at the end, its jitter buffer may drop.
        pause = np.zeros(SAMPLE_RATE // 2, np.int16)
        await sound.say(np.concatenate([pause, here.texts[GREETING], pause]))
        await tom.does("hangup")
        await here.line.next("BYE")
        await tom.told("CALL_CLOSED")
    heard = here.listener()
    for frame in tom.heard[: len(tom.heard) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES):
        heard.feed(frame)
    await heard.hears(GREETING)
    record = await here.unit.record(JANE)
    assert (record.outcome, record.cause, record.reached) == ("connected", "on-hook", "tom")


async def it_dials_holds_and_transfers(here: Office, tom: Baresip) -> None:
    maria, ruth = here.unit.telephone("fxs-1"), here.unit.telephone("fxs-3")
    ear = here.listener()
    maria.telephone.listeners.append(ear.feed)
    await tom.does("dial", "101")
    await maria.ringing()
    maria.telephone.lift()
    await ear.hears(SPEECH)
    await tom.does("hold")
    await ear.hears_part_of(hold_music(), "music")
    spoken = len(ear.heard)
    await tom.does("resume")
    await until(lambda: any(SPEECH.startswith(item.text[:12]) for item in ear.heard[spoken:]), "Tom again")
    await tom.does("transfer", f"sip:103@{here.address}")
    await ruth.ringing()
    await tom.told("CALL_CLOSED")
    other = here.listener()
    ruth.telephone.listeners.append(other.feed)
    ruth.telephone.lift()
    await until(lambda: other.frames, "sound at Ruth's")
    await maria.telephone.speak(here.texts[GREETING])
    await other.hears(GREETING)
    maria.telephone.hang_up()
    ruth.telephone.hang_up()
    record = await here.unit.record("102")
    assert (record.outcome, record.reached) == ("connected", "ruth")
    assert (maria.rings, ruth.rings) == (1, 1)


async def it_is_busy_and_its_message_lamp_lights(here: Office, tom: Baresip) -> None:
    assert "Messages-Waiting: yes" not in tom.trace
    async with here.jane() as (sound, call):
        await tom.told("CALL_INCOMING")
        await tom.does("hangup")
        await sound.listener.hears("beep")
        await sound.say(here.texts[SPEECH])
        await call.hang_up()
    await until(lambda: "Messages-Waiting: yes" in tom.trace, "NOTIFY")
    record = await here.unit.record(JANE)
    assert (record.outcome, record.reached) == ("message-left", "tom")


async def a_redirected_call_rings_there(here: Office, tom: Device) -> None:
    ruth = here.unit.telephone("fxs-3")
    async with here.jane() as (_, call):
        _, asked = await rung(tom, (here.address, 5060))
        assert address(asked.headers.header("from")).name == "JANE DOE"
        tom.answer(asked, 302, {"Contact": f"<sip:103@{here.address}>"})
        await tom.next("ACK")
        await until(lambda: ruth.rings, "ring at Ruth's")
        await call.hang_up()
    record = await here.unit.record(JANE)
    assert (record.outcome, record.called) == ("abandoned", "102")


async def a_call_redirected_to_nobody_comes_to_the_mailbox(here: Office, tom: Device) -> None:
    async with here.jane() as (_, call):
        _, asked = await rung(tom, (here.address, 5060))
        tom.answer(asked, 302, {"Contact": "<sip:9999@elsewhere.invalid>"})
        await tom.next("ACK")
        await until(lambda: [one["reached"] for one in unit_status(here.unit.appliance)["calls"]] == ["tom"], "mailbox")
        await call.hang_up()
    record = await here.unit.record(JANE)
    assert (record.outcome, record.called, record.reached) == ("abandoned", "102", "tom")


async def an_attended_transfer_joins_the_two_others(here: Office, tom: Device) -> None:
    """Tom has Jane on hold, calls Ruth, and joins the two: REFER with Replaces."""
    far = (here.address, 5060)
    ruth = here.unit.telephone("fxs-3")
    ear = here.listener()
    ruth.telephone.listeners.append(ear.feed)
    async with here.jane() as (sound, call):
        first, asked = await rung(tom, far)
        tom.answer(asked, 180)
        tom.answer(asked, 200, body=sdp(here.tom, SOUND))
        await tom.next("ACK")
        first.request("INVITE", body=sdp(here.tom, SOUND, "sendonly"))
        await answered(first)
        await sound.listener.hears_part_of(hold_music(), "music")
        second = invite(tom, far, "103", "tom", sdp(here.tom, SOUND + 2))
        await answered(second)
        await ruth.ringing()
        ruth.telephone.lift()
        await until(lambda: here.unit.in_conversation("billing"), "Ruth")
        tags = f"to-tag%3D{second.remote_tag}%3Bfrom-tag%3D{second.local_tag}"
        refer = f"<sip:103@{here.address}?Replaces={second.call_id}%3B{tags}>"
        first.request("REFER", {"Refer-To": refer, "Referred-By": f"<sip:tom@{here.address}>"})
        await tom.next("SIP/2.0 202")
        told = await tom.next("NOTIFY")
        while "refer" not in told.headers.header("event"):
            told = await tom.next("NOTIFY")
        assert told.body.startswith("SIP/2.0 200")
        await tom.next("BYE")
        await tom.next("BYE")
        await sound.say(here.texts[SPEECH])
        await ear.hears(SPEECH)
        await call.hang_up()
    ruth.telephone.hang_up()
    record = await here.unit.record(JANE)
    assert (record.outcome, record.cause) == ("connected", "hung-up")
    assert ruth.rings == 1


async def test_baresip_is_a_telephone_of_the_office(tmp_path: Path) -> None:
    await with_baresip(
        tmp_path,
        it_is_rung_and_shows_the_caller,
        it_dials_holds_and_transfers,
        it_is_busy_and_its_message_lamp_lights,
    )


async def test_a_telephone_redirects_and_joins_its_two_calls(tmp_path: Path) -> None:
    await by_hand(
        tmp_path,
        a_redirected_call_rings_there,
        a_call_redirected_to_nobody_comes_to_the_mailbox,
        an_attended_transfer_joins_the_two_others,
    )
