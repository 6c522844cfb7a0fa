"""A media port: one line's two directions, as the engine's tick sees them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from appliance.faultlog import kind_and_place
from appliance.media.events import MediaEvent
from appliance.media.inbound import InboundQueue
from appliance.media.sources import Source
from appliance.media.tone import ToneSource
from hw.audio import SILENCE, Frame, decibels
from hw.dsp.echo import EchoCanceller

log = logging.getLogger(__name__)

_STEP_SAMPLES = 16
"""2 ms: a step between two sounds spread over this time is not heard as a click."""

_STEP_WORTH_SMOOTHING = 256
"""Below this step, -36 dBm0 at its peak, a change of source makes no audible click."""

_RAMP = np.linspace(1, 0, _STEP_SAMPLES, endpoint=False, dtype=np.float32)


class Detector(Protocol):
    """Listens to a port, frame by frame."""

    def feed(self, frame: Frame) -> Sequence[MediaEvent]: ...


@runtime_checkable
class LineDetector(Detector, Protocol):
    """A detector that also needs to know what is sent to the line."""

    def feed_line(self, frame: Frame, sent: Frame) -> Sequence[MediaEvent]:
        """Take a frame of the party's, and the frame that was sent to it in the tick before."""


class Tap(Protocol):
    """Takes a copy of what a port's party says, for example to record it."""

    def feed(self, frame: Frame) -> None: ...


@dataclass(frozen=True, slots=True)
class PortStats:
    """What the input queue had to do: ticks concealed, ticks silent after longer gaps, frames dropped."""

    concealed: int
    silent: int
    dropped: int


class MediaPort:
    """One party's sound, both ways. Made by `Engine.open`; everything happens on the engine's loop.

    The party hears a source, and over it an overlay. Detectors and taps are given what the party says. One of these
    that raises is removed and `on_fault` is told; the port goes on. clock, jitters: see `InboundQueue`.
    """

    def __init__(
        self,
        name: str,
        write: Callable[[Frame], None],
        on_close: Callable[[MediaPort], None],
        *,
        echo_tail_ms: int = 0,
        clock: Callable[[], float] | None = None,
        jitters: bool = False,
    ) -> None:
        self.name = name
        """The name of the line's port."""
        self.frame: Frame = SILENCE
        """What the party has said in this tick, its echo removed and `gain_in_db` applied."""
        self.tick = 0
        """The number of this tick, the same for all ports of the engine."""
        self.source: Source | None = None
        """What the party hears; None: silence."""
        self.overlay_source: Source | None = None
        """What it hears besides, or instead."""
        self._overlay_alone = False
        self.on_event: Callable[[MediaEvent], None] = lambda _event: None
        """Told what the detectors report."""
        self.on_fault: Callable[[Exception], None] = lambda _error: None
        """Told what a detector, tap or source has raised."""
        self.on_data: Callable[[bool], None] = lambda _carries: None
        """Told when it begins to carry a modem's sound, and when no longer."""
        self._write = write
        self._on_close = on_close
        self._inbound = InboundQueue(clock, jitters=jitters)
        self._faults: set[str] = set()
        self._canceller = EchoCanceller(echo_tail_ms) if echo_tail_ms else None
        self._detectors: tuple[tuple[Detector, LineDetector | None], ...] = ()
        self._taps: tuple[Tap, ...] = ()
        self._gain_in_db = self._gain_out_db = 0.0
        self._factor_in = self._factor_out = np.float32(1)
        self._sent: Frame = SILENCE
        self._sent_tone = False
        self._smooth = False
        self._closed = False

    # What the card and the owner of the port call

    def deliver(self, frame: Frame) -> None:
        """Take a frame from the line. It must not be changed afterwards. Ignored once the port is closed."""
        if not self._closed:
            self._inbound.put(frame)

    def hear(self, source: Source | None) -> None:
        """Send this to the line from the next frame on; None: silence. The source before it is stopped."""
        previous, self.source = self.source, source
        self._smooth = True
        if previous is not None and previous is not source:
            previous.stop()
        if self._closed and source is not None:
            self.source = None
            source.stop()

    def overlay(self, source: Source, *, alone: bool = False) -> None:
        """Mix this into what the line hears, until it is over. An overlay before it is stopped.

        alone: only the overlay is heard. The source goes on, and is heard again when the overlay is over.
        """
        self._overlay_alone = alone
        previous, self.overlay_source = self.overlay_source, source
        if previous is not None:
            previous.stop()
        if self._closed:
            self.overlay_source = None
            source.stop()

    def carry_data(self, carries: bool) -> None:
        """Carry a modem's sound: from now on nothing is changed on its way, and no detector hears it. False: a voice.

        An echo canceller would take a modem's training for an echo, a cross-fade of two frames costs it its timing,
        and busy tone can be heard in a carrier.
        """
        if carries != self._inbound.carries_data:
            self._inbound.carry_data(carries)
            self.on_data(carries)

    def listen_for(self, detector: Detector) -> None:
        """Feed this detector from the next tick on; its events go to `on_event`."""
        on_the_line = detector if isinstance(detector, LineDetector) else None
        self._detectors = (*self._detectors, (detector, on_the_line))

    def stop_listening(self, detector: Detector) -> None:
        """Stop feeding this detector. Harmless if it is not fed."""
        self._detectors = tuple(pair for pair in self._detectors if pair[0] is not detector)

    @property
    def detectors(self) -> tuple[Detector, ...]:
        return tuple(detector for detector, _on_the_line in self._detectors)

    def tap(self, tap: Tap) -> None:
        """Give this tap what the party says, from the next tick on."""
        self._taps = (*self._taps, tap)

    def untap(self, tap: Tap) -> None:
        """Stop giving it. Harmless if it is not on the port."""
        self._taps = tuple(kept for kept in self._taps if kept is not tap)

    @property
    def gain_in_db(self) -> float:
        """Amplification of what the party says, in dB."""
        return self._gain_in_db

    @gain_in_db.setter
    def gain_in_db(self, gain_db: float) -> None:
        self._gain_in_db = gain_db
        self._factor_in = np.float32(decibels(gain_db))

    @property
    def gain_out_db(self) -> float:
        """Amplification of what the party hears, in dB."""
        return self._gain_out_db

    @gain_out_db.setter
    def gain_out_db(self, gain_db: float) -> None:
        self._gain_out_db = gain_db
        self._factor_out = np.float32(decibels(gain_db))

    @property
    def stats(self) -> PortStats:
        return PortStats(self._inbound.concealed, self._inbound.silent, self._inbound.dropped)

    @property
    def behind_s(self) -> float | None:
        """How long after a frame of a card with a crystal of its own the engine takes it; None of another card."""
        return self._inbound.behind_s

    @property
    def closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        """Stop all sources and leave the engine. The second time does nothing."""
        if self._closed:
            return
        self.hear(None)
        if self.overlay_source is not None:
            self.overlay_source.stop()
            self.overlay_source = None
        self._closed = True
        self._detectors = self._taps = ()
        self._on_close(self)

    # What the engine calls, in this order, for all ports each

    def take(self, tick: int) -> None:
        """Take this tick's frame from the line."""
        self.tick = tick
        try:
            frame = self._inbound.take()
            if self._inbound.carries_data:
                self.frame = frame
                return
            if self._canceller is not None:
                # What was written in the last tick is on the line now; its echo comes with this frame at the earliest.
                # A tone of ours would teach the canceller to cancel tones, such as the line's busy tone. So it is told
                # that nothing was sent.
                frame = self._canceller.cancel(frame, SILENCE if self._sent_tone else self._sent)
            self.frame = frame if not self._gain_in_db else _amplified(frame, self._factor_in)
        except Exception as error:
            self.frame = SILENCE
            self._fault(error)

    def listen(self) -> None:
        """Feed taps and detectors."""
        for tap in self._taps:
            try:
                tap.feed(self.frame)
            except Exception as error:
                self.untap(tap)
                self._fault(error)
        if self._inbound.carries_data:
            return
        for detector, on_the_line in self._detectors:
            try:
                if on_the_line is not None:
                    events = on_the_line.feed_line(self.frame, self._sent)
                else:
                    events = detector.feed(self.frame)
            except Exception as error:
                self.stop_listening(detector)
                self._fault(error)
                continue
            for event in events:
                self._tell(event)

    def speak(self) -> None:
        """Send the line its frame."""
        if self._closed:
            return
        frame: Frame = SILENCE
        source = self.source
        if source is not None:
            try:
                following = source.next()
                if following is None:
                    self._over(source)
                else:
                    as_it_is = not self._gain_out_db or self._inbound.carries_data
                    frame = following if as_it_is else _amplified(following, self._factor_out)
            except Exception as error:
                self._over(source)
                self._fault(error)
        if self.overlay_source is not None:
            frame = self._overlaid(self.overlay_source, frame)
        if self._smooth:
            self._smooth = False
            frame = _without_step(self._sent, frame)
        self._sent = frame
        self._sent_tone = isinstance(source, ToneSource)
        try:
            self._write(frame)
        except Exception as error:
            self._fault(error)

    def _overlaid(self, overlay: Source, frame: Frame) -> Frame:
        try:
            over = overlay.next()
        except Exception as error:
            self._fault(error)
            over = None
        if over is None:
            if self.overlay_source is overlay:
                self.overlay_source = None
            overlay.stop()
            return frame
        if self._overlay_alone:
            return over
        both: Frame = np.clip(np.add(frame, over, dtype=np.int32), -32768, 32767).astype(np.int16)
        return both

    def _over(self, source: Source) -> None:
        if self.source is source:
            self.source = None
            self._smooth = True
        source.stop()

    def _tell(self, event: MediaEvent) -> None:
        try:
            self.on_event(event)
        except Exception as error:
            self._fault(error)

    def _fault(self, error: Exception) -> None:
        """Log what has failed, once for each kind and place, as it may fail again in every tick, and tell of it."""
        what = kind_and_place(error)
        if what not in self._faults:
            self._faults.add(what)
            log.error("%s: %s", self.name, what)
        try:
            self.on_fault(error)
        except Exception as second:
            log.error("%s: its fault could not be reported: %s", self.name, kind_and_place(second))


def _amplified(frame: Frame, factor: np.float32) -> Frame:
    louder: Frame = np.clip(np.rint(frame * factor), -32768, 32767).astype(np.int16)
    return louder


def _without_step(before: Frame, after: Frame) -> Frame:
    """The frame `after`, changed in its first 2 ms so that it begins where `before` ended, and no click is heard."""
    step = int(before[-1]) - int(after[0])
    if abs(step) < _STEP_WORTH_SMOOTHING:
        return after
    smooth = after.copy()
    smooth[:_STEP_SAMPLES] = np.clip(after[:_STEP_SAMPLES] + step * _RAMP, -32768, 32767)
    return smooth
