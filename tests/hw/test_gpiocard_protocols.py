"""What the card decides without its hardware: how to ring, what is a ring, whether a line hears itself."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from types import SimpleNamespace
from typing import cast
from unittest import mock

import numpy as np
import pytest

from hw.audio import FRAME_SECONDS, SILENCE, Frame
from hw.gpio import InputPin, OutputPin
from hw.gpiocard.codec import FRAME_BYTES, AlsaCodec, CodecError
from hw.gpiocard.hearing_protocol import FRAMES, SelfHeard, SelfHearing
from hw.gpiocard.pace import Pace, PacedStep
from hw.gpiocard.ring_protocol import STEP_S, RingPins, RingProtocol
from hw.gpiocard.ringdetect_protocol import RingDetect
from hw.gpiocard.ringer import RingLine
from hw.gpiocard.sound import CodecSound
from hw.gpiocard.watchedpin import MOST_EDGES, WatchedPin
from hw.sim.gpioboard import LoopPace
from hw.sim.pins import SimPins

IDLE = RingPins(forward=True, ring_mode=False)


def rung(protocol: RingProtocol, seconds: float, lifted_at: float = 99.0, renewed: float = 99.0) -> list[RingPins]:
    """The pins in each step of a burst that is ordered until `renewed`, in which the telephone may be lifted."""
    pins = []
    protocol.order(True, 0.0)
    for n in range(round(seconds / STEP_S)):
        now = n * STEP_S
        if now < renewed:
            protocol.order(True, now)
        pins.append(protocol.step(now >= lifted_at, now))
    return pins


def times(pins: list[RingPins], changed: Callable[[RingPins], bool]) -> list[float]:
    """The times at which something of the pins changes."""
    values = [changed(one) for one in pins]
    return [round(n * STEP_S, 3) for n in range(1, len(values)) if values[n] != values[n - 1]]


@pytest.mark.parametrize(("hertz", "half"), [(20.0, 0.025), (25.0, 0.02), (16.0, 0.025), (50.0, 0.02)])
def test_it_rings_at_the_countrys_frequency_as_far_as_the_chip_bears_it(hertz: float, half: float) -> None:
    toggles = times(rung(RingProtocol(hertz), 1.0), lambda pins: pins.forward)
    assert toggles == [round(half * (n + 1), 3) for n in range(len(toggles))]
    assert len(toggles) >= 39


def test_ring_mode_comes_first_and_goes_last() -> None:
    protocol = RingProtocol()
    rung(protocol, 0.51)
    protocol.order(False, 0.51)
    steps = [protocol.step(False, 0.51 + n * STEP_S) for n in range(1, 5)]
    assert steps == [RingPins(True, True)] * 2 + [IDLE] * 2


def test_short_pulses_of_the_hook_pin_are_the_bells_and_longer_ones_end_the_burst() -> None:
    protocol = RingProtocol()
    protocol.order(True, 0.0)
    for n in range(100):
        protocol.order(True, n * STEP_S)
        protocol.step(n % 5 < 2, n * STEP_S)  # High for 5 ms and less than 10.
    assert not protocol.tripped
    lifted = RingProtocol()
    pins = rung(lifted, 0.3, lifted_at=0.1)
    assert lifted.tripped
    assert times(pins, lambda pins: pins.ring_mode) == [0.125]


def test_two_pulses_of_the_bell_are_not_taken_for_one_by_a_thread_that_was_late() -> None:
    protocol = RingProtocol()
    tripped = []
    for n in range(5):
        protocol.order(True, n * 0.025)
        protocol.step(True, n * 0.025)
        tripped.append(protocol.tripped)
    assert tripped == [False] * 4 + [True]


def test_it_rings_no_more_when_nobody_repeats_the_order() -> None:
    pins = rung(RingProtocol(), 2.0, renewed=0.6)
    (end,) = times(pins, lambda pins: pins.ring_mode)
    assert 1.09 <= end <= 1.13


def test_a_burst_is_cut_at_what_the_chip_bears_and_every_countrys_ringing_is_not() -> None:
    protocol = RingProtocol()
    pins = rung(protocol, 12.0)
    assert protocol.cut_short
    assert times(pins, lambda pins: pins.ring_mode) == [pytest.approx(7.5, abs=0.1)]
    steady, now = RingProtocol(), 0.0
    for _ in range(100):  # 2 s of 6, for ten minutes.
        for n in range(400):
            steady.order(True, now + n * STEP_S)
            steady.step(False, now + n * STEP_S)
        steady.order(False, now + 2.0)
        for n in range(400, 410):
            steady.step(False, now + n * STEP_S)
        now += 6.0
        assert not steady.cut_short


def test_a_late_thread_makes_no_volley_of_toggles() -> None:
    protocol = RingProtocol()
    protocol.order(True, 0.0)
    levels = [protocol.step(False, now).forward for now in (0.2, 0.205, 0.21, 0.215, 0.22)]
    assert sum(a != b for a, b in pairwise(levels)) <= 1


@pytest.mark.parametrize(
    ("period", "rings"), [(0.067, True), (0.05, True), (0.04, True), (0.0147, True), (0.0075, True), (0.1, False)]
)
def test_a_ring_is_told_by_its_frequency(period: float, rings: bool) -> None:
    detect = RingDetect()
    for n in range(6):
        detect.edge(n * period)
    assert detect.ringing == rings


def test_chatter_is_no_ring_and_a_ring_ends_90_ms_behind_its_last_pulse() -> None:
    detect = RingDetect()
    for n in range(200):
        detect.edge(n * 0.001)
    assert (detect.ringing, detect.deadline) == (False, None)
    for n in range(10):
        detect.edge(1 + n * 0.05)
    detect.due(1.53)
    assert (detect.ringing, detect.deadline) == (True, pytest.approx(1.54))
    detect.due(1.54)
    assert (detect.ringing, detect.deadline) == (False, None)


def verdict(returned: Callable[[list[Frame]], Frame]) -> SelfHeard | None:
    """What a try says where this comes back of what was sent so far."""
    hearing, sent = SelfHearing(), [SILENCE] * 8
    for _ in range(FRAMES):
        hearing.feed(returned(sent))
        sent.append(hearing.next())
    return hearing.verdict


def noise(rms: float) -> Callable[[], Frame]:
    rng = np.random.default_rng(1)
    return lambda: rng.normal(0, rms, 160).clip(-32768, 32767).astype(np.int16)


DIAL_TONE = np.rint(3000 * np.sin(2 * np.pi * 425 * np.arange(160 * 40) / 8000)).astype(np.int16).reshape(-1, 160)


@pytest.mark.parametrize("late", [1, 3, 7])
def test_a_line_hears_itself_through_dial_tone_and_noise_however_late(late: int) -> None:
    tone, hiss = iter(DIAL_TONE), noise(20)
    assert verdict(lambda sent: sent[-late] // 8 + next(tone) + hiss()) is SelfHeard.ITSELF


def test_nothing_and_noise_are_told_apart() -> None:
    hiss, loud = noise(5), noise(6000)
    assert verdict(lambda _: SILENCE) is SelfHeard.NOTHING
    assert verdict(lambda _: hiss()) is SelfHeard.NOTHING
    assert verdict(lambda _: loud()) is SelfHeard.NOISE


def test_a_line_that_hears_dial_tone_alone_is_not_told_to_be_noisy() -> None:
    tone = iter(DIAL_TONE)
    assert verdict(lambda _: next(tone)) is SelfHeard.NOTHING


class LatePcm(SimpleNamespace):
    """alsaaudio's PCM on hardware that loses sound, as the plug-ins of the library never do."""

    def info(self) -> dict[str, object]:
        return {"rate": 8000, "channels": 2, "format_name": "S16_LE", "buffer_size": 480}

    def read(self) -> tuple[int, bytes]:
        return self.reads.pop(0)

    def write(self, data: bytes) -> None:
        self.written.append(len(data))

    def state(self) -> str:
        return self.states.pop(0)

    def avail(self) -> int:
        return self.free.pop(0)


def library(pcm: LatePcm) -> SimpleNamespace:
    """The module alsaaudio, in which every device is this one."""
    return SimpleNamespace(
        PCM=lambda *_args, **_options: pcm,
        PCM_CAPTURE=1,
        PCM_PLAYBACK=0,
        PCM_NORMAL=0,
        PCM_NONBLOCK=1,
        PCM_FORMAT_S16_LE=2,
        PCM_STATE_XRUN="xrun",
        ALSAAudioError=OSError,
    )


def codec_on(pcm: LatePcm) -> AlsaCodec:
    with mock.patch.dict("sys.modules", {"alsaaudio": library(pcm)}):
        return AlsaCodec("hw:0")


def test_a_read_that_comes_too_late_gives_no_sound_and_short_ones_are_joined() -> None:
    half = bytes(FRAME_BYTES // 2)
    reads = [(80, half), (-errno.EPIPE, b"rubbish"), (80, half), (160, bytes(FRAME_BYTES)), (0, b"")]
    codec = codec_on(LatePcm(reads=reads, written=[]))
    assert (codec.read(), codec.late) == (None, 1)
    frame = codec.read()
    assert frame is not None
    assert frame.shape == (160, 2)
    with pytest.raises(CodecError, match="gives no sound"):
        codec.read()


def test_playing_begins_with_silence_and_so_does_it_again_when_it_had_run_out() -> None:
    pcm = LatePcm(written=[], states=["running", "xrun"], free=[320, 480, -errno.EPIPE])
    codec = codec_on(pcm)
    for _ in range(3):
        codec.write(SILENCE, SILENCE)
    assert [size // FRAME_BYTES for size in pcm.written] == [2, 1, 1, 1, 1, 1]


def test_what_would_be_heard_late_for_ever_is_left_out() -> None:
    pcm = LatePcm(written=[], states=["running"] * 3, free=[320, 160, 320])
    codec = codec_on(pcm)
    for _ in range(3):
        codec.write(SILENCE, SILENCE)
    assert [size // FRAME_BYTES for size in pcm.written] == [2, 1, 1]


class EndlessPcm(LatePcm):
    """A device that goes on and on. lossy: every tenth read has lost sound."""

    def read(self) -> tuple[int, bytes]:
        self.reads += 1
        return (-errno.EPIPE, b"") if self.lossy and self.reads % 10 == 0 else (160, bytes(FRAME_BYTES))

    def write(self, data: bytes) -> None: ...

    def state(self) -> str:
        return "running"

    def avail(self) -> int:
        return 320

    def close(self) -> None: ...


@asynccontextmanager
async def sounding(pcm: EndlessPcm, frame_s: float) -> AsyncIterator[tuple[CodecSound, list[str]]]:
    """A codec on this device, of which a frame can be read every so many seconds; and its faults that are there."""
    faults: list[str] = []

    def told(fault: str, there: bool) -> None:
        if there:
            faults.append(fault)
        else:
            faults.remove(fault)

    def pace(_name: str, step: PacedStep, _now: Callable[[], float]) -> Pace:
        return LoopPace(lambda: None if step() is None else frame_s)

    with mock.patch.dict("sys.modules", {"alsaaudio": library(pcm)}):
        sound = CodecSound("hw:0", pace, told)
        await sound.start()
        yield sound, faults
        sound.close()


async def test_a_sound_that_stutters_is_told_until_it_does_no_more() -> None:
    pcm = EndlessPcm(reads=0, lossy=True)
    async with sounding(pcm, FRAME_SECONDS) as (sound, faults):
        await asyncio.sleep(11)
        assert (sound.works, faults) == (
            True,
            ["the sound of codec hw:0 stutters: the machine is too busy for it"],
        )
        pcm.lossy = False
        await asyncio.sleep(21)
        assert faults == []


async def test_a_device_that_gives_sound_faster_than_time_passes_is_no_codec() -> None:
    async with sounding(EndlessPcm(reads=0, lossy=False), 0.001) as (sound, faults):
        await asyncio.sleep(1)
        assert (sound.works, faults) == (False, ["codec hw:0 gives sound faster than time passes"])


async def test_a_device_that_fails_when_it_is_asked_what_it_has_is_closed_and_tried_again() -> None:
    class Vanishing(EndlessPcm):
        def info(self) -> dict[str, object]:
            if self.gone:
                raise OSError("No such device")
            return super().info()

        def close(self) -> None:
            self.closed += 1

    pcm = Vanishing(reads=0, lossy=False, gone=True, closed=0)
    async with sounding(pcm, FRAME_SECONDS) as (sound, faults):
        assert (sound.works, len(faults), pcm.closed) == (False, 1, 1)
        assert faults[0].startswith("codec hw:0: No such device: is it plugged in")
        pcm.gone = False
        await asyncio.sleep(6)
        assert sound.works


async def test_a_device_that_is_not_there_is_tried_ever_more_seldom() -> None:
    """Each try leaves lines of the library's in the log."""

    class Absent(EndlessPcm):
        def info(self) -> dict[str, object]:
            self.tries.append(asyncio.get_running_loop().time())
            raise OSError("No such device")

    pcm = Absent(reads=0, lossy=False, tries=[])
    async with sounding(pcm, FRAME_SECONDS):
        await asyncio.sleep(400)
    assert [round(later - earlier) for earlier, later in pairwise(pcm.tries)] == [5, 10, 20, 40, 60, 60, 60, 60, 60]


async def test_a_pin_that_is_active_as_it_begins_to_chatter_is_taken_for_inactive() -> None:
    pins, told = SimPins(), list[bool]()
    with pins.installed():
        pin = WatchedPin(InputPin(13), lambda: told.append(pin.active), lambda _there: None)
        pins.drive(13, True)
        pin.start()
        for edge in range(MOST_EDGES + 1):
            assert pin.active is (edge % 2 == 0)
            pins.drive(13, edge % 2 == 1)
            await asyncio.sleep(0)
        assert (told[-1], pin.active, pin.chatters) == (False, False, True)
        pin.stop()


class StuckPin:
    """A pin in whose driving or reading a thread may be stuck. meanwhile: done by others before it goes on, once."""

    def __init__(self) -> None:
        self.meanwhile: Callable[[], object] = lambda: None
        self._high = False

    @property
    def high(self) -> bool:
        self._go_on()
        return self._high

    def drive(self, *, high: bool) -> None:
        self._go_on()
        self._high = high

    def _go_on(self) -> None:
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()


@pytest.mark.parametrize("stuck_at", [0, 1, 2], ids=["F/R", "RM", "SHK"])
def test_a_thread_that_was_stuck_leaves_no_ring_voltage_when_it_goes_on(stuck_at: int) -> None:
    forward, ring_mode, _hook = pins = StuckPin(), StuckPin(), StuckPin()
    line = RingLine("fxs", cast(tuple[OutputPin, OutputPin, InputPin], pins), 20.0, lambda: None)
    line.protocol.order(True, 0.0)
    pins[stuck_at].meanwhile = line.renew
    for step in range(10):
        if line.protocol.ringing:
            line.step(STEP_S * step)
    assert (forward.high, ring_mode.high) == (True, False)
