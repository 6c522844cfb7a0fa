"""What is known by a telephone number, found at ring time: exact numbers first, then the longest pattern."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Generic, TypeVar

from appliance.office.callernumber import CallerNumbers, is_pattern

Indexed = TypeVar("Indexed")


class NumberIndex(Generic[Indexed]):
    """Values by bare numbers and patterns, in memory. Two forms of one number are the same."""

    def __init__(self, numbers: CallerNumbers) -> None:
        self._numbers = numbers
        self._exact: dict[str, Indexed] = {}
        self._patterns: dict[str, Indexed] = {}

    def __len__(self) -> int:
        return len(self._exact) + len(self._patterns)

    def values(self) -> Iterator[Indexed]:
        return chain(self._exact.values(), self._patterns.values())

    def put(self, number: str, value: Indexed) -> None:
        self._table(number)[self._numbers.key(number)] = value

    def remove(self, number: str) -> None:
        del self._table(number)[self._numbers.key(number)]

    def at(self, number: str) -> Indexed | None:
        """What is known by this very number or pattern, in whatever form."""
        return self._table(number).get(self._numbers.key(number))

    def exact(self, number: str) -> Indexed | None:
        """What is known by the number of a caller, as a line gives it; patterns aside."""
        for key in self._numbers.keys(number):
            if (found := self._exact.get(key)) is not None:
                return found
        return None

    def by_pattern(self, number: str) -> Indexed | None:
        """What is known by the longest pattern that fits the number of a caller."""
        if not self._patterns:
            return None
        for key in self._numbers.keys(number):
            for length in range(len(key), 0, -1):
                if (found := self._patterns.get(key[:length])) is not None:
                    return found
        return None

    def _table(self, number: str) -> dict[str, Indexed]:
        return self._patterns if is_pattern(number) else self._exact
