"""Backups, made and taken over while the unit runs: the methods `backup.…` and `restore.…`.

The work is done by `copperdesk backup` and `copperdesk restore`, each a process of its own, which get the passphrase on
their standard input and tell how far they are.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

from appliance.backup import restoring
from appliance.backup.making import last_made
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.store.disk import Disk
from hw.said import Wording, said, told_by, wording

PIECE_BYTES = 64 * 1024
"""Of a file that is handed out or taken in."""
LARGEST_FILE = 8 * 1024**3
LONGEST_LINE = 1024 * 1024
"""Bytes that a command may tell at once: what a restore would change."""
WRONG_PASSPHRASE = 3
"""The exit code of `copperdesk restore` for it."""

MADE, TAKEN = "unit.backup", "upload.backup"
"""Files in the data folder: the backup that can be fetched, and the one that was brought."""


class WorkState(TypedDict):
    """How a backup or a restore stands."""

    running: bool
    """It is in work."""
    percent: int
    """How far it is."""
    failed: Wording | None
    """Why it did not work; None: it did, or has not ended."""
    made: str
    """When the backup was made, in ISO 8601 in UTC; empty: there is none yet, or it was not opened."""
    office: str
    """Whose it is."""
    size: int
    """Bytes of the file; 0: there is none."""
    preview: list[Wording]
    """What a restore would change, one sentence each."""
    ready: bool
    """The backup can be fetched, or the restore be put in place."""


@dataclass(slots=True)
class BackupWork:
    """One of the two, as far as it has come."""

    running: bool = False
    """It is in work."""
    percent: int = 0
    """How far it is."""
    failed: Wording | None = None
    """Why it did not work; None: it did, or has not ended."""
    made: str = ""
    """When the backup was made, in ISO 8601; empty: not known."""
    office: str = ""
    """Whose it is."""
    preview: list[Wording] = field(default_factory=list)
    """What a restore would change."""
    right: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the passphrase was found right, or it has ended."""
    wrong_passphrase: bool = False
    """Another passphrase opens it."""


class Backups:
    """Both works. They outlast the unit, which may be put together anew meanwhile."""

    def __init__(self, data: Path, restart: Callable[[], None], local: Callable[[datetime], datetime]) -> None:
        self._data = data
        """The data folder."""
        self._restart = restart
        """Begins the daemon anew, which puts an unpacked backup in place."""
        self._local = local
        """A moment on the clock of the office that is in use."""
        self._going_on: set[asyncio.Task[None]] = set()
        """What is in work."""
        self._making, self._taking = BackupWork(), BackupWork()
        """How far a backup is that is made, and one that is taken over."""
        self._brought = 0
        """Bytes that came of the file that is being brought."""

    async def close(self) -> None:
        """Stop what is in work."""
        for task in self._going_on:
            task.cancel()
        await asyncio.gather(*self._going_on, return_exceptions=True)

    def offer(self, control: Offers) -> None:
        """Put the methods on the socket."""
        passphrase, at = {"passphrase": Param(str)}, {"at": Param(int)}
        control.method("backup.begin", self._begin, passphrase)
        control.method("backup.last", self._last)
        control.method("backup.state", self._made_state)
        control.method("backup.piece", self._piece, at)
        control.method("backup.remove", self._remove)
        control.method("restore.upload", self._upload, {"at": Param(int), "piece": Param(str)})
        control.method("restore.open", self._open, passphrase)
        control.method("restore.state", self._taken_state)
        control.method("restore.finish", self._finish)
        control.method("restore.forget", self._forget)

    async def _begin(self, params: dict[str, Any]) -> WorkState:
        self._refuse_two(self._making)
        self._making = work = BackupWork(running=True)
        await off_loop(Disk().remove, self._data / MADE)
        command = ["backup", str(self._data / MADE)]
        self._start(work, command, params["passphrase"])
        return await self._made_state({})

    async def _made_state(self, _params: dict[str, Any]) -> WorkState:
        size = await off_loop(_size, self._data / MADE)
        return _state(self._making, size, ready=bool(size) and not self._making.running)

    async def _piece(self, params: dict[str, Any]) -> dict[str, Any]:
        """64 kB of the backup from this place on, as base64, and how large it is in all."""
        try:
            size, content = await off_loop(_read, self._data / MADE, max(params["at"], 0))
        except FileNotFoundError:
            raise ControlError("no-backup", said("there is no backup to be fetched: make one first")) from None
        return {"size": size, "piece": base64.b64encode(content).decode("ascii")}

    async def _remove(self, _params: dict[str, Any]) -> None:
        await off_loop(Disk().remove, self._data / MADE)

    async def _upload(self, params: dict[str, Any]) -> dict[str, int]:
        """Take a piece in. at: where it belongs; 0 begins a new file. Returns how much there is."""
        self._refuse_two(self._taking)
        try:
            content = base64.b64decode(params["piece"], validate=True)
        except ValueError as error:
            raise ControlError("not-base64", said("a piece must be base64: %(why)s", why=told_by(error))) from error
        if params["at"] not in (0, self._brought):
            raise ControlError("not-in-order", said("a piece is missing; begin anew"))
        if params["at"] + len(content) > LARGEST_FILE:
            raise ControlError("file-too-large", said("a backup may have %(most)s GB", most=LARGEST_FILE // 1024**3))
        try:
            await off_loop(_append, self._data / TAKEN, params["at"], content)
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error
        self._brought = params["at"] + len(content)
        return {"there": self._brought}

    async def _open(self, params: dict[str, Any]) -> WorkState:
        """Try a passphrase. ControlError `wrong-passphrase` at once, and it may be tried again with the same file."""
        self._refuse_two(self._taking)
        if not (self._data / TAKEN).exists():
            raise ControlError("no-backup", said("bring the backup first"))
        self._taking = work = BackupWork(running=True)
        command = ["restore", str(self._data / TAKEN), "--unpack"]
        self._start(work, command, params["passphrase"])
        await work.right.wait()
        if work.wrong_passphrase:
            self._taking = BackupWork()
            raise ControlError("wrong-passphrase", said("that passphrase does not open this backup; please try again"))
        return await self._taken_state({})

    async def _taken_state(self, _params: dict[str, Any]) -> WorkState:
        size = await off_loop(_size, self._data / TAKEN)
        return _state(
            self._taking, size, ready=not self._taking.running and await off_loop(restoring.waits, self._data)
        )

    async def _finish(self, _params: dict[str, Any]) -> None:
        """Put in place what was unpacked: the daemon begins anew, and calls that go on end."""
        if self._taking.running or not await off_loop(restoring.waits, self._data):
            raise ControlError("no-backup", said("no backup waits to be put in place"))
        await off_loop(restoring.agree, self._data)
        await off_loop(Disk().remove, self._data / TAKEN)
        self._restart()

    async def _forget(self, _params: dict[str, Any]) -> None:
        self._refuse_two(self._taking)
        self._taking, self._brought = BackupWork(), 0
        await off_loop(Disk().remove, self._data / TAKEN)
        await off_loop(restoring.forget, self._data)

    def _refuse_two(self, work: BackupWork) -> None:
        if work.running:
            raise ControlError("busy", said("this is in work already; wait until it is done"))

    def _start(self, work: BackupWork, command: list[str], passphrase: str) -> None:
        task = asyncio.create_task(self._run(work, command, passphrase), name=f"copperdesk {command[0]}")
        self._going_on.add(task)
        task.add_done_callback(self._going_on.discard)

    async def _last(self, _params: dict[str, Any]) -> dict[str, str]:
        """When the last backup was made, on the office's clock, be it by `copperdesk backup`; empty: never."""
        made = await off_loop(last_made, self._data)
        return {"made": self._local(datetime.fromisoformat(made)).isoformat() if made else ""}

    async def _run(self, work: BackupWork, command: list[str], passphrase: str) -> None:
        words = [sys.executable, "-m", "appliance.cli", *command, "--json", "--data", str(self._data)]
        pipe = asyncio.subprocess.PIPE
        null = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=pipe, stderr=null, limit=LONGEST_LINE)
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(passphrase.replace("\n", " ").encode() + b"\n")
            process.stdin.close()
            async for line in process.stdout:
                told = json.loads(line)
                work.percent = told.get("percent", work.percent)
                work.made, work.office = told.get("made", work.made), told.get("office", work.office)
                work.preview = told.get("preview", work.preview)
                if "failed" in told:
                    work.failed = told["failed"]
                else:  # Whether the passphrase was wrong is told by the exit code, which comes behind the reason.
                    work.right.set()
            code = await process.wait()
            work.wrong_passphrase = code == WRONG_PASSPHRASE
            if code and work.failed is None:
                work.failed = wording(said("it did not come to its end"))
        finally:
            work.running = False
            work.right.set()
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.terminate()
                await process.wait()


def _state(work: BackupWork, size: int, *, ready: bool) -> WorkState:
    return WorkState(
        running=work.running,
        percent=work.percent,
        failed=work.failed,
        made=work.made,
        office=work.office,
        size=size,
        preview=work.preview,
        ready=ready,
    )


def _size(path: Path) -> int:
    """0: there is no such file."""
    return path.stat().st_size if path.exists() else 0


def _read(path: Path, at: int) -> tuple[int, bytes]:
    with path.open("rb") as file:
        file.seek(at)
        return _size(path), file.read(PIECE_BYTES)


def _append(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b" if at else "wb") as file:
        path.chmod(0o600)
        file.seek(at)
        file.truncate()
        file.write(content)
