"""The cover page: the first line large, the others below it, with the facts in their blanks."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw

from appliance.fax.making.lettering import BOLD, REGULAR, Font, font
from appliance.fax.making.sheet import HEADER_LINES, WHITE, WIDTH, PaperSheet

BLANKS = ("to", "from", "number", "pages", "date", "note", "office")
TITLE_SIZE, SIZE = 110, 44
"""Of the letters, in lines: 14 and 5.7 mm."""
LEADING = 66
MARGIN = 160
TOP = HEADER_LINES + 120
COLUMNS = 58
"""Letters in a line of a note, about."""
_BLANK = re.compile(r"\{(" + "|".join(BLANKS) + r")\}")


def filled(template: Sequence[str], facts: Mapping[str, str]) -> list[str]:
    """The lines of a cover. A line of whose blanks none has a fact is left out."""
    lines = []
    for line in template:
        asked = _BLANK.findall(line)
        if not asked or any(facts.get(name) for name in asked):
            lines += _BLANK.sub(lambda found: facts.get(found[1], ""), line).split("\n")
    return lines


def cover_page(lines: Sequence[str], sheet: PaperSheet) -> Image.Image:
    """The page. What does not fit on it is left out."""
    page = Image.new("1", (WIDTH, sheet.height), WHITE)
    draw = ImageDraw.Draw(page)
    title, *others = lines or [""]
    draw.text((MARGIN, TOP), title, fill=0, font=_narrow_enough(draw, title))
    at = TOP + 2 * TITLE_SIZE
    draw.line((MARGIN, at - 50, WIDTH - MARGIN, at - 50), fill=0, width=4)
    for line in others:
        for piece in textwrap.wrap(line, COLUMNS) or [""]:
            if at < sheet.height - 2 * LEADING:
                draw.text((MARGIN, at), piece, fill=0, font=font(REGULAR, SIZE))
            at += LEADING
    return page


def _narrow_enough(draw: ImageDraw.ImageDraw, title: str) -> Font:
    """A long title is written smaller."""
    widest = WIDTH - 2 * MARGIN
    size = TITLE_SIZE
    while size > SIZE and draw.textlength(title, font(BOLD, size)) > widest:
        size -= 10
    return font(BOLD, size)
