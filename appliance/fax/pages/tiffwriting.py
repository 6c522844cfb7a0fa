"""A fax's TIFF as it is written here: little-endian, each page's code in front of its directory (TIFF 6.0)."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Sequence
from typing import Final

from appliance.fax.pages.tifffile import GROUP_3, TiffPage

_SHORT, _LONG, _RATIONAL = 3, 4, 5
_HUNDREDTHS: Final = 100
"""Resolutions are told in these of a pixel an inch."""


def tiff_file(pages: Iterable[tuple[TiffPage, Sequence[bytes]]]) -> bytes:
    """A file of these pages, each with the code of its strips, the first pixel in the highest bit.

    Where a page tells fewer lines than its strips have, what is behind them is left out.
    """
    made = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for page, strips in pages:
        code = strips[: math.ceil(page.lines / page.lines_per_strip)]
        starts = []
        for strip in code:
            starts.append(len(made))
            made += strip
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
                made += bytes(len(made) % 2)
                packed, elsewhere = struct.pack("<I", len(made)), packed
                made += elsewhere
            count = len(numbers) // 2 if kind == _RATIONAL else len(numbers)
            entries.append(struct.pack("<HHI", tag, kind, count) + packed.ljust(4, b"\0"))
        made += bytes(len(made) % 2)
        struct.pack_into("<I", made, link, len(made))
        made += struct.pack("<H", len(entries)) + b"".join(entries)
        link = len(made)
        made += bytes(4)
    return bytes(made)
