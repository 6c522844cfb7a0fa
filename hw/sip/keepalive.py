"""Which devices answer: each is asked by OPTIONS from time to time. Sans I/O; times in seconds."""

from __future__ import annotations

from dataclasses import dataclass

REPLY_SECONDS = 4.0
MISSES = 2
"""A single packet lost is no device lost."""


@dataclass(slots=True)
class Watched:
    """One device address. up: it answers, as far as is known. ever: it has, at least once."""

    every: float
    up: bool = True
    ever: bool = False
    asked_at: float | None = None
    next_at: float = 0.0
    missed: int = 0

    def heard(self, now: float) -> None:
        """It has said something."""
        self.up = self.ever = True
        self.asked_at = None
        self.missed = 0
        self.next_at = now + self.every

    def doubted(self) -> None:
        """It did not answer to something else: ask it now."""
        if self.asked_at is None and self.missed == 0:
            self.next_at = 0.0

    def due(self, now: float) -> bool:
        """Whether it is to be asked now. A missing answer is noticed here, too, and asked for again at once."""
        if self.asked_at is not None and now >= self.asked_at + REPLY_SECONDS:
            self.asked_at = None
            self.missed += 1
            self.up = self.up and self.missed < MISSES
            self.next_at = now if self.missed < MISSES else now + self.every - REPLY_SECONDS
        if self.asked_at is None and now >= self.next_at:
            self.asked_at = now
            return True
        return False
