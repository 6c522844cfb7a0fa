"""Short pages with their numbers on them, for a fax machine that only tries something."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from appliance.fax.making.lettering import REGULAR, font
from appliance.fax.making.pagewriter import PageWriter
from appliance.fax.making.sheet import WHITE, WIDTH

LINES = 300
"""Of a page: a short one, since each line takes its time on the telephone line."""
SIZE = 60


def written_pages(path: Path, count: int) -> Path:
    """A file with so many pages, each with its number on it."""
    with PageWriter(path) as file:
        for number in range(1, count + 1):
            page = Image.new("1", (WIDTH, LINES), WHITE)
            words = f"Page {number} of {count}"
            ImageDraw.Draw(page).text((100, LINES // 2), words, fill=0, font=font(REGULAR, SIZE))
            file.add(page)
    return path
