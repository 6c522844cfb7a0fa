"""Packets of every length: the sound of both sides is whole, and no worker ends for it."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Samples
from tests.sip.device import Device, Dialogue, answered, invite, sdp
from tests.sip.here import RunningUnit, document, own_address, unit, until
from tests.sip.rtp import Packet, decoded, encoded

pytestmark = pytest.mark.real_time

PORT = 7700
TONE_HZ = 700.0
LENGTHS_MS = (10, 20, 30, 40, 50, 60, 80, 100, 120, 180)
"""What fits a packet of Ethernet at 8 bytes a millisecond."""


class Packets(asyncio.DatagramProtocol):
    """A socket that keeps what comes: the lengths of the packets in samples, and their sound in order."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.sound: list[Samples] = []
        self.far: tuple[str, int] | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if data[1] & 0x7F == 0:
            self.far = addr
            self.lengths.append(len(data) - 12)
            self.sound.append(decoded(data[12:]))


def tone(packet_ms: int, seconds: float) -> Iterator[Packet]:
    """A tone in packets of this length."""
    size = packet_ms * SAMPLE_RATE // 1000
    for number in range(round(seconds * 1000 / packet_ms)):
        time = (np.arange(size) + number * size) / SAMPLE_RATE
        wave = (8000 * np.sin(2 * np.pi * TONE_HZ * time)).astype(np.int16)
        head = struct.pack("!BBHII", 0x80, 0, number & 0xFFFF, number * size, 0x5EED)
        yield Packet(number * packet_ms / 1000, head + encoded(wave))


def purity(sound: Samples) -> float:
    """How much of the sound is the tone: 1 where nothing is missing or put in twice."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    return float(spectrum[np.abs(hertz - TONE_HZ) < 15].sum() / max(1.0, spectrum.sum()))


async def heard_by_unit(at: RunningUnit, packets: Iterator[Packet], there: Packets) -> Samples:
    """What comes to the unit's side of the call while these packets are sent."""
    memory: list[Samples] = []
    media = at.trunk("line odd").leg
    assert media is not None
    tap = Tap(memory)
    media.media.listen_for(tap)
    loop = asyncio.get_running_loop()
    began = loop.time()
    for packet in packets:
        await asyncio.sleep(began + packet.at_s - loop.time())
        assert there.far is not None
        there.transport.sendto(packet.data, there.far)
    media.media.stop_listening(tap)
    return np.concatenate(memory)


class Tap:
    """Keeps each frame that is heard."""

    def __init__(self, kept: list[Samples]) -> None:
        self._kept = kept

    def feed(self, frame: Samples) -> tuple[()]:
        self._kept.append(frame.copy())
        return ()


def offer(host: str, packet_ms: int) -> str:
    return sdp(host, PORT).replace("a=ptime:20", f"a=ptime:{packet_ms}")


async def both_ways(at: RunningUnit, there: Packets, packet_ms: int) -> None:
    there.lengths.clear()
    there.sound.clear()
    await until(lambda: sum(there.lengths) >= SAMPLE_RATE, "a second of the unit's sound")
    assert set(there.lengths) == {packet_ms * SAMPLE_RATE // 1000}
    sound = await heard_by_unit(at, tone(packet_ms, 2.0), there)
    assert len(sound) >= 70 * FRAME_SAMPLES
    assert purity(sound[-60 * FRAME_SAMPLES :][: 50 * FRAME_SAMPLES]) > 0.98


@pytest.mark.parametrize("packet_ms", LENGTHS_MS)
async def test_the_length_the_far_end_asks_for_is_sent_and_taken(packet_ms: int, tmp_path: Path) -> None:
    here, odd = own_address(), own_address()
    gateway = {"name": "odd", "model": "generic-gateway", "address": odd, "trunks": [{"port": "odd"}]}
    async with unit(document({"address": here, "gateways": [gateway]}, {"odd": {}}, {}), tmp_path) as at:
        workers = [worker.pid for worker in at.sip.endpoint.workers]
        loop = asyncio.get_running_loop()
        transport, there = await loop.create_datagram_endpoint(Packets, local_addr=(odd, PORT))
        with await Device.open(odd) as device:
            host, _, port = at.at("odd").partition(":")
            call = invite(device, (host, int(port)), "odd", "4075550160", offer(odd, packet_ms))
            await answered(call)
            await both_ways(at, there, packet_ms)
            await changed(call, offer(odd, 60 if packet_ms != 60 else 20))
            await both_ways(at, there, 60 if packet_ms != 60 else 20)
            await call.hang_up()
        transport.close()
        assert [worker.pid for worker in at.sip.endpoint.workers] == workers


async def changed(call: Dialogue, body: str) -> None:
    """Offer again within the call."""
    call.request("INVITE", body=body)
    await call.device.next("SIP/2.0 200")
    call.request("ACK")
