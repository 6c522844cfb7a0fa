"""Japan's number display at the terminal: short rings on a reversed line ask it to take caller ID, off hook in silence.

Sans I/O, for a driver of an FXO port and for a telephone. The terminal closes the loop, receives the data and opens
it again; the real ringing comes behind it, on a line that is normal again (facts §3.5). To whoever uses the terminal
it stays on hook all the time: none of the short rings is a ring, and the current it draws is not another's.

The driver tells the line each time it changes, and the data once received, with times in seconds, and calls `due`
when the `deadline` has come. After each it closes the loop where `taking` is True, and opens it where it no longer
is.
"""

from __future__ import annotations

LONGEST_S = 7.0
"""A data call without data is given up after this: 6 s of short rings and one for the data."""

_ROUNDING_S = 1e-6


class DataCallProtocol:
    """One terminal. `expected`: whether data calls are made in its country; if not, none is taken."""

    def __init__(self, expected: bool) -> None:
        self.taking = False
        self.deadline: float | None = None
        self._expected = expected

    def line(self, *, ringing: bool, reversed: bool, now: float) -> bool:
        """The line measures like this from now on. True where its ring voltage, if any, is no ring."""
        if not self._expected or not reversed:
            return False
        if ringing and not self.taking:
            self.taking = True
            self.deadline = now + LONGEST_S
        return True

    def over(self) -> None:
        """The data has come, the terminal is seized, or the driver stops. Harmless where no data call is taken."""
        self.taking = False
        self.deadline = None

    def due(self, now: float) -> None:
        """Give up the data call when its deadline has passed."""
        if self.deadline is not None and now >= self.deadline - _ROUNDING_S:
            self.over()
