"""Keys as events (RFC 4733): whose number counts, how long a key may be held, and which events are taken."""

from __future__ import annotations

import asyncio
import re
import struct
from pathlib import Path

import pytest

from hw.sip.digits import takes_flash, without_flash
from tests.hw.sipworld import calls_a_worker
from tests.sip.device import Device, answered, invite, rung, sdp
from tests.sip.here import document, own_address, unit, until
from tests.sip.rtp import EVENTS, KEYS, Listener, Sound

pytestmark = pytest.mark.real_time

SOUND = 7000
OWN_NUMBER = 96


def event(key: str, number: int, sequence: int, stamp: int, length: int, *, ended: bool = False) -> bytes:
    head = struct.pack("!BBHII", 0x80, number, sequence, stamp, 0x5EED)
    return head + struct.pack("!BBH", KEYS.index(key), (0x80 if ended else 0) | 10, length)


@pytest.mark.parametrize("taken", ["0-15", "0-11,16", ""])
async def test_an_answer_takes_no_event_that_was_not_offered(taken: str, tmp_path: Path) -> None:
    here, there = own_address(), own_address()
    gateway = {"name": "g", "model": "generic-gateway", "address": there, "trunks": [{"port": "line"}]}
    async with unit(document({"address": here, "gateways": [gateway]}, {"line": {}}, {}), tmp_path) as at:
        with await Device.open(there) as device:
            offer = sdp(there, SOUND) + (f"a=fmtp:101 {taken}\r\n" if taken else "")
            call = invite(device, (here, 5060), "line", "4075550170", offer)
            answer = await answered(call)
            expected = "0-16" if "16" in taken else "0-15"
            assert re.findall(r"a=fmtp:101 (\S+)", answer.body) == [expected]
            await call.hang_up()
        await at.all_idle()


@pytest.mark.skipif(calls_a_worker() <= 4, reason="the ready-made SIP library knows one number of events a call only")
async def test_keys_by_the_number_of_a_telephones_own_answer_are_heard_and_a_long_one_once(tmp_path: Path) -> None:
    here, there = own_address(), own_address()
    telephone = {"port": "tom", "address": there}
    async with unit(document({"address": here, "telephones": [telephone]}, {}, {"surgery": "tom"}), tmp_path) as at:
        with (
            await Device.open(there) as device,
            await Sound.open(there, SOUND, Listener({}, at.plan)) as sound,
        ):
            pressed: list[str] = []
            front = at.telephone("fxs-1").telephone
            front.lift()
            await asyncio.sleep(1.5)
            await front.press("102")
            call, asked = await rung(device, (here, 5060))
            assert f"a=rtpmap:{EVENTS} telephone-event" in asked.body or "telephone-event" in asked.body
            body = sdp(there, SOUND).replace(" 101\r\n", f" {OWN_NUMBER}\r\n").replace(":101 ", f":{OWN_NUMBER} ")
            body += f"a=fmtp:{OWN_NUMBER} 0-15\r\n"
            device.answer(asked, 200, body=body)
            await device.next("ACK ")
            await until(lambda: at.in_conversation("surgery"), "conversation")
            leg = at.appliance.lines.stations["surgery"].leg
            assert leg is not None
            leg.digit_told.subscribe(pressed.append)
            await until(lambda: sound.far, "where the unit's sound comes from")
            send = sound._transport.sendto
            sequence = 1000
            for stamp in (160_000, 160_000 + 65_535):
                for length in range(4000, 65_535, 4000):
                    sequence += 1
                    send(event("5", OWN_NUMBER, sequence, stamp, length), sound.far)
                    await asyncio.sleep(0.01)
                sequence += 1
                send(event("5", OWN_NUMBER, sequence, stamp, 65_535), sound.far)
                await asyncio.sleep(0.01)
            for _ in range(3):
                sequence += 1
                send(event("5", OWN_NUMBER, sequence, 160_000 + 65_535, 65_535, ended=True), sound.far)
            await until(lambda: pressed, "key")
            sequence += 1
            send(event("7", OWN_NUMBER, sequence, 400_000, 160), sound.far)
            await until(lambda: "7" in pressed, "second key")
            assert pressed == ["5", "7"]
            call.request("BYE")
            front.hang_up()
        await at.all_idle()


@pytest.mark.parametrize(
    ("lines", "taken"),
    [
        ("a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n", True),
        ("a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n", False),
        ("a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-11,16\r\n", True),
        ("a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15,32-49\r\n", False),
        ("a=rtpmap:101 telephone-event/8000\r\n", False),
        ("a=rtpmap:96 telephone-event/8000\r\na=fmtp:101 0-16\r\n", False),
        ("", False),
    ],
)
def test_which_media_take_a_flash(lines: str, taken: bool) -> None:
    assert takes_flash(lines) is taken


def test_an_answer_without_flash_lists_the_keys() -> None:
    assert without_flash("a=fmtp:96 0-16\r\na=fmtp:101 0-16\r\n") == "a=fmtp:96 0-15\r\na=fmtp:101 0-15\r\n"
