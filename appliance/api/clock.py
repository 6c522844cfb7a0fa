"""Whether the unit knows the time, and which times it may have wrong: the method `clock.get`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict

from appliance.clock import Clock
from appliance.control.local import Offers


class UnsureSpan(TypedDict):
    """A stretch of time in which the clock was not set: times in it are uncertain. On the office's clock, in ISO 8601.

    to: the first moment behind it; None: it goes on."""

    since: str
    to: str | None


class ClockKnown(TypedDict):
    """now: on the office's clock. sure: whether that is right. unsure: which times are uncertain, the oldest first."""

    now: str
    sure: bool
    unsure: list[UnsureSpan]


def offer_clock(control: Offers, clock: Clock, local: Callable[[datetime], datetime]) -> None:
    """Put the method on the socket. local: a moment on the office's clock."""

    async def get(_params: dict[str, Any]) -> ClockKnown:
        now = clock.now()
        spans = [
            UnsureSpan(since=local(begin).isoformat(), to=local(end).isoformat() if end is not None else None)
            for begin, end in clock.unsure
        ]
        return ClockKnown(now=local(now).isoformat(), sure=clock.is_sure(now), unsure=spans)

    control.method("clock.get", get)
