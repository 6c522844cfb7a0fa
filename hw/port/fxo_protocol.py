"""What the exchange does on a line, as seen by an FXO port: ringing, polarity, loop breaks, battery, line in use.

Sans I/O. The driver tells the line's condition each time it changes and the port's own hook, with times in seconds,
and calls `due` when the `deadline` has come. All return the events that follow.

Each property of the line passes through its own debouncing: a change counts once it has lasted (docs/lines.md says why
so long):

    ring voltage       100 ms on; 300 ms off, so that a double ring (0.4 s, a gap of 0.2 s, 0.4 s) is one; only on hook
    polarity           64 ms; the first polarity seen is silent
    no voltage         off hook: the disconnect time, but openings in the first 600 ms after seizing or a flash count
                       only from their end (exchanges open the loop for 20–50 ms when they connect); on hook: 1 s
    voltage back       64 ms
    low voltage        200 ms on hook: another telephone on the line is off hook
"""

from __future__ import annotations

from dataclasses import dataclass

from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    FxoEvent,
    LineInUse,
    LoopBroken,
    PolarityReversed,
    RingStarted,
    RingStopped,
)

RING_ON_S = 0.100
RING_OFF_S = 0.300
POLARITY_S = 0.064
BATTERY_LOST_S = 1.0
BATTERY_BACK_S = 0.064
IN_USE_S = 0.200
SEIZE_GUARD_S = 0.600
DISCONNECT_MS = 250

_ROUNDING_S = 1e-6


@dataclass(frozen=True, slots=True)
class LineCondition:
    """The line as the port measures it. `polarity` is +1 or -1, or 0 where there is no line voltage.

    ringing: ring voltage is present. loaded: the voltage is low because a telephone draws current.
    """

    polarity: int
    ringing: bool = False
    loaded: bool = False


class Debounced:
    """A yes/no property of which a change counts only after it has lasted `on_s` (to yes) or `off_s` (to no)."""

    def __init__(self, on_s: float, off_s: float) -> None:
        self.value = False
        self.deadline: float | None = None
        self._on_s = on_s
        self._off_s = off_s

    def see(self, raw: bool, now: float) -> None:
        """What is measured now. A return to the settled value before the deadline forgets the change."""
        if raw == self.value:
            self.deadline = None
        elif self.deadline is None:
            self.deadline = now + (self._on_s if raw else self._off_s)

    def settle(self, now: float) -> bool:
        """True when the value changed because its deadline has passed."""
        if self.deadline is None or now < self.deadline - _ROUNDING_S:
            return False
        self.value = not self.value
        self.deadline = None
        return True

    def forget(self) -> None:
        """Back to no, without a change being told."""
        self.value = False
        self.deadline = None


class FxoProtocol:
    """One line. `disconnect_ms` is how long the exchange opens the loop to tell that the far end has gone."""

    def __init__(self, disconnect_ms: int = DISCONNECT_MS) -> None:
        self.off_hook = False
        self._ring = Debounced(RING_ON_S, RING_OFF_S)
        self._other_side = Debounced(POLARITY_S, POLARITY_S)
        self._broken = Debounced(disconnect_ms / 1000, 0.0)
        self._lost = Debounced(BATTERY_LOST_S, BATTERY_BACK_S)
        self._in_use = Debounced(IN_USE_S, IN_USE_S)
        self._all = (self._ring, self._other_side, self._broken, self._lost, self._in_use)
        self._line: LineCondition | None = None
        self._guarded_until = 0.0
        self._first_polarity = 0
        self._burst_since: float | None = None
        self._bursts: list[float] = []

    @property
    def deadline(self) -> float | None:
        """When `due` must be called, if nothing happens before."""
        times = [debounced.deadline for debounced in self._all if debounced.deadline is not None]
        if self._guarding_an_opening:
            times.append(self._guarded_until)
        return min(times, default=None)

    def line(self, condition: LineCondition, now: float) -> list[FxoEvent]:
        """The line measures like this from now on."""
        events = self._settle(now)
        self._line = condition
        self._follow_bursts(condition.ringing and not self.off_hook, now)
        if not self._first_polarity:
            self._first_polarity = condition.polarity
        self._see(now)
        return events + self._settle(now)

    def hook(self, off_hook: bool, now: float) -> list[FxoEvent]:
        """The port itself closed or opened the loop. Ringing that was going on is forgotten: no RingStopped follows."""
        events = self._settle(now)
        self.off_hook = off_hook
        self._guarded_until = now + SEIZE_GUARD_S if off_hook else 0.0
        self._ring.forget()
        self._bursts.clear()
        self._burst_since = None
        self._broken.forget()
        if off_hook:
            self._in_use.deadline = None
        self._see(now)
        return events

    def due(self, now: float) -> list[FxoEvent]:
        """The events of deadlines that have passed by `now`."""
        events = self._settle(now)
        self._see(now)
        return events

    @property
    def _guarding_an_opening(self) -> bool:
        opened = self._line is not None and self._line.polarity == 0
        return self.off_hook and opened and self._broken.deadline is None and not self._broken.value

    def _see(self, now: float) -> None:
        line = self._line
        if line is None:
            return
        dead = line.polarity == 0
        self._ring.see(line.ringing and not self.off_hook, now)
        if not dead:
            self._other_side.see(line.polarity != self._first_polarity, now)
        if now >= self._guarded_until - _ROUNDING_S or not dead:
            self._broken.see(dead and self.off_hook, now)
        if not self.off_hook or not dead:
            self._lost.see(dead, now)
        if not self.off_hook:
            self._in_use.see(line.loaded and not dead, now)

    def _follow_bursts(self, ringing: bool, now: float) -> None:
        """Note how long ring voltage lasts each time, which the debouncing of a double ring would hide."""
        if ringing and self._burst_since is None:
            self._burst_since = now
        elif not ringing and self._burst_since is not None:
            if now - self._burst_since >= RING_ON_S:
                self._bursts.append(now - self._burst_since)
            self._burst_since = None

    def _settle(self, now: float) -> list[FxoEvent]:
        events: list[FxoEvent] = []
        if self._ring.settle(now):
            events.append(RingStarted() if self._ring.value else RingStopped(tuple(self._bursts)))
            if not self._ring.value:
                self._bursts.clear()
        if self._other_side.settle(now):
            events.append(PolarityReversed(self._other_side.value))
        if self._broken.settle(now) and self._broken.value:
            events.append(LoopBroken())
        if self._lost.settle(now):
            events.append(BatteryLost() if self._lost.value else BatteryRestored())
        if self._in_use.settle(now):
            events.append(LineInUse(self._in_use.value))
        return events
