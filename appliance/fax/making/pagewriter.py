"""The file of pages that is sent: TIFF, a page a directory, 1 bit a pixel, Group 4 (RFC 2301, profile F)."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from PIL import Image

from appliance.fax.making.sheet import LINES_PER_INCH, PIXELS_PER_INCH, WIDTH
from appliance.fax.pages.pixels import group_four
from appliance.fax.pages.tiffwriting import TiffWriter


class PageWriter:
    """Written page by page, so that no more than one is in memory. A context; pages: how many are in it.

    Each page is one strip, as readers of faxes take pages (RFC 2301 §4.4.5).
    """

    def __init__(self, path: Path, *, coarse: bool = False) -> None:
        self.pages = 0
        self._coarse = coarse
        self._file = path.open("w+b")
        self._writer = TiffWriter(self._file)

    def add(self, page: Image.Image) -> None:
        """A page of `WIDTH` pixels, fine, black and white (mode 1)."""
        assert page.mode == "1"
        assert page.width == WIDTH
        if self._coarse:
            page = halved(page)
        self.write(page, (PIXELS_PER_INCH, LINES_PER_INCH // 2 if self._coarse else LINES_PER_INCH))

    def write(self, page: Image.Image, dpi: tuple[float, float]) -> None:
        """A page with the lines that it has already. dpi: pixels and lines in an inch."""
        made = group_four(page, *dpi)
        self._writer.add(made.page, [made.code])
        self.pages += 1

    def __enter__(self) -> PageWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def halved(page: Image.Image) -> Image.Image:
    """Every two lines made one, in which is black what was black in either: thin lines stay."""
    grey = page.convert("L").reduce((1, 2))
    return grey.point(lambda level: 255 if level > 200 else 0).convert("1", dither=Image.Dither.NONE)
