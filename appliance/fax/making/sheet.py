"""The sheet of paper as a fax has it: so many pixels in a line, and so many lines."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 1728
"""Pixels of a line, which is 215 mm long (ITU-T T.4 §2)."""
PIXELS_PER_MM = WIDTH / 215
LINES_PER_MM = 7.7
"""Fine. Coarse is half of it (ITU-T T.4 §2)."""
PIXELS_PER_INCH = 204
LINES_PER_INCH = 196
"""As files of pages state them (RFC 2301 §2.2.2)."""
HEADER_LINES = 40
"""At the top of each page, 5 mm: the line with date, sender and page number, and the space below it."""
WHITE = 255
"""Of a pixel, in black and white, too."""
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height, in mm."""


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """A page of this paper. Its pixels are not quite square: a line has 8.04 in a mm."""

    paper: str = "a4"
    """A word of `PAPERS`."""

    @property
    def height(self) -> int:
        """Lines, fine."""
        return round(PAPERS[self.paper][1] * LINES_PER_MM)

    def fitted(self, width: float, height: float) -> tuple[int, int]:
        """How many pixels and lines something has as large as the sheet below its header takes it.

        width, height: its own, in any unit.
        """
        widest = min(PAPERS[self.paper][0] * PIXELS_PER_MM, WIDTH) / PIXELS_PER_MM
        highest = (self.height - HEADER_LINES) / LINES_PER_MM
        scale = min(widest / width, highest / height)
        return max(round(width * scale * PIXELS_PER_MM), 1), max(round(height * scale * LINES_PER_MM), 1)
