"""Which devices answer: each is asked by OPTIONS from time to time. Sans I/O; times in seconds."""

from __future__ import annotations

from dataclasses import dataclass

REPLY_SECONDS = 4.0
"""An answer that has not come after this is missing."""
MISSES = 2
"""How many answers in a row must be missing, as a single packet may get lost."""


@dataclass(slots=True)
class Watched:
    """The device at one address."""

    every: float
    """Seconds from one question to the next."""
    up: bool = True
    """It answers, as far as is known."""
    ever: bool = False
    """It has answered at least once."""
    asked_at: float | None = None
    """When it was asked what it has not answered yet; None where nothing is open."""
    next_at: float = 0.0
    """When to ask next."""
    missed: int = 0
    """How many answers are missing since the last that came."""

    def heard(self, now: float) -> None:
        """It has sent something, so it is there."""
        self.up = self.ever = True
        self.asked_at = None
        self.missed = 0
        self.next_at = now + self.every

    def doubted(self) -> None:
        """It did not answer something else, such as a call: ask it at once."""
        if self.asked_at is None and self.missed == 0:
            self.next_at = 0.0

    def due(self, now: float) -> bool:
        """Whether it is to be asked now. Notices a missing answer, too; after the first it is asked again at once."""
        if self.asked_at is not None and now >= self.asked_at + REPLY_SECONDS:
            self.asked_at = None
            self.missed += 1
            self.up = self.up and self.missed < MISSES
            self.next_at = now if self.missed < MISSES else now + self.every - REPLY_SECONDS
        if self.asked_at is None and now >= self.next_at:
            self.asked_at = now
            return True
        return False
