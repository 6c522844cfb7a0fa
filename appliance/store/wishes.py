"""Who has asked on the office's web site to be called, in one small file: a restart gives nobody further calls.

It holds the wishes of a day, which are `24 * MOST_IN_HOUR` at the most.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from appliance.office.wishes import Wish
from appliance.store.atomic import AtomicFile, DamagedFile


class WishFile:
    """Methods block, and raise OSError and StoreFull."""

    def __init__(self, path: Path) -> None:
        self._file = AtomicFile(path)

    def read(self) -> list[Wish]:
        """Those that were written last. A damaged file is set aside, and there are none."""
        try:
            content = self._file.read()
        except DamagedFile:
            self._file.set_aside()
            content = None
        return [Wish(datetime.fromisoformat(at), *rest) for at, *rest in json.loads(content or b"[]")]

    def write(self, wishes: Sequence[Wish]) -> None:
        """These in place of all others."""
        self._file.write(json.dumps([(one.at.isoformat(), one.address, one.number) for one in wishes]).encode())
