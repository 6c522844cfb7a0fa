"""What a telephone connection does to the sound of a fax, from one machine's plug to the other's.

    machine A ──┬──► loop, network, loop ──►──┬── machine B
     near echo ─┘                             └─ near echo
              ▲                               ▼
              └──── loop, network, loop ◄── far echo

Each end has a hybrid. It lets some of what its machine sends into what that machine hears (near echo), and sends some
of what arrives back to where it came from (far echo), which goes round until it has died away. Both machines have
crystals of their own, so their frames are not of one length.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from hw.audio import FRAME_SAMPLES, FULL_SCALE, FULL_SCALE_SINE_DBM0, SAMPLE_RATE, Floats, Frame, decibels

SENT_DBM0: Final = -14.0
"""The level at which the modems of the library send, which noise is measured against."""
LEAST_DELAY_MS: Final = 20.0
"""One way. The filters of a path take 16 ms, and to read between two samples takes 2 ms."""
_TAPS: Final = 257
_LOOKAHEAD: Final = 16
_STEPS: Final = 512
_BETA: Final = 8.0
_BAND_HZ: Final = (300.0, 3400.0)
_FRAMES_A_MINUTE: Final = 3000


@dataclass(frozen=True, slots=True)
class LineModel:
    """A connection, alike in both directions."""

    loss_db: float = 8.0
    """From plug to plug: 3.5 dB at each loop and nothing between is usual."""
    loop_km: float = 0.0
    """Of 0.4 mm cable in all, which takes more of the high frequencies than of the low ones."""
    group_delay_ms: float = 0.0
    """How much later 600 Hz and 3000 Hz arrive than 1800 Hz."""
    snr_db: float | None = None
    """Noise between 300 and 3400 Hz, below the signal as it arrives."""
    near_echo_db: float | None = None
    """How much of its own sound a machine hears."""
    far_echo_db: float | None = None
    """How much of what arrives at an end goes back: the return loss of its hybrid."""
    delay_ms: float = LEAST_DELAY_MS
    """One way."""
    ppm: float = 0.0
    """How much more quickly the crystal of machine B runs."""
    lost_a_minute: float = 0.0
    """Frames of 20 ms, each way. A gateway says the frame before once more, or nothing."""
    law: bool = True
    """The network is digital: samples are coded by A-law (ITU-T G.711)."""


class Line:
    """A connection between two machines. `a` and `b` are what they do at a frame of theirs: hear one, and say one."""

    def __init__(self, model: LineModel, seed: int) -> None:
        dice = np.random.default_rng(seed)
        faster = 1 + model.ppm * 1e-6
        there, back = _Way(model, 1 / faster, dice), _Way(model, faster, dice)
        self.a, self.b = _End(model, there, back), _End(model, back, there)
        self._a_step, self._b_step = 1.0, 1 / faster
        self._a_next = self._b_next = 0.0

    @property
    def a_is_next(self) -> bool:
        """Whose frame comes next; `took_frame` tells that it has come."""
        return self._a_next <= self._b_next

    def took_frame(self) -> None:
        if self.a_is_next:
            self._a_next += self._a_step
        else:
            self._b_next += self._b_step


class _End:
    """A plug: its machine hears what has arrived, and says something to the other end."""

    def __init__(self, model: LineModel, out: _Way, into: _Way) -> None:
        self._out, self._into = out, into
        self._near = 0.0 if model.near_echo_db is None else decibels(-model.near_echo_db)
        self._far = 0.0 if model.far_echo_db is None else decibels(-model.far_echo_db)
        self._said = np.zeros(FRAME_SAMPLES, dtype=np.float32)
        self._arrived = self._said

    def hear(self) -> Frame:
        self._arrived = self._into.take()
        heard = self._arrived + self._near * self._said if self._near else self._arrived
        return np.clip(heard, -FULL_SCALE - 1, FULL_SCALE).astype(np.int16)

    def say(self, frame: Frame) -> None:
        self._said = frame.astype(np.float32)
        self._out.give(self._said + self._far * self._arrived if self._far else self._said)


class _Way:
    """One direction. pace: by how much more a frame of whoever hears takes of the sound than one of whoever says it."""

    def __init__(self, model: LineModel, pace: float, dice: np.random.Generator) -> None:
        self._pace = pace
        self._dice = dice
        self._taps = _path(model)
        self._law = model.law
        self._noise = 0.0
        if model.snr_db is not None:
            arriving = SENT_DBM0 + 10 * math.log10(_passed(self._taps))
            self._noise = _rms(arriving - model.snr_db) * math.sqrt(SAMPLE_RATE / 2 / (_BAND_HZ[1] - _BAND_HZ[0]))
        self._lost = model.lost_a_minute / _FRAMES_A_MINUTE
        self._before = np.zeros(FRAME_SAMPLES, dtype=np.float32)
        self._tail = np.zeros(_TAPS - 1, dtype=np.float32)
        delay = max(model.delay_ms, LEAST_DELAY_MS) * SAMPLE_RATE / 1000
        # A frame that is heard has come in the 20 ms before. To read between two samples looks at some before them.
        before = 0 if pace == 1.0 else _LOOKAHEAD - 1
        self._store: Floats = np.zeros(FRAME_SAMPLES + round(delay) - _TAPS // 2 + before, dtype=np.float32)
        self._at = 0.0

    def give(self, said: Floats) -> None:
        whole = np.concatenate((self._tail, said))
        self._tail = whole[len(said) :]
        passed = np.convolve(whole, self._taps, mode="valid").astype(np.float32)
        self._store = np.concatenate((self._store, coded(passed) if self._law else passed))

    def take(self) -> Floats:
        if self._pace == 1.0:
            taken, self._store = self._store[:FRAME_SAMPLES], self._store[FRAME_SAMPLES:]
        else:
            taken = self._between()
        assert len(taken) == FRAME_SAMPLES, "a machine was asked before the other had said anything"
        if self._lost and self._dice.random() < self._lost:
            taken = self._before if self._dice.random() < 0.5 else np.zeros_like(taken)
        self._before = taken
        return taken + self._dice.normal(0.0, self._noise, FRAME_SAMPLES).astype(np.float32) if self._noise else taken

    def _between(self) -> Floats:
        places = self._at + self._pace * np.arange(FRAME_SAMPLES)
        whole = np.floor(places).astype(int)
        steps = ((places - whole) * _STEPS).astype(int)
        windows = np.lib.stride_tricks.sliding_window_view(self._store, 2 * _LOOKAHEAD)
        taken = np.einsum("ij,ij->i", windows[whole], _FILTERS[steps])
        self._at += self._pace * FRAME_SAMPLES
        spare = int(self._at)
        self._store, self._at = self._store[spare:], self._at - spare
        return taken.astype(np.float32)


def coded(sound: Floats) -> Floats:
    """As the samples are behind a network that codes them by A-law (ITU-T G.711): in 13 segments of 16 steps."""
    size = np.minimum(np.abs(sound) / 8, 4095.0)
    exponent = np.maximum(np.floor(np.log2(np.maximum(size, 1.0))) - 4, 1.0)
    step = np.exp2(exponent)
    return np.asarray(np.sign(sound) * (np.floor(size / step) + 0.5) * step * 8, dtype=np.float32)


def _path(model: LineModel) -> Floats:
    """The impulse response, with half its length of delay."""
    points = 4096
    hertz = np.fft.rfftfreq(points, 1 / SAMPLE_RATE)
    loss = np.full(len(hertz), float(model.loss_db))
    # 0.4 mm copper with 50 nF a km: 1.6 dB a km at 800 Hz, in proportion to the root of the frequency.
    loss += 1.6 * model.loop_km * (np.sqrt(hertz / 800) - math.sqrt(1800 / 800))
    # Transformers and the network's filters, as in the mask of ITU-T G.712: nothing below 100 Hz nor above 3.8 kHz.
    with np.errstate(divide="ignore"):
        loss += 10 * np.log10(1 + (180 / hertz) ** 4)
    loss += 10 * np.log10(1 + (hertz / 3750) ** 24)
    late = model.group_delay_ms / 1000 * ((hertz - 1800) / 1200) ** 2
    phase = -2 * np.pi * np.cumsum(np.minimum(late, 0.01)) * hertz[1]
    spectrum = 10 ** (-np.minimum(loss, 200) / 20) * np.exp(1j * phase)
    whole = np.fft.irfft(spectrum, points)
    middle = _TAPS // 2
    taps = np.roll(whole, middle)[:_TAPS] * np.kaiser(_TAPS, 4.0)
    return taps.astype(np.float32)


def _passed(taps: Floats) -> float:
    """How much of the power of a modem's signal, from 600 to 3000 Hz, a path lets through."""
    power = np.abs(np.fft.rfft(taps, 4096)) ** 2
    hertz = np.fft.rfftfreq(4096, 1 / SAMPLE_RATE)
    return float(power[(hertz > 600) & (hertz < 3000)].mean())


def _rms(dbm0: float) -> float:
    return FULL_SCALE / math.sqrt(2) * decibels(dbm0 - FULL_SCALE_SINE_DBM0)


def _filters() -> Floats:
    """The taps that give the sound at a place between two samples: a windowed sinc."""
    distance = np.arange(2 * _LOOKAHEAD) - (_LOOKAHEAD - 1) - (np.arange(_STEPS) / _STEPS)[:, None]
    window = np.i0(_BETA * np.sqrt(np.maximum(0, 1 - (distance / _LOOKAHEAD) ** 2))) / np.i0(_BETA)
    return np.asarray(np.sinc(distance) * window, dtype=np.float32)


_FILTERS = _filters()
