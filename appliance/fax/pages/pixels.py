"""What a page of a fax looks like: its pixels, small pictures of it, and its code of Group 4.

The decoder is libtiff's, through Pillow. It is given a file that was written here, with nothing but one page in it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from PIL import Image, ImageFile

from appliance.fax.pages.tifffile import GROUP_4, MOST_STRIP_BYTES, NoPages, TiffPage, read_directories, strip_of
from appliance.fax.pages.tiffwriting import tiff_file

MOST_PIXELS: Final = 80_000_000
"""Of a page that is decoded; a byte each. A page of 2 m at the finest resolution has 53 million. Of a larger one the
first lines are."""
GREYS: Final = 16
"""Of a small picture. It is half as large as one with all greys, and cannot be told from it."""
DARKENING: Final = 1.7
"""A letter of one pixel's breadth is a pale grey in a picture of half the size. This exponent on the lightness makes it
as dark as it was to the eye."""

ImageFile.LOAD_TRUNCATED_IMAGES = True
"""Of a page whose code ends early, the lines there are are shown. The rest is white."""


@dataclass(frozen=True, slots=True)
class GroupFour:
    """A page's code in one piece. page: as it is in that code. cut: whether lines had to be left out."""

    page: TiffPage
    code: bytes
    cut: bool


def coded(file: BinaryIO, page: TiffPage) -> GroupFour:
    """A page for a PDF: its own code where that is Group 4 in one piece; otherwise it is decoded and coded so."""
    if page.compression == GROUP_4 and len(page.strips) == 1:
        return GroupFour(page, strip_of(file, page, page.strips[0]), page.cut)
    made = group_four(pixels(file, page), page.x_dpi, page.y_dpi)
    return replace(made, cut=page.cut or made.page.lines < page.lines)


def group_four(shown: Image.Image, x_dpi: float, y_dpi: float) -> GroupFour:
    """A picture of mode "1" as a page."""
    again = io.BytesIO()
    # Where black is zero, as in Pillow's pictures, the code of black is the one for white: so it is given the negative.
    # Such a picture has 255 or 1 for white in its memory, which `ImageChops.invert` would not turn to 0.
    shown.point([255, *[0] * 255]).save(
        again, "TIFF", compression="group4", strip_size=MOST_STRIP_BYTES, dpi=(x_dpi, y_dpi)
    )
    (page,) = read_directories(again).pages
    return GroupFour(replace(page, inverted=False), strip_of(again, page, page.strips[0]), cut=False)


def pixels(file: BinaryIO, page: TiffPage) -> Image.Image:
    """A page as a picture of mode "1". Raises NoPages where the decoder makes nothing of it."""
    lines = min(page.lines, MOST_PIXELS // page.width)
    alone = tiff_file([(replace(page, lines=lines), [strip_of(file, page, strip) for strip in page.strips])])
    try:
        with Image.open(io.BytesIO(alone), formats=["TIFF"]) as picture:
            picture.load()
            return picture.convert("1", dither=Image.Dither.NONE)
    except (OSError, ValueError, SyntaxError) as error:
        raise NoPages("a page's code is none") from error


def small(shown: Image.Image, page: TiffPage, width: int, most_height: int) -> Image.Image:
    """A picture in 16 greys, so many pixels wide and in the proportions of the paper. One too high is narrower."""
    height = round(shown.height / page.y_dpi / (page.width / page.x_dpi) * width)
    if height > most_height:
        width, height = max(1, round(width * most_height / height)), most_height
    grey = shown.convert("L").resize((width, max(1, height)), Image.Resampling.BOX)
    step = 255 / (GREYS - 1)
    levels = [round((value / 255) ** DARKENING * 255 / step) for value in range(256)]
    made = grey.point(levels).convert("P")
    made.putpalette([round(level * step) for level in range(GREYS) for _ in range(3)])
    return made


def square(shown: Image.Image, page: TiffPage, most_side: int) -> Image.Image:
    """The page with as many lines as pixels an inch, in grey, for who reads letters. Its lower end may be left out."""
    lines = min(shown.height, int(most_side * page.y_dpi / page.x_dpi))
    height = max(1, round(lines / page.y_dpi * page.x_dpi))
    upper = shown.crop((0, 0, shown.width, lines)).convert("L")
    return upper.resize((shown.width, height), Image.Resampling.BILINEAR)
