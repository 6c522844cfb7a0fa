"""Which pages of a TIFF file are whole, and the end set behind them where what follows is not.

A page is written in front of the entry that names it (TIFF 6.0 §2: the header and each directory name where the next
directory is, 0 behind the last one). So a power cut in the middle of a page leaves the pages before it as they were,
and at worst a last name that leads to nothing.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MOST_PAGES = 2000
"""More than any fax has: 1,000 pages are the most that is received in one call."""
MOST_ENTRIES = 200
"""A page of a fax has some 25."""
MOST_STRIPS = 100_000

STRIP_OFFSETS, STRIP_BYTES = 273, 279
SHORT, LONG = 3, 4
"""Types of an entry's values (TIFF 6.0 §2): 2 and 4 bytes."""


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
        start = file.read(8)
        if len(start) < 8 or start[:4] not in (b"II*\0", b"MM\0*"):
            raise ValueError("this is no file of pages")
        order = "<" if start[:1] == b"I" else ">"
        end_at, count = 4, 0
        (at,) = struct.unpack(f"{order}L", start[4:])
        known: set[int] = set()
        while at and at not in known and count < MOST_PAGES:
            known.add(at)
            following = _behind(file, at, size, order)
            if following is None:
                return WholePages(count, end_at, goes_on=True)
            count += 1
            end_at, at = following
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


def _behind(file: BinaryIO, at: int, size: int, order: str) -> tuple[int, int] | None:
    """Where it is said what follows a page, and what that is; None where this is no whole page."""
    head = _read(file, at, 2)
    if head is None:
        return None
    (entries,) = struct.unpack(f"{order}H", head)
    content = _read(file, at + 2, entries * 12 + 4) if 0 < entries <= MOST_ENTRIES else None
    if content is None:
        return None
    values: dict[int, list[int]] = {}
    for place in range(entries):
        tag, kind, count = struct.unpack_from(f"{order}HHL", content, place * 12)
        if tag in (STRIP_OFFSETS, STRIP_BYTES):
            found = _values(file, content[place * 12 + 8 : place * 12 + 12], kind, count, order)
            if found is None:
                return None
            values[tag] = found
    offsets, lengths = values.get(STRIP_OFFSETS, []), values.get(STRIP_BYTES, [])
    whole = offsets and len(offsets) == len(lengths)
    if not whole or any(offset + length > size for offset, length in zip(offsets, lengths, strict=True)):
        return None
    (following,) = struct.unpack_from(f"{order}L", content, entries * 12)
    return at + 2 + entries * 12, following


def _values(file: BinaryIO, field: bytes, kind: int, count: int, order: str) -> list[int] | None:
    """The numbers of an entry: in its field, or elsewhere where they do not fit into its four bytes."""
    letter, width = {SHORT: ("H", 2), LONG: ("L", 4)}.get(kind, ("", 0))
    if not letter or not 0 < count <= MOST_STRIPS:
        return None
    content: bytes | None = field[: count * width]
    if count * width > 4:
        (at,) = struct.unpack(f"{order}L", field)
        content = _read(file, at, count * width)
    return list(struct.unpack(f"{order}{count}{letter}", content)) if content is not None else None


def _read(file: BinaryIO, at: int, count: int) -> bytes | None:
    """So many bytes from there; None where the file ends before."""
    file.seek(at)
    content = file.read(count)
    return content if len(content) == count else None
