"""Pages of faxes in TIFF (TIFF 6.0, and RFC 2306 for faxes): read as the library has written them, and kept so that a
power cut takes none of those that are confirmed.

A page is written behind the others and synced. Only then does the page before lead to it, which is 4 bytes; these are
synced as well. So at every moment the file has all pages before, and is a whole one.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from appliance.fax.tiffdirectory import FIRST_LINK, NoDirectory, ReadAt, byte_order, directory_at, place_at

_HEADER = b"II*\0"
_SHORT, _LONG, _RATIO = 3, 4, 5

_KIND, _WIDTH, _ROWS, _BITS, _COMPRESSION, _PHOTOMETRIC, _FILL = 254, 256, 257, 258, 259, 262, 266
_OFFSETS, _SAMPLES, _ROWS_OF_STRIP, _LENGTHS, _X, _Y = 273, 277, 278, 279, 282, 283
_G3_OPTIONS, _G4_OPTIONS, _UNIT, _PAGE = 292, 293, 296, 297
_WANTED = {_WIDTH, _ROWS, _COMPRESSION, _PHOTOMETRIC, _FILL, _OFFSETS, _LENGTHS, _X, _Y}
_WANTED |= {_G3_OPTIONS, _G4_OPTIONS, _UNIT}
_GROUP_3 = 3
_WHITE_IS_0 = 0
_OF_MANY_PAGES = 2
_BYTES_AT_ONCE = 1 << 16
_ALIGNED = 2
"""A directory begins so many bytes behind a multiple of 4. So the 4 bytes that lead to the next one never lie in two
sectors of the disk, of which one alone may be written when the power goes."""


class NoPage(ValueError):
    """There is no whole page where one was looked for."""


@dataclass(frozen=True, slots=True)
class CodedPage:
    """A page, coded."""

    width: int
    """Dots of a line."""
    rows: int
    """Its lines."""
    x_per_unit: tuple[int, int]
    """Dots per unit of length, as a fraction."""
    y_per_unit: tuple[int, int]
    """Lines per unit of length, as a fraction."""
    unit: int
    """2: inch, 3: centimetre."""
    compression: int
    """3: Group 3 (T.4), 4: Group 4 (T.6)."""
    options: int
    """T4Options or T6Options of TIFF."""
    fill_order: int
    """1: the first dot is the highest bit of its byte; 2: the lowest."""
    photometric: int
    """0: white is 0."""
    data: bytes
    """Its lines, in one strip."""


def page_at(read: ReadAt, link: int) -> tuple[CodedPage, int] | None:
    """The page that the directory is of whose place stands at this one, and where the place of the next one stands.

    None: there is no further page. Raises NoPage.
    """
    try:
        place = place_at(read, link, "<")
        if not place:
            return None
        directory = directory_at(read, place, "<", _WANTED)
        return _page(read, directory.values), directory.link
    except (NoDirectory, KeyError) as error:
        raise NoPage(f"the directory of a page is broken ({error})") from error


def first_link(read: ReadAt) -> int:
    """Where the place of the first page's directory stands. Raises NoPage."""
    try:
        order = byte_order(read)
    except NoDirectory as error:
        raise NoPage(str(error)) from error
    if order != "<":
        raise NoPage("this is no TIFF file of this machine's byte order")
    return FIRST_LINK


def first_page(file: Path) -> CodedPage:
    """The first page in a file, as it is; efax writes a file for each. Blocking. OSError where there is none."""
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)

    def read(place: int, length: int) -> bytes:
        return os.pread(descriptor, length, place)

    try:
        found = page_at(read, first_link(read))
    except NoPage as error:
        raise OSError(f"no page has been written: {error}") from error
    finally:
        os.close(descriptor)
    if found is None:
        raise OSError("a file without a page has been written")
    return found[0]


class PageFile:
    """A file that pages are added to. Everything blocks, and raises OSError."""

    def __init__(self, path: Path) -> None:
        self.pages = 0
        """Those on the disk."""
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        self._link = FIRST_LINK
        self._end = 0
        self._append(_HEADER + bytes(4))
        os.fsync(self._file)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def add(self, page: CodedPage) -> None:
        """Put a page on the disk. It is there when this returns; if it raises, all others still are."""
        strip = self._end
        self._append(page.data + bytes((_ALIGNED - self._end - len(page.data)) % 4))
        place = self._end
        directory, link = _directory(page, self.pages, strip, place)
        self._append(directory)
        os.fsync(self._file)
        os.pwrite(self._file, struct.pack("<I", place), self._link)
        os.fsync(self._file)
        self._link = link
        self.pages += 1

    def close(self) -> None:
        os.close(self._file)

    def _append(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            written = os.pwrite(self._file, left[:_BYTES_AT_ONCE], self._end)
            self._end += written
            left = left[written:]


def _page(read: ReadAt, values: Mapping[int, tuple[int, ...]]) -> CodedPage:
    """Raises NoPage, and KeyError where the directory does not say what it must."""

    def one(tag: int, otherwise: int) -> int:
        return values.get(tag, (otherwise,))[0]

    places, lengths = values[_OFFSETS], values[_LENGTHS]
    if len(places) != 1 or len(lengths) != 1:
        raise NoPage(f"a page in {len(places)} strips")
    (place,), (length,) = places, lengths
    data = read(place, length)
    if len(data) != length:
        raise NoPage("the lines of a page are not all there")
    compression = values[_COMPRESSION][0]
    x, y = values[_X], values[_Y]
    if len(x) < 2 or len(y) < 2:
        raise NoPage("a page's resolution is no fraction")
    return CodedPage(
        values[_WIDTH][0],
        values[_ROWS][0],
        (x[0], x[1]),
        (y[0], y[1]),
        one(_UNIT, 2),
        compression,
        one(_G3_OPTIONS if compression == _GROUP_3 else _G4_OPTIONS, 0),
        one(_FILL, 1),
        one(_PHOTOMETRIC, _WHITE_IS_0),
        data,
    )


def _directory(page: CodedPage, number: int, strip: int, place: int) -> tuple[bytes, int]:
    """The directory of a page that is to stand at this place, and where the place of the next page's stands then."""
    options = _G3_OPTIONS if page.compression == _GROUP_3 else _G4_OPTIONS
    long = [
        (_KIND, _OF_MANY_PAGES),
        (_WIDTH, page.width),
        (_ROWS, page.rows),
        (_OFFSETS, strip),
        (_ROWS_OF_STRIP, page.rows),
        (_LENGTHS, len(page.data)),
        (options, page.options),
    ]
    short = [
        (_BITS, 1),
        (_COMPRESSION, page.compression),
        (_PHOTOMETRIC, page.photometric),
        (_FILL, page.fill_order),
        (_SAMPLES, 1),
        (_UNIT, page.unit),
    ]
    count = len(long) + len(short) + 3
    link = place + 2 + 12 * count
    behind = link + 4
    entries = [struct.pack("<HHII", tag, _LONG, 1, value) for tag, value in long]
    entries += [struct.pack("<HHIHH", tag, _SHORT, 1, value, 0) for tag, value in short]
    entries.append(struct.pack("<HHIHH", _PAGE, _SHORT, 2, number, 0))
    entries.append(struct.pack("<HHII", _X, _RATIO, 1, behind))
    entries.append(struct.pack("<HHII", _Y, _RATIO, 1, behind + 8))
    entries.sort(key=lambda entry: struct.unpack_from("<H", entry))
    ratios = struct.pack("<4I", *page.x_per_unit, *page.y_per_unit)
    return struct.pack("<H", count) + b"".join(entries) + bytes(4) + ratios, link
