"""The queue on disk: one folder a parcel. Once `put` has returned, no power cut loses it.

    <root>/tmp/<id>/      being put together      -- put -->
    <root>/queue/<id>/    waits to be sent        -- remove --> gone

A folder holds `parcel.json` and, where there is sound, `sound.wav`: a second name of the message's own file, which
takes no room, and stays when the message is deleted; where there are pages, `pages.pdf`. All methods block.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.notify.parcel import Parcel
from appliance.store.disk import Disk, room_for
from hw.said import said

PARCEL = "parcel.json"
SOUND = "sound.wav"
PAGES = "pages.pdf"


class ParcelStore:
    """The parcels under one folder. OSError where the disk fails, StoreFull where it is full."""

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self._root = root
        self._disk = disk or Disk()

    def load(self) -> list[Parcel]:
        """All that waits, the oldest first. What a power cut has left half done is cleared away."""
        for folder in (self._root, self._root / "tmp", self._root / "queue"):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for half in (self._root / "tmp").iterdir():
            self._disk.remove(half)
        found = []
        for folder in (self._root / "queue").iterdir():
            try:
                found.append(_parcel(json.loads((folder / PARCEL).read_bytes())))
            except (OSError, ValueError, TypeError, KeyError):  # It was being removed.
                self._disk.remove(folder)
        return sorted(found, key=lambda parcel: (parcel.queued, parcel.id))

    def put(self, parcel: Parcel, sound: Path | None) -> None:
        """Keep a parcel, with a sound that must be there still."""
        folder, target = self._root / "tmp" / parcel.id, self._root / "queue" / parcel.id
        if target.exists():
            return
        with room_for(said("a letter")):
            if folder.exists():
                self._disk.remove(folder)
            self._disk.make_folder(folder)
            try:
                if sound is not None:
                    _second_name(sound, folder / (PAGES if sound.suffix == ".pdf" else SOUND))
                self._write(folder, parcel)
                self._disk.sync(folder)
                self._disk.sync(folder.parent)
                self._disk.move(folder, target)
            except OSError:
                with suppress(OSError):
                    self._disk.remove(folder)
                raise

    def change(self, parcel: Parcel) -> None:
        """Keep how a parcel stands now."""
        with room_for(said("a letter")):
            self._write(self._root / "queue" / parcel.id, parcel)

    def sound(self, parcel: Parcel) -> Path | None:
        """The file that goes with a parcel, if there is any."""
        folder = self._root / "queue" / parcel.id
        return next((path for name in (SOUND, PAGES) if (path := folder / name).exists()), None)

    def remove(self, parcel: Parcel) -> None:
        """It was sent. Once this returns, no power cut has it sent once more."""
        folder = self._root / "queue" / parcel.id
        self._disk.remove(folder / PARCEL)
        self._disk.sync(folder)  # From here on it is no parcel, whatever becomes of the rest.
        self._disk.remove(folder)

    def _write(self, folder: Path, parcel: Parcel) -> None:
        fields = asdict(parcel) | {"queued": parcel.queued.isoformat(), "due": parcel.due.isoformat()}
        self._disk.replace(folder / PARCEL, json.dumps(fields, indent=1).encode())


def _parcel(fields: dict[str, Any]) -> Parcel:
    times = {name: datetime.fromisoformat(str(fields[name])) for name in ("queued", "due")}
    return Parcel(**(fields | times))


def _second_name(sound: Path, name: Path) -> None:
    """Of a message's file, wherever that is: it may just have been heard, and be among the saved ones."""
    for path in (sound, sound.parents[2] / "saved" / sound.parent.name / sound.name):
        with suppress(FileNotFoundError):
            try:
                os.link(path, name)
            except PermissionError:  # A file system without second names.
                shutil.copyfile(path, name)
            return
