"""Short pages for machines that are only tried, such as those of scenarios: each line takes its time on the line."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from appliance.fax.making.pagewriter import PageWriter
from appliance.fax.making.sheet import WIDTH

LINES = 300
"""Of a page."""


def short_pages(path: Path, count: int) -> Path:
    """Write a file with so many pages, each with its number on it."""
    with PageWriter(path) as out:
        for number in range(1, count + 1):
            page = Image.new("1", (WIDTH, LINES), 1)
            ImageDraw.Draw(page).text((100, LINES // 2), f"Page {number} of {count}", fill=0)
            out.add(page)
    return path
