"""Moments on the office's clock, as they are written in the reader's language; those that may be wrong are marked."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_skeleton
from flask_babel import format_time, get_locale

from web.unsure import about


def day(moment: datetime) -> str:
    """A day and a time of it."""
    return about(moment, f"{format_skeleton('MMMEd', moment, locale=get_locale())}, {_clock(moment)}")


def clock(moment: datetime) -> str:
    return about(moment, _clock(moment))


def _clock(moment: datetime) -> str:
    return str(format_time(moment, "short", rebase=False))
