"""What a trial tells on the terminal while it runs: each line with the time since it began."""

from __future__ import annotations

import time

TOLD_EVERY_S = 20.0
"""Whoever waits is told again after so many seconds that it goes on."""


class Progress:
    """The lines of one trial."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def tell(self, what: str) -> None:
        """Print a line."""
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        print(f"{minutes:3}:{seconds:02}  {what}", flush=True)

    def sleep(self, seconds: float, what: str) -> None:
        """Let time pass, and tell now and then what for."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.tell(f"{what}: {left:.0f} s more")
            time.sleep(min(left, TOLD_EVERY_S))
