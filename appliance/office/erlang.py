"""How many lines an office needs: the formula of A. K. Erlang for calls that find all lines busy (Erlang B).

Traffic is in erlangs: one is a line that is busy all the time. ITU-T E.600 has the words.
"""

from __future__ import annotations

GOOD_ENOUGH = 0.01
"""One call in a hundred finds all lines busy: what lines are mostly planned for."""

MOST_LINES = 1000
_ROUNDS = 50


def blocking(traffic: float, lines: int) -> float:
    """The share of calls, 0 to 1, that find all lines busy where this traffic is offered to so many lines.

    By the recurrence of the inverse, which stays exact where powers and factorials would not.
    """
    if traffic <= 0:
        return 0.0 if lines else 1.0
    inverse = 1.0
    for line in range(1, lines + 1):
        inverse = 1.0 + inverse * line / traffic
    return 1.0 / inverse


def lines_needed(traffic: float, share: float = GOOD_ENOUGH) -> int:
    """How many lines keep the share of calls that find all busy at or below this; `MOST_LINES` at most."""
    if traffic <= 0:
        return 0
    inverse = 1.0
    for line in range(1, MOST_LINES + 1):
        inverse = 1.0 + inverse * line / traffic
        if inverse >= 1.0 / share:
            return line
    return MOST_LINES


def offered(carried: float, lines: int) -> float:
    """The traffic that was offered to so many lines, of which they carried this.

    Callers who found all of them busy were turned away by the exchange, and the unit never saw them. Lines that are
    busy all the time tell no more than that; twice what they carried is then the most that is believed.
    """
    if carried <= 0 or lines < 1:
        return max(carried, 0.0)
    low, high = carried, 2 * carried
    if high * (1 - blocking(high, lines)) <= carried:
        return high
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        if middle * (1 - blocking(middle, lines)) < carried:
            low = middle
        else:
            high = middle
    return (low + high) / 2
