"""Guarding mailboxes: three tries a call, ten an hour, then the mailbox is locked for an hour."""

from __future__ import annotations

import hmac
from collections import deque
from collections.abc import Callable

TRIES_PER_CALL = 3
TRIES_PER_HOUR = 10
HOUR_SECONDS = 3600.0


class PinGuard:
    """Counts wrong PINs by person. `time` gives the loop's seconds; `on_locked` is told the person's id."""

    def __init__(self, time: Callable[[], float], on_locked: Callable[[str], None]) -> None:
        self._time = time
        self._on_locked = on_locked
        self._wrong: dict[str, deque[float]] = {}

    def locked(self, person: str) -> bool:
        wrong = self._wrong.get(person, deque())
        while wrong and self._time() - wrong[0] >= HOUR_SECONDS:
            wrong.popleft()
        return len(wrong) >= TRIES_PER_HOUR

    def right(self, person: str, pin: str, given: str) -> bool:
        """Whether the PIN given is the person's, compared in constant time. False for a locked mailbox."""
        if self.locked(person):
            return False
        if pin and hmac.compare_digest(pin.encode(), given.encode()):
            return True
        self._wrong.setdefault(person, deque()).append(self._time())
        if self.locked(person):
            self._on_locked(person)
        return False
