"""The two-wire line: battery, ring voltage, loop current, and audio both ways on the same pair.

One end is the source (an exchange's line circuit or an FXS port), which feeds battery, rings and sees whether the
loop is closed. The other end is the terminal (an FXO port or a telephone), which closes the loop and sees battery,
polarity and ringing. More than one telephone may hang on the terminal's end.

The loss plan. Levels are in dBm0 at the exchange's main frame. Each line loses `attenuation_db` (2 dB) in each
direction, so a call over two lines loses 4 dB. Telephones speak 3 dB above what they are given: speech of -18 dBm0
reaches the exchange at -17 and the other end at -19 dBm0. DTMF leaves a telephone at the tone plan's level, tones
leave the exchange at the tone plan's level, and caller ID at -13.5 dBm0. Each line adds noise at both its ends
(-65 dBm0). Wherever two wires become four, `echo_return_loss_db` (16 dB) below what is sent comes back: to the
FXO or FXS port from its own hybrid, and to the far party from the exchange's hybrid of this line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from hw.audio import (
    FRAME_SAMPLES,
    FULL_SCALE,
    FULL_SCALE_SINE_DBM0,
    SAMPLE_RATE,
    SILENCE,
    Floats,
    Frame,
    decibels,
    sine_peak,
)
from hw.port.wires import Battery

"""160 samples on their way, in sample units, not yet rounded or limited."""


@dataclass(frozen=True, slots=True)
class LineQuality:
    """What a line does to sound: loss in dB each way, noise in dBm0, return loss of its hybrids in dB. And its current:
    the battery's voltage, and the resistance of the wires and of the exchange's feed, in ohms."""

    attenuation_db: float = 2.0
    noise_dbm0: float = -65.0
    echo_return_loss_db: float = 16.0
    battery_volts: float = 48.0
    loop_ohms: float = 1400.0


class Terminal(Protocol):
    """What hangs at the far end of a line: an FXO port or a telephone."""

    def say(self) -> Frame | None:
        """The next frame it sends, or None for silence. Asked each tick while the line is awake."""

    def hear(self, frame: Frame) -> None:
        """The frame that reaches it, on hook too."""


class Fir:
    """A short filter that continues from frame to frame: one hybrid's echo, `delay` samples late."""

    def __init__(self, taps: Floats, delay: int) -> None:
        self._taps = taps[::-1].copy()
        self._tail = len(taps) - 1 + delay
        self._recent = np.zeros(self._tail + FRAME_SAMPLES, dtype=np.float32)
        self._reached = self._recent[: len(taps) - 1 + FRAME_SAMPLES]
        self._silent = True

    def echo(self, samples: Floats | Frame | None) -> Floats | None:
        """What comes back of these samples; None where nothing does."""
        if samples is None and self._silent:
            return None
        recent = self._recent
        recent[: self._tail] = recent[FRAME_SAMPLES:]
        recent[self._tail :] = 0 if samples is None else samples
        self._silent = samples is None
        back: Floats = np.correlate(self._reached, self._taps, "valid")
        return back


def hybrid(return_loss_db: float, rng: np.random.Generator) -> Fir:
    """An impedance mismatch: half a millisecond of delay, then an echo that dies away over 1.5 ms."""
    taps = (rng.normal(size=12) * np.exp(-np.arange(12) / 3)).astype(np.float32)
    return Fir(taps * np.float32(decibels(-return_loss_db) / np.linalg.norm(taps)), delay=4)


class Noise:
    """White noise made once, rounded to whole samples; every line reads it from a place of its own."""

    _SAMPLES = 32768

    def __init__(self, dbm0: float, rng: np.random.Generator) -> None:
        rms = FULL_SCALE / np.sqrt(2) * decibels(dbm0 - FULL_SCALE_SINE_DBM0)
        self._noise = np.clip(np.rint(rng.normal(size=self._SAMPLES) * rms), -32768, 32767).astype(np.float32)
        self._noise.setflags(write=False)

    def at(self, place: int) -> Floats:
        """160 samples from this place on; any integer will do."""
        start = place % (self._SAMPLES - FRAME_SAMPLES)
        noise: Floats = self._noise[start : start + FRAME_SAMPLES]
        return noise


TERMINAL_OHMS = 300.0
"""What a telephone, or an FXO port, is to direct current."""
MAINS_HARMONICS = ((1, 0.0), (3, -3.0), (5, -8.0))
"""The multiples of the mains' frequency in the hum of a transformer nearby, and their levels in dB."""


class Hum:
    """Hum of the mains on a line: its frequency in Hz, and the level of the lowest harmonic in dBm0."""

    def __init__(self, mains_hz: float, dbm0: float) -> None:
        self._mains_hz = mains_hz
        self._peaks = [(multiple, sine_peak(dbm0 + level)) for multiple, level in MAINS_HARMONICS]
        self._at = 0

    def next(self) -> Floats:
        """The next 160 samples."""
        time = (self._at + np.arange(FRAME_SAMPLES)) * (2 * np.pi * self._mains_hz / SAMPLE_RATE)
        self._at += FRAME_SAMPLES
        wave = sum(peak * np.sin(multiple * time) for multiple, peak in self._peaks)
        return np.asarray(wave, dtype=np.float32)


class SubscriberLoop:
    """One line: the wires of both its ends (`hw.port.wires`). Electrical changes take effect, and are told, at once."""

    def __init__(self, name: str, quality: LineQuality, rng: np.random.Generator, noise: Noise) -> None:
        self.name = name
        """The name of the port on it, or the number of its telephone."""
        self.battery = Battery.NORMAL
        """What is on the line: what the source gives, or nothing during a break (`open_for`)."""
        self.fed = Battery.NORMAL
        """The battery that the source gives."""
        self.ringing = False
        """The source puts ring voltage on the line."""
        self.cut = False
        """The wires are cut (`set_cut`)."""
        self.terminal: Terminal | None = None
        """Whose sound is carried: what hangs at the far end."""
        self.extensions: list[Terminal] = []
        """What hangs there in parallel, and hears all that it hears and says."""
        self.source_watchers: list[Callable[[], None]] = []
        """Called whenever the loop is closed or opened, or the battery changes, as the source sees it."""
        self.terminal_watchers: list[Callable[[], None]] = []
        """Called whenever battery or ring voltage change, as the terminal sees it, or another closes the loop."""
        self.up: Floats | None = None
        """What reaches the source in this tick; None for nothing at all."""
        self.hum: Hum | None = None
        """The mains, where it hums on this line."""
        self.hiss = np.float32(1.0)
        """How many times as strong as usual its noise is, as without the filter that a DSL line needs."""
        self.battery_volts = quality.battery_volts
        """Of the exchange's battery."""
        self._humming: Floats | None = None
        self._quality = quality
        self._noise_gain = np.float32(1.0)
        self._break_over: asyncio.TimerHandle | None = None
        self._noise_over: asyncio.TimerHandle | None = None
        self._stopped = False
        self._closed_by: list[object] = []
        self._noise = noise
        self._place = int(rng.integers(1 << 30))
        self._gain = np.float32(decibels(-quality.attenuation_db))
        self._near_hybrid = hybrid(quality.echo_return_loss_db, rng)
        self._said: Frame | None = None

    @property
    def held(self) -> bool:
        """True while some terminal closes the loop, whether the wires are cut or not."""
        return bool(self._closed_by)

    @property
    def closed(self) -> bool:
        """Whether the source sees the loop closed."""
        return bool(self._closed_by) and not self.cut

    @property
    def rings(self) -> bool:
        """Whether ring voltage reaches the terminal."""
        return self.ringing and not self.cut

    @property
    def speaking(self) -> bool:
        """True while what came up in this tick is more than noise."""
        return self._said is not None

    @property
    def polarity(self) -> int:
        """The polarity that the terminal sees: +1, -1, or 0 without battery."""
        if self.cut or self.battery is Battery.OPEN:
            return 0
        return -1 if self.battery is Battery.REVERSED else 1

    @property
    def milliamps(self) -> float:
        """The current through the loop."""
        if not self.polarity or not self._closed_by:
            return 0.0
        resistance = self._quality.loop_ohms + TERMINAL_OHMS / len(self._closed_by)
        return 1000 * self.battery_volts / resistance

    @property
    def volts(self) -> float:
        """The voltage at the terminal; negative where the battery is reversed."""
        lost = self.milliamps / 1000 * self._quality.loop_ohms
        return self.polarity * (self.battery_volts - lost)

    def closed_by_another(self, terminal: object) -> bool:
        """True while something else than this terminal draws current from the line."""
        return any(one is not terminal for one in self._closed_by)

    def close(self, terminal: object, closed: bool) -> None:
        """This terminal closes (or opens) the loop."""
        if closed and terminal not in self._closed_by:
            self._closed_by.append(terminal)
        elif not closed and terminal in self._closed_by:
            self._closed_by.remove(terminal)
        else:
            return
        self.announce()

    def feed(self, battery: Battery) -> None:
        """The source gives this battery. During a break (`open_for`) it is given when the break ends."""
        self.fed = battery
        if self._break_over is None:
            self._apply(battery)

    def ring(self, on: bool) -> None:
        """The source's ring voltage."""
        if on != self.ringing:
            self.ringing = on
            self.announce()

    def set_cut(self, cut: bool) -> None:
        """Cut the wires, or join them again."""
        self.cut = cut
        self.announce()

    def open_for(self, seconds: float) -> None:
        """Remove battery for so long. If it is removed already, it comes back when the later of the two breaks ends."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        if self._break_over is not None:
            end = max(end, self._break_over.when())
            self._break_over.cancel()
        self._break_over = loop.call_at(end, self._end_break)
        self._apply(Battery.OPEN)

    def disturb(self, seconds: float, gain: float) -> None:
        """Make the noise so many times as strong for so long, from now on."""
        if self._noise_over is not None:
            self._noise_over.cancel()
        self._noise_gain = np.float32(gain)
        self._noise_over = asyncio.get_running_loop().call_later(seconds, self._end_noise)

    def stop(self) -> None:
        """Take the line out of service: nothing more is told of it, and no timer is left."""
        self._stopped = True
        self._end_break()
        self._end_noise()

    def collect(self) -> None:
        """Take what the terminal says: `up` is then what reaches the source, None for nothing at all."""
        said = self.terminal.say() if self.terminal is not None else None
        self._humming = self.hum.next() if self.hum is not None else None
        passes = said is not SILENCE and self.terminal in self._closed_by
        self._said = said if passes else None
        if self.extensions:
            self._said = self._said_by_all(self._said)
        if not self.polarity:
            self.up = None
            return
        noise = self._next_noise()
        if self._said is None:
            self.up = noise
            return
        self.up = np.multiply(self._said, self._gain, dtype=np.float32)
        self.up += noise

    def deliver(self, sent: Floats | Frame | None) -> None:
        """Carry what the source sends to the terminal, with the terminal's own echo."""
        if self.terminal is None and not self.extensions:
            return
        if not self.polarity:
            self._hear(SILENCE)
            return
        noise = self._next_noise()
        echo = self._near_hybrid.echo(self._said)
        heard = noise
        if sent is not None:
            heard = np.multiply(sent, self._gain, dtype=np.float32)
            heard += noise
        if echo is not None:
            heard = heard + echo
        only_noise = heard is noise and self._noise_over is None and self.hiss == 1 and self._humming is None
        self._hear(heard.astype(np.int16) if only_noise else limited(heard))

    def _said_by_all(self, said: Frame | None) -> Frame | None:
        """What the terminal says, and what those say that hang there in parallel and have closed the loop."""
        for extension in self.extensions:
            other = extension.say()
            if other is not None and other is not SILENCE and extension in self._closed_by:
                said = other if said is None else limited(np.add(said, other, dtype=np.float32))
        return said

    def _hear(self, frame: Frame) -> None:
        if self.terminal is not None:
            self.terminal.hear(frame)
        for extension in self.extensions:
            extension.hear(frame)

    def _next_noise(self) -> Floats:
        self._place += 7919
        noise = self._noise.at(self._place)
        if self._noise_over is not None:
            noise = noise * self._noise_gain
        if self.hiss != 1:
            noise = noise * self.hiss
        return noise if self._humming is None else noise + self._humming

    def _apply(self, battery: Battery) -> None:
        if battery is not self.battery:
            self.battery = battery
            self.announce()

    def _end_break(self) -> None:
        if self._break_over is not None:
            self._break_over.cancel()
            self._break_over = None
            self._apply(self.fed)

    def _end_noise(self) -> None:
        if self._noise_over is not None:
            self._noise_over.cancel()
            self._noise_over = None

    def announce(self) -> None:
        """Tell both ends' watchers to look at the line."""
        if self._stopped:
            return
        for watcher in [*self.source_watchers, *self.terminal_watchers]:
            watcher()


_WITHIN = 1e9
"""Samples whose squares sum up to less are within 16 bits, each of them: the greatest of them is 31,623 at the most."""


def limited(samples: Floats) -> Frame:
    """Samples as they leave a codec: rounded, and limited to 16 bits."""
    whole = np.rint(samples)
    if whole.dot(whole) < _WITHIN:  # As most frames are: this is half as much work.
        return whole.astype(np.int16)
    np.minimum(whole, 32767, out=whole)
    return np.maximum(whole, -32768, out=whole).astype(np.int16)
