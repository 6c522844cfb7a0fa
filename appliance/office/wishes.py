"""How often the office calls those who ask for it on its web site, so that nobody can have others called all day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_OF_ADDRESS = 3
"""Wishes from one address in an hour."""
MOST_OF_NUMBER = 2
"""Calls to one number in a day."""
MOST_IN_HOUR = 10
"""Calls in all, in an hour."""


class Wishes:
    """Those of the last day."""

    def __init__(self) -> None:
        self._taken: list[tuple[datetime, str, str]] = []

    def take(self, now: datetime, address: str, number: str) -> bool:
        """Whether a wish from this address, to have this number called, is taken; it then counts."""
        self._taken = [one for one in self._taken if now - one[0] < DAY]
        hour = [one for one in self._taken if now - one[0] < HOUR]
        of_address = Counter(one[1] for one in hour)[address]
        of_number = Counter(one[2] for one in self._taken)[number]
        if len(hour) >= MOST_IN_HOUR or of_address >= MOST_OF_ADDRESS or of_number >= MOST_OF_NUMBER:
            return False
        self._taken.append((now, address, number))
        return True
