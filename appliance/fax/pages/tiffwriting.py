"""A fax's TIFF as it is written here: little-endian, each page's code in front of its directory (TIFF 6.0)."""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Iterable, Sequence
from typing import BinaryIO, Final

from appliance.fax.pages.tifffile import GROUP_3, TiffPage

_SHORT, _LONG, _RATIONAL = 3, 4, 5
_HUNDREDTHS: Final = 100
"""Resolutions are told in these of a pixel an inch."""


class TiffWriter:
    """Writes pages into a file that is empty, one after the other: only the one that is added is in memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._link = 4
        """Where it is said where the next directory is."""
        self._end = file.write(b"II*\0\0\0\0\0")

    def add(self, page: TiffPage, strips: Sequence[bytes]) -> None:
        """A page with the code of its strips, the first pixel in the highest bit.

        Where it tells fewer lines than its strips have, what is behind them is left out.
        """
        code = strips[: math.ceil(page.lines / page.lines_per_strip)]
        starts = [self._put(strip) for strip in code]
        values: dict[int, tuple[int, list[int]]] = {
            256: (_LONG, [page.width]),
            257: (_LONG, [page.lines]),
            258: (_SHORT, [1]),  # Bits of a pixel.
            259: (_SHORT, [page.compression]),
            262: (_SHORT, [int(page.inverted)]),  # 0: white is zero.
            273: (_LONG, starts),
            277: (_SHORT, [1]),  # Values of a pixel.
            278: (_LONG, [min(page.lines, page.lines_per_strip)]),
            279: (_LONG, [len(strip) for strip in code]),
            282: (_RATIONAL, [round(page.x_dpi * _HUNDREDTHS), _HUNDREDTHS]),
            283: (_RATIONAL, [round(page.y_dpi * _HUNDREDTHS), _HUNDREDTHS]),
            292: (_LONG, [int(page.two_dimensional)]),
            296: (_SHORT, [2]),  # They are of an inch.
        }
        if page.compression != GROUP_3:
            del values[292]
        entries = []
        for tag, (kind, numbers) in values.items():
            packed = struct.pack(f"<{len(numbers)}{'H' if kind == _SHORT else 'I'}", *numbers)
            if len(packed) > 4:
                packed = struct.pack("<I", self._put(packed, even=True))
            count = len(numbers) // 2 if kind == _RATIONAL else len(numbers)
            entries.append(struct.pack("<HHI", tag, kind, count) + packed.ljust(4, b"\0"))
        place = self._put(struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4), even=True)
        self._file.seek(self._link)
        self._file.write(struct.pack("<I", place))
        self._file.seek(self._end)
        self._link = self._end - 4

    def _put(self, data: bytes, *, even: bool = False) -> int:
        """Write at the end, at a place that is even where it has to be. Where that is."""
        if even and self._end % 2:
            self._end += self._file.write(b"\0")
        place = self._end
        self._end += self._file.write(data)
        return place


def tiff_file(pages: Iterable[tuple[TiffPage, Sequence[bytes]]]) -> bytes:
    """A file of these pages, each with the code of its strips, as `TiffWriter.add` takes them."""
    made = io.BytesIO()
    writer = TiffWriter(made)
    for page, strips in pages:
        writer.add(page, strips)
    return made.getvalue()
