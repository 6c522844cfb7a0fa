"""When a count of unknown senders' packets is worth telling people. Sans I/O."""

from __future__ import annotations

TOLD_FROM = 30
"""How many packets within ten minutes are told. A telephone that is set up wrongly sends one now and then; thirty are
a scan, or something that needs looking at."""
WITHIN_SECONDS = 600.0


class UnknownSenders:
    """Counts packets of unknown senders. packets: how many have come so far. Times are in seconds."""

    def __init__(self) -> None:
        self.packets = 0
        self._counts: list[tuple[float, int]] = []

    def count(self, packets: int, now: float) -> None:
        """Note that so many packets have come by now, counted from the beginning."""
        self._counts.append((now, packets - self.packets))
        self.packets = packets
        self._forget(now)

    def are_many(self, now: float) -> bool:
        """Whether at least TOLD_FROM have come within the last ten minutes."""
        self._forget(now)
        return sum(count for _, count in self._counts) >= TOLD_FROM

    def _forget(self, now: float) -> None:
        self._counts = [(at, count) for at, count in self._counts if now - at < WITHIN_SECONDS]
