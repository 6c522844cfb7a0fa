"""Pages of a PDF, by Poppler's `pdftoppm`, page by page: it draws black and white itself, and runs no script.

It is run by a process that has limits (`appliance.fax.making.process`), which it inherits.
"""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from appliance.fax.making.pictures import on_sheet
from appliance.fax.making.refusal import CannotBeFaxed, broken, takes_too_much, too_many
from appliance.fax.making.sheet import PaperSheet
from hw.said import said

SECONDS = 20.0
"""One page may take so long. A dense map takes 2 s on a 2-core x86 machine."""
POINTS = 1 / 72
"""Of an inch: what a PDF's sizes are in."""
LARGEST_PAGE, SMALLEST_PAGE = 14_400.0, 8.0
"""Points: the largest that PDF has (ISO 32000 Annex C), and what would be a dot."""
_SIZE = re.compile(r"^Page\s+\d+ size:\s+([\d.]+) x ([\d.]+) pts", re.MULTILINE)
_TURNED = re.compile(r"^Page\s+\d+ rot:\s+(\d+)", re.MULTILINE)
_PAGES = re.compile(r"^Pages:\s+(\d+)", re.MULTILINE)


def pdf_pages(path: Path, name: str, sheet: PaperSheet, most: int) -> Iterator[Image.Image]:
    """The pages. most: that may be made of it. Raises CannotBeFaxed."""
    for number, (width, height) in enumerate(_sizes(path, name, most), start=1):
        lies = width > height
        pixels, lines = sheet.fitted(height, width) if lies else sheet.fitted(width, height)
        across, down = (lines, pixels) if lies else (pixels, lines)
        command = ["pdftoppm", "-q", "-f", str(number), "-l", str(number), "-singlefile", "-mono"]
        command += ["-scale-to-x", str(across), "-scale-to-y", str(down), str(path)]
        try:
            with Image.open(io.BytesIO(_told(command, name)), formats=("PPM",)) as drawn:
                drawn.load()
                page: Image.Image = drawn
        except OSError:  # It has said why, or died of a limit.
            raise takes_too_much(name) from None
        if lies:
            page = page.transpose(Image.Transpose.ROTATE_90)
        yield on_sheet(page, sheet)


def _sizes(path: Path, name: str, most: int) -> list[tuple[float, float]]:
    """Of each page, as it is seen, in points."""
    told = _told(["pdfinfo", "-f", "1", "-l", str(most), str(path)], name).decode(errors="replace")
    found = _PAGES.search(told)
    pages = int(found[1]) if found else 0
    if pages > most:
        raise too_many(name, pages, most)
    sizes = [(float(width), float(height)) for width, height in _SIZE.findall(told)]
    turns = [int(turn) % 180 == 90 for turn in _TURNED.findall(told)]
    if not sizes or len(sizes) != pages or len(turns) != pages:
        raise broken(name)
    if not all(SMALLEST_PAGE <= side <= LARGEST_PAGE for size in sizes for side in size):
        raise CannotBeFaxed(said("%(name)s has a page of a size that no paper has, and is not sent.", name=name))
    return [
        (height, width) if turned else (width, height) for (width, height), turned in zip(sizes, turns, strict=True)
    ]


def _told(command: list[str], name: str) -> bytes:
    """What a program of Poppler's writes. Raises CannotBeFaxed."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise takes_too_much(name) from None
    except FileNotFoundError as missing:
        raise CannotBeFaxed(
            said("PDF files cannot be faxed yet: the package poppler-utils is not installed on the unit.")
        ) from missing
    if done.returncode < 0 or b"emory" in done.stderr:
        raise takes_too_much(name)
    if b"ncorrect password" in done.stderr:
        raise CannotBeFaxed(
            said("%(name)s is locked with a password. Print it as a PDF without one, and send that.", name=name)
        )
    if done.returncode:
        raise broken(name)
    return done.stdout
