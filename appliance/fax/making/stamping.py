"""The line at the top of each page that is sent: when, by whom, and which page of how many.

It is written just before a fax is dialled, as it tells the time of that (47 CFR 68.318(d) asks for it). Pages that the
far end has confirmed in a call before are left out, and the others keep their numbers.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageSequence

from appliance.fax.making.lettering import REGULAR, font
from appliance.fax.making.pagewriter import PageWriter
from appliance.fax.making.sheet import HEADER_LINES, LINES_PER_INCH, PIXELS_PER_INCH, WIDTH

SIZE = 26
"""Of the letters, in lines, fine: 3.4 mm."""
MARGIN = 60
GAP = 40
"""Between what stands left and the page number, in pixels."""


def stamp(pages: Path, into: Path, skip: int, left: str, page_words: str) -> int:
    """Write the pages behind the first `skip` ones with their header line; how many these are.

    left: what stands there on the left. page_words: with `{n}` and `{m}` for the page and how many there are.
    """
    with Image.open(pages, formats=("TIFF",)) as file, PageWriter(into) as out:
        several = getattr(file, "n_frames", 1)
        for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
            if number <= skip:
                continue
            across, down = frame.info.get("dpi", (PIXELS_PER_INCH, LINES_PER_INCH))
            page = frame.convert("1")
            right = page_words.replace("{n}", str(number)).replace("{m}", str(several))
            line = _line(left, right)
            coarse = down < LINES_PER_INCH * 3 / 4
            page.paste(line.resize((WIDTH, HEADER_LINES // 2), Image.Resampling.BOX) if coarse else line, (0, 0))
            out.write(page, (float(across), float(down)))
    return out.pages


def _line(left: str, right: str) -> Image.Image:
    line = Image.new("L", (WIDTH, HEADER_LINES), 255)
    draw, letters = ImageDraw.Draw(line), font(REGULAR, SIZE)
    at = WIDTH - MARGIN - draw.textlength(right, letters)
    while left and MARGIN + draw.textlength(left, letters) > at - GAP:
        left = left[:-1]
    draw.text((MARGIN, 4), left, fill=0, font=letters)
    draw.text((at, 4), right, fill=0, font=letters)
    return line.point(lambda level: 255 if level > 140 else 0).convert("1", dither=Image.Dither.NONE)
