"""Faxes on paper. What is to be printed is kept on disk until a printer has taken it, however long that is away.

<folder>/<id>.pdf     the pages, as they are printed
<folder>/<id>.json    where, and what it is called; it is written last, and removed first
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from appliance.clock import off_loop
from appliance.fax.pages.converting import PageConverter
from appliance.fax.pages.lp import NotPrinted, printed_by_lp
from appliance.fax.pages.order import PageOrder
from hw.said import said, told_by

TRY_AGAIN_SECONDS: Final = 300.0
MOST_WAITING: Final = 500
"""Faxes. Of more, the oldest are not printed: a printer that is gone for good must not fill the disk."""


@dataclass(frozen=True, slots=True)
class Printout:
    """A fax to be printed."""

    id: str
    printer: str
    """As `lpstat -p` names it; empty: the machine's usual one."""
    title: str
    """What the printer's list of jobs shows; whoever walks by may read it."""
    paper: str
    """`a4` or `letter`."""


class FaxPrinting:
    """What is to be printed, a fax after the other. One for the whole unit; to be opened first and closed at the end.

    on_faults: told which faults are new, in sentences for people, and which are over. Each is told once.
    waiting: how many faxes are still to be printed.
    """

    def __init__(self, folder: Path, converter: PageConverter) -> None:
        self.on_faults: Callable[[Sequence[str], Sequence[str]], None] = lambda _new, _over: None
        self._folder = folder
        self._converter = converter
        self._queue: dict[str, Printout] = {}
        self._faults: dict[str, str] = {}
        self._work: asyncio.Task[None] | None = None
        self._more = asyncio.Event()

    @property
    def waiting(self) -> int:
        return len(self._queue)

    async def open(self) -> None:
        """Go on with what was left. OSError where the disk fails."""
        self._queue = {printout.id: printout for printout in await off_loop(self._left)}
        self._work = asyncio.create_task(self._print_all(), name="prints faxes")

    async def close(self) -> None:
        """Print nothing any more; what waits is printed when the unit runs again."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)

    async def put(self, tiff: Path, printout: Printout) -> None:
        """Have a fax printed. Once this has returned, it is printed whatever becomes of its file of pages.

        Harmless where it waits already. Raises PagesUnusable where the file has no pages, OSError where the disk fails.
        """
        order = PageOrder(tiff, pdf=self._pdf(printout.id), title=printout.title, paper=printout.paper, to_print=True)
        await self._converter.convert(order)
        await off_loop(self._keep, printout)
        self._queue[printout.id] = printout
        for oldest in list(self._queue.values())[:-MOST_WAITING]:
            await self._forget(oldest)
        self._more.set()

    async def use(self, printers: Collection[str]) -> None:
        """What waits for another printer than these is not printed: the office wishes that no longer."""
        for printout in list(self._queue.values()):
            if printout.printer not in printers:
                await self._forget(printout)
        for printer in set(self._faults) - set(printers):
            self._tell(printer, "")

    async def _print_all(self) -> None:
        while True:
            self._more.clear()
            away = set[str]()
            for printout in list(self._queue.values()):
                if printout.printer in away or printout.id not in self._queue:
                    continue
                if not await self._print(printout):
                    away.add(printout.printer)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._more.wait(), TRY_AGAIN_SECONDS if self._queue else None)

    async def _print(self, printout: Printout) -> bool:
        """Whether its printer, or the print service, has taken it."""
        where = (printout.printer, printout.title, printout.paper)
        try:
            await off_loop(printed_by_lp, self._pdf(printout.id), *where)
        except NotPrinted as error:
            if printout.id not in self._queue:  # It was taken away meanwhile, and its file with it.
                return True
            on, why = printout.printer or said("the usual printer"), told_by(error)
            self._tell(printout.printer, said("faxes cannot be printed on %(printer)s: %(why)s", printer=on, why=why))
            return False
        self._tell(printout.printer, "")
        await self._forget(printout)
        return True

    def _tell(self, printer: str, fault: str) -> None:
        """What is wrong with a printer now; empty: nothing is."""
        before = self._faults.pop(printer, "")
        if fault:
            self._faults[printer] = fault
        if fault != before:
            self.on_faults([fault] if fault else [], [before] if before else [])

    async def _forget(self, printout: Printout) -> None:
        self._queue.pop(printout.id, None)
        with suppress(OSError):  # It would be printed again, which is better than to stop here.
            await off_loop(self._remove, printout.id)

    def _pdf(self, id: str) -> Path:
        return self._folder / f"{id}.pdf"

    def _left(self) -> list[Printout]:
        """What waits on the disk, the oldest first. What is half done is cleared away."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = []
        for path in self._folder.glob("*.json"):
            try:
                if self._pdf(path.stem).exists():
                    found.append((path.stat().st_mtime_ns, Printout(**json.loads(path.read_bytes()))))
            except (OSError, ValueError, TypeError):
                continue
        whole = {printout.id for _, printout in found}
        for path in self._folder.iterdir():
            if path.stem not in whole or path.suffix not in (".json", ".pdf"):
                path.unlink()
        return [printout for _, printout in sorted(found, key=lambda one: (one[0], one[1].id))]

    def _keep(self, printout: Printout) -> None:
        half, whole = self._folder / f"{printout.id}.half", self._folder / f"{printout.id}.json"
        with half.open("w") as file:
            json.dump(asdict(printout), file)
            file.flush()
            os.fsync(file.fileno())
        half.replace(whole)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _remove(self, id: str) -> None:
        for path in (self._folder / f"{id}.json", self._pdf(id)):
            path.unlink(missing_ok=True)
