"""The office document on disk: TinyDB on a file that survives power cuts and knows when it is damaged."""

from __future__ import annotations

import json
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from appliance.store.atomic import AtomicFile, DamagedFile
from appliance.store.disk import Disk, StoreFull

__all__ = ["DamagedFile", "OfficeStore", "StoreFull", "StoredOffice"]

_DOCUMENT = 1
"""The number of the one document in the table."""


@dataclass(frozen=True, slots=True)
class StoredOffice:
    """The document as last saved, None if none ever was; and what was found damaged, in words (empty: nothing)."""

    document: dict[str, Any] | None
    fault: str


class _Storage(Storage):
    """TinyDB's tables as JSON in an `AtomicFile`."""

    def __init__(self, file: AtomicFile) -> None:
        self._file = file

    def read(self) -> dict[str, dict[str, Any]] | None:
        content = self._file.read()
        if content is None:
            return None
        tables: dict[str, dict[str, Any]] = json.loads(content)
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self._file.write(json.dumps(data, ensure_ascii=False, indent=1).encode())


class OfficeStore:
    """Keeps the office document. Methods block, and may be called from any thread.

    The file is readable by its owner only: it holds the PINs.
    """

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        self._file = AtomicFile(path, disk)
        self._lock = Lock()

    def load(self) -> StoredOffice:
        """The newest whole document. Raises DamagedFile (an OSError) where neither generation is whole."""
        with self._lock:
            table = TinyDB(self._file, storage=_Storage).table("office")
            document = table.get(doc_id=_DOCUMENT)
            return StoredOffice(dict(document) if isinstance(document, Document) else None, self._file.fault)

    def save(self, document: dict[str, Any]) -> None:
        """Put a document that has been checked in place of the old, which is kept beside it.

        Two damaged generations are set aside and a new one is begun. Raises StoreFull; then the old document stays.
        """
        with self._lock:
            try:
                self._file.read()
            except DamagedFile:
                self._file.set_aside()
            table = TinyDB(self._file, storage=_Storage).table("office")
            if table.contains(doc_id=_DOCUMENT):
                table.update(_becomes(document), doc_ids=[_DOCUMENT])
            else:
                table.insert(Document(document, doc_id=_DOCUMENT))


def _becomes(document: dict[str, Any]) -> Callable[[MutableMapping[Any, Any]], None]:
    """An update that replaces a document: TinyDB's own merges the new one into the old, and keeps keys it lacks."""

    def put(old: MutableMapping[Any, Any]) -> None:
        old.clear()
        old.update(document)

    return put
