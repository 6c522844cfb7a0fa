"""Whether the machine's clock was set since it was started. A Raspberry Pi has none that runs without power."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

TIMESYNC, TIMESYNC_DONE = "run/systemd/timesync", "run/systemd/timesync/synchronized"
"""The folder that systemd-timesyncd has while it runs, and the file that it makes once it has set the clock."""

RTC = "sys/class/rtc/rtc0/since_epoch"
"""What a clock with a battery says (seconds since 1970). The kernel takes its time from it when it starts."""
RTC_AGREES = timedelta(minutes=1)
"""A clock with an empty battery begins anew in 1970; the system's has gone on from what systemd has kept then."""

BOOT = "proc/sys/kernel/random/boot_id"

NOT_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
"""This program is younger: a clock that shows less is wrong, whoever has set it."""


def clock_is_set(now: datetime, root: Path = Path("/")) -> bool:
    """Whether `now`, which the machine's clock shows, can be believed. Blocking, for less than a millisecond.

    A machine without systemd-timesyncd, such as a computer on a desk, is taken to know the time. root: the folder with
    the machine's `run` and `sys`.
    """
    if now < NOT_BEFORE:
        return False
    return not (root / TIMESYNC).is_dir() or (root / TIMESYNC_DONE).exists() or _is_of_battery(now, root)


def boot_id(root: Path = Path("/")) -> str:
    """Another one after each start of the machine; empty where the kernel tells none."""
    try:
        return (root / BOOT).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _is_of_battery(now: datetime, root: Path) -> bool:
    try:
        shown = datetime.fromtimestamp(int((root / RTC).read_text(encoding="ascii")), UTC)
    except (OSError, ValueError, OverflowError):
        return False
    return abs(now - shown) <= RTC_AGREES
