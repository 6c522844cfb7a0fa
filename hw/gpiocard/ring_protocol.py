"""Makes ringing of a SLIC's pins, and notices within it that the telephone is lifted. Sans I/O, in steps of 5 ms.

The data sheet of the Ag1171 wants this order. RM goes high, which raises the chip's voltage from 48 to 72 V. F/R is
then toggled at 20 to 25 Hz. At the end F/R stays where it belongs first, and RM goes low 10 to 500 ms later. While it
rings the chip's SHK has short pulses of its own; high for 10 ms or longer it means that the telephone is off hook.

RM may be high for a third of the time at the most, or the chip gets too hot. A burst that is too long for that is cut
off. So is one that whoever ordered it no longer stands by: the order must be repeated every half second.
"""

from __future__ import annotations

from dataclasses import dataclass

STEP_S = 0.005
LOWEST_HZ, HIGHEST_HZ = 20.0, 25.0
"""What the chip may be toggled at. A country that rings at 16 or 17 Hz gets the lower one."""
TRIP_S = 0.010
LATE_S = 0.009
"""Two looks at SHK further apart say nothing of what it was between them: two pulses would look like one."""
MOST_CHANCE = 5
"""A thread that is late all the time meets no more pulses than that in a row by chance."""
RING_MODE_BEHIND_S = 0.015
"""How long RM stays high behind the last toggle."""
LEASE_S = 0.5
"""How long ringing goes on without its order being repeated."""
BUSIEST = 1 / 3
"""The share of the time for which RM may be high."""
LONGEST_BURST_S = 5.0
"""What a chip that was idle may ring in one go. The longest burst of any country lasts 2 s."""

_ROUNDING_S = 1e-6


@dataclass(frozen=True, slots=True)
class RingPins:
    """How two of the chip's pins are to be driven."""

    forward: bool
    ring_mode: bool


class RingProtocol:
    """One SLIC. hertz: the country's ring frequency.

    tripped: the telephone was lifted in this burst. cut_short: the burst was longer than the chip bears.
    """

    def __init__(self, hertz: float = LOWEST_HZ) -> None:
        self.tripped = False
        self.cut_short = False
        self._half_s = 0.5 / min(max(hertz, LOWEST_HZ), HIGHEST_HZ)
        self._wanted = False
        self._leased_until = 0.0
        self._forward = True
        self._level = True
        self._toggled = 0.0
        self._ring_mode_off: float | None = None
        self._high_since: float | None = None
        self._looked = 0.0
        self._highs = 0
        self._seconds_left = LONGEST_BURST_S
        self._counted = 0.0

    @property
    def ringing(self) -> bool:
        """There is ring voltage on the line, or RM is still high."""
        return self._wanted or self._ring_mode_off is not None

    def feed(self, forward: bool) -> RingPins:
        """The polarity while it does not ring."""
        self._forward = forward
        return self._pins()

    def order(self, on: bool, now: float) -> None:
        """Ring from now on, go on ringing, or stop. A burst that was tripped or cut short does not begin again."""
        if not on:
            if self._wanted:
                self._end(now)
            self.tripped = self.cut_short = False
            return
        self._leased_until = now + LEASE_S
        if not self._wanted and not self.tripped and not self.cut_short:
            self._count(now)
            self._wanted, self._ring_mode_off, self._high_since = True, None, None
            self._level, self._toggled = self._forward, now

    def step(self, off_hook: bool, now: float) -> RingPins:
        """The pins from now on. off_hook: SHK is high."""
        if self._wanted:
            self._count(now)
            self._watch_hook(off_hook, now)
            if self.tripped or now > self._leased_until:
                self._end(now)
            elif self._seconds_left <= 0:
                self.cut_short = True
                self._end(now)
            elif now >= self._toggled + self._half_s - _ROUNDING_S:
                self._level = not self._level
                self._toggled += self._half_s
                if now - self._toggled > self._half_s:  # The thread was late: no volley of toggles to make up for it.
                    self._toggled = now
        elif self._ring_mode_off is not None and now >= self._ring_mode_off - _ROUNDING_S:
            self._ring_mode_off = None
        return self._pins()

    def _watch_hook(self, off_hook: bool, now: float) -> None:
        late = now - self._looked > LATE_S
        self._looked = now
        self._highs = self._highs + 1 if off_hook else 0
        if not off_hook:
            self._high_since = None
        elif self._highs >= MOST_CHANCE:
            self.tripped = True
        elif self._high_since is None or late:
            self._high_since = now
        elif now >= self._high_since + TRIP_S - _ROUNDING_S:
            self.tripped = True

    def _count(self, now: float) -> None:
        """Ringing uses up what the chip bears, and every pause gives some of it back."""
        passed, self._counted = now - self._counted, now
        used = passed * (1 - BUSIEST) if self._wanted else -passed * BUSIEST
        self._seconds_left = min(self._seconds_left - used, LONGEST_BURST_S)

    def _end(self, now: float) -> None:
        self._wanted = False
        self._ring_mode_off = now + RING_MODE_BEHIND_S

    def _pins(self) -> RingPins:
        return RingPins(self._level if self._wanted else self._forward, self.ringing)
