"""Pages for tests, as TIFF files, and what is on the pages of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageSequence

from appliance.fax.making.sheet import LINES_PER_INCH, PIXELS_PER_INCH
from appliance.fax.pages.pixels import group_four
from appliance.fax.pages.tiffwriting import tiff_file

Page = npt.NDArray[np.bool_]
"""Lines of 1728 dots; True is black."""

WIDTH = 1728


def text(rows: int = 120, seed: int = 0) -> Page:
    """Something like lines of writing."""
    strokes = np.random.default_rng(seed).random((rows, WIDTH // 12)) < 0.3
    page = np.repeat(strokes, 12, axis=1)
    page[:: max(2, rows // 12)] = False
    return page


def white(rows: int = 120) -> Page:
    return np.zeros((rows, WIDTH), dtype=np.bool_)


def dense(rows: int = 60, seed: int = 1) -> Page:
    """Dots by chance, which no coding makes smaller."""
    return np.random.default_rng(seed).random((rows, WIDTH)) < 0.5


def saved(path: Path, pages: Iterable[Page], lines_per_inch: int = LINES_PER_INCH) -> Path:
    """A TIFF file with these pages as one is sent: of Group 4, each in one piece. lines_per_inch: 98, 196 or 391."""
    made = [group_four(Image.fromarray(~page), PIXELS_PER_INCH, lines_per_inch) for page in pages]
    path.write_bytes(tiff_file((one.page, [one.code]) for one in made))
    return path


def pages_of(path: Path) -> list[Page]:
    """The pages of a TIFF file."""
    with Image.open(path) as file:
        return [~np.array(page.convert("1")) for page in ImageSequence.Iterator(file)]


def same(path: Path, pages: Sequence[Page]) -> bool:
    """Whether the file has just these pages, dot for dot."""
    found = pages_of(path)
    return len(found) == len(pages) and all(map(np.array_equal, found, pages))
