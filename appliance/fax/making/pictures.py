"""Pages of pictures: upright, as large as the sheet takes them, in black and white."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence

from appliance.fax.making.refusal import CannotBeFaxed, broken, takes_too_much, too_many
from appliance.fax.making.sheet import HEADER_LINES, WHITE, WIDTH, PaperSheet
from hw.said import said

MOST_PIXELS = 100_000_000
"""Of one picture. A scan of A4 at 600 dpi has 35 million, and takes 35 MB in grey."""
FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")
"""No other reader of the library is let loose on what strangers send."""
DRAWN_SHARE = 0.85
"""A picture in which so much is nearly black or nearly white is writing or a drawing: dots would only blur it."""
DARK, BRIGHT = 80, 176
MIDDLE = 128


def picture_pages(path: Path, name: str, sheet: PaperSheet, most: int) -> Iterator[Image.Image]:
    """The pages, one for each picture in the file; of a moving one its first. Raises CannotBeFaxed.

    most: pages that may be made of it.
    """
    Image.MAX_IMAGE_PIXELS = None  # The size is looked at here, before anything is unpacked.
    try:
        with Image.open(path, formats=FORMATS) as picture:
            several = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            if several > most:
                raise too_many(name, several, most)
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number == several:
                    return
                yield _page(frame, name, sheet)
    except MemoryError:
        raise takes_too_much(name) from None
    except (OSError, ValueError, SyntaxError, ZeroDivisionError, TypeError, KeyError, IndexError, EOFError) as error:
        if isinstance(error, CannotBeFaxed):
            raise
        raise broken(name) from error


def _page(frame: Image.Image, name: str, sheet: PaperSheet) -> Image.Image:
    if frame.width * frame.height > MOST_PIXELS:
        raise CannotBeFaxed(
            said(
                "%(name)s is %(width)s by %(height)s pixels large, which is too much. Make it smaller, and send that.",
                name=name,
                width=frame.width,
                height=frame.height,
            )
        )
    frame.draft("L", (2 * WIDTH, 2 * sheet.height))  # A JPEG is unpacked no larger than it is needed.
    across, down = _resolution(frame)
    grey = _in_grey(ImageOps.exif_transpose(frame))
    width, height = grey.width / across, grey.height / down
    if width > height:
        grey, width, height = grey.transpose(Image.Transpose.ROTATE_90), height, width
    return on_sheet(black_and_white(grey.resize(sheet.fitted(width, height), Image.Resampling.LANCZOS)), sheet)


def _resolution(frame: Image.Image) -> tuple[float, float]:
    """Pixels in an inch, across and down: those of faxes are not square, as far as the file says so."""
    # Those of a TIFF are fractions, which Pillow 13 does not divide by each other.
    across, down = map(float, frame.info.get("dpi") or (1.0, 1.0))
    return (across, down) if across and down and 0.2 < across / down < 5 else (1.0, 1.0)


def _in_grey(picture: Image.Image) -> Image.Image:
    """What can be seen through is paper."""
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        paper.alpha_composite(seen)
        picture = paper
    if picture.mode.startswith("I"):  # 16 bits a pixel
        picture = picture.point(lambda level: level / 256)
    return picture.convert("L")


def black_and_white(grey: Image.Image) -> Image.Image:
    """Writing and drawings by a threshold, photographs by dots (Floyd and Steinberg's error diffusion)."""
    levels = grey.histogram()
    if sum(levels[:DARK]) + sum(levels[BRIGHT:]) >= DRAWN_SHARE * grey.width * grey.height:
        return grey.point(lambda level: WHITE if level >= MIDDLE else 0).convert("1", dither=Image.Dither.NONE)
    return grey.convert("1", dither=Image.Dither.FLOYDSTEINBERG)


def on_sheet(picture: Image.Image, sheet: PaperSheet) -> Image.Image:
    """In the middle of a white sheet, below its header line."""
    page = Image.new("1", (WIDTH, sheet.height), WHITE)
    page.paste(picture, ((WIDTH - picture.width) // 2, HEADER_LINES))
    return page
