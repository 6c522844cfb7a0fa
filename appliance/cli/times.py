"""Moments as commands write them out: those that the unit may have wrong are marked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from appliance.cli.ask import ask
from appliance.cli.table import local
from appliance.clock import UnsetSpan, is_within, spans_of
from appliance.control.errors import ControlError
from appliance.store.atomic import AtomicFile
from appliance.store.clockjournal import ClockJournal
from appliance.store.momentsinfiles import JOURNAL


class Times:
    """Of the unit with this data folder, whether its daemon runs or not."""

    def __init__(self, data: Path) -> None:
        self._unsure = _unsure(data)

    def __call__(self, written: str | None) -> str:
        """A moment as the daemon tells it, in this machine's zone; empty for none."""
        if not written:
            return ""
        moment = datetime.fromisoformat(written)
        return f"about {local(moment)}" if is_within(moment, self._unsure) else local(moment)


def _unsure(data: Path) -> list[UnsetSpan]:
    try:
        return spans_of(ask(data, "clock.get")["unsure"])
    except ControlError:  # No daemon runs.
        return [stretch.span for stretch in ClockJournal(AtomicFile(data / JOURNAL)).read().stretches]
