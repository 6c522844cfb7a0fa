"""For what kind of call a telephone rings, and the styles of ringing by which people tell them apart."""

from __future__ import annotations

from enum import Enum


class RingKind(Enum):
    """For what kind of call a telephone rings."""

    INSIDE = "inside"
    """A colleague calls."""
    OUTSIDE = "outside"
    """Somebody calls from outside."""
    DEPARTMENT = "department"
    """Somebody calls a department."""
    RETURNED = "returned"
    """A call comes back that was transferred from here, or left on hold here."""
    PARKED = "parked"
    """A call comes back that was parked from here."""
    PAGE = "page"
    """Somebody speaks to several telephones. Those that can answer by themselves do."""


class RingStyle(Enum):
    """How it rings, in the words of the office document. `hw.tones.ringstyle` has the cadences."""

    COUNTRY = "country"
    """As the exchanges of the country ring."""
    DOUBLE = "double"
    """Two short bursts; a single one, where the country's own ring is double."""
    TRIPLE = "triple"
    LONG_SHORT = "long-short"
    LONG_SHORT_SHORT = "long-short-short"
