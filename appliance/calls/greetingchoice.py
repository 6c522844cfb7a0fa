"""Which of a mailbox's greetings a caller hears, by why the caller has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum

from appliance.office.nightmode import NightMode
from appliance.office.standing import Standing, When
from appliance.office.walltime import day_at, midnight
from appliance.store.layout import OwnRecording

LONGEST_TEMPORARY_DAYS = 99
"""A temporary greeting is forgotten by its owner sooner than this, and callers are told of a holiday long over."""


class Came(Enum):
    """Why a caller has come to a mailbox."""

    DIRECTLY = "directly"
    """Nothing has rung: a key of a menu leads there, or nothing rings for its owner."""
    NO_ANSWER = "no-answer"
    BUSY = "busy"
    NOT_DISTURBED = "not-disturbed"
    """The owner does not want to be disturbed."""
    CLOSED = "closed"
    """The office is closed."""


def told(came: Came, *, closed: bool) -> Came:
    """What a caller is told who came so: that the office is closed, where nobody could be expected to answer.

    A line that is busy, and somebody who does not want to be disturbed, are what the caller should know first.
    """
    return Came.CLOSED if closed and came in (Came.DIRECTLY, Came.NO_ANSWER) else came


def greetings(why: Came, *, temporary: bool) -> Sequence[OwnRecording]:
    """The recordings that say it, the best one first; where none of them is there, the standard greeting says it.

    temporary: the temporary greeting is in use. It says it all, whatever the reason.
    """
    of_reason = {
        Came.NOT_DISTURBED: (OwnRecording.UNAVAILABLE,),
        Came.BUSY: (OwnRecording.BUSY, OwnRecording.GREETING),
        Came.CLOSED: (OwnRecording.CLOSED, OwnRecording.GREETING),
    }
    found = of_reason.get(why, (OwnRecording.GREETING,))
    return (OwnRecording.TEMPORARY, *found) if temporary else found


def is_closed(standing: Standing | None, night: NightMode) -> bool:
    """Whether callers are told that the office is closed; a break is none. standing: None where there are no hours."""
    if night is not NightMode.AUTOMATIC:
        return night is NightMode.CLOSED
    return standing is not None and standing.what in (When.CLOSED, When.HOLIDAY)


def temporary_switch(owner: str) -> str:
    """Stands at `on`, until a moment, while the temporary greeting of this person or department is in use."""
    return f"temporary-greeting/{owner}"


def ends_after(days: int, now: datetime, zone: tzinfo) -> datetime:
    """The midnight at which a temporary greeting for so many days ends, today being the first; in UTC."""
    return ends_behind(day_at(now, zone) + timedelta(days=days - 1), zone)


def ends_behind(last: date, zone: tzinfo) -> datetime:
    """The midnight at the end of its last day; in UTC."""
    return midnight(last + timedelta(days=1), zone)
