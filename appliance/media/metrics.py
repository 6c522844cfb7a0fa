"""How punctual the engine is."""

from __future__ import annotations

from bisect import bisect_left

_FIRST_BOUND_MS = 0.05
_BUCKETS = 52
_PER_OCTAVE = 4


class TickMetrics:
    """Lateness of the engine's ticks, in buckets of fixed bounds; each bound is 19 % above the one before.

    The bounds reach from 50 µs to 345 ms, so a quantile is right to 19 % and the histogram never grows.
    """

    BOUNDS_MS: tuple[float, ...] = tuple(_FIRST_BOUND_MS * 2 ** (n / _PER_OCTAVE) for n in range(_BUCKETS))
    """The upper bounds of the buckets."""

    def __init__(self) -> None:
        self.ticks = 0
        """Ticks made."""
        self.overruns = 0
        """Ticks a whole frame late or more, whether made up for or skipped."""
        self.skipped = 0
        """Ticks never made, because the engine was too far behind to catch up."""
        self.worst_ms = 0.0
        """The greatest lateness of a tick."""
        self.histogram = [0] * (_BUCKETS + 1)
        """Ticks by lateness: entry n counts those up to BOUNDS_MS[n], the last entry those above all bounds."""

    def tick(self, late_ms: float) -> None:
        """Count one tick that began so many milliseconds after its time."""
        self.ticks += 1
        self.histogram[bisect_left(self.BOUNDS_MS, late_ms)] += 1
        if late_ms > self.worst_ms:
            self.worst_ms = late_ms

    def late_ms(self, share: float) -> float:
        """The lateness in ms which this share (0–1) of all ticks did not exceed; 0 before the first tick."""
        wanted = share * self.ticks
        counted = 0
        for bound, count in zip((*self.BOUNDS_MS, self.worst_ms), self.histogram, strict=True):
            counted += count
            if counted >= wanted and counted:
                return min(bound, self.worst_ms)
        return 0.0

    @property
    def p50_ms(self) -> float:
        return self.late_ms(0.5)

    @property
    def p99_ms(self) -> float:
        return self.late_ms(0.99)

    @property
    def p999_ms(self) -> float:
        return self.late_ms(0.999)
