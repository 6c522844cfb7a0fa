"""One received fax, as it is found on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appliance.store.boxes import Gone
from appliance.store.faxsheet import FaxSheet, sheet_from_bytes
from appliance.store.layout import DELETED, NEW, PAGES, SHEET


class FaxGone(Gone):
    """A fax is no longer there."""


@dataclass(frozen=True, slots=True)
class ReceivedFax:
    """One received fax of a box."""

    id: str
    """Its number within the box; numbers rise in the order of arrival."""
    mailbox: str
    """The box it is in: the id of the person or department whose it is, or `OFFICE_BOX`."""
    sheet: FaxSheet
    """What is known of it."""
    path: Path
    """The file with its pages."""
    new: bool
    """Nobody has seen it yet."""
    deleted: bool = False
    """It was deleted, and can still be brought back."""

    @property
    def until(self) -> None:
        """A fax does not end by itself, other than as a deleted one."""

    @property
    def deleted_at(self) -> datetime | None:
        """When it was deleted (UTC); None: it was not, or the disk had no room to note it."""
        return self.sheet.deleted_at if self.deleted else None


@dataclass(frozen=True, slots=True)
class FaxCounts:
    """How many faxes a box holds."""

    new: int
    seen: int


@dataclass(frozen=True, slots=True)
class FaxIds:
    """The faxes of a box by their ids, each oldest first."""

    new: Sequence[str]
    seen: Sequence[str]
    deleted: Sequence[str]


def fax_in(folder: Path) -> ReceivedFax:
    """The fax in a folder. Raises ValueError or OSError where it is not whole."""
    sheet = sheet_from_bytes((folder / SHEET).read_bytes())
    if not (folder / PAGES).is_file():
        raise ValueError("a fax has a file with its pages")
    state = folder.parent.name
    mailbox = folder.parent.parent.name
    return ReceivedFax(folder.name, mailbox, sheet, folder / PAGES, new=state == NEW, deleted=state == DELETED)
