"""The generation before: an older copy of an SQLite file, for when the file itself is damaged."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from appliance.store.database import FileFromTheFuture, Schema, opened
from appliance.store.disk import Disk


class PreviousGeneration:
    """A whole copy of an SQLite file, `<name>.previous`, which takes the place of the file where that is damaged."""

    def __init__(self, of: Path, schema: Schema, disk: Disk) -> None:
        self.path = of.with_name(f"{of.name}.previous")
        self.used = False
        """It was put in the place of the file."""
        self._of = of
        self._schema = schema
        self._disk = disk

    def keep(self, connection: sqlite3.Connection) -> None:
        """Make what is there now this generation."""
        part = self._part(self.path)
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
        changed = self._changed()
        os.utime(part, ns=(changed, changed))
        self._put(part, self.path)

    def put_back(self) -> bool:
        """Put it in the place of the file, if it is there and whole. Whether it was."""
        if not self.path.exists() or self.path.stat().st_size == 0:
            return False
        part = self._part(self._of)
        shutil.copyfile(self.path, part)
        try:
            opened(part, self._schema).close()
        except (sqlite3.DatabaseError, FileFromTheFuture):
            part.unlink()
            return False
        for ending in ("-wal", "-shm"):
            # Of a file that is gone; they would be applied to the one that takes its place.
            self._of.with_name(self._of.name + ending).unlink(missing_ok=True)
        self._put(part, self._of)
        self.used = True
        return True

    def outdated(self) -> bool:
        """Whether anything was changed since it was made. Times are compared, for no clock may have been right."""
        return not self.path.exists() or self.path.stat().st_mtime_ns != self._changed()

    def _changed(self) -> int:
        files = (self._of, self._of.with_name(f"{self._of.name}-wal"))
        return max(file.stat().st_mtime_ns for file in files if file.exists() and file.stat().st_size)

    def _part(self, path: Path) -> Path:
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        return part

    def _put(self, part: Path, path: Path) -> None:
        part.chmod(0o600)
        self._disk.sync(part)
        self._disk.rename(part, path)
        self._disk.sync(path.parent)
