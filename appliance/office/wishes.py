"""How often the office calls those who ask for it on its web site, so that nobody can have others called all day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_OF_ADDRESS = 3
"""Wishes from one address in an hour."""
MOST_OF_NUMBER = 2
"""Calls to one number in a day."""
MOST_IN_HOUR = 10
"""Calls in all, in an hour."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One that was taken. at: in UTC. address: from where it came. number: as a line dials it."""

    at: datetime
    address: str
    number: str


class Wishes:
    """Those of the last day. taken: those that counted already, the oldest first."""

    def __init__(self, taken: Iterable[Wish] = ()) -> None:
        self.taken = list(taken)

    def take(self, now: datetime, address: str, number: str) -> bool:
        """Whether a wish from this address, to have this number called, is taken; it then counts."""
        self.taken = [one for one in self.taken if abs(now - one.at) < DAY]  # A clock may have been set back.
        hour = [one for one in self.taken if now - one.at < HOUR]
        of_address = Counter(one.address for one in hour)[address]
        of_number = Counter(one.number for one in self.taken)[number]
        if len(hour) >= MOST_IN_HOUR or of_address >= MOST_OF_ADDRESS or of_number >= MOST_OF_NUMBER:
            return False
        self.taken.append(Wish(now, address, number))
        return True
