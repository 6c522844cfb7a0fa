"""The directories of a TIFF file, each of which tells of a page, and where the next one is (TIFF 6.0 §2).

They are read without believing them: whatever is read here has a limit, and a file may end anywhere.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

FIRST_LINK: Final = 4
"""Where the header has the place of the first directory."""
MOST_ENTRIES: Final = 200
"""Of a directory. A fax's has some twenty-five."""
MOST_VALUES: Final = 100_000
"""Of an entry: so many strips has a page with a strip for each line, if it is the longest that is looked at."""

_KINDS: Final = {1: "B", 3: "H", 4: "I", 5: "II"}
"""How the kinds of values of a fax's pages are packed: BYTE, SHORT, LONG, RATIONAL."""

ReadAt = Callable[[int, int], bytes]
"""Bytes of a file, from where and how many; fewer where it ends before."""


class NoDirectory(ValueError):
    """There is no whole directory where one was looked for."""


@dataclass(frozen=True, slots=True)
class TiffDirectory:
    """What a directory says."""

    values: Mapping[int, tuple[int, ...]]
    """Of the tags that were wanted, those that are there whole. Of a fraction: above and below its line."""
    link: int
    """Where the place of the next directory stands."""
    following: int
    """That place; 0 behind the last one."""


def reading(file: BinaryIO) -> ReadAt:
    def read(place: int, size: int) -> bytes:
        file.seek(place)
        return file.read(size)

    return read


def byte_order(read: ReadAt) -> str:
    """As `struct` has it. Raises NoDirectory where this is no TIFF file."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(read(0, 4))
    if order is None:
        raise NoDirectory("this is no TIFF file")
    return order


def place_at(read: ReadAt, link: int, order: str) -> int:
    """The place of a directory, which stands there; 0: there is none. Raises NoDirectory where the file ends before."""
    (place,) = struct.unpack(order + "I", _exactly(read, link, 4))
    return int(place)


def directory_at(read: ReadAt, place: int, order: str, wanted: Collection[int]) -> TiffDirectory:
    """The directory at a place, and its values of the wanted tags. Raises NoDirectory."""
    (count,) = struct.unpack(order + "H", _exactly(read, place, 2))
    if count > MOST_ENTRIES:
        raise NoDirectory(f"a directory with {count} entries")
    raw = _exactly(read, place + 2, 12 * count + 4)
    values = {}
    for at in range(0, 12 * count, 12):
        tag, kind, many = struct.unpack_from(order + "HHI", raw, at)
        packed = _KINDS.get(kind)
        if tag not in wanted or packed is None or not 0 < many <= MOST_VALUES:
            continue
        shape = order + packed * many
        size = struct.calcsize(shape)
        if size <= 4:
            values[tag] = struct.unpack_from(shape, raw, at + 8)
            continue
        (elsewhere,) = struct.unpack_from(order + "I", raw, at + 8)
        found = read(elsewhere, size)
        if len(found) == size:
            values[tag] = struct.unpack(shape, found)
    (following,) = struct.unpack_from(order + "I", raw, 12 * count)
    return TiffDirectory(values, place + 2 + 12 * count, following)


def _exactly(read: ReadAt, place: int, size: int) -> bytes:
    found = read(place, size)
    if len(found) != size:
        raise NoDirectory("the file ends in front of a directory's end")
    return found
