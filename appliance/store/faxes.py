"""Received faxes on disk, one folder each. Once `commit` has returned, no power cut loses the fax.

    <root>/<box>/draft/<id>/      being received       -- commit -->
    <root>/<box>/new/<id>/        nobody has seen it   -- see -->
    <root>/<box>/seen/<id>/       seen and kept
    <root>/<box>/deleted/<id>/    deleted, and can be brought back -- remove -->
    <root>/<box>/damaged/<id>/    what could not be used, set aside by `recover`
    <root>/<box>/trash/<id>/      being deleted

A fax's folder holds `pages.tif`, as the pages came over the line, and `fax.json`. The engine has each page on the disk
before it is confirmed. All methods block; they may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from appliance.fax.wholepages import cut_off, whole_pages
from appliance.store.boxes import BoxKind, BoxStore, Recovered, set_aside
from appliance.store.disk import Disk, StoreFull, room_for
from appliance.store.fax import FaxCounts, FaxGone, FaxIds, ReceivedFax, fax_in
from appliance.store.faxsheet import FaxSheet, sheet_from_bytes, sheet_to_bytes
from appliance.store.layout import DELETED, DRAFT, FAX_BOX, FAX_FOLDERS, NEW, PAGES, SEEN, SHEET
from hw.said import counted, said, told_by

__all__ = ["FaxCounts", "FaxGone", "FaxIds", "FaxSheet", "FaxStore", "ReceivedFax"]


class FaxStore(BoxStore):
    """The received faxes of all boxes. A box has the id of its owner as its name, and the office's is `OFFICE_BOX`."""

    kind = BoxKind(FAX_BOX, FAX_FOLDERS, (NEW, SEEN, DELETED), FaxGone, "fax", said("a fax"))

    def begin(self, mailbox: str, sheet: FaxSheet) -> Path:
        """Open a new fax and return the file for its pages. Raises StoreFull.

        sheet: what is known so far. It is needed to deliver a fax that a power cut interrupts.
        """

        def fill(folder: Path) -> None:
            self._disk.write(folder / SHEET, sheet_to_bytes(sheet))
            self._disk.sync(folder / SHEET)

        return self._begin(mailbox, DRAFT, fill) / PAGES

    def commit(self, path: Path, sheet: FaxSheet, mailbox: str) -> ReceivedFax:
        """Deliver the fax received into `path`. Once this returns, it survives a power cut.

        mailbox: the box it goes into, which is known only once the sender has said for whom it is. On a full disk the
        sheet stays as it was begun. Raises FaxGone where the draft is gone.
        """
        folder = path.parent
        self._disk.sync(path)
        with suppress(StoreFull), room_for(self.kind.needs_room):
            self._disk.replace(folder / SHEET, sheet_to_bytes(sheet))
        with self._lock:
            box = self._box(mailbox)
            self._prepare(box)
            same = box == folder.parent.parent
            target = box / NEW / (folder.name if same else self._next_id(box))
            self._move(folder, target)
        return fax_in(target)

    def discard(self, path: Path) -> None:
        """Drop a fax that was begun, and of which no page has come."""
        self._throw_away(path.parent)

    def forward(self, fax: ReceivedFax, mailbox: str, by: str) -> ReceivedFax:
        """Put a fax into another box, too, as a new one. by: the id of whoever does so. Raises StoreFull and FaxGone.

        The pages of both are one file on the disk, by two names.
        """
        sheet = replace(
            fax.sheet, told=False, seen_by="", seen_at=None, forwarded_by=by, deleted_by="", deleted_at=None
        )
        path = self.begin(mailbox, sheet)
        try:
            self._disk.link(self._folder(fax.mailbox, fax.id) / PAGES, path)
            return self.commit(path, sheet, mailbox)
        except (OSError, FaxGone):
            with suppress(OSError):
                self.discard(path)
            raise

    def see(self, fax: ReceivedFax, by: str, at: datetime) -> ReceivedFax:
        """Count the fax as seen, by this person. One that was seen stays as it is. Raises FaxGone."""
        with self._lock:
            folder = self._not_deleted(fax.mailbox, fax.id)
            if folder.parent.name == SEEN:
                return fax_in(folder)
            self._note(folder, lambda sheet: replace(sheet, seen_by=by, seen_at=at))
            return self._put(folder, SEEN)

    def mark_new(self, fax: ReceivedFax) -> ReceivedFax:
        """Count the fax as not seen. Raises FaxGone."""
        with self._lock:
            folder = self._not_deleted(fax.mailbox, fax.id)
            return fax_in(folder) if folder.parent.name == NEW else self._put(folder, NEW)

    def note_told(self, fax: ReceivedFax) -> None:
        """Whoever is to be told of it by mail or by the printer has been. Raises FaxGone."""
        with self._lock:
            self._note(self._folder(fax.mailbox, fax.id), lambda sheet: replace(sheet, told=True))

    def delete(self, fax: ReceivedFax, by: str, at: datetime) -> ReceivedFax:
        """Delete the fax, so that it can still be brought back. Raises FaxGone."""
        with self._lock:
            folder = self._not_deleted(fax.mailbox, fax.id)
            self._note(folder, lambda sheet: replace(sheet, deleted_by=by, deleted_at=at))
            return self._put(folder, DELETED)

    def restore(self, fax: ReceivedFax) -> ReceivedFax:
        """Bring a deleted fax back, as one that was seen. Raises FaxGone where it is no longer to be had."""
        with self._lock:
            folder = self._folder(fax.mailbox, fax.id)
            return fax_in(folder) if folder.parent.name != DELETED else self._put(folder, SEEN)

    def read(self, mailbox: str, id: str) -> ReceivedFax:
        """The fax with this id, wherever it is. Raises FaxGone; one that is damaged is set aside, and gone as well."""
        with self._lock:
            folder = self._folder(mailbox, id)
            try:
                return fax_in(folder)
            except (FileNotFoundError, ValueError) as error:
                set_aside(folder, folder.parent.parent, told_by(error), self._disk)
                raise FaxGone(f"fax {id} of {mailbox} is damaged, and was set aside") from error

    def ids(self, mailbox: str) -> FaxIds:
        """All its faxes, each oldest first."""
        return FaxIds(*self._listed(mailbox))

    def counts(self, mailbox: str) -> FaxCounts:
        ids = self.ids(mailbox)
        return FaxCounts(len(ids.new), len(ids.seen))

    def ending(self, mailbox: str) -> list[ReceivedFax]:
        """Those that end by themselves: the deleted ones."""
        found: list[ReceivedFax] = []
        for id in self.ids(mailbox).deleted:
            with suppress(FaxGone):
                found.append(self.read(mailbox, id))
        return found

    def recover(self) -> list[Recovered]:
        """Repair the store; to be called at start, before anything else. Returns what was repaired or set aside.

        A fax that was cut off is delivered with its whole pages. One without any, and all else that is no fax, is moved
        to damaged/. A box that cannot be read or changed is left alone.
        """
        return self._recovered(_recover)

    def _put(self, folder: Path, state: str) -> ReceivedFax:
        target = folder.parent.parent / state / folder.name
        self._move(folder, target)
        return fax_in(target)

    def _note(self, folder: Path, change: Callable[[FaxSheet], FaxSheet]) -> None:
        """Change a fax's sheet, where the disk has room for it."""
        with suppress(OSError):
            sheet = sheet_from_bytes((folder / SHEET).read_bytes())
            self._disk.replace(folder / SHEET, sheet_to_bytes(change(sheet)))


def _recover(box: Path, disk: Disk) -> Iterator[Recovered]:
    """Repair one box, all folders of which exist."""
    for item in sorted((box / DRAFT).iterdir()):
        try:
            yield _deliver(item, disk)
        except (OSError, ValueError) as error:
            yield set_aside(item, box, told_by(error), disk)
    for state in (NEW, SEEN, DELETED):
        for item in sorted((box / state).iterdir()):
            try:
                fax_in(item)
                whole_pages(item / PAGES)
            except (OSError, ValueError) as error:
                yield set_aside(item, box, told_by(error), disk)


def _deliver(item: Path, disk: Disk) -> Recovered:
    """Keep the whole pages of a fax that was cut off. Raises ValueError where there are none."""
    sheet = sheet_from_bytes((item / SHEET).read_bytes())
    pages = cut_off(item / PAGES) if (item / PAGES).exists() else 0
    if not pages:
        raise ValueError(said("not one page had come whole"))
    disk.sync(item / PAGES)
    with suppress(StoreFull), room_for(said("a note")):
        disk.replace(item / SHEET, sheet_to_bytes(replace(sheet, pages=pages)))
    target = item.parent.parent / NEW / item.name
    disk.move(item, target)
    reason = counted(
        "A fax was cut off by a power failure behind %(num)s page.",
        "A fax was cut off by a power failure behind %(num)s pages.",
        pages,
    )
    return Recovered(item.parent.parent.name, True, reason, target)
