"""Which lines a test has had forwarded by the exchange, in one small file, so that a power cut hides none of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from appliance.store.atomic import AtomicFile, DamagedFile


@dataclass(frozen=True, slots=True)
class ForwardingNote:
    """number: where the calls go. off: what is dialled to end it."""

    number: str
    off: str


class ForwardingFile:
    """Methods block, and raise OSError and StoreFull."""

    def __init__(self, path: Path) -> None:
        self._file = AtomicFile(path)

    def read(self) -> dict[str, ForwardingNote]:
        """What is noted, by the lines' ports. A damaged file is set aside, and nothing is."""
        try:
            content = self._file.read()
        except DamagedFile:
            self._file.set_aside()
            content = None
        return {port: ForwardingNote(**note) for port, note in json.loads(content or b"{}").items()}

    def write(self, notes: Mapping[str, ForwardingNote]) -> None:
        """These in place of all others."""
        self._file.write(json.dumps({port: asdict(note) for port, note in notes.items()}).encode())
