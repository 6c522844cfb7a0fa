"""The watched folder: a file that is put there is faxed to the number in its name, or in a small file beside it.

    4075550123.pdf, 4075550123_offer.pdf, suppliers_offer.pdf   the number, or the word of a list, up to the first _
    offer.pdf and offer.pdf.to                                  the number in the first line of the other file; its
                                                                second line is for whom, the rest a note for the cover

A file is taken once it has not changed for some seconds: who copies one over the network takes a while. It is moved to
`taken` before its pages are made, and from there to `handed-in` once it is in the queue, so that a power cut in between
has it neither lost nor faxed twice. What is wrong is written beside it, in a file whose name ends with `.error.txt`.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from appliance.calls.faults import Faults
from appliance.calls.tasks import Tasks
from appliance.clock import off_loop
from appliance.fax.making.orders import FileToSend
from appliance.fax.sending.folderfiles import ERROR, SIDE, FaxFolderFiles, Seen, beside
from appliance.fax.sending.handing import FaxIntake, FaxWish, NotTaken, readable
from appliance.fax.sending.queued import HandedInBy
from hw.said import Said, said, told_by

LOOK_SECONDS = 5.0
"""How often the folder is looked at; a file that has not changed from one time to the next is whole."""
SIDE_FILE_LOOKS = 12
"""For so many looks, a minute, a file that names no number waits for one beside it, and an empty one may fill."""


class FolderWatch:
    """Looks at the folder of the office in use, if there is one. All disk work is done off the loop."""

    def __init__(self, intake: FaxIntake, faults: Faults) -> None:
        self._intake = intake
        self._faults = faults
        self._tasks = Tasks(faults)
        self._seen: dict[str, Seen] = {}
        self._watching: Path | None = None
        self._fault: Said | None = None

    def use(self) -> None:
        """Watch the folder that the office names now, and no other."""
        path = self._intake.queue.settings.folder.path
        folder = Path(path) if path else None
        if folder == self._watching:
            return
        self._watching = folder
        self._seen.clear()
        self._tell(None)
        if folder is not None:
            self._tasks.begin("the watching of the folder for faxes", self._watch(folder))

    async def close(self) -> None:
        """Watch nothing more."""
        self._watching = None
        await self._tasks.close()

    async def _watch(self, folder: Path) -> None:
        while self._watching == folder:
            try:
                await self._look(folder)
                self._tell(None)
            except OSError as error:
                self._tell(
                    said("nothing is faxed from the folder %(folder)s: %(why)s", folder=str(folder), why=told_by(error))
                )
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self, folder: Path) -> None:
        """Take what is whole, and what the last run has not come to the end of. What the disk does to one file keeps
        no other waiting."""
        files = FaxFolderFiles(folder)
        left, there = await off_loop(files.listed)
        failed: list[OSError] = []
        for name in left:
            await self._hand_in(files, name, failed)
        names = set(there)
        for name, now in there.items():
            before = self._seen.get(name)
            same = before is not None and (before.size, before.changed_ns) == (now.size, now.changed_ns)
            self._seen[name] = Seen(now.size, now.changed_ns, before.looks + 1 if same and before is not None else 0)
        self._seen = {name: seen for name, seen in self._seen.items() if name in names}
        for name in sorted(names):
            if name.endswith((SIDE, ERROR)) or not self._is_whole(name):
                continue
            side = beside(name, SIDE)
            if side in names and not self._is_whole(side):
                continue
            if side not in names and not self._names_a_number(name) and self._seen[name].looks < SIDE_FILE_LOOKS:
                continue
            try:
                taken = await off_loop(files.take, name)
            except OSError as error:
                failed.append(error)
            else:
                await self._hand_in(files, taken, failed)
        if failed:
            raise failed[0]

    def _is_whole(self, name: str) -> bool:
        seen = self._seen[name]
        return seen.looks > 0 and (seen.size > 0 or seen.looks >= SIDE_FILE_LOOKS)

    def _names_a_number(self, name: str) -> bool:
        try:
            self._intake.numbers(_number_in(name), self._person)
        except NotTaken as refused:
            return refused.code not in ("no-number", "no-outside-number")
        return True

    @property
    def _person(self) -> str:
        return self._intake.queue.settings.folder.person or ""

    async def _hand_in(self, files: FaxFolderFiles, name: str, failed: list[OSError]) -> None:
        """Put a taken file into the queue, or back where it was. failed: gets what the disk does not take."""
        try:
            try:
                await self._queued(files, name)
            except NotTaken as refused:
                await off_loop(files.put_back, name, str(refused.why))
            else:
                await off_loop(files.handed_in, name)
        except FileNotFoundError:  # Somebody has taken it away again.
            pass
        except OSError as error:
            failed.append(error)

    async def _queued(self, files: FaxFolderFiles, name: str) -> None:
        with tempfile.TemporaryDirectory() as other:
            copy = Path(other) / "file"
            order = await off_loop(files.copy, name, copy)
            wish = FaxWish(
                to=order.number or _number_in(name),
                files=[FileToSend(copy, name)],
                person=self._person,
                name=order.whom,
                note=order.note,
                way=HandedInBy.FOLDER,
                source=order.mark,
            )
            await self._intake.take(wish)

    def _tell(self, fault: Said | None) -> None:
        if self._fault is not None and fault != self._fault:
            self._faults.withdraw(self._fault)
        if fault is not None:
            self._faults.report(fault)
        self._fault = fault


def _number_in(name: str) -> str:
    return Path(readable(name)).stem.partition("_")[0]
