"""The proof of a fax as a PDF of one page: the facts, and the first page in small."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from appliance.fax.making.lettering import BOLD, REGULAR, font
from appliance.fax.making.sheet import LINES_PER_INCH, PAPERS, PIXELS_PER_INCH, PIXELS_PER_MM, WIDTH

DPI = 200
TITLE_SIZE, SIZE, LEADING = 56, 30, 44
"""In pixels of 1/200 inch: 20 and 11 points."""
MARGIN = 150
LABELS = 420
"""Width of the column with what the facts are."""
SMALL = 0.55
"""Of its size the first page has, at most."""
COLUMNS = 56
MM_PER_INCH = 25.4
LIGHT = 160


def proof(pages: Path, into: Path, paper: str, title: str, facts: Sequence[tuple[str, str]]) -> None:
    """Write it. facts: what each is, and the fact."""
    width, height = (round(side / MM_PER_INCH * DPI) for side in PAPERS[paper])
    sheet = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(sheet)
    draw.text((MARGIN, MARGIN), title, fill=0, font=font(BOLD, TITLE_SIZE))
    at = MARGIN + 2 * TITLE_SIZE
    for label, fact in facts:
        draw.text((MARGIN, at), label, fill=0, font=font(BOLD, SIZE))
        for piece in textwrap.wrap(fact, COLUMNS) or [""]:
            draw.text((MARGIN + LABELS, at), piece, fill=0, font=font(REGULAR, SIZE))
            at += LEADING
    at += LEADING
    with Image.open(pages, formats=("TIFF",)) as first:
        across, down = first.info.get("dpi", (PIXELS_PER_INCH, LINES_PER_INCH))
        square = (WIDTH, round(first.height * across / down))
        room = (width - 2 * MARGIN, height - MARGIN - at)
        scale = min(SMALL * DPI / (PIXELS_PER_MM * MM_PER_INCH), room[0] / square[0], room[1] / square[1])
        small = first.convert("L").resize((round(square[0] * scale), round(square[1] * scale)), Image.Resampling.BOX)
    left = (width - small.width) // 2
    sheet.paste(small, (left, at))
    draw.rectangle((left - 2, at - 2, left + small.width + 1, at + small.height + 1), outline=LIGHT, width=2)
    sheet.save(into, format="PDF", resolution=DPI, title=title)
