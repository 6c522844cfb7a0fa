"""Data put aside before a version with another generation of it starts, and put back when that version goes.

Only what a new version may change into another form is put aside: the databases and documents at the top of the data
folder. Messages, recordings and faxes are files in folders, in a form that no version changes: they are never touched,
and so those that came during the trial stay. Rows that came into a database meanwhile, above all calls of the log, are
brought into the old one by `appliance.store.merging`. The documents (the office, for instance) are as before the trial.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from appliance.backup.contents import DATABASE, FILE, SIDE_FILES, is_database
from appliance.store.merging import bring_over
from appliance.updating.disk import clear, copy_plain, put_file, sync

ASIDE = "data-aside"
_NEW = ".data-aside.new"
_MERGING = ".merging"
LARGEST = 512 * 1024 * 1024
"""Bytes of a file that are copied: a database of a busy office has a tenth of that after ten years."""


def put_aside(data: Path, programs: Path) -> None:
    """Copy what another generation may change. The daemon must not run."""
    new, kept = programs / _NEW, programs / ASIDE
    clear(new)
    new.mkdir(mode=0o700)
    for name in _changing(data):
        copy_plain(data / name, new / name, LARGEST)
    sync(new)
    clear(kept)
    os.rename(new, kept)
    sync(programs)


def put_back(data: Path, programs: Path) -> None:
    """Put back what was put aside. The daemon must not run. Done again after a power cut, it does the same."""
    kept, merging = programs / ASIDE, programs / _MERGING
    owner = data.stat()
    for name in sorted(path.name for path in kept.iterdir()):
        if name.endswith(SIDE_FILES):
            continue
        clear(merging)
        merging.mkdir(mode=0o700)
        for part in ("", *SIDE_FILES):
            copy_plain(kept / f"{name}{part}", merging / f"old{part}", LARGEST)
            copy_plain(data / f"{name}{part}", merging / f"new{part}", LARGEST)
        if is_database(name):
            bring_over(merging / "new", merging / "old")
        put_file(data / name, (merging / "old").read_bytes(), 0o600, (owner.st_uid, owner.st_gid))
        for part in SIDE_FILES:  # They belong to the new form of the database.
            with suppress(FileNotFoundError):
                (data / f"{name}{part}").unlink()
    clear(merging)


def _changing(data: Path) -> list[str]:
    plain = [path.name for path in data.iterdir() if path.is_file() and not path.is_symlink()]
    names = [name for name in plain if _is_ours(name) and (data / name).stat().st_size <= LARGEST]
    return sorted(names)


def _is_ours(name: str) -> bool:
    base = name
    for part in SIDE_FILES:
        base = base.removesuffix(part)
    return bool(DATABASE.fullmatch(base) or (base == name and FILE.fullmatch(name)))
