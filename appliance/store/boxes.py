"""What every store of boxes shares: messages and faxes are folders that are renamed from one state into the next.

    <root>/<box>/<state>/<id>/

A folder is made in a state of its own, filled, synchronized, and renamed into the next one, so that nobody ever sees
part of it. What is thrown away is renamed into trash/ first, and what cannot be used into damaged/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import ClassVar

from appliance.store.disk import Disk, room_for
from appliance.store.layout import DAMAGED, DELETED, TRASH
from appliance.store.listing import Listings, number_of
from hw.said import Said, said, told_by


class Gone(LookupError):
    """It is no longer there: somebody else has deleted it meanwhile, or its time was over."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """Something that was not in order: delivered to new/, or moved to damaged/. reason: why. path: where it is now."""

    mailbox: str
    delivered: bool
    reason: str
    path: Path


@dataclass(frozen=True, slots=True)
class BoxKind:
    """What a store keeps in its boxes."""

    box_names: re.Pattern[str]
    """What a box may be called: nothing else may become the name of a folder."""
    folders: Sequence[str]
    """Those in a box."""
    states: Sequence[str]
    """Those of them in which something is that can be asked for."""
    gone: type[Gone]
    """Raised for what is no longer there."""
    what: str
    """What is kept, in a word, for errors that nobody but programs reads."""
    needs_room: Said
    """What there is no room for on a full disk."""


class BoxStore:
    """The boxes under one folder. Its methods block, and may be called from any thread.

    They raise ValueError for what cannot be a box's name or an id, and OSError where the disk fails. kind: what the
    class keeps.
    """

    kind: ClassVar[BoxKind]

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self._root = root
        self._disk = disk or Disk()
        self._lock = RLock()
        self._last: dict[str, int] = {}
        self._listings = Listings()

    def remove(self, mailbox: str, id: str) -> None:
        """Remove something for good, and finish removals that a power cut interrupted. Raises `gone`."""
        self._throw_away(self._folder(mailbox, id))

    def _listed(self, mailbox: str) -> list[list[str]]:
        """What is in each of the states. Nothing in it is read, so that it takes no time."""
        box = self._box(mailbox)
        with self._lock:
            return [self._listings.ids(box / state) for state in self.kind.states]

    def _recovered(self, recover: Callable[[Path, Disk], Iterable[Recovered]]) -> list[Recovered]:
        """Have every box repaired. One that cannot be read or changed is returned as such and left alone."""
        found: list[Recovered] = []
        for box in sorted(self._root.iterdir()) if self._root.is_dir() else ():
            if self.kind.box_names.fullmatch(box.name) and box.is_dir():
                try:
                    self._prepare(box)
                    found.extend(recover(box, self._disk))
                except OSError as error:
                    reason = said("the mailbox cannot be used: %(why)s", why=told_by(error))
                    found.append(Recovered(box.name, False, reason, box))
        return found

    def _box(self, name: str) -> Path:
        if not self.kind.box_names.fullmatch(name):
            raise ValueError(f"{name!r} is not the name of a mailbox")
        return self._root / name

    def _folder(self, mailbox: str, id: str) -> Path:
        """Where something is now. Raises `gone`."""
        if not id.isalnum():
            raise ValueError(f"{id!r} is not the id of a {self.kind.what}")
        box = self._box(mailbox)
        for state in self.kind.states:
            if (box / state / id).is_dir():
                return box / state / id
        raise self.kind.gone(f"there is no {self.kind.what} {id} in {mailbox}")

    def _not_deleted(self, mailbox: str, id: str) -> Path:
        """Where something is that was not deleted. Raises `gone`."""
        folder = self._folder(mailbox, id)
        if folder.parent.name == DELETED:
            raise self.kind.gone(f"{self.kind.what} {id} of {mailbox} has been deleted")
        return folder

    def _begin(self, mailbox: str, state: str, fill: Callable[[Path], None]) -> Path:
        """Make a new folder in this state of a box, and have it filled. It is safe once this returns."""
        box = self._box(mailbox)
        with room_for(self.kind.needs_room), self._lock:
            self._prepare(box)
            folder = box / state / self._next_id(box)
            self._disk.make_folder(folder)
            try:
                fill(folder)
                self._disk.sync(folder)
                self._disk.sync(folder.parent)
            except OSError:
                with suppress(OSError):
                    self._disk.remove(folder)
                raise
        return folder

    def _prepare(self, box: Path) -> None:
        """Make the box's folders, those that are missing."""
        for path in (self._root, box, *(box / name for name in self.kind.folders)):
            if not path.is_dir():
                self._disk.make_folder(path)
                self._disk.sync(path.parent)

    def _next_id(self, box: Path) -> str:
        """A number higher than any that something in this box has, or has had since the start."""
        if box.name not in self._last:
            taken = [item.name for name in self.kind.folders for item in (box / name).iterdir()]
            self._last[box.name] = max(map(number_of, taken), default=0)
        self._last[box.name] += 1
        return f"{self._last[box.name]:06}"

    def _move(self, folder: Path, target: Path) -> None:
        try:
            with self._lock, room_for(self.kind.needs_room):
                known = self._listings.known(folder.parent, target.parent)
                self._disk.move(folder, target)
                self._listings.moved(folder.name, target.name, folder.parent, target.parent, known)
        except FileNotFoundError as error:
            raise self.kind.gone(f"there is no {self.kind.what} {folder.name} in {folder.parent}") from error

    def _throw_away(self, folder: Path) -> None:
        """Move a folder to trash/ in one step, then delete what is in it. So nobody ever sees part of it."""
        trash = folder.parent.parent / TRASH
        with self._lock:
            self._move(folder, trash / folder.name)
            for item in trash.iterdir():
                self._disk.remove(item)


def set_aside(item: Path, box: Path, reason: str, disk: Disk) -> Recovered:
    """Move something that cannot be used to damaged/."""
    target = box / DAMAGED / item.name
    number = 1
    while target.exists():
        number += 1
        target = box / DAMAGED / f"{item.name}-{number}"
    try:
        disk.move(item, target)
    except OSError as error:
        return Recovered(
            box.name,
            False,
            said("%(why)s; it could not be set aside: %(error)s", why=reason, error=told_by(error)),
            item,
        )
    return Recovered(box.name, False, reason, target)
