"""What somebody was told is so, and when: by this it is judged what a disk holds after a power cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

Key = tuple[str, ...]
"""What is known, such as ("message", "maria", "7"). The first word is its kind."""
Moment = Callable[[], int]


@dataclass(slots=True)
class Change:
    """Something was made so. Moments are lengths of the disk's record."""

    value: str | None
    """What it became; None: it is gone."""
    meanwhile: tuple[str, ...]
    """What else may be found while it was not acknowledged."""
    began: int
    acknowledged: int | None = None
    """None: it never was."""


class Facts:
    """now: the moment in the life of the disk."""

    def __init__(self, now: Moment) -> None:
        self._now = now
        self._changes: dict[Key, list[Change]] = {}

    @contextmanager
    def become(self, values: Mapping[Key, str | None], meanwhile: Sequence[str] = ()) -> Iterator[None]:
        """These become so together while the block runs, and somebody is told so at its end."""
        began = self._now()
        changes = [Change(value, tuple(meanwhile), began) for value in values.values()]
        for key, change in zip(values, changes, strict=True):
            self._changes.setdefault(key, []).append(change)
        yield
        acknowledged = self._now()
        for change in changes:
            change.acknowledged = acknowledged

    @property
    def now(self) -> dict[Key, str]:
        """How all stands that was acknowledged."""
        last = {key: changes[-1].value for key, changes in self._changes.items()}
        return {key: value for key, value in last.items() if value is not None}

    @property
    def acknowledged(self) -> int:
        """How many changes somebody was told of."""
        return sum(change.acknowledged is not None for changes in self._changes.values() for change in changes)

    def wrong(self, found: Mapping[Key, str], cut: int) -> list[str]:
        """What of the found is not as it may be where the power went at this moment, in sentences."""
        problems = []
        for key in sorted(self._changes.keys() | found.keys()):
            allowed = self._allowed(key, cut)
            if found.get(key) not in allowed:
                wanted = " or ".join(sorted(map(str, allowed)))
                problems.append(f"{' '.join(key)} is {found.get(key)}, and not {wanted}")
        return problems

    def _allowed(self, key: Key, cut: int) -> set[str | None]:
        allowed: set[str | None] = {None}
        for change in self._changes.get(key, ()):
            if change.acknowledged is not None and change.acknowledged <= cut:
                allowed = {change.value}
            elif change.began <= cut:
                allowed |= {change.value, *change.meanwhile}
        return allowed
