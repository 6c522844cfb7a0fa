"""Pages for efax: it has Group 3 of one dimension, a page a file, with 3.85 or 7.7 lines a mm.

It is for a process of its own: it takes memory, and a library that nothing else of the unit needs.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageSequence

from appliance.fax.pagefile import CodedPage, PageFile, first_page

Dots = npt.NDArray[np.bool_]
"""The lines of a page; True is white."""

_FINEST_DPI = 300
"""Pages of more lines than this an inch are 15.4 lines a mm, which efax has not."""
_COARSE_DPI = 150
"""Pages of more lines than this an inch are sent with half of them where the far end wants it so."""
HEADER_ON_FINE, HEADER_ON_COARSE = 4, 28
"""White lines that are put above a page. efax puts 20 above them, and its header of 24 lines over both. On a coarse
page it also puts the first 28 lines into 14."""
_LEAST_BYTES = 2400
"""Of a page: 1.3 s at 14400 bit/s. efax divides by the whole seconds that it took, and fails where those are none; a
page that is over sooner is filled up with white lines."""
_WHITE_LINE_BYTES = 3
"""A white line has 29 bits."""
_UNCOMPRESSED_PAGE = 1 << 30
"""More bytes than a page has: all its lines are in one strip."""
_END_OF_PAGE = bytes.fromhex("001001001001001001")
"""Six ends of line (RTC, ITU-T T.4 §4.1.3). TIFF leaves them out, and efax fills up a page without them."""
_WHITE_IS_0 = 0


def split_pages(pages: Path, into: Path) -> list[Path]:
    """A file for efax of each page of a TIFF file, in their order. Blocking. OSError where it is no file of pages."""
    files = []
    with Image.open(pages) as book:
        for number, page in enumerate(ImageSequence.Iterator(book), 1):
            across, down = page.info.get("dpi", (204, 196))
            dots = np.asarray(page.convert("1"))
            if down > _FINEST_DPI:
                dots, down = _half_the_lines(dots), down / 2
            dpi = (round(across), round(down))
            coarse = dpi[1] < _COARSE_DPI
            dots = np.concatenate([_white(HEADER_ON_COARSE if coarse else HEADER_ON_FINE, dots), dots])
            coded = _coded(dots, dpi, into / "coded.tif")
            if (short := _LEAST_BYTES * (1 if coarse else 2) - len(coded.data)) > 0:
                dots = np.concatenate([dots, _white(short // _WHITE_LINE_BYTES + 1, dots)])
                coded = _coded(dots, dpi, into / "coded.tif")
            files.append(into / f"{number:04}.tif")
            file = PageFile(files[-1])
            file.add(replace(coded, data=coded.data + _END_OF_PAGE))
            file.close()
    return files


def _white(rows: int, page: Dots) -> Dots:
    return np.ones((rows, page.shape[1]), dtype=np.bool_)


def _coded(dots: Dots, dpi: tuple[int, int], scratch: Path) -> CodedPage:
    """The lines in Group 3 of one dimension.

    Pillow codes white as 0 as well, but makes the negative that this takes dot by dot in Python, half a second a page.
    """
    Image.fromarray(~dots).save(scratch, compression="group3", dpi=dpi, strip_size=_UNCOMPRESSED_PAGE)
    return replace(first_page(scratch), photometric=_WHITE_IS_0)


def _half_the_lines(dots: Dots) -> Dots:
    """Every two lines in one, with the black of both."""
    even = dots[: len(dots) // 2 * 2]
    return even[0::2] & even[1::2]
