"""Makes what is ordered of a fax's pages, in a process of its own: python -m appliance.fax.pages.child

The order comes as JSON on standard input, and what was found goes to standard output, as JSON. A file that would take
all memory or time ends this process, which has limits of its own, instead of the telephone system. Calls come first.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, Final

from PIL import Image

from appliance.besidecalls import stay_beside_calls
from appliance.fax.pages.order import NO_PAGES, STORAGE, PageOrder, PagesMade, unpacked
from appliance.fax.pages.paper import PAPERS, placed
from appliance.fax.pages.pdffile import PdfFile, PlacedWord
from appliance.fax.pages.pixels import coded, pixels, small, square
from appliance.fax.pages.recognizing import MOST_SIDE, usable, words_on
from appliance.fax.pages.tifffile import NoPages, TiffPage, read_directories

MOST_CPU_SECONDS: Final = 600
"""Of this process, and of each that it starts. Pictures of a thousand pages took 20 s on a 2-core x86 machine."""
MOST_MEMORY: Final = 700_000_000
"""Bytes. A page of 80 million pixels takes 400 MB, the program that recognises words 300 MB."""
MOST_SEARCHED: Final = 30
"""Pages of a fax on which words are recognised; the others are pictures alone."""
MOST_PICTURE_HEIGHT: Final = 6000
"""Pixels. A page of 2 m is 7900 high at the usual width, and becomes a narrower picture."""
LARGEST_FILE: Final = 500_000_000
"""Bytes, of one that is written."""


def made(order: PageOrder) -> PagesMade:
    """Carry out an order. Raises NoPages and OSError."""
    with order.tiff.open("rb") as file:
        found = read_directories(file)
        broken = found.broken or any(page.cut for page in found.pages)
        asked = usable(order.languages) if order.pdf is not None else ""
        text: list[str] = []
        if order.pdf is not None:
            with _anew(order.pdf) as to:
                pdf = PdfFile(to, order.title)
                for number, page in enumerate(found.pages):
                    words = _words(file, page, asked) if number < MOST_SEARCHED else ()
                    broken |= _put_into(pdf, file, page, order, words)
                    text.append(" ".join(word.text for word in words))
                pdf.close()
        if order.pictures is not None:
            broken |= _picture(file, found.pages, order)
    return PagesMade(len(found.pages), broken, "\n".join(text) if asked else "")


def _put_into(pdf: PdfFile, file: BinaryIO, page: TiffPage, order: PageOrder, words: Sequence[PlacedWord]) -> bool:
    """Whether something of the page is missing."""
    placings = placed(page.width_mm, page.length_mm, PAPERS[order.paper], to_print=order.to_print)
    try:
        group_four = coded(file, page)
    except NoPages:
        return True
    pdf.add(group_four.page, group_four.code, placings, words)
    return group_four.cut


def _words(file: BinaryIO, page: TiffPage, asked: str) -> Sequence[PlacedWord]:
    """In pixels and lines of the page itself."""
    if not asked:
        return ()
    try:
        even = square(pixels(file, page), page, MOST_SIDE)
    except NoPages:
        return ()
    down = page.y_dpi / page.x_dpi
    return [
        PlacedWord(word.text, word.left, word.top * down, word.width, word.height * down)
        for word in words_on(even, page.x_dpi, asked)
    ]


def _picture(file: BinaryIO, pages: Sequence[TiffPage], order: PageOrder) -> bool:
    """Whether there is no picture of some page."""
    assert order.pictures is not None
    order.pictures.mkdir(parents=True, exist_ok=True)
    first, last = order.picture_pages or (1, len(pages))
    missing = False
    for number, page in enumerate(pages[first - 1 : last], first):
        try:
            shown = small(pixels(file, page), page, order.picture_width, MOST_PICTURE_HEIGHT)
        except NoPages:
            missing = True
            continue
        with _anew(order.pictures / f"{number}.png") as to:
            shown.save(to, "PNG", bits=4, compress_level=6)  # Higher ones take ten times as long for 5 %.
    return missing


@contextmanager
def _anew(path: Path) -> Iterator[BinaryIO]:
    """A file that is there whole, or as it was."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def main() -> int:
    stay_beside_calls(memory=MOST_MEMORY, cpu_seconds=MOST_CPU_SECONDS, largest_file=LARGEST_FILE)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    Image.MAX_IMAGE_PIXELS = None  # The limits here are narrower.
    order = unpacked(sys.stdin.buffer.read())
    try:
        found = made(order)
    except NoPages as error:
        print(error, file=sys.stderr)
        return NO_PAGES
    except OSError as error:
        print(error, file=sys.stderr)
        return STORAGE
    print(json.dumps(asdict(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
