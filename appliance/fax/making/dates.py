"""A moment as people of a language write it, for cover, header line and proof."""

from __future__ import annotations

from datetime import datetime

from babel.core import UnknownLocaleError
from babel.dates import format_datetime


def written(moment: str, language: str) -> str:
    """moment: in ISO 8601, on the office's clock; anything else stays as it is. In English with a 24-hour clock, as
    nobody mistakes it."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    try:
        text = format_datetime(at, "d MMM y HH:mm" if language == "en" else "medium", locale=language)
    except (UnknownLocaleError, ValueError):
        text = f"{at:%Y-%m-%d %H:%M}"
    return text if isinstance(text, str) else moment
