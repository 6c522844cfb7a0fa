"""RTP as a device sends and receives it: G.711 sound, keys as events of RFC 4733, and the same in a pcap file."""

from __future__ import annotations

import asyncio
import struct
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from appliance.ear.clipbook import ClipBook
from appliance.ear.ear import Ear
from appliance.ear.heard import Heard, Kind
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, Frame, Samples
from hw.dsp.dtmf import dtmf_samples
from hw.tones.toneplan import TonePlan
from tests.sip.here import PATIENCE_S, until

PCMU, EVENTS = 0, 101
KEYS = "0123456789*#ABCD"
_HEAD = struct.Struct("!BBHII")
_KEY_FRAMES, _PAUSE_FRAMES = 6, 5
_LOUD = 300
_PART_FRAMES, _LIKE = 25, 0.8
_END_TIMES = 3
"""How often the end of an event is sent (RFC 4733, 2.5.1.4)."""

# ITU-T G.711, mu-law: eight segments of sixteen steps, as 14-bit values, here shifted to 16 bits.
_CODES = np.arange(256, dtype=np.int32) ^ 0xFF
_DECODED = (((((_CODES & 0x0F) << 3) + 0x84) << ((_CODES & 0x70) >> 4)) - 0x84) * np.where(_CODES & 0x80, -1, 1)
_ORDER = np.argsort(_DECODED, kind="stable")
_SORTED = _DECODED[_ORDER]


def decoded(payload: bytes) -> Samples:
    return _DECODED[np.frombuffer(payload, np.uint8)].astype(np.int16)


def encoded(samples: npt.NDArray[np.int16]) -> bytes:
    """The nearest code of each sample."""
    places = np.clip(np.searchsorted(_SORTED, samples), 1, 255)
    wide = samples.astype(np.int32)
    nearer = places - (wide - _SORTED[places - 1] < _SORTED[places] - wide)
    return _ORDER[nearer].astype(np.uint8).tobytes()


@dataclass(frozen=True, slots=True)
class Packet:
    """at_s: when it is to be sent, from the first one on."""

    at_s: float
    data: bytes


def stream(samples: Samples, ssrc: int = 0x5EED, first: int = 0) -> Iterator[Packet]:
    """The sound in packets of 20 ms. first: how many packets of this stream were sent before."""
    for number, frame in enumerate(samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)):
        count = first + number
        head = _HEAD.pack(0x80, PCMU, count & 0xFFFF, count * FRAME_SAMPLES & 0xFFFFFFFF, ssrc)
        yield Packet(number * FRAME_SECONDS, head + encoded(frame))


def keys(digits: str, ssrc: int = 0x5EED, first: int = 0, in_band: bool = False) -> Iterator[Packet]:
    """Keys as events, 120 ms each with a pause of 100 ms. in_band: the same keys in the sound of the same time."""
    count = first
    for number, digit in enumerate(digits):
        began = first + number * (_KEY_FRAMES + _PAUSE_FRAMES)
        at_s = (began - first) * FRAME_SECONDS
        tone = [*stream(dtmf_samples(digit, -8.0, -6.0, 120, 100), ssrc)] if in_band else []
        for place in range(_KEY_FRAMES + _END_TIMES - 1):
            ended = place >= _KEY_FRAMES - 1
            duration = min(place + 1, _KEY_FRAMES) * FRAME_SAMPLES
            marked = EVENTS | (0x80 if place == 0 else 0)
            head = _HEAD.pack(0x80, marked, count & 0xFFFF, began * FRAME_SAMPLES & 0xFFFFFFFF, ssrc)
            body = struct.pack("!BBH", KEYS.index(digit), (0x80 if ended else 0) | 10, duration)
            yield Packet(at_s + min(place, _KEY_FRAMES) * FRAME_SECONDS, head + body)
            count += 1
        for place, packet in enumerate(tone):
            head = _HEAD.pack(0x80, PCMU, count & 0xFFFF, (began + place) * FRAME_SAMPLES & 0xFFFFFFFF, ssrc)
            yield Packet(at_s + place * FRAME_SECONDS, head + packet.data[_HEAD.size :])
            count += 1


def write_pcap(path: Path, packets: Iterable[Packet]) -> None:
    """A file of libpcap's classic format: UDP over IPv4 over Ethernet. Whoever plays it puts in the addresses."""
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for packet in sorted(packets, key=lambda one: one.at_s):
            udp = struct.pack("!HHHH", 6000, 6000, 8 + len(packet.data), 0) + packet.data
            ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, b"\x7f\0\0\1", b"\x7f\0\0\1")
            frame = bytes(12) + b"\x08\x00" + ip + udp
            seconds, rest = divmod(round(packet.at_s * 1_000_000), 1_000_000)
            file.write(struct.pack("<IIII", seconds, rest, len(frame), len(frame)) + frame)


class Listener:
    """What a party hears, recognised. texts: the clips it knows."""

    def __init__(self, texts: Mapping[str, Samples], plan: TonePlan) -> None:
        book = ClipBook()
        for text, samples in texts.items():
            book.add(text, samples)
        self.heard: list[Heard] = []
        self.frames = 0
        self.loud = 0
        """Frames of anything that is no silence."""
        self._last: deque[Frame] = deque(maxlen=_PART_FRAMES)
        self._ear = Ear(book, plan, self.heard.append)

    def feed(self, frame: Frame) -> None:
        """The next frame. By the count, not by the time of arrival: a loaded machine must not make gaps."""
        self.frames += 1
        self._last.append(frame)
        self.loud += bool(np.abs(frame.astype(np.int32)).max() > _LOUD)
        self._ear.feed(frame, 1.0 + self.frames * FRAME_SECONDS)

    async def hears_part_of(self, whole: Samples, what: str) -> None:
        """Wait until half a second of this was heard: of music, which has nothing to be recognised by as words have."""
        tried = self.frames

        def there() -> bool:
            nonlocal tried
            if self.frames < tried + _PART_FRAMES:
                return False
            tried = self.frames
            return _place(np.concatenate(self._last), whole) > _LIKE

        await until(there, what)

    async def hears(self, text: str, seconds: float = PATIENCE_S) -> None:
        """Wait until this was heard, or is being heard: words, or the name of a tone."""
        try:
            await until(lambda: any(_is(item, text) for item in (*self.heard, *self._ear.current)), text, seconds)
        except AssertionError:
            heard = [str(item) for item in (*self.heard, *self._ear.current)]
            raise AssertionError(f"not heard: {text}, but {heard} in {self.frames} frames") from None


def _place(part: Samples, whole: Samples) -> float:
    """How like the likeliest place in the whole this part is: 0 to 1. The whole goes on from its beginning again."""
    wanted, sound = part.astype(np.float64), np.concatenate([whole, whole[: len(part)]]).astype(np.float64)
    size = 1 << (len(sound) + len(wanted)).bit_length()
    products = np.fft.irfft(np.fft.rfft(sound, size) * np.conj(np.fft.rfft(wanted, size)), size)
    energies = np.cumsum(np.concatenate([[0.0], sound**2]))
    there = energies[len(wanted) :] - energies[: -len(wanted)]
    likeness = products[: len(there)] / np.sqrt(np.maximum(there * (wanted @ wanted), 1.0))
    return float(likeness.max())


class Sound(asyncio.DatagramProtocol):
    """A device's socket for sound: what comes is heard, and what it says goes to `far`.

    events: the keys that came as events. A second stream to the same port is counted in `sources`, and not heard.
    """

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.events = ""
        self.far: tuple[str, int] | None = None
        self._streams: set[bytes] = set()
        self._event_at = -1
        self._sent = 0

    @classmethod
    async def open(cls, address: str, port: int, listener: Listener) -> Sound:
        loop = asyncio.get_running_loop()
        _, sound = await loop.create_datagram_endpoint(lambda: cls(listener), local_addr=(address, port))
        return sound

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        kind, timestamp = data[1] & 0x7F, *struct.unpack("!I", data[4:8])
        payload = data[_HEAD.size :]
        self._streams.add(data[8:12])
        if self.far not in (None, addr):
            return
        self.far = addr
        if kind == EVENTS and timestamp != self._event_at:
            self._event_at = timestamp
            self.events += KEYS[payload[0]]
        elif kind == PCMU and len(payload) == FRAME_SAMPLES:
            self.listener.feed(decoded(payload))

    @property
    def sources(self) -> int:
        return len(self._streams)

    async def send(self, packets: Iterable[Packet]) -> None:
        """Send these at their times, once it is known where to."""
        await until(lambda: self.far, "sound from the far end")
        loop = asyncio.get_running_loop()
        began = loop.time()
        for packet in packets:
            await asyncio.sleep(began + packet.at_s - loop.time())
            self._sent += 1
            self.send_now(packet.data)

    def send_now(self, data: bytes) -> None:
        """Send this to where the far end's sound came from."""
        self._transport.sendto(data, self.far)

    async def say(self, samples: Samples) -> None:
        await self.send(stream(samples, first=self._sent))

    async def press(self, digits: str) -> None:
        await self.send(keys(digits, first=self._sent))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._transport.close()


def _is(item: Heard, text: str) -> bool:
    """Words cut off at either end count when they are a good part of the text."""
    if item.kind is Kind.WORDS:
        heard = item.text.strip("-")
        return heard == text or (len(heard) >= 12 and heard in text)
    return item.kind in (Kind.TONE, Kind.BEEP) and item.text == text
