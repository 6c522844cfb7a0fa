"""Japan's number display at the terminal: the exchange first makes a data call that carries the caller ID.

The exchange reverses the battery and rings shortly. That asks the terminal to close the loop. It receives the message
and opens the loop again; then the battery is normal, and the real ringing comes (docs/lines.md). Whoever uses the
terminal notices none of this: the short rings are not told as rings, the port stays on hook to them, and the current it
draws is not taken for another telephone's.

Sans I/O, for a driver of an FXO port and for a telephone. The driver tells each change of the line, and when the
message has come, with times in seconds, and calls `due` when the `deadline` has come. After each of these it closes the
loop where `taking` is True, and opens it where `taking` is False.
"""

from __future__ import annotations

LONGEST_S = 7.0
"""A data call without data is given up after this: 6 s of short rings and one for the data."""

_ROUNDING_S = 1e-6


class DataCallProtocol:
    """One terminal.

    expected: whether data calls are made in its country; if not, none is taken. taking: a data call is being taken, the
    loop is to be closed. deadline: when `due` must be called, in seconds; None while there is nothing to wait for.
    """

    def __init__(self, expected: bool) -> None:
        self.taking = False
        self.deadline: float | None = None
        self._expected = expected

    def line(self, *, ringing: bool, reversed: bool, now: float) -> bool:
        """The line measures like this from now on. True if its ring voltage, if any, is not a ring."""
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
