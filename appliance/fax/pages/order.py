"""What is asked of the process that works with pages, and what it answers.

Whoever asks imports this, and not `child.py`: the libraries that read pages are for that process alone.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

PICTURE_WIDTH = 850
"""Pixels: letters of 9 points, sent at the usual resolution, can just be read."""

STORAGE: Final = 3
NO_PAGES: Final = 4
"""How the process ends (its exit code) where the disk is full or fails, and where the file has no page."""


@dataclass(frozen=True, slots=True)
class PageOrder:
    """What shall be made of a fax's pages. With neither `pdf` nor `pictures` they are only counted."""

    tiff: Path
    """The file of pages."""
    pdf: Path | None = None
    """This file is made, or made anew, all of it at once."""
    title: str = ""
    """Of the PDF, as a reader shows it."""
    paper: str = "a4"
    """What the office prints on, of `paper.PAPERS`: shorter pages are put on it."""
    to_print: bool = False
    """No sheet of the PDF is longer than a printer has: a long page is put on several."""
    languages: tuple[str, ...] = ()
    """Words of these languages are recognised, and can be searched in the PDF, where the machine can do that."""
    pictures: Path | None = None
    """A folder, made where it is missing, in which page 1 is `1.png`."""
    picture_width: int = PICTURE_WIDTH
    """Pixels."""
    picture_pages: tuple[int, int] | None = None
    """The first and the last page of which there shall be pictures; all where None."""

    def packed(self) -> bytes:
        return json.dumps(asdict(self), default=str).encode()


@dataclass(frozen=True, slots=True)
class PagesMade:
    """What was found in the file of pages. broken: something of it could not be read, or was too much. text: the words
    that were recognised, a line a page; empty where none were asked for."""

    pages: int
    broken: bool
    text: str


def unpacked(raw: bytes) -> PageOrder:
    """An order as `packed` wrote it."""
    told = json.loads(raw)
    for name in ("tiff", "pdf", "pictures"):
        told[name] = Path(told[name]) if told[name] is not None else None
    told["languages"] = tuple(told["languages"])
    told["picture_pages"] = tuple(told["picture_pages"]) if told["picture_pages"] else None
    return PageOrder(**told)
