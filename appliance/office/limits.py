"""How much somebody may call outside in an hour and a day, so that a thief with a PIN or a telephone gets little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated

from appliance.office.field import Limits

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CallLimits:
    """How much is called outside by one person, or on one telephone. The hour and the day are the last ones."""

    at_once: Annotated[int, Limits(1, 32), "How many calls go on at once, at most."] = 4
    calls_an_hour: Annotated[int, Limits(1, 1000), "How many calls begin in an hour, at most."] = 60
    calls_a_day: Annotated[int, Limits(1, 10_000), "How many calls begin in 24 hours, at most."] = 300
    minutes_an_hour: Annotated[int, Limits(1, 2000), "How many minutes all calls of an hour last, at most."] = 150
    minutes_a_day: Annotated[int, Limits(1, 20_000), "How many minutes all calls of 24 hours last, at most."] = 720


@dataclass(frozen=True, slots=True)
class Made:
    """A call that was made: its beginning and its end; None: it goes on."""

    began: datetime
    ended: datetime | None


class Limit(Enum):
    """What a call is refused by."""

    AT_ONCE = "too many calls outside at once"
    HOUR = "too many calls outside in this hour"
    DAY = "too many calls outside on this day"


def limit_reached(limits: CallLimits, made: Sequence[Made], now: datetime) -> Limit | None:
    """Which limit another call would go beyond; None: none. A call that goes on is never ended by one."""
    if sum(one.ended is None for one in made) >= limits.at_once:
        return Limit.AT_ONCE
    spans = (
        (Limit.HOUR, HOUR, limits.calls_an_hour, limits.minutes_an_hour),
        (Limit.DAY, DAY, limits.calls_a_day, limits.minutes_a_day),
    )
    for limit, span, calls, minutes in spans:
        since = now - span
        lasted = sum((max((one.ended or now) - max(one.began, since), timedelta()) for one in made), timedelta())
        if sum(one.began > since for one in made) >= calls or lasted >= timedelta(minutes=minutes):
            return limit
    return None
