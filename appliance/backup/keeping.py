"""Which archives stay where backups are kept, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

ARCHIVE = re.compile(r"copperdesk-(?P<unit>[0-9a-f]{8})-(?P<made>[0-9]{8}-[0-9]{6})\.backup")
"""What the name of an archive is: of which unit, and when it was made, in UTC. Nothing else is ever removed."""
MADE = "%Y%m%d-%H%M%S"


def archive_name(unit: str, made: datetime) -> str:
    """unit: eight hexadecimal digits, by which units that share a place tell their own archives from others'."""
    return f"copperdesk-{unit}-{made.astimezone(UTC):{MADE}}.backup"


def made_at(name: str) -> datetime:
    """When an archive was made. ValueError where the name is none of an archive."""
    found = ARCHIVE.fullmatch(name)
    if found is None:
        raise ValueError(name)
    return datetime.strptime(found["made"], MADE).replace(tzinfo=UTC)


def own_archives(names: Iterable[str], unit: str) -> list[str]:
    """Those of this unit, the newest first."""
    return sorted((name for name in names if _is_of(name, unit)), key=made_at, reverse=True)


def to_be_removed(archives: Iterable[str], now: datetime, keep: int, days: int, good: str) -> list[str]:
    """The archives of one unit that are kept no longer: beyond the newest `keep`, or older than so many days.

    The newest one is always kept, and so is `good`, the last one that was found restorable, however old it is. A date
    that lies ahead, from a clock that was wrong, counts as new: the file is counted, and not removed for its age.
    """
    newest_first = sorted(archives, key=made_at, reverse=True)
    oldest = now - timedelta(days=days)
    return [
        name
        for place, name in enumerate(newest_first)
        if place > 0 and name != good and (place >= keep or made_at(name) < oldest)
    ]


def _is_of(name: str, unit: str) -> bool:
    found = ARCHIVE.fullmatch(name)
    if found is None or found["unit"] != unit:
        return False
    try:
        made_at(name)
    except ValueError:  # Digits that are no date.
        return False
    return True
