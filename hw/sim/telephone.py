"""A telephone: hook, bell, handset, keypad or dial, a display that reads caller ID from the samples, a lamp.

The same class is a person's telephone at the exchange and one of ours at an FXS port.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import numpy as np

from hw.audio import Frame, Samples, decibels
from hw.callerid.coding import CallerId
from hw.dsp.dtmf import dtmf_samples
from hw.linecard import LineError
from hw.port.datacall import DataCall
from hw.port.playing import SamplePlayer
from hw.port.timing import Script
from hw.sim.cellular import cellular_keys
from hw.sim.ear import AlertEar, DataEar
from hw.sim.loop import SubscriberLoop, limited
from hw.tones.toneplan import TonePlan

MICROPHONE_GAIN_DB = 3.0
"""How much louder what is spoken goes down the line; see the loss plan in `hw.sim.loop`."""

ONE_BURST_GAP_S = 0.3
"""Bursts with a shorter gap are one: a double ring."""
QUIET_S = 6.0
"""A telephone that has not rung for so long rings no more; the longest pause of a ringing is 5 s."""
LOOP_BREAK_S = 0.2
"""The shortest absence of battery that is told as a loop break."""
ACKNOWLEDGE_MS = 60
"""The length of the DTMF D that answers the alert for a waiting caller's ID (docs/lines.md)."""
WAITING_CALLER_S = 4.0
"""How long the handset is muted for that."""


class Telephone:
    """A telephone on this loop. `plan` gives its DTMF levels, pulses, flash and the caller ID it understands."""

    def __init__(self, name: str, loop: SubscriberLoop, plan: TonePlan, wake: Callable[[], None]) -> None:
        self.name = name
        """Its number, or for a station the port it is on."""
        self.loop = loop
        """The line it hangs on."""
        self.off_hook = False
        """The handset is lifted."""
        self.ringing = False
        """The bell rings, or has rung less than 6 s ago and nobody has answered."""
        self.ring_bursts = 0
        """The bursts of this alerting so far, or of the last one; bursts less than 0.3 s apart are one."""
        self.caller_id: CallerId | None = None
        """What the display shows."""
        self.lamp = False
        """The message-waiting lamp is lit."""
        self.shows_waiting_caller = False
        """It takes the caller ID of a call that waits (Type II)."""
        self.listeners: list[Callable[[Frame], None]] = []
        """Called with each frame that is heard in the handset, off hook."""
        self.sent_listeners: list[Callable[[Frame], None]] = []
        """Called with each frame that the telephone sends."""
        self.observers: list[Callable[[str], None]] = []
        """Told `ringing` (the first burst), `ring-burst` (every burst), `quiet` (answered, or no ring for 6 s),
        `caller-id`, `lamp-on`, `lamp-off`, and `loop-break` (off hook, the battery gone for 200 ms)."""
        self.microphone: Callable[[], Frame | None] = lambda: None
        """Asked for each frame that somebody says off hook while nothing else is sent; None for silence."""
        self.after_dialling: Callable[[], Coroutine[Any, Any, None]] | None = None
        """What a machine on this line does once keys were pressed."""
        self.messages: list[Samples] = []
        """What a voicemail on this line has recorded."""
        self._plan = plan
        self._wake = wake
        self._machine = Script(f"machine on telephone {name}")
        self._data_ear = DataEar(plan)
        self._alert_ear = AlertEar()
        self._speech: SamplePlayer | None = None
        self._keys: SamplePlayer | None = None
        self._silence = np.zeros(160, dtype=np.int16)
        self._muted_until = 0.0
        self._ring_ended = -QUIET_S
        self._caller_id_at = -QUIET_S
        self._rang = False
        self._data_call = DataCall(loop, self, plan)
        self._timers: dict[str, asyncio.TimerHandle] = {}
        loop.terminal = self
        loop.terminal_watchers.append(self._line_changed)

    def lift(self) -> None:
        """Go off hook; a ringing telephone is answered. Harmless when off hook."""
        if not self.off_hook:
            self.off_hook = True
            self._data_call.end(stay=True)
            self._stop_timer("quiet")
            self.loop.close(self, True)
            self._now_quiet()
            self._wake()

    def hang_up(self) -> None:
        """Go on hook. What it says and dials ends. Harmless when on hook."""
        if self.off_hook:
            self.off_hook = False
            self._stop_timer("flash", "loop-break")
            self._machine.stop()
            self.stop_speaking()
            if self._keys is not None:
                self._keys.stop()
            self.loop.close(self, False)

    def flash(self, ms: int | None = None) -> None:
        """Open the loop for so long, the tone plan's flash unless given."""
        self._must_be_off_hook()
        self.loop.close(self, False)
        seconds = (self._plan.flash_ms if ms is None else ms) / 1000
        self._start_timer("flash", seconds, lambda: self.loop.close(self, True))

    async def press(self, digits: str, on_ms: float = 100, off_ms: float = 100, *, cellular: bool = False) -> None:
        """Press keys (0-9 * # A-D) and return after the last one's pause. Speech is muted meanwhile.

        cellular: a cellular network is on the way, and makes of them what `hw.sim.cellular` tells. A number that such a
        telephone calls is no tones: the network is told it.
        """
        low, high = self._plan.dtmf_low_dbm0, self._plan.dtmf_high_dbm0
        if cellular:
            await self._key(cellular_keys(digits, low, on_ms + off_ms))
        else:
            await self._key(dtmf_samples(digits, low, high, on_ms, off_ms))
        if self.after_dialling is not None and not self._machine.running:
            self._machine.run(self.after_dialling())

    async def pulse(self, digits: str) -> None:
        """Dial with the pulses of the tone plan, and return after the last digit's pause."""
        self._must_be_off_hook()
        dial = self._plan.pulse
        for digit in digits:
            if digit not in dial.digits:
                raise ValueError(f"{digit!r} cannot be dialled with pulses")
            for _ in range(dial.digits.index(digit) + 1):
                self._close_if_off_hook(False)
                await asyncio.sleep(dial.break_ms / 1000)
                self._close_if_off_hook(True)
                await asyncio.sleep(dial.make_ms / 1000)
            await asyncio.sleep(dial.interdigit_ms / 1000)

    async def speak(self, samples: Samples) -> None:
        """Say this and return when it is said, or earlier when interrupted or hung up."""
        await self.send(limited(samples * np.float32(decibels(MICROPHONE_GAIN_DB))))

    async def send(self, samples: Samples) -> None:
        """Put this on the line at its own level, as a machine does. Otherwise like `speak`."""
        self._must_be_off_hook()
        self.stop_speaking()
        self._speech = clip = SamplePlayer(samples)
        await clip.done

    def stop_speaking(self) -> None:
        """Stop what it says now."""
        if self._speech is not None:
            self._speech.stop()
            self._speech = None

    def close(self) -> None:
        """Hang up and stop all timers."""
        self.hang_up()
        self._data_call.end()
        self._stop_timer(*list(self._timers))

    def say(self) -> Frame | None:
        if not self.off_hook:
            return None
        speech = self._speech.next() if self._speech is not None else None
        if self._keys is not None:
            keys = self._keys.next()
            if keys is None:
                self._keys = None
            else:
                speech = keys
        elif self._muted_until and asyncio.get_running_loop().time() < self._muted_until:
            speech = None
        elif speech is None:
            speech = self.microphone()
        if self.sent_listeners:
            for listener in self.sent_listeners:
                listener(self._silence if speech is None else speech)
        return speech

    def hear(self, frame: Frame) -> None:
        if not self.off_hook:
            self._read(frame)
            self._data_call.hear(frame)
            return
        if self.shows_waiting_caller:
            self._watch_for_waiting_caller(frame)
        for listener in self.listeners:
            listener(frame)

    async def _key(self, samples: Samples) -> None:
        self._must_be_off_hook()
        if self._keys is not None:
            await self._keys.done
        self._keys = clip = SamplePlayer(samples)
        await clip.done

    def _read(self, frame: Frame) -> None:
        for told in self._data_ear.feed(frame):
            if isinstance(told, CallerId):
                self.caller_id = told
                self._caller_id_at = asyncio.get_running_loop().time()
                self._tell("caller-id")
            elif told.lit != self.lamp:
                self.lamp = told.lit
                self._tell("lamp-on" if told.lit else "lamp-off")

    def _watch_for_waiting_caller(self, frame: Frame) -> None:
        """Take the caller ID of a waiting call: mute, acknowledge the alert with DTMF D, and read what follows."""
        now = asyncio.get_running_loop().time()
        if self._alert_ear.feed(frame) and self._keys is None:
            low, high = self._plan.dtmf_low_dbm0, self._plan.dtmf_high_dbm0
            pause = np.zeros(320, dtype=np.int16)
            self._keys = SamplePlayer(np.concatenate([pause, dtmf_samples("D", low, high, ACKNOWLEDGE_MS, 0)]))
            self._muted_until = now + WAITING_CALLER_S
        if now < self._muted_until:
            before = self._caller_id_at
            self._read(frame)
            if self._caller_id_at != before:
                self._muted_until = 0.0

    def _line_changed(self) -> None:
        loop = self.loop
        if self.off_hook:
            if loop.polarity:
                self._stop_timer("loop-break")
            elif "loop-break" not in self._timers:
                self._start_timer("loop-break", LOOP_BREAK_S, lambda: self._tell("loop-break"))
            return
        rings = loop.rings and not self._data_call.asked()
        if rings == self._rang:
            return
        self._rang = rings
        if rings:
            self._ring_burst()
        elif self.ringing:
            self._ring_ended = asyncio.get_running_loop().time()
            self._start_timer("quiet", QUIET_S, self._now_quiet)

    def _ring_burst(self) -> None:
        now = asyncio.get_running_loop().time()
        self._stop_timer("quiet")
        if not self.ringing:
            self.ringing = True
            self.ring_bursts = 1
            if now - self._caller_id_at > QUIET_S:
                self.caller_id = None
            self._tell("ringing")
            self._tell("ring-burst")
        elif now - self._ring_ended > ONE_BURST_GAP_S:
            self.ring_bursts += 1
            self._tell("ring-burst")

    def _now_quiet(self) -> None:
        self._rang = False
        if self.ringing:
            self.ringing = False
            self._tell("quiet")

    def _close_if_off_hook(self, closed: bool) -> None:
        if self.off_hook:
            self.loop.close(self, closed)

    def _must_be_off_hook(self) -> None:
        if not self.off_hook:
            raise LineError(f"telephone {self.name} is on hook")

    def _tell(self, what: str) -> None:
        for observer in list(self.observers):
            observer(what)

    def _start_timer(self, name: str, seconds: float, then: Callable[[], None]) -> None:
        self._stop_timer(name)
        self._timers[name] = asyncio.get_running_loop().call_later(seconds, then)

    def _stop_timer(self, *names: str) -> None:
        for name in names:
            timer = self._timers.pop(name, None)
            if timer is not None:
                timer.cancel()
