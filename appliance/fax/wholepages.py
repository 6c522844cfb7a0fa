"""Which pages of a TIFF file are whole, and the end set behind them where what follows is not.

A page is written in front of the entry that names it (TIFF 6.0 §2: the header and each directory name where the next
directory is, 0 behind the last one). So a power cut in the middle of a page leaves the pages before it as they were,
and at worst a last name that leads to nothing.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from appliance.fax.tiffdirectory import (
    FIRST_LINK,
    NoDirectory,
    TiffDirectory,
    byte_order,
    directory_at,
    place_at,
    reading,
)

MOST_PAGES = 2000
"""More than any fax has: 1,000 pages are the most that is received in one call."""

_STRIP_OFFSETS, _STRIP_BYTES = 273, 279


@dataclass(frozen=True, slots=True)
class WholePages:
    """What of a file is whole."""

    count: int
    """Pages."""
    end_at: int
    """Where in the file it is said what follows the last of them."""
    goes_on: bool
    """Something is said to follow, and it is no whole page."""


def whole_pages(path: Path) -> WholePages:
    """The whole pages of a file. Raises ValueError where it is no TIFF file, and OSError where it cannot be read."""
    size = path.stat().st_size
    with path.open("rb") as file:
        read = reading(file)
        order = byte_order(read)
        end_at, count = FIRST_LINK, 0
        at = place_at(read, end_at, order)
        known: set[int] = set()
        while at and at not in known and count < MOST_PAGES:
            known.add(at)
            try:
                directory = directory_at(read, at, order, (_STRIP_OFFSETS, _STRIP_BYTES))
            except NoDirectory:
                return WholePages(count, end_at, goes_on=True)
            if not _is_whole(directory, size):
                return WholePages(count, end_at, goes_on=True)
            count += 1
            end_at, at = directory.link, directory.following
        return WholePages(count, end_at, goes_on=at != 0)


def cut_off(path: Path) -> int:
    """Set the end behind the last whole page, on the disk. Returns how many there are. Raises as `whole_pages` does."""
    found = whole_pages(path)
    if found.goes_on:
        with path.open("r+b") as file:
            file.seek(found.end_at)
            file.write(bytes(4))
            file.flush()
            os.fsync(file.fileno())
    return found.count


def _is_whole(directory: TiffDirectory, size: int) -> bool:
    """Whether all of a page is in a file of so many bytes."""
    offsets, lengths = (directory.values.get(tag, ()) for tag in (_STRIP_OFFSETS, _STRIP_BYTES))
    if not offsets or len(offsets) != len(lengths):
        return False
    return all(offset + length <= size for offset, length in zip(offsets, lengths, strict=True))
