"""What must not get into a SIP endpoint: strangers, malformed datagrams, and sound from elsewhere."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from hw.audio import level_dbm0
from hw.sip import wire
from tests.hw.siprawpeer import RawDialogue, RawPeer
from tests.hw.sipsides import with_raw_peer
from tests.hw.sipworld import Party, own_address

pytestmark = pytest.mark.real_time


async def test_strangers_get_no_answer_at_all_and_are_counted() -> None:
    async with with_raw_peer() as (side, peer):
        stranger = RawPeer(own_address())
        try:
            to = (side.address, 5060)
            stranger.send(stranger.request("OPTIONS", f"sip:{side.address}"), to)
            stranger.send(stranger.request("INVITE", f"sip:801@{side.address}", body=stranger.sdp()), to)
            stranger.send(stranger.request("REGISTER", f"sip:{side.address}"), to)
            for _ in range(7):
                stranger.send(b"\r\n\r\n", to)
            await stranger.silence(0.5)
            assert await side.unknown_senders.until(int, 3) == 10
            assert side.calls.items == []
            peer.send(peer.request("OPTIONS", f"sip:{side.address}"), to)
            await peer.next("SIP/2.0 200")
        finally:
            stranger.close()


def malformed(peer: RawPeer, address: str) -> list[str | bytes]:
    uri = f"sip:801@{address}"
    whole = peer.request("INVITE", uri, body=peer.sdp())
    random = np.random.default_rng(7)
    return [
        b"",
        b"\x00",
        b"\r\n\r\n",
        b"\xff" * 1400,
        b"A" * 60_000,
        "INVITE\r\n\r\n",
        "INVITE sip: SIP/2.0\r\n\r\n",
        f"INVITE {uri} SIP/9.9\r\n\r\n",
        "SIP/2.0 200 OK\r\n\r\n",
        "SIP/2.0 999999999999 \r\n\r\n",
        *[whole[:length] for length in (20, 60, 150, 250, 400)],
        whole.replace("CSeq: 1 INVITE", "CSeq: 99999999999999999999 INVITE"),
        whole.replace("Content-Length: ", "Content-Length: 9"),
        whole.replace("Content-Length: ", "Content-Length: -"),
        whole.replace("From: <sip:702", 'From: "\x00\x07 <sip:702'),
        whole.replace(";tag=raw", ""),
        whole.replace("Via:", "Vai:"),
        whole.replace("m=audio 30000", "m=audio 999999999"),
        whole.replace("c=IN IP4", "c=IN IP9"),
        whole.replace("v=0", "v=v"),
        whole.replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\n" + "Route: <sip:a@b;lr>\r\n" * 200),
        peer.request("INVITE", uri, to_tag="never-heard-of", body=peer.sdp()),
        peer.request("BYE", uri, to_tag="never-heard-of"),
        peer.request("REFER", uri, headers="Refer-To: <<>>\r\n"),
        peer.request("NOTIFY", uri, headers="Event: x\r\nSubscription-State: \r\n"),
        *[random.bytes(int(length)) for length in random.integers(1, 1400, 40)],
    ]


async def test_malformed_datagrams_of_a_served_device_leave_the_endpoint_answering_and_its_call_talking() -> None:
    async with with_raw_peer() as (side, peer):
        to = (side.address, 5060)
        dialogue = RawDialogue(peer, to, "103")
        party = await side.called()
        party.call.accept()
        await dialogue.answered()
        pid = side.endpoint.workers[0].pid
        for data in malformed(peer, side.address):
            peer.send(data, to)
        for other in side.calls.items[1:]:
            other.call.clear()
        await asyncio.sleep(0.5)
        await dialogue.ask("OPTIONS", "200")
        await dialogue.ask("BYE", "200")
        await party.told.until(wire.Ended)
        for other in side.calls.items[1:]:
            other.call.clear()
        await asyncio.sleep(0.3)
        again = RawDialogue(peer, to, "104")
        accepted = await side.calls.until(Party)
        while accepted.message is None or accepted.message.user != "104":
            accepted = await side.calls.until(Party)
        accepted.call.accept()
        await again.answered()
        assert side.endpoint.workers[0].pid == pid
        assert side.trouble.items == []


async def test_sound_from_another_address_than_the_device_s_is_not_heard() -> None:
    async with with_raw_peer() as (side, peer):
        dialogue = RawDialogue(peer, (side.address, 5060), "103")
        party = await side.called()
        party.call.accept()
        answer = await dialogue.answered()
        port = int(answer.partition("m=audio ")[2].partition(" ")[0])
        await party.told.until(wire.Media)
        speech, noise = RawPeer(peer.address, 30000), RawPeer(own_address(), 30000)
        try:
            for n in range(100):
                head = bytes([0x80, 0]) + n.to_bytes(2, "big") + (160 * n).to_bytes(4, "big")
                noise.send(head + b"\x00\x00\x00\x01" + b"\x00\x80" * 80, (side.address, port))
                if n >= 50:
                    speech.send(head + b"\x00\x00\x00\x02" + b"\x20\xa0" * 80, (side.address, port))
                await asyncio.sleep(0.02)
                if n == 49:
                    assert level_dbm0(np.concatenate(party.hears.frames)) < -60
            await asyncio.sleep(0.1)
            heard = np.concatenate(party.hears.frames[-20:])
            assert np.abs(heard).max() > 1000
        finally:
            speech.close()
            noise.close()
