"""Small pages as a fax engine writes them, for the tests of what becomes of a fax."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw


def write_pages(path: Path, count: int) -> None:
    """A file with so many pages of 1728 pixels, Group 4, each with its number on it."""
    pages = []
    for number in range(1, count + 1):
        page = Image.new("1", (1728, 200), 1)
        ImageDraw.Draw(page).text((100, 80), f"Page {number}", fill=0)
        pages.append(page)
    pages[0].save(path, "TIFF", compression="group4", save_all=True, append_images=pages[1:], dpi=(204, 196))
