"""The closures that an office's calendar file tells, read again when the file changes."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from appliance.clock import Clock, off_loop
from appliance.office.standing import Closure
from hw.said import revived, said, told_by

AHEAD: Final = timedelta(days=400)
"""How far ahead closures are worked out."""

BEHIND: Final = timedelta(days=2)
"""How far back: what began before may not be over."""

LARGEST_FILE: Final = 2_000_000
"""Bytes. An entry has some five hundred: four thousand of them."""

_LOOK_AGAIN: Final = timedelta(minutes=1)
_READ_AGAIN: Final = timedelta(days=30)
_PATIENCE_SECONDS: Final = 60.0


class _State(NamedTuple):
    """What is another when a file has been written anew."""

    inode: int
    size: int
    changed: int


class _Unusable(Exception):
    """The file is of no use; the message says why."""


class Closures:
    """What the calendar at `path` closes. Nothing is known before `refresh`; what was read last counts until then.

    faults: what is wrong with the file, for people; what of it can be used is used all the same.
    """

    def __init__(self, path: Path, zone: ZoneInfo, clock: Clock) -> None:
        self.faults: Sequence[str] = ()
        self._path = path
        self._zone = zone
        self._clock = clock
        self._closures: Sequence[Closure] = ()
        self._state: _State | None = None
        self._looked: datetime | None = None
        self._read: datetime | None = None

    @property
    def now(self) -> Sequence[Closure]:
        """Those from two days ago to four hundred days ahead, as they were read last, the earliest first."""
        return self._closures

    async def refresh(self) -> None:
        """Read the file where it has changed, or where a month has passed; look at it once a minute at most.

        That may take seconds, so nobody's call should wait for it.
        """
        now = self._clock.now()
        if self._looked is not None and timedelta(0) <= now - self._looked < _LOOK_AGAIN:
            return
        self._looked = now
        await off_loop(self._read_changed, now)

    def _read_changed(self, now: datetime) -> None:
        """Blocking. A file that is of no use leaves what was read before."""
        try:
            state = _state(self._path)
            fresh = self._read is not None and timedelta(0) <= now - self._read < _READ_AGAIN
            if state == self._state and fresh:
                return
            self._state, self._read = state, now
            self._closures, faults = _closures(self._path, self._zone, now)
        except _Unusable as error:
            faults = [told_by(error)]
        except OSError as error:
            self._state, faults = None, [said("it cannot be read: %(why)s", why=told_by(error))]
        self.faults = tuple(said("the calendar %(file)s: %(why)s", file=str(self._path), why=fault) for fault in faults)


def _state(path: Path) -> _State:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise _Unusable(said("it is no file"))
    return _State(found.st_ino, found.st_size, found.st_mtime_ns)


def _closures(path: Path, zone: ZoneInfo, now: datetime) -> tuple[Sequence[Closure], list[str]]:
    """What the file closes, and what is wrong with it. Raises `_Unusable` and `OSError`."""
    with path.open("rb") as file:
        raw = file.read(LARGEST_FILE + 1)
    if not raw.strip():
        raise _Unusable(said("it is empty"))
    if len(raw) > LARGEST_FILE:
        raise _Unusable(said("it is larger than %(megabytes)s MB", megabytes=LARGEST_FILE // 1_000_000))
    since, until = ((now + apart).isoformat() for apart in (-BEHIND, AHEAD))
    command = [sys.executable, "-m", "appliance.closures.calendarfile", zone.key, since, until]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=_PATIENCE_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise _Unusable(said("it takes too long to work out when its entries are")) from error
    if done.returncode:
        raise _Unusable(said("it takes too long to work out when its entries are, or too much memory"))
    if not done.stdout:
        raise _Unusable(said("it is no calendar (iCalendar), or only a part of one"))
    told = json.loads(done.stdout)
    found = [
        (datetime.fromisoformat(start), datetime.fromisoformat(end), name) for start, end, name in told["closures"]
    ]
    return tuple(Closure(*one) for one in found), [revived(fault) for fault in told["faults"]]
