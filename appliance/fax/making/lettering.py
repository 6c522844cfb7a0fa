"""The letters that pages are written with: DejaVu's, which has those of all languages of the unit."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

FONTS: Final = Path("/usr/share/fonts/truetype/dejavu")
REGULAR, BOLD, MONO = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf"

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@cache
def font(face: str, size: int) -> Font:
    """size: of its em, in pixels. Without Debian's package of the font, the one that Pillow brings along."""
    try:
        return ImageFont.truetype(str(FONTS / face), size)
    except OSError:
        return ImageFont.load_default(size)
