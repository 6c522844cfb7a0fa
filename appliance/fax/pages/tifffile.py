"""The directories of a fax's TIFF, read without believing them (TIFF 6.0; TIFF-F, RFC 2306).

A file may have been cut by a power failure, or be made to hurt: directories in a circle, strips behind the end of the
file, a page of four thousand million lines. Whatever is read here has a limit, and what is wrong with one page leaves
the others as they are. Nothing is decoded, and a strip is read when it is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from appliance.fax.tiffdirectory import FIRST_LINK, NoDirectory, byte_order, directory_at, place_at, reading

MOST_PAGES: Final = 1000
MOST_LINES: Final = 100_000
"""Of a page: 26 m of paper at the coarsest resolution. What is behind them is left out."""
MOST_WIDTH: Final = 8192
"""Pixels. The widest of T.30 is A3 at 400 dpi, 4864 pixels."""
MOST_STRIP_BYTES: Final = 50_000_000

MODIFIED_HUFFMAN: Final = 2
GROUP_3: Final = 3
GROUP_4: Final = 4
"""The compressions a fax's page may have, by their number in TIFF."""

X_DPI: Final = 204.0
Y_DPI: Final = 196.0
"""Of a page that tells nothing of use: 8 pixels and 7.7 lines per mm, which most faxes are sent with."""
LEAST_DPI: Final = 50.0
MOST_DPI: Final = 1300.0

_WIDTH, _LINES, _COMPRESSION, _PHOTOMETRIC, _FILL_ORDER = 256, 257, 259, 262, 266
_OFFSETS, _ROWS_PER_STRIP, _COUNTS, _X_RESOLUTION, _Y_RESOLUTION = 273, 278, 279, 282, 283
_T4_OPTIONS, _UNIT = 292, 296
_WANTED: Final = {
    *(_WIDTH, _LINES, _COMPRESSION, _PHOTOMETRIC, _FILL_ORDER, _OFFSETS, _ROWS_PER_STRIP, _COUNTS),
    *(_X_RESOLUTION, _Y_RESOLUTION, _T4_OPTIONS, _UNIT),
}
_CENTIMETRES: Final = 3

_BACKWARDS: Final = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))


class NoPages(ValueError):
    """The file is no TIFF, or has no page that could be read."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a piece of a page is in the file, in bytes."""

    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class TiffPage:
    """A page as its directory tells it."""

    width: int
    """Pixels."""
    lines: int
    """All of them are in the strips."""
    x_dpi: float
    """Pixels an inch."""
    y_dpi: float
    """Lines an inch: half or twice as many as pixels, at the coarsest and the finest resolution of a fax."""
    compression: int
    """MODIFIED_HUFFMAN, GROUP_3 or GROUP_4."""
    two_dimensional: bool
    """Group 3 lines are coded by the line above them."""
    inverted: bool
    """What the code calls black is white."""
    backwards: bool
    """The first pixel of an octet is its lowest bit."""
    lines_per_strip: int
    """Of the last strip there may be fewer."""
    strips: tuple[Strip, ...]
    """Where its code is, from the top of the page."""
    cut: bool
    """Part of it is missing: behind the end of the file, or beyond the limits here."""

    @property
    def width_mm(self) -> float:
        return self.width / self.x_dpi * 25.4

    @property
    def length_mm(self) -> float:
        return self.lines / self.y_dpi * 25.4


@dataclass(frozen=True, slots=True)
class TiffFound:
    """pages: those that can be read. broken: whether there were others."""

    pages: tuple[TiffPage, ...]
    broken: bool


def read_directories(file: BinaryIO) -> TiffFound:
    """The pages of a file. Raises NoPages where there is none, and OSError."""
    size = file.seek(0, 2)
    read = reading(file)
    pages, seen, broken = [], set[int](), False
    try:
        order = byte_order(read)
        at = place_at(read, FIRST_LINK, order)
    except NoDirectory as error:
        raise NoPages("no TIFF file") from error
    while at:
        if at in seen or len(seen) == MOST_PAGES:
            broken = True
            break
        seen.add(at)
        try:
            directory = directory_at(read, at, order, _WANTED)
        except NoDirectory:
            broken = True
            break
        at = directory.following
        page = _page(directory.values, size)
        if page is None:
            broken = True
        else:
            pages.append(page)
    if not pages:
        raise NoPages("no page in the TIFF file that could be read")
    return TiffFound(tuple(pages), broken)


def strip_of(file: BinaryIO, page: TiffPage, strip: Strip) -> bytes:
    """The code of a strip, its first pixel in the highest bit."""
    file.seek(strip.offset)
    code = file.read(strip.size)
    return code.translate(_BACKWARDS) if page.backwards else code


def _page(values: Mapping[int, tuple[int, ...]], size: int) -> TiffPage | None:
    """None where nothing of it can be read."""

    def one(tag: int, usual: int) -> int:
        return values.get(tag, (usual,))[0]

    width, told_lines, compression = one(_WIDTH, 0), one(_LINES, 0), one(_COMPRESSION, 0)
    if not 0 < width <= MOST_WIDTH or not told_lines or compression not in (MODIFIED_HUFFMAN, GROUP_3, GROUP_4):
        return None
    lines_per_strip = min(one(_ROWS_PER_STRIP, told_lines) or told_lines, told_lines)
    wanted = math.ceil(told_lines / lines_per_strip)
    offsets = values.get(_OFFSETS, ())[:wanted]
    counts = values.get(_COUNTS) or (size,)
    strips = []
    for offset, count in zip(offsets, counts, strict=False):
        here = min(count, size - offset, MOST_STRIP_BYTES)
        if here <= 0:
            break
        strips.append(Strip(offset, here))
        if here < count:
            break
    if not strips:
        return None
    whole = len(strips) == wanted and strips[-1].size == counts[wanted - 1]
    lines = min(told_lines, len(strips) * lines_per_strip, MOST_LINES)
    x_dpi, y_dpi = _resolutions(values)
    return TiffPage(
        width=width,
        lines=lines,
        x_dpi=x_dpi,
        y_dpi=y_dpi,
        compression=compression,
        two_dimensional=compression == GROUP_3 and bool(one(_T4_OPTIONS, 0) & 1),
        inverted=one(_PHOTOMETRIC, 0) == 1,
        backwards=one(_FILL_ORDER, 1) == 2,
        lines_per_strip=lines_per_strip,
        strips=tuple(strips),
        cut=not whole or lines < told_lines,
    )


def _resolutions(values: Mapping[int, tuple[int, ...]]) -> tuple[float, float]:
    """Pixels and lines an inch; the usual ones where the file has none that a fax could have."""
    inch = 2.54 if values.get(_UNIT, (2,))[0] == _CENTIMETRES else 1.0
    found = []
    for tag in (_X_RESOLUTION, _Y_RESOLUTION):
        many, of, *_ = [*values.get(tag, (0, 0)), 1]
        found.append(many * inch / of if of else 0.0)
    if all(LEAST_DPI <= one <= MOST_DPI for one in found):
        return found[0], found[1]
    return X_DPI, Y_DPI
