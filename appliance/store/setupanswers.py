"""The answers of whoever sets the unit up, on disk until the last step, so that nothing has to be answered twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from appliance.store.atomic import AtomicFile, DamagedFile
from appliance.store.disk import Disk, StoreFull

__all__ = ["DamagedFile", "SetupAnswers", "StoreFull"]


class SetupAnswers:
    """Keeps them in one file of the owner's alone, which is whole after a power cut at any moment. Methods block."""

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        self._disk = disk or Disk()
        self._file = AtomicFile(path, self._disk)

    def load(self) -> dict[str, Any]:
        """All that was answered. What is damaged counts as never answered."""
        try:
            content = self._file.read()
        except DamagedFile:
            self._file.set_aside()
            content = None
        found = json.loads(content) if content is not None else {}
        return found if isinstance(found, dict) else {}

    def save(self, answers: dict[str, Any]) -> None:
        """Put these in place of all there were. Raises StoreFull; then the old ones stay."""
        self._file.write(json.dumps(answers, ensure_ascii=False).encode())

    def remove(self) -> None:
        """Leave nothing of them. Raises OSError."""
        for path in (self._file.path, self._file.previous):
            self._disk.remove(path)
