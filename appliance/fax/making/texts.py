"""Pages of plain text, in letters of one width, as it was written to be read."""

from __future__ import annotations

import codecs
import textwrap
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from appliance.fax.making.lettering import MONO, font
from appliance.fax.making.refusal import CannotBeFaxed, too_many
from appliance.fax.making.sheet import HEADER_LINES, WHITE, WIDTH, PaperSheet
from hw.said import said

COLUMNS = 80
SIZE = 30
"""Of the letters, in lines: 3.9 mm, 11 points. 80 of them take 180 mm."""
LEADING = 36
MARGIN = 124
"""Left and right, 15 mm."""
TOP, BOTTOM = HEADER_LINES + 60, 100
LARGEST = 2_000_000
"""Bytes. 200 pages have 900,000."""
ODD_SHARE = 0.02
"""With more control characters than that it is no text."""
CODE_PAGES = {"ru": "cp1251", "pl": "cp1250", "vi": "cp1258"}
"""What Windows writes where the office speaks this language; elsewhere the one of western Europe."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_pages(path: Path, name: str, sheet: PaperSheet, most: int, language: str) -> Iterator[Image.Image]:
    """The pages. language: of the office, which tells how old programs wrote letters. Raises CannotBeFaxed."""
    if path.stat().st_size > LARGEST:
        raise CannotBeFaxed(said("%(name)s is too long for a fax. Send it in parts.", name=name))
    pages = list(laid_out(decoded(path.read_bytes(), name, language), sheet))
    if len(pages) > most:
        raise too_many(name, len(pages), most)
    for lines in pages:
        yield _drawn(lines, sheet)


def decoded(raw: bytes, name: str, language: str) -> str:
    """Raises CannotBeFaxed where it is no text."""
    encoding = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "")
    if not encoding and raw.count(0) > len(raw) // 4:  # UTF-16 without its mark: in Latin text every other byte is 0.
        encoding = "utf-16-be" if raw[0] == 0 else "utf-16-le"
    try:
        text = raw.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = raw.decode(CODE_PAGES.get(language, "cp1252"), errors="replace")
    odd = sum(not letter.isprintable() and letter not in "\t\n\r\f\v\u00a0\u00ad\ufeff" for letter in text)
    if odd + text.count("\ufffd") > ODD_SHARE * len(text):
        raise CannotBeFaxed(
            said("%(name)s is neither a PDF nor a picture nor text: save it as one of them.", name=name)
        )
    return text


def laid_out(text: str, sheet: PaperSheet) -> Iterator[list[str]]:
    """The lines of each page. A form feed begins a new one."""
    rows = (sheet.height - TOP - BOTTOM) // LEADING
    for part in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n\f").split("\f"):
        lines = [piece for line in part.split("\n") for piece in _wrapped(line)]
        for start in range(0, len(lines) or 1, rows):
            yield lines[start : start + rows]


def _wrapped(line: str) -> list[str]:
    line = "".join(letter for letter in line.expandtabs(8) if letter.isprintable() or letter == "\u00a0").rstrip()
    if len(line) <= COLUMNS:
        return [line]
    return textwrap.wrap(line, COLUMNS, drop_whitespace=True, replace_whitespace=False) or [""]


def _drawn(lines: list[str], sheet: PaperSheet) -> Image.Image:
    page = Image.new("1", (WIDTH, sheet.height), WHITE)
    draw = ImageDraw.Draw(page)
    for row, line in enumerate(lines):
        draw.text((MARGIN, TOP + row * LEADING), line, fill=0, font=font(MONO, SIZE))
    return page
