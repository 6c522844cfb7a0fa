"""A modem's sound over SIP: whatever a network does to the times of packets, none is left out and nothing made up."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from hw.sip import wire
from tests.hw.siprawpeer import RawDialogue, RawPeer
from tests.hw.sipsides import with_raw_peer

PACKETS = 70
HEARD = 4
"""From this packet on: the library begins a stream with silence."""
LATE = {12: 2, 25: 4, 40: 3, 41: 2, 55: 4}
"""By the number of a packet that is late, how many come at once then."""


def loudness(number: int) -> int:
    """What a packet consists of, as a byte of PCMU: no two that follow each other are alike."""
    return 0x10 + number * 7 % 0x60


def linear(code: int) -> int:
    """The sample that PCMU means by a byte (ITU-T G.711)."""
    code ^= 0xFF
    size = ((((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84
    return -size if code & 0x80 else size


async def say(peer: RawPeer, to: tuple[str, int], milliseconds: int) -> None:
    """Send the packets, each a single value; some late, and then all that are due at once."""
    with_sound = RawPeer(peer.address, 30000)
    size = 8 * milliseconds
    waiting: list[bytes] = []
    held = 0
    try:
        for number in range(PACKETS):
            head = bytes([0x80, 0]) + number.to_bytes(2, "big") + (size * number).to_bytes(4, "big")
            waiting.append(head + b"\x00\x00\x00\x02" + bytes([loudness(number)]) * size)
            held = LATE.get(number, held)
            held -= 1
            if held <= 0:
                for packet in waiting:
                    with_sound.send(packet, to)
                waiting.clear()
            await asyncio.sleep(milliseconds / 1000)
    finally:
        with_sound.close()


@pytest.mark.real_time
@pytest.mark.parametrize("milliseconds", [20, 30])
async def test_a_modem_s_sound_comes_through_whole_however_late_some_packets_are(milliseconds: int) -> None:
    async with with_raw_peer() as (side, peer):
        dialogue = RawDialogue(peer, (side.address, 5060), "801")
        party = await side.called()
        party.call.accept()
        answer = await dialogue.answered()
        await party.told.until(wire.Media)
        party.call.carry_data(True)
        await asyncio.sleep(0.1)
        await dialogue.renew("sendrecv", milliseconds)  # Many gateways do so when they hear a fax machine.
        await asyncio.sleep(0.1)
        party.hears.frames.clear()
        port = int(answer.partition("m=audio ")[2].partition(" ")[0])
        await say(peer, (side.address, port), milliseconds)
        await asyncio.sleep(0.2)
        samples = np.concatenate(party.hears.frames)
        wanted = np.repeat([linear(loudness(number)) for number in range(HEARD, PACKETS)], 8 * milliseconds)
        came = samples[np.argmax(samples == wanted[0]) :]
        assert len(came) > len(wanted) - 2 * 8 * milliseconds
        assert np.array_equal(came, wanted[: len(came)])
