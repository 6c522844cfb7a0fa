"""Short pages for machines that are only tried, such as those of scenarios: each line takes its time on the line."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, LINES = 1728, 300
"""Dots and lines of a page."""
PIXELS_PER_INCH, LINES_PER_INCH = 204, 196


def short_pages(path: Path, count: int) -> Path:
    """Write a file with so many pages, each with its number on it."""
    pages = []
    for number in range(1, count + 1):
        page = Image.new("1", (WIDTH, LINES), 1)
        ImageDraw.Draw(page).text((100, LINES // 2), f"Page {number} of {count}", fill=0)
        pages.append(page)
    dpi = (PIXELS_PER_INCH, LINES_PER_INCH)
    pages[0].save(path, "TIFF", compression="group4", save_all=True, append_images=pages[1:], dpi=dpi)
    return path
