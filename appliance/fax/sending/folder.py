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
import os
import stat
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from appliance.calls.faults import Faults
from appliance.calls.tasks import Tasks
from appliance.clock import off_loop
from appliance.fax.making.orders import FileToSend
from appliance.fax.sending.handing import FaxIntake, FaxWish, NotTaken
from appliance.fax.sending.queued import HandedInBy
from hw.said import Said, said, told_by

LOOK_SECONDS = 5.0
"""How often the folder is looked at; a file that has not changed from one time to the next is whole."""
TAKEN, HANDED_IN = "taken", "handed-in"
SIDE, ERROR = ".to", ".error.txt"
LARGEST_SIDE = 10_000
"""Bytes."""
SIDE_FILE_LOOKS = 12
"""For so many looks, a minute, a file that names no number waits for one beside it, and an empty one may fill."""
LONGEST_NAME = 255
"""Octets of a file's name, as Linux's file systems have it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was at the last look. looks: for how many it has been like that."""

    size: int
    changed_ns: int
    looks: int = 0


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
        """Take what is whole, and what the last run has not come to the end of."""
        left, there = await off_loop(_listed, folder)
        failed: list[OSError] = []
        for name in left:
            await self._each(failed, self._hand_in(folder, name))
        names = set(there)
        for name, now in there.items():
            before = self._seen.get(name)
            same = before is not None and (before.size, before.changed_ns) == (now.size, now.changed_ns)
            self._seen[name] = Seen(now.size, now.changed_ns, before.looks + 1 if same and before is not None else 0)
        self._seen = {name: seen for name, seen in self._seen.items() if name in names}
        for name in sorted(names):
            if name.endswith((SIDE, ERROR)) or not self._is_whole(name):
                continue
            side = _beside(name, SIDE)
            if side in names and not self._is_whole(side):
                continue
            if side not in names and not self._names_a_number(name) and self._seen[name].looks < SIDE_FILE_LOOKS:
                continue
            await self._each(failed, self._take(folder, name))
        if failed:
            raise failed[0]

    async def _each(self, failed: list[OSError], doing: Awaitable[None]) -> None:
        """One file that fails keeps no other from being faxed."""
        try:
            await doing
        except OSError as error:
            failed.append(error)

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

    async def _take(self, folder: Path, name: str) -> None:
        await off_loop(_move, folder, name, TAKEN)
        await self._hand_in(folder, name)

    async def _hand_in(self, folder: Path, name: str) -> None:
        """A file that is in `taken`: put it into the queue, or back where it was, with what is wrong beside it."""
        file = folder / TAKEN / name
        to, whom, note, mark = await off_loop(_told, file)
        wish = FaxWish(
            to=to or _number_in(name),
            files=[FileToSend(file, name)],
            person=self._person,
            name=whom,
            note=note,
            way=HandedInBy.FOLDER,
            source=mark,
        )
        try:
            await self._intake.take(wish)
        except NotTaken as refused:
            await off_loop(_put_back, folder, name, str(refused.why))
        else:
            await off_loop(_move, folder / TAKEN, name, f"../{HANDED_IN}")
            with suppress(OSError):
                await off_loop((folder / _beside(name, ERROR)).unlink, True)

    def _tell(self, fault: Said | None) -> None:
        if self._fault is not None and fault != self._fault:
            self._faults.withdraw(self._fault)
        if fault is not None:
            self._faults.report(fault)
        self._fault = fault


def _beside(name: str, ending: str) -> str:
    """The name of a file that belongs to this one. The end of a long name gives way to the ending."""
    while len(os.fsencode(name + ending)) > LONGEST_NAME:
        name = name[:-1]
    return name + ending


def _number_in(name: str) -> str:
    return Path(name).stem.partition("_")[0]


def _listed(folder: Path) -> tuple[list[str], dict[str, Seen]]:
    """The files that were taken by the last run, and those that lie there. Links and hidden files are no files."""
    for inside in (TAKEN, HANDED_IN):
        (folder / inside).mkdir(mode=0o770, exist_ok=True)
    left = [entry.name for entry in os.scandir(folder / TAKEN) if not entry.name.endswith(SIDE)]
    found = {}
    for entry in os.scandir(folder):
        with suppress(FileNotFoundError):
            if not entry.name.startswith((".", "~")) and entry.is_file(follow_symlinks=False):
                found[entry.name] = _seen(Path(entry.path))
    return left, {name: seen for name, seen in found.items() if not _was_refused(name, found)}


def _was_refused(name: str, there: Mapping[str, Seen]) -> bool:
    """What was refused is left alone until it changes, or what is beside it does, or the complaint is deleted."""
    error = there.get(_beside(name, ERROR))
    return error is not None and all(
        there[one].changed_ns <= error.changed_ns for one in (name, _beside(name, SIDE)) if one in there
    )


def _seen(path: Path) -> Seen:
    facts = path.lstat()
    return Seen(facts.st_size if stat.S_ISREG(facts.st_mode) else 0, max(facts.st_mtime_ns, facts.st_ctime_ns))


def _told(file: Path) -> tuple[str, str, str, str]:
    """The number, for whom and the note, as the file beside it has them, and what tells this file from all others."""
    facts = file.lstat()
    mark = f"{file.name} {facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"
    try:
        raw = file.with_name(_beside(file.name, SIDE)).read_bytes()[:LARGEST_SIDE]
    except FileNotFoundError:
        return "", "", "", mark
    lines = [line.strip() for line in raw.decode("utf-8-sig", errors="replace").splitlines()]
    lines += [""] * (2 - len(lines))
    return lines[0], lines[1][:60], "\n".join(lines[2:]).strip(), mark


def _move(folder: Path, name: str, inside: str) -> None:
    """A file and what is beside it. One of the same name that is there already is kept under another."""
    target = folder / inside / name
    if target.exists():
        facts = (folder / name).lstat()
        target = target.with_name(_beside(target.stem, f"-{facts.st_mtime_ns}{target.suffix}"))
    with suppress(FileNotFoundError):
        (folder / _beside(name, SIDE)).rename(target.with_name(_beside(target.name, SIDE)))
    (folder / name).rename(target)


def _put_back(folder: Path, name: str, why: str) -> None:
    with suppress(FileNotFoundError):
        (folder / TAKEN / _beside(name, SIDE)).rename(folder / _beside(name, SIDE))
    (folder / TAKEN / name).rename(folder / name)
    (folder / _beside(name, ERROR)).write_text(f"{why}\n", encoding="utf-8")
