"""Tells ring voltage on a line by the pulses of a DAA's RS output. Sans I/O.

Ring voltage is an alternating one of 15 to 68 Hz, and RS has a pulse in each of its cycles, or in each half of one: its
rising edges are 7 to 67 ms apart. Pulses that another telephone on the line dials are 100 ms apart, and a contact that
chatters makes more in a moment than any bell could follow. Three edges in such a distance are a ring; 90 ms without one
end it, less than the gap of 200 ms within a double ring.
"""

from __future__ import annotations

SHORTEST_PERIOD_S = 0.006
LONGEST_PERIOD_S = 0.072
PERIODS = 2
RING_END_S = 0.09

_ROUNDING_S = 1e-6


class RingDetect:
    """One line. ringing: there is ring voltage. deadline: when `due` must be called, in seconds; None: never."""

    def __init__(self) -> None:
        self.ringing = False
        self.deadline: float | None = None
        self._last: float | None = None
        self._periods = 0

    def edge(self, now: float) -> None:
        """RS has begun a pulse."""
        self.due(now)
        period = None if self._last is None else now - self._last
        self._last = now
        if period is None:
            return
        if SHORTEST_PERIOD_S <= period <= LONGEST_PERIOD_S:
            self._periods += 1
        elif not self.ringing:
            self._periods = 0
        if self._periods >= PERIODS:
            self.ringing = True
        if self.ringing:
            self.deadline = now + RING_END_S

    def due(self, now: float) -> None:
        """No pulse for so long: it rings no more."""
        if self.deadline is not None and now >= self.deadline - _ROUNDING_S:
            self.ringing = False
            self.deadline = None
            self._periods = 0
