"""What a port under test has told and carried, with the times."""

from __future__ import annotations

import math
from bisect import bisect_left

import numpy as np

from appliance.linedoctor.measuring.callerids import Arrived
from appliance.linedoctor.measuring.endings import Break
from hw.audio import SILENCE, Frame, Samples
from hw.linecard import CallTold, FarEndLeft, LineEvent, PolarityReversed, RingStarted, RingStopped

KEPT_S = 90.0
"""Sound older than this is forgotten."""


class Timeline:
    """Times are in seconds of the loop's clock.

    events: all that the port told. breaks: when the battery was away, and how long.
    """

    def __init__(self) -> None:
        self.events: list[tuple[float, LineEvent]] = []
        self.breaks: list[Break] = []
        self._times: list[float] = []
        self._frames: list[Frame] = []
        self._away_since: float | None = None

    def event(self, at: float, event: LineEvent) -> None:
        self.events.append((at, event))

    def frame(self, at: float, frame: Frame) -> None:
        self._times.append(at)
        self._frames.append(frame)
        if len(self._times) > 2 * KEPT_S * 50:
            old = bisect_left(self._times, at - KEPT_S)
            del self._times[:old], self._frames[:old]

    def battery(self, at: float, there: bool) -> None:
        """Whether there is line voltage at this moment."""
        if not there and self._away_since is None:
            self._away_since = at
        elif there and self._away_since is not None:
            self.breaks.append(Break(self._away_since, at - self._away_since))
            self._away_since = None

    def sound(self, since: float, until: float = math.inf) -> Samples:
        """What the line carried between these two moments, as far as frames came."""
        frames = [one.frame for one in self.arrived(since, until)]
        joined: Samples = np.concatenate(frames) if frames else SILENCE[:0]
        return joined

    def arrived(self, since: float, until: float = math.inf) -> list[Arrived]:
        """The frames that came between these two moments."""
        first, last = bisect_left(self._times, since), bisect_left(self._times, until)
        return [Arrived(at, frame) for at, frame in zip(self._times[first:last], self._frames[first:last], strict=True)]

    def reversals(self, since: float) -> list[float]:
        """When the battery changed sides."""
        return [at for at, event in self.events if isinstance(event, PolarityReversed) and at >= since]

    def left(self, since: float) -> list[float]:
        """When a gateway told that the far end has gone."""
        return [at for at, event in self.events if isinstance(event, FarEndLeft) and at >= since]

    def told(self, since: float) -> str:
        """Who calls, as a gateway told it; empty where none did."""
        callers = [event.caller_id.shown for at, event in self.events if isinstance(event, CallTold) and at >= since]
        return callers[-1] if callers else ""

    def rings(self, since: float) -> list[float]:
        """When rings began."""
        return [at for at, event in self.events if isinstance(event, RingStarted) and at >= since]

    def bursts(self, since: float) -> tuple[float, ...]:
        """How long ring voltage lasted each time in the first whole ring; empty where the card does not tell."""
        for at, event in self.events:
            if isinstance(event, RingStopped) and at >= since and event.bursts:
                return event.bursts
        return ()
