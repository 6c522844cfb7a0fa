"""Puts a backup where the setting says, removes old ones there, and restores one as a rehearsal.

Blocking, and with libraries that take much memory: for a process of its own. Each step is kept in the state at once.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from appliance.backup.keeping import archive_name, own_archives, to_be_removed
from appliance.backup.making import ROOM_LEFT, BytesDone, make_backup, note_made
from appliance.backup.nightlysetting import (
    NightlySetting,
    read_setting,
    read_state,
    rehearsal_due,
    write_state,
)
from appliance.backup.restoring import manifest_of, unpack
from appliance.backup.sealing import NotABackup, WrongPassphrase
from appliance.backup.stick import Stick
from appliance.backup.target import PART, ArchivePlace, TargetFailed
from appliance.store.disk import Disk
from hw.said import said, told_by, wording

LOCK = "nightly.lock"
OWN_KEY = "nightly-backup.key"
"""The key by which the unit logs in at an SFTP server where it has no password there."""
SCRATCH = ".nightly-"
"""How the name of a folder within the data folder begins in which this works; it is removed at the end."""

Reach = Callable[[NightlySetting, Path, dict[str, str]], ArchivePlace]
"""Makes the target of a setting. It is given the data folder, and the known host keys, to which it may add one."""


class NightlyFailed(RuntimeError):
    """No backup was made or none arrived, or none could be restored. The message says for people why."""


def target_of(setting: NightlySetting, data: Path, keys: dict[str, str]) -> ArchivePlace:
    """Each library is imported only where its kind of place is used."""
    match setting.kind:
        case "webdav":
            from appliance.backup.webdav import WebDav

            return WebDav(setting.place, setting.user, setting.password, setting.certificate)
        case "sftp":
            from appliance.backup.sftp import Sftp

            return Sftp(setting.place, setting.user, setting.password, keys, data / OWN_KEY)
        case "smb":
            from appliance.backup.smb import Smb

            return Smb(setting.place, setting.user, setting.password)
    return Stick(setting.place, data)


def back_up(
    data: Path,
    now: datetime,
    office: str,
    progress: BytesDone,
    reach: Reach = target_of,
    *,
    keep_all: bool = False,
) -> str:
    """Make a backup, put it in its place, and remove what is kept no longer. Its name. Raises NightlyFailed.

    progress: of making it, and then of copying it, each half of the whole. keep_all: remove nothing, as the clock may
    be wrong.
    """
    setting = _setting(data)
    with _alone(data), _scratch(data) as folder:
        state = replace(read_state(data), tried=now.isoformat())
        write_state(data, state)
        name = archive_name(setting.unit, now)
        keys = dict(state.keys)
        try:
            file = folder / name
            with _failing(), reach(setting, data, keys) as target:  # Before the work, in case there is no such place.
                _remove_halves(target, setting.unit)  # They may have the room that this one needs.
                make_backup(data, file, setting.passphrase, now.isoformat(), office, _half(progress, 0))
                size, second = file.stat().st_size, _half(progress, 1)
                target.put(file, name, lambda done: second(done, size))
                if target.sizes().get(name) != size:
                    raise TargetFailed(said("the backup did not arrive whole"))
        except NightlyFailed as error:
            write_state(data, replace(state, failed=wording(told_by(error)), keys=keys))
            raise
        state = replace(state, succeeded=now.isoformat(), archive=name, failed=None, keys=keys)
        write_state(data, state)
        note_made(data, now.isoformat())
        try:
            with _failing(), reach(setting, data, keys) as target:
                if not keep_all:
                    _tidy(target, setting, now, state.good)
        except NightlyFailed as error:
            raised = said("the backup was made, but old ones were not removed: %(why)s", why=told_by(error))
            write_state(data, replace(state, failed=wording(raised)))
            raise NightlyFailed(raised) from error
        return name


def rehearse(data: Path, now: datetime, progress: BytesDone, reach: Reach = target_of) -> str:
    """Restore the newest archive into a folder of its own, look it through, and remove that. Its name.

    Raises NightlyFailed; what is wrong is kept in the state, too.
    """
    setting = _setting(data)
    with _alone(data), _scratch(data) as folder:
        state = read_state(data)
        keys, newest = dict(state.keys), ""
        try:
            with _failing(), reach(setting, data, keys) as target:
                sizes = target.sizes()
                newest = next(iter(own_archives(sizes, setting.unit)), "")
                if not newest:
                    raise TargetFailed(said("there is no backup of this unit there"))
                if shutil.disk_usage(folder).free < sizes[newest] + ROOM_LEFT:
                    raise TargetFailed(said("the memory card has no room to try a backup"))
                file, first, second = folder / newest, _half(progress, 0), _half(progress, 1)
                target.fetch(newest, file, lambda done: first(done, sizes[newest]))
            with _failing(), file.open("rb") as opened:
                manifest, packed = manifest_of(opened, setting.passphrase)
                unpack(folder, manifest, packed, second)
        except NightlyFailed as error:
            why = wording(told_by(error))
            write_state(
                data, replace(state, rehearsed=now.isoformat(), rehearsed_archive=newest, unrestorable=why, keys=keys)
            )
            raise
        write_state(
            data,
            replace(
                state, rehearsed=now.isoformat(), rehearsed_archive=newest, unrestorable=None, good=newest, keys=keys
            ),
        )
        return newest


def rehearse_if_due(data: Path, now: datetime, progress: BytesDone, reach: Reach = target_of) -> None:
    """Once a week, and again after one that failed. Raises NightlyFailed."""
    if rehearsal_due(read_state(data), now):
        rehearse(data, now, progress, reach)


def _tidy(target: ArchivePlace, setting: NightlySetting, now: datetime, good: str) -> None:
    """Remove old archives."""
    there = target.sizes()
    for name in to_be_removed(own_archives(there, setting.unit), now, setting.keep, setting.days, good):
        target.remove(name)


def _remove_halves(target: ArchivePlace, unit: str) -> None:
    """Remove what copies have left that broke off."""
    there = target.sizes()
    halves = [name + PART for name in own_archives((one.removesuffix(PART) for one in there), unit)]
    for name in [half for half in halves if half in there]:
        target.remove(name)


def _setting(data: Path) -> NightlySetting:
    try:
        setting = read_setting(data)
    except (OSError, ValueError) as error:
        raise NightlyFailed(said("the setting of nightly backups cannot be read: save it anew")) from error
    if not setting.kind:
        raise NightlyFailed(said("nobody has set where backups go every night"))
    return setting


@contextmanager
def _failing() -> Iterator[None]:
    """Whatever goes wrong is a NightlyFailed."""
    try:
        yield
    except WrongPassphrase as error:
        raise NightlyFailed(
            said("the passphrase of the setting does not open this backup, or it is damaged")
        ) from error
    except (OSError, NotABackup) as error:
        raise NightlyFailed(told_by(error)) from error


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Only one process works at a time; the kernel's lock goes with it. Raises NightlyFailed."""
    file = os.open(data / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NightlyFailed(said("a backup is in work already")) from None
        yield
    finally:
        os.close(file)


@contextmanager
def _scratch(data: Path) -> Iterator[Path]:
    """A folder to work in. What a power cut left of an earlier one is removed first. Raises OSError."""
    for left in data.glob(SCRATCH + "*"):
        Disk().remove(left)
    with tempfile.TemporaryDirectory(dir=data, prefix=SCRATCH) as folder:
        yield Path(folder)


def _half(progress: BytesDone, half: int) -> BytesDone:
    """Tells of the first (0) or second (1) half of a work that has two."""
    return lambda done, total: progress(half * total + done, 2 * total)
