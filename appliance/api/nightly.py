"""A backup every night, in a process of its own: the methods `nightly.…`."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict

from appliance.backup.nightlysetting import (
    NightlySetting,
    WrongNightly,
    checked,
    due,
    moment,
    read_setting,
    read_state,
    write_setting,
    write_state,
)
from appliance.clock import Clock, off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.faultlog import kind_and_place
from hw.said import Wording, said, told_by, wording

log = logging.getLogger(__name__)

EVERY_S = 300.0
"""It is looked so often whether a backup is due."""
LONGEST_S = 4 * 3600.0
"""A process that takes longer is stopped: a server may answer a byte a minute."""


class NightlyFacts(TypedDict):
    """The setting, without its secrets, and how it went."""

    kind: str
    """`stick`, `smb`, `sftp` or `webdav`; empty: no backups are made at night."""
    place: str
    """Which stick, or which server and folder."""
    user: str
    """Who logs in at a server."""
    password: bool
    """One is set."""
    certificate: str
    """Which is trusted alone, in PEM; empty: those that the machine trusts."""
    passphrase: bool
    """One is set."""
    at: str
    """When, on the office's clock, such as 02:30."""
    keep: int
    """How many archives are kept."""
    days: int
    """After so many days an archive goes."""
    running: bool
    """A backup or a rehearsal is in work."""
    percent: int
    """How far it is."""
    succeeded: str
    """When the last backup was made that arrived, on the office's clock, in ISO 8601; empty: never."""
    archive: str
    """Its name."""
    failed: Wording | None
    """Why the last try did not work; None: it did."""
    rehearsed: str
    """When one was restored as a rehearsal, on the office's clock; empty: never."""
    unrestorable: Wording | None
    """Why that did not work; None: it did."""
    key: str
    """The host key by which an SFTP server is known; empty: none is."""


class NightlyBackups:
    """Looks whether a backup is due, and has it made. local: a moment on the clock of the office that is in use."""

    def __init__(self, data: Path, clock: Clock, local: Callable[[datetime], datetime]) -> None:
        self._data = data
        """The data folder."""
        self._clock = clock
        self._local = local
        self._looking: asyncio.Task[None] | None = None
        self._work: asyncio.Task[None] | None = None
        """A backup or a rehearsal that is in work."""
        self._percent = 0
        """How far that is."""

    def start(self) -> None:
        self._looking = asyncio.create_task(self._look(), name="looks whether a backup is due")

    async def close(self) -> None:
        """Stop what is in work: what is not complete has no name yet, and is removed the next time."""
        tasks = [task for task in (self._looking, self._work) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def offer(self, control: Offers) -> None:
        """Put the methods on the socket."""
        text, by = Param(str, ""), {"by": Param(str)}
        control.method("nightly.get", self._get)
        control.method(
            "nightly.set",
            self._set,
            by
            | {"kind": Param(str), "place": Param(str), "user": text, "password": text, "passphrase": text}
            | {"certificate": text, "at": Param(str), "keep": Param(int), "days": Param(int)},
        )
        control.method("nightly.stop", self._stop, by)
        control.method("nightly.run", self._run, by)
        control.method("nightly.rehearse", self._rehearse, by)
        control.method("nightly.forget-key", self._forget_key, by)

    async def _get(self, _params: dict[str, Any]) -> NightlyFacts:
        setting, state = await off_loop(self._setting), await off_loop(read_state, self._data)
        return NightlyFacts(
            kind=setting.kind,
            place=setting.place,
            user=setting.user,
            password=bool(setting.password),
            certificate=setting.certificate,
            passphrase=bool(setting.passphrase),
            at=setting.at,
            keep=setting.keep,
            days=setting.days,
            running=self._running,
            percent=self._percent,
            succeeded=self._on_the_clock(state.succeeded),
            archive=state.archive,
            failed=state.failed,
            rehearsed=self._on_the_clock(state.rehearsed),
            unrestorable=state.unrestorable,
            key=state.keys.get(setting.place, "") if setting.kind == "sftp" else "",
        )

    async def _set(self, params: dict[str, Any]) -> NightlyFacts:
        """Set where backups go, and make one at once. A secret that is empty stays what it was.

        A password stays only where the place does: it is told to no other server than the one it was typed for.
        """
        self._refuse_two()
        before = await off_loop(self._setting)
        same = (params["kind"], params["place"].strip()) == (before.kind, before.place)
        new = NightlySetting(
            **{name: params[name] for name in ("kind", "place", "user", "certificate", "at", "keep", "days")},
            password=params["password"] or (before.password if same else ""),
            passphrase=params["passphrase"] or before.passphrase,
            unit=before.unit or secrets.token_hex(4),
            since=self._clock.now().astimezone(UTC).isoformat(timespec="seconds"),
        )
        try:
            new = checked(new)
        except WrongNightly as error:
            raise ControlError(f"wrong-{error.field}", told_by(error)) from error
        await self._write(new)
        self._begin("nightly")
        return await self._get({})

    async def _stop(self, _params: dict[str, Any]) -> None:
        """Make no more backups at night. What was set is forgotten, but not who this unit is."""
        self._refuse_two()
        await self._write(NightlySetting(unit=(await off_loop(self._setting)).unit))

    async def _run(self, _params: dict[str, Any]) -> NightlyFacts:
        await self._begin_if_set("now")
        return await self._get({})

    async def _rehearse(self, _params: dict[str, Any]) -> NightlyFacts:
        await self._begin_if_set("rehearse")
        return await self._get({})

    async def _forget_key(self, _params: dict[str, Any]) -> None:
        """Trust the host key that the SFTP server shows the next time."""
        self._refuse_two()
        try:
            state = await off_loop(read_state, self._data)
            await off_loop(write_state, self._data, replace(state, keys={}))
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error

    @property
    def _running(self) -> bool:
        return self._work is not None and not self._work.done()

    def _refuse_two(self) -> None:
        if self._running:
            raise ControlError("busy", said("this is in work already; wait until it is done"))

    async def _begin_if_set(self, what: str) -> None:
        self._refuse_two()
        if not (await off_loop(self._setting)).kind:
            raise ControlError("not-set", said("nobody has set where backups go every night"))
        self._refuse_two()
        self._begin(what)

    def _begin(self, what: str) -> None:
        """One that goes on already, begun while somebody waited for the disk, is not lost sight of for a second one."""
        if self._running:
            return
        self._percent = 0
        self._work = asyncio.create_task(self._process(what), name=f"copperdesk backup {what}")

    async def _look(self) -> None:
        while True:
            try:
                if not self._running and await self._due():
                    self._begin("nightly")
            except Exception as error:  # It is tried again; no call depends on it.
                log.error("whether a backup is due is not known: %s", kind_and_place(error))
            await asyncio.sleep(EVERY_S)

    async def _due(self) -> bool:
        setting, state = await off_loop(self._setting), await off_loop(read_state, self._data)
        now = self._local(self._clock.now())
        return bool(setting.kind) and due(setting.at, now, moment(state.tried), moment(state.succeeded))

    async def _process(self, what: str) -> None:
        """Run the command, which keeps by itself how it went. It is stopped where this task is."""
        words = [sys.executable, "-m", "appliance.cli", "backup", what, "--json", "--data", str(self._data)]
        words += ["--at", self._clock.now().isoformat(), *([] if self._clock.may_delete else ["--keep-all"])]
        pipe, null = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(*words, stdin=null, stdout=pipe, stderr=null)
        assert process.stdout is not None
        try:
            async with asyncio.timeout(LONGEST_S):
                async for line in process.stdout:
                    with suppress(ValueError):
                        self._percent = json.loads(line).get("percent", self._percent)
                await process.wait()
        except TimeoutError:
            state = await off_loop(read_state, self._data)
            late = wording(said("the backup took too long, and was stopped"))
            await off_loop(write_state, self._data, replace(state, failed=late))
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.terminate()
                await process.wait()

    async def _write(self, setting: NightlySetting) -> None:
        try:
            await off_loop(write_setting, self._data, setting)
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error

    def _setting(self) -> NightlySetting:
        """A damaged one is set anew at the page. Blocking."""
        try:
            return read_setting(self._data)
        except (OSError, ValueError, TypeError):
            return NightlySetting()

    def _on_the_clock(self, made: str) -> str:
        return self._local(datetime.fromisoformat(made)).isoformat() if made else ""
