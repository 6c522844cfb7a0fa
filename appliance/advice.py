"""What somebody should see to at leisure, each with its age, which outlasts restarts. What is broken now is a fault.

Parts of the unit say what they have found, as often as they like: `Advice.found("backup", [Advised("no-backup")])`.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.store.atomic import AtomicFile

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Advised:
    """Something to be seen to. kind: a word for the page, which knows what to say and what to do."""

    kind: str
    about: tuple[str, ...] = ()
    """What it is about: ids of people, names of lines, numbers; what they mean is the kind's."""
    one: str = ""
    """Tells findings of one kind apart whose age counts apart, such as the name of a line."""
    since: datetime | None = None
    """When it began (UTC), where that is known; None: when it was first seen."""

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.one}"


class Advice:
    """What was found. on_change: called after every change. file: keeps when each was first seen."""

    def __init__(self, file: AtomicFile, clock: Clock) -> None:
        self.on_change: Callable[[], None] = lambda: None
        self._file = file
        self._clock = clock
        self._found: dict[str, list[Advised]] = {}
        self._changing = asyncio.Lock()
        self._first_seen: dict[str, str] | None = None

    @property
    def now(self) -> list[tuple[Advised, datetime]]:
        """All that was found and holds, with the time since when; the oldest first."""
        seen = self._first_seen or {}
        found = [finding for source in self._found.values() for finding in source]
        with_age = [(one, one.since or datetime.fromisoformat(seen[one.key])) for one in found]
        return sorted(with_age, key=lambda pair: pair[1])

    async def found(self, source: str, findings: Iterable[Advised]) -> None:
        """This is all that a part of the unit has found; what it found before, and no more, is over.

        Where the disk does not take it, ages are right until the next start.
        """
        async with self._changing:
            await self._take_in(source, list(findings))

    async def _take_in(self, source: str, findings: list[Advised]) -> None:
        if self._first_seen is None:
            self._first_seen = await off_loop(self._read)
        before = self._found.get(source, [])
        seen = dict(self._first_seen)
        keys = {finding.key for finding in findings}
        kinds = {finding.kind for finding in (*findings, *before)}
        seen = {key: at for key, at in seen.items() if key in keys or key.partition("/")[0] not in kinds}
        for key in keys:
            seen.setdefault(key, self._clock.now().isoformat())
        changed = seen != self._first_seen
        self._first_seen, self._found[source] = seen, findings
        if changed:
            await off_loop(self._write, seen)
        if findings != before:
            self.on_change()

    def _read(self) -> dict[str, str]:
        try:
            seen = json.loads(self._file.read() or b"{}")
            return {key: datetime.fromisoformat(at).isoformat() for key, at in seen.items()}
        except (OSError, ValueError, AttributeError, TypeError) as error:
            log.error("when advice was first given is not known: %s", kind_and_place(error))
            return {}

    def _write(self, seen: dict[str, str]) -> None:
        try:
            self._file.write(json.dumps(seen).encode())
        except OSError as error:
            log.error("when advice was first given was not kept: %s", kind_and_place(error))
