"""What all ports tell, for people who look on: events, and how loud what comes in is."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, cast

from hw.audio import Frame, level_dbm0
from hw.linecard import FxoPort, FxsPort, LineEvent

LOOKED_AT_S = 5.0
"""For so long after somebody has looked the levels are worked out."""
_KEPT = 200
"""Events that are kept for those who look now and then."""
_STILL_DBM0 = -90.0
"""The level of nothing at all."""
_FOLLOWING = 0.1
"""How quickly a level follows, a frame: within 0.2 s it has come most of the way."""


@dataclass(frozen=True, slots=True)
class PortEvent:
    """What a port has told. number: one more than that of the event before, whatever port told that."""

    number: int
    port: str
    event: LineEvent


class PortWatch:
    """Sits between the ports and those who attend to them, and passes everything on.

    on_told: called with what a port tells, right before those who attend to it get it.
    """

    def __init__(self) -> None:
        self.on_told: Callable[[str, LineEvent], None] = lambda _port, _event: None
        self._events: deque[PortEvent] = deque(maxlen=_KEPT)
        self._numbers = count(1)
        self._levels: dict[str, float] = {}
        self._until = 0.0

    def look(self) -> None:
        """Somebody looks at this moment."""
        now = asyncio.get_running_loop().time()
        if now >= self._until:
            self._levels.clear()
        self._until = now + LOOKED_AT_S

    @property
    def levels(self) -> dict[str, float]:
        """What comes in from each port that gives sound, in dBm0, since somebody looks."""
        return dict(self._levels)

    def events_after(self, number: int) -> list[PortEvent]:
        """Those with greater numbers, the oldest first."""
        return [event for event in self._events if event.number > number]

    def told(self, port: str, event: LineEvent) -> None:
        self._events.append(PortEvent(next(self._numbers), port, event))
        self.on_told(port, event)

    def heard(self, port: str, frame: Frame) -> None:
        if asyncio.get_running_loop().time() < self._until:
            level = max(level_dbm0(frame), _STILL_DBM0)
            before = self._levels.get(port, level)
            self._levels[port] = before + _FOLLOWING * (level - before)


class WatchedPort:
    """A port in all respects, of which a `PortWatch` knows what it tells."""

    def __init__(self, port: FxoPort | FxsPort, watch: PortWatch) -> None:
        self._port = port
        self._watch = watch

    def attach(self, on_event: Callable[[LineEvent], None], on_frame: Callable[[Frame], None]) -> None:
        """See `hw.linecard.LinePort`."""
        name, watch = self._port.name, self._watch

        def event(event: LineEvent) -> None:
            watch.told(name, event)
            on_event(event)

        def frame(frame: Frame) -> None:
            watch.heard(name, frame)
            on_frame(frame)

        self._port.attach(event, frame)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._port, name)


def watched_fxo(port: FxoPort, watch: PortWatch) -> FxoPort:
    return cast(FxoPort, WatchedPort(port, watch))


def watched_fxs(port: FxsPort, watch: PortWatch) -> FxsPort:
    return cast(FxsPort, WatchedPort(port, watch))
