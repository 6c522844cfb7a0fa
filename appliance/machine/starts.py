"""Whether the last starts of the daemon failed, as systemd/copperdesk-starts counts them before each."""

from __future__ import annotations

import logging
from pathlib import Path

from hw.said import said

log = logging.getLogger(__name__)

TOLD_FROM = 3
"""So many failed starts in a row are told, and the board's LED blinks from there on, too."""

WELL_AFTER_S = 600.0
"""Whoever has run so long has not failed to start: twice the longest pause between two starts."""


RUNTIME = Path("/run/copperdesk")
"""What systemd calls RUNTIME_DIRECTORY of the daemon's service; it is there while that runs, or is tried again."""


def failed_starts(folder: Path = RUNTIME) -> int:
    """How many starts have failed in a row, where a daemon that does not answer is being started by systemd."""
    return max(FailedStarts(str(folder)).made - 1, 0)


class FailedStarts:
    """The count of starts since the last run that went well, this start among them.

    folder: what systemd calls RUNTIME_DIRECTORY; empty where it did not start the daemon, and nothing is counted.
    """

    def __init__(self, folder: str) -> None:
        self._file = Path(folder) / "starts" if folder else None

    def fault(self) -> str:
        """What is wrong with the last starts, for people; empty: nothing."""
        failed = self.made - 1
        if failed < TOLD_FROM:
            return ""
        return said(
            "Copperdesk could not keep running: it was started again %(times)s times. "
            "Start the unit again; if that does not help, ask whoever looks after it.",
            times=failed,
        )

    def over(self) -> None:
        """The run goes well, or ends as it was told to."""
        if self._file is not None:
            try:
                self._file.write_text("0\n", encoding="ascii")
            except OSError as error:
                log.warning("the count of failed starts is not set back: %s", error.strerror)

    @property
    def made(self) -> int:
        """The count; 0 where there is none."""
        try:
            return int(self._file.read_text(encoding="ascii")) if self._file is not None else 0
        except (OSError, ValueError):
            return 0
