"""The moments at which a clock on the wall shows a time, where daylight saving repeats or skips some."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_SECOND = timedelta(seconds=1)


def moment_of(day: date, minutes: int, zone: tzinfo) -> datetime:
    """The moment, in UTC, at which the clock for the first time shows these minutes of the day, or a later time.

    A time that the clock shows twice is its first showing. A time that it skips is the moment of the skip. So of two
    times the earlier never has the later moment, and hours that meet on paper meet in truth.
    """
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minutes)
    first = wall.astimezone(UTC)
    if _shown(first, zone) == wall.replace(tzinfo=None):
        return first
    # In a skipped hour, fold 1 is reckoned from the clock behind the skip: its moment lies before the skip, where the
    # clock shows less than is asked for, and that of fold 0 behind it.
    before, behind = wall.replace(fold=1).astimezone(UTC), first
    while behind - before > _SECOND:
        middle = before + (behind - before) // _SECOND // 2 * _SECOND
        if _shown(middle, zone) < wall.replace(tzinfo=None):
            before = middle
        else:
            behind = middle
    return behind


def _shown(moment: datetime, zone: tzinfo) -> datetime:
    """What the clock shows at a moment."""
    return moment.astimezone(zone).replace(tzinfo=None)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The moment, in UTC, at which this day begins."""
    return moment_of(day, 0, zone)


def day_at(moment: datetime, zone: tzinfo) -> date:
    """The day that has begun last. Where a clock is put back over midnight it shows the day before once more."""
    shown = _shown(moment, zone).date()
    return shown + timedelta(days=1) if midnight(shown + timedelta(days=1), zone) <= moment else shown
