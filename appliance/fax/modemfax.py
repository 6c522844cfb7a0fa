"""The fax engine that needs a modem: efax (Debian's package of that name) does the procedure, a process for each fax.

    engine = ModemFax(modem, ModemWays("1"), wall)
    result = await engine.send("5550199", sending, told)
    result = await engine.receive(receiving, told)          # The call is on the modem's line already.

It has no error correction (ECM), no sub-addresses and no passwords, and sends pages of Group 3 in one dimension.

A page is confirmed by efax itself, which writes it into a file first and does not wait for the disk. The file is synced
here as soon as efax tells of it, while the modem sends the second of HDLC flags that the confirmation begins with. If
that fails, efax is killed at once: the port closes, the modem hangs up, and the confirmation does not get through.
The same is done where the modem did not find the carrier of a page: efax 0.9a would confirm it all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from appliance.clock import off_loop
from appliance.fax.choosing import takes_sound
from appliance.fax.efaxcommand import ModemWays, header_line, receiving_command, sending_command
from appliance.fax.efaxlog_protocol import EfaxLog, ModemOnLine, PageMissed, PageWritten
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, FaxTold, Receiving, Sending
from appliance.fax.limits import AFTER_PAGES_S, PAGE_S, WHOLE_S
from appliance.fax.pagefile import PageFile, first_page
from appliance.fax.worker import not_begun
from appliance.shortprocess import ProcessFailed, in_a_process
from hw.modem.bus import ModemError

_BEGINNING_S = 150.0
"""Until the far end has told who it is: the modem is set up, dials, and waits 60 s for an answer."""
CONFIRMING_S = 1.5
"""From the moment that efax tells of a page in its file to the end of the confirmation: measured, 1.1 s, and the
modem's latency."""
KEPT_WITHIN_S = 0.8
"""From that moment until a page is on the disk: the flags that the confirmation begins with take a second."""
_GRACE_S = 3.0
"""What efax gets to hang up before it is killed. In the middle of a page it would take half a minute."""
_LONGEST_LINE = 1 << 16
"""Bytes of one line of what efax tells."""
_NOT_WITH_A_MODEM = FaxResult(FaxCause.INCOMPATIBLE, 0, detail="a modem has no sub-address, password or polling")
_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"}


class LendsPort(Protocol):
    """Whose port is borrowed."""

    def lent(self) -> AbstractAsyncContextManager[str]:
        """The path of its port, while nobody else has it. Raises ModemError."""


class ModemFax:
    """The engine on one modem. One fax at a time: who comes second waits for the port. wall: local time, for the line
    above each page."""

    def __init__(self, modem: LendsPort, ways: ModemWays, wall: Callable[[], datetime]) -> None:
        self._modem = modem
        self._ways = ways
        self._wall = wall

    async def send(
        self, number: str, sending: Sending, told: FaxTold, on_line: Callable[[], None] = lambda: None
    ) -> FaxResult:
        """Dial a number and send. Cancelling the task ends the fax, and the call, at once.

        number: empty where the call is there: somebody has answered on the line that the modem is beside. Whoever has
        made it keeps it until the modem has the line, or it would end. on_line: called as the modem is told to take it.
        """
        if takes_sound(sending):
            return _NOT_WITH_A_MODEM
        try:
            async with _folder_beside(sending.pages) as folder:
                return await self._send(number, sending, folder, _Fax(told, on_line, None, 0))
        except OSError as error:
            return not_begun(sending, error)

    async def receive(
        self, receiving: Receiving, told: FaxTold, on_line: Callable[[], None] = lambda: None
    ) -> FaxResult:
        """Answer, on the modem's line, and receive. Cancelling the task ends the fax, and the call, at once.

        on_line: see `send`.
        """
        if takes_sound(receiving):
            return _NOT_WITH_A_MODEM
        try:
            async with _folder_beside(receiving.into) as folder:
                return await self._receive(receiving, told, on_line, folder)
        except OSError as error:
            return not_begun(receiving, error)

    async def _send(self, number: str, sending: Sending, folder: Path, fax: _Fax) -> FaxResult:
        try:
            pages = await off_loop(in_a_process, _split_pages, sending.pages, folder)
        except ProcessFailed as error:
            return FaxResult(FaxCause.BAD_PAGES, 0, detail=str(error))
        header = header_line(sending.header, self._wall())

        def command(device: str) -> list[str]:
            return sending_command(device, number, pages, self._ways, sending, header)

        return await self._with_port(command, fax, folder)

    async def _receive(
        self, receiving: Receiving, told: FaxTold, on_line: Callable[[], None], folder: Path
    ) -> FaxResult:
        kept = await off_loop(PageFile, receiving.into)

        def command(device: str) -> list[str]:
            return receiving_command(device, str(folder / "page"), self._ways, receiving)

        try:
            return await self._with_port(command, _Fax(told, on_line, kept, receiving.most_pages), folder)
        finally:
            await off_loop(kept.close)

    async def _with_port(self, command: Callable[[str], list[str]], fax: _Fax, folder: Path) -> FaxResult:
        try:
            async with self._modem.lent() as device:
                return await fax.run(command(device), folder)
        except (ModemError, ValueError) as error:
            return FaxResult(FaxCause.NO_LINE, 0, detail=str(error))


class _Fax:
    """One fax: its process, and what that tells. kept: where received pages go; None: it is sent."""

    def __init__(self, told: FaxTold, on_line: Callable[[], None], kept: PageFile | None, most_pages: int) -> None:
        self._log = EfaxLog()
        self._told = told
        self._on_line = on_line
        self._kept = kept
        self._most_pages = most_pages
        self._ending: tuple[FaxCause, str] | None = None
        """Why this side has ended it."""
        self._last_page = False
        self._began = _now()

    async def run(self, command: Sequence[str], folder: Path) -> FaxResult:
        """Run the process to its end."""
        self._began = _now()
        try:
            process = await asyncio.create_subprocess_exec(
                *command, cwd=folder, env=_ENVIRONMENT, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, limit=_LONGEST_LINE
            )
        except OSError as error:
            return FaxResult(FaxCause.ENGINE, 0, detail=f"efax does not start: {error}")
        try:
            await self._follow(process)
        except asyncio.CancelledError:  # The line is wanted: the modem hangs up once nobody has its port open.
            _kill(process)
            raise
        finally:
            await _ended(process)
        return self._result(process.returncode or 0)

    async def _follow(self, process: Process) -> None:
        """Read what it tells until it ends, or is too slow."""
        stderr = process.stderr
        assert stderr is not None
        until = self._began + _BEGINNING_S
        while True:
            try:
                async with asyncio.timeout(min(until, self._began + WHOLE_S) - _now()):
                    line = await stderr.readline()
            except TimeoutError:
                self._too_slow()
                return
            except ValueError:  # A line without an end.
                self._ending = FaxCause.ENGINE, "efax tells what nobody can read"
                return
            if not line:
                return
            if not await self._line(line.decode("latin-1").rstrip(), process):
                return
            if self._log.far_identity or self._log.bit_rate:
                until = _now() + (CONFIRMING_S + AFTER_PAGES_S if self._last_page else PAGE_S)

    async def _line(self, line: str, process: Process) -> bool:
        """Take a line; False where it is over with the fax."""
        for event in self._log.line(line):
            match event:
                case PageWritten(path, last):
                    self._last_page = last
                    if not await self._keep(Path(path), process):
                        _kill(process)
                        return False
                    self._tell()
                case PageMissed():
                    self._ending = FaxCause.TRAINING, "the carrier of a page was not found"
                    _kill(process)
                    return False
                case ModemOnLine():
                    self._on_line()
                case _:
                    self._tell()
        return True

    async def _keep(self, page: Path, process: Process) -> bool:
        """Put a received page on the disk; False where that fails, or takes so long that it would be confirmed before.

        However this ends, nothing is written into the file any more when it does, as the file is closed then.
        """
        assert self._kept is not None
        if self._kept.pages >= self._most_pages:
            self._ending = FaxCause.FAR_END, f"more than {self._most_pages} pages"
            return False
        keeping = asyncio.ensure_future(off_loop(_keep_page, page, self._kept))
        late = True
        try:
            late = not (await asyncio.wait((keeping,), timeout=KEPT_WITHIN_S))[0]
        finally:
            if late:
                _kill(process)
                await asyncio.wait((keeping,))
        try:
            keeping.result()
        except OSError as error:
            self._ending = FaxCause.STORAGE, str(error)
            return False
        if late:
            self._ending = FaxCause.STORAGE, "the disk took too long to keep a page"
        return not late

    def _too_slow(self) -> None:
        if self._last_page:
            self._ending = FaxCause.COMPLETE, "the far end said nothing after the last page"
        elif self._log.far_identity or self._log.bit_rate:
            self._ending = FaxCause.SILENT, "the fax took too long"
        else:
            self._ending = FaxCause.ENGINE, "the modem does not come to an end"

    def _tell(self) -> None:
        self._told(FaxProgress(self._pages, self._log.far_identity, self._log.bit_rate, ecm=False))

    @property
    def _pages(self) -> int:
        """Those confirmed. Of a page that is received efax says late that it was: it counts once it is on the disk."""
        return self._log.pages if self._kept is None else self._kept.pages

    def _result(self, exit_code: int) -> FaxResult:
        log = self._log
        cause, detail = self._ending or (log.cause(exit_code, sending=self._kept is None), log.detail)
        seconds = _now() - self._began
        if self._kept is not None and cause is FaxCause.COMPLETE and not self._pages:
            cause = FaxCause.FAR_END
        result = FaxResult(cause, self._pages, log.far_identity, bit_rate=log.bit_rate, seconds=seconds, detail=detail)
        return replace(result, bad_rows=log.bad_rows) if self._kept is not None else result


def _split_pages(pages: Path, into: Path) -> list[Path]:
    """In a process: import what reads pages."""
    from appliance.fax.efaxpages import split_pages

    return split_pages(pages, into)


def _keep_page(page: Path, kept: PageFile) -> None:
    kept.add(first_page(page))


async def _ended(process: Process) -> None:
    """Have it end, if it has not yet: it hangs up, and where it takes too long for that, its port is closed for it."""
    draining = asyncio.ensure_future(process.communicate())
    if process.stderr is None or not process.stderr.at_eof():
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    try:
        await asyncio.wait_for(asyncio.shield(draining), _GRACE_S)
    except TimeoutError:
        _kill(process)
        await draining
    except asyncio.CancelledError:  # The line is wanted at once.
        _kill(process)
        raise


def _kill(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()


@asynccontextmanager
async def _folder_beside(file: Path) -> AsyncIterator[Path]:
    """A folder for the files of one fax, beside the file that it is about."""
    folder = file.with_name(f".{file.name}.efax")

    def begin() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    await off_loop(begin)
    try:
        yield folder
    finally:
        await off_loop(shutil.rmtree, folder, True)


def _now() -> float:
    return asyncio.get_running_loop().time()
