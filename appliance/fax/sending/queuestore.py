"""The queue on disk: one folder a fax. Once `put` has returned, no power cut loses it.

    <root>/tmp/<id>/      pages are being made    -- put -->
    <root>/queue/<id>/    waits, or is being sent -- change, finish -->
    <over>/<id>/          delivered or given up   -- after some time --> gone

What is over lasts, and goes into backups. The rest does not: after a restore it would be sent once more.

A folder holds `fax.json` and `pages.tif`, which is never changed; faxes of one list share it by second names. What a
call has brought is on disk before the next one is dialled, and that a call begins before it is dialled, so that a power
cut at any moment neither loses a fax nor has it sent twice. All methods block.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from appliance.faultlog import kind_and_place
from appliance.fax.job import FaxCause
from appliance.fax.sending.queued import FaxState, FaxTry, HandedInBy, QueuedFax
from appliance.store.disk import Disk, room_for
from hw.said import said

log = logging.getLogger(__name__)

FAX = "fax.json"
PAGES = "pages.tif"
STAMPED = "stamped.tif"
"""The pages of the call that goes on, with their header line."""


class FaxQueueStore:
    """The faxes under two folders. OSError where the disk fails, StoreFull where it is full."""

    def __init__(self, root: Path, over: Path, disk: Disk | None = None) -> None:
        self._root = root
        self._over = over
        self._disk = disk or Disk()

    def load(self) -> list[QueuedFax]:
        """All there are, the oldest first. What a power cut has left half done is cleared away. What cannot be read, as
        it is damaged or another version's, stays where it is."""
        for folder in (self._root, self._root / "tmp", self._root / "queue", self._over):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for half in (self._root / "tmp").iterdir():
            self._disk.remove(half)
        found = {}
        for place in (self._over, self._root / "queue"):
            for folder in place.iterdir():
                try:
                    fax = _fax(json.loads((folder / FAX).read_bytes()))
                except FileNotFoundError:  # It was being removed.
                    self._disk.remove(folder)
                    continue
                except (OSError, ValueError, TypeError, KeyError) as error:
                    log.error("a fax of the queue was left out: %s", kind_and_place(error))
                    continue
                found[fax.id] = fax
                if fax.state.over and place != self._over:
                    self._file_away(fax)
        return sorted(found.values(), key=lambda fax: (fax.queued, fax.id))

    def room(self, id: str) -> Path:
        """A folder in which pages are made for faxes of which this is the first. `clear` it, or `put` them."""
        folder = self._root / "tmp" / id
        with room_for(said("a fax")):
            self._disk.make_folder(folder)
        return folder

    def clear(self, id: str) -> None:
        """Nothing is to be sent of what is in this room."""
        self._disk.remove(self._root / "tmp" / id)

    def put(self, room: str, faxes: Sequence[QueuedFax]) -> None:
        """Keep faxes whose pages were made in this room: all are there once this returns, and none if it raises."""
        there = self._root / "tmp" / room
        with room_for(said("a fax")):
            self._disk.sync(there / PAGES)
            made = []
            try:
                for fax in faxes:
                    folder = self._root / "tmp" / f"{fax.id}.put"
                    self._disk.make_folder(folder)
                    made.append(folder)
                    self._second_name(there / PAGES, folder / PAGES)
                    self._write(folder, fax)
                    self._disk.sync(folder)
                self._disk.sync(there.parent)
                for fax, folder in zip(faxes, list(made), strict=True):
                    self._disk.move(folder, self._root / "queue" / fax.id)
                    made[made.index(folder)] = self._root / "queue" / fax.id
            except OSError:
                for folder in made:
                    with suppress(OSError):
                        self._disk.remove(folder)
                raise
        self._disk.remove(there)

    def change(self, fax: QueuedFax) -> None:
        """Keep how a fax stands now. One that is over is filed away."""
        with room_for(said("a fax")):
            self._write(self._root / "queue" / fax.id, fax)
        if fax.state.over:
            self._file_away(fax)

    def pages(self, fax: QueuedFax) -> Path:
        """The file with its pages, as they were made."""
        return (self._over if fax.state.over else self._root / "queue") / fax.id / PAGES

    def stamped(self, fax: QueuedFax) -> Path:
        """Where its pages are written with the header line of a call, and are found until the next one."""
        return self.pages(fax).with_name(STAMPED)

    def remove(self, fax: QueuedFax) -> None:
        """It was over for long enough."""
        folder = self.pages(fax).parent
        self._disk.remove(folder / FAX)  # From here on it is no fax, whatever becomes of the rest.
        self._disk.remove(folder)

    def _file_away(self, fax: QueuedFax) -> None:
        folder = self._root / "queue" / fax.id
        self._disk.move(folder, self._over / fax.id)

    def _second_name(self, file: Path, name: Path) -> None:
        try:
            self._disk.link(file, name)
        except PermissionError:  # A file system without second names.
            shutil.copyfile(file, name)
            self._disk.sync(name)

    def _write(self, folder: Path, fax: QueuedFax) -> None:
        self._disk.replace(folder / FAX, json.dumps(asdict(fax), default=_written, indent=1).encode())


def _written(value: object) -> str:
    match value:
        case datetime():
            return value.isoformat()
        case Enum():
            return str(value.value)
    raise TypeError(type(value))


def _fax(given: dict[str, Any]) -> QueuedFax:
    known: dict[str, Any] = {
        "queued": datetime.fromisoformat(given["queued"]),
        "due": datetime.fromisoformat(given["due"]),
        "over": _moment(given["over"]),
        "not_before": _moment(given.get("not_before")),
        "state": FaxState(given["state"]),
        "way": HandedInBy(given["way"]),
        "tries": tuple(map(_try, given["tries"])),
    }
    return QueuedFax(**(_of(QueuedFax, given) | known))


def _try(given: dict[str, Any]) -> FaxTry:
    cause = FaxCause(given["cause"]) if given["cause"] else None
    times = {"began": datetime.fromisoformat(given["began"]), "ended": _moment(given["ended"])}
    return FaxTry(**(_of(FaxTry, given) | times | {"cause": cause}))


def _of(kind: type[QueuedFax | FaxTry], given: dict[str, Any]) -> dict[str, Any]:
    """Without what a later version has noted besides: after an update that is taken back its faxes are sent, too."""
    return {field.name: given[field.name] for field in fields(kind) if field.name in given}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
