"""Pages for tests, as TIFF files, and what is on the pages of a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

Paper = npt.NDArray[np.bool_]
"""Lines of 1728 dots; True is black."""

WIDTH = 1728


def text(rows: int = 120, seed: int = 0) -> Paper:
    """Something like lines of writing."""
    strokes = np.random.default_rng(seed).random((rows, WIDTH // 12)) < 0.3
    page = np.repeat(strokes, 12, axis=1)
    page[:: max(2, rows // 12)] = False
    return page


def white(rows: int = 120) -> Paper:
    return np.zeros((rows, WIDTH), dtype=np.bool_)


def dense(rows: int = 60, seed: int = 1) -> Paper:
    """Dots by chance, which no coding makes smaller."""
    return np.random.default_rng(seed).random((rows, WIDTH)) < 0.5


def saved(path: Path, pages: Sequence[Paper], lines_per_inch: int = 196) -> Path:
    """A TIFF file with these pages. lines_per_inch: 98, 196 or 391."""
    pictures = [Image.fromarray(~page) for page in pages]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], compression="group4", dpi=(204, lines_per_inch))
    return path


def pages_of(path: Path) -> list[Paper]:
    """The pages of a TIFF file."""
    found = []
    with Image.open(path) as file:
        for number in range(getattr(file, "n_frames", 1)):
            file.seek(number)
            found.append(~np.array(file.convert("1")))
    return found


def same(path: Path, pages: Sequence[Paper]) -> bool:
    """Whether the file has just these pages, dot for dot."""
    found = pages_of(path)
    return len(found) == len(pages) and all(map(np.array_equal, found, pages))
