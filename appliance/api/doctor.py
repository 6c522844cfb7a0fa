"""The doctor for the page: the methods `doctor.look`, `doctor.state` and `doctor.archive`.

The looking is done by `copperdesk doctor`, a process of its own at low priority, which asks this unit over the control
socket as anybody does. So nothing of it can hold up a call, and it is ended where it takes too long.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

from appliance.clock import Clock, off_loop
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.control.local import Offers
from appliance.faultlog import kind_and_place
from appliance.store.disk import Disk
from hw.said import Wording, said, wording

log = logging.getLogger(__name__)

LONGEST_S = 120.0
"""A look that takes longer is stopped. It takes two seconds; a program of the machine that hangs may take a minute."""
LARGEST_ARCHIVE = 512 * 1024
"""Bytes. One with a full journal has some 50 kB."""


class DoctorFinding(TypedDict):
    """One thing that a check has found."""

    check: str
    """The check's name, a key of `CHECKS`."""
    state: str
    """A word of `Condition`."""
    told: Wording
    """What was found."""
    mend: Wording | None
    """What to do; None: nothing."""


class DoctorState(TypedDict):
    """The last look."""

    running: bool
    """One is going on."""
    at: str
    """When the last one was begun that has ended, in ISO 8601 on the office's clock; empty: none has."""
    found: list[DoctorFinding]
    """What that one has found, in the order of the checks."""
    failed: Wording | None
    """Why the last one did not come to its end; None: it did."""
    archive: bool
    """The archive of the last look can be fetched."""


class DoctorArchive(TypedDict):
    """zip: the archive for whoever helps, as base64."""

    zip: str


class DoctorLooks:
    """Has the unit looked at, one look at a time. local: a moment on the clock of the office that is in use."""

    def __init__(self, data: Path, clock: Clock, local: Callable[[datetime], datetime]) -> None:
        self._data = data
        """The data folder."""
        self._archive = DataFolder(data).support_archive
        """Written by each look."""
        self._clock = clock
        self._local = local
        self._look: asyncio.Task[None] | None = None
        """The one that goes on."""
        self._at: datetime | None = None
        """When the last one began that has ended."""
        self._found: list[DoctorFinding] = []
        """What that has found."""
        self._failed: Wording | None = None
        """Why the last one has not ended well."""

    def offer(self, control: Offers) -> None:
        """Put the methods on the socket."""
        control.method("doctor.look", self._begin)
        control.method("doctor.state", self._state)
        control.method("doctor.archive", self._fetch)

    async def close(self) -> None:
        """Stop a look that goes on."""
        if self._look is not None:
            self._look.cancel()
            await asyncio.gather(self._look, return_exceptions=True)

    @property
    def _running(self) -> bool:
        return self._look is not None and not self._look.done()

    async def _begin(self, _params: dict[str, Any]) -> DoctorState:
        """Begin a look. While one goes on there is no second one: whoever asks gets that one."""
        if not self._running:
            self._look = asyncio.create_task(self._run(), name="copperdesk doctor")
        return await self._state({})

    async def _state(self, _params: dict[str, Any]) -> DoctorState:
        return DoctorState(
            running=self._running,
            at=self._local(self._at).isoformat(timespec="seconds") if self._at is not None else "",
            found=self._found,
            failed=self._failed,
            archive=not self._running and await off_loop(self._archive.exists),
        )

    async def _fetch(self, _params: dict[str, Any]) -> DoctorArchive:
        """The archive of the last look. ControlError `no-such-archive` where there is none."""
        try:
            if self._running or (await off_loop(self._archive.stat)).st_size > LARGEST_ARCHIVE:
                raise FileNotFoundError
            content = await off_loop(self._archive.read_bytes)
        except FileNotFoundError:
            raise ControlError("no-such-archive", "no look has left an archive") from None
        return DoctorArchive(zip=base64.b64encode(content).decode("ascii"))

    async def _run(self) -> None:
        """One look, to its end."""
        began, self._failed = self._clock.now(), None
        try:
            await off_loop(Disk().remove, self._archive)
            async with asyncio.timeout(LONGEST_S):
                self._found = await self._asked()
            self._at = began
        except TimeoutError:
            self._failed = wording(said("it took too long, and was stopped"))
        except (OSError, ValueError, KeyError) as error:
            log.error("the doctor failed: %s", kind_and_place(error))
            self._failed = wording(said("the check itself has failed; the log says where"))

    async def _asked(self) -> list[DoctorFinding]:
        """What the command finds, which also writes the archive, and ends with this task.

        Raises OSError, ValueError, KeyError.
        """
        words = ["doctor", "--json", "--without", "page", "--archive", str(self._archive), "--data", str(self._data)]
        pipe, null = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "appliance.cli", *words, stdin=null, stdout=pipe, stderr=null
        )
        try:
            printed, _ = await process.communicate()
            return [
                DoctorFinding(
                    check=one["check"], state=one["state"], told=one["told_wording"], mend=one["mend_wording"]
                )
                for one in json.loads(printed)
            ]
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
