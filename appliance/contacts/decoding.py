"""Somebody's own file as lines of text, whatever program wrote it."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes. 100,000 contacts with notes are 10 to 25 MB as vCards."""
MOST_LINES = 4_000_000
LONGEST_LINE = 20_000
"""Characters. What a line has beyond them is left out: it is a picture, or no text."""

_LOOKED_AT = 4096
_PIECE = 16 * 1024
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_NOT_TEXT = {
    b"PK\x03\x04": "is an Excel workbook or another archive; save it as CSV first",
    b"\xd0\xcf\x11\xe0": "is an old Excel workbook; save it as CSV first",
    b"%PDF": "is a PDF; contacts are imported from CSV and vCard files",
}


class NotText(ValueError):
    """This is no file of contacts. The message says what it is, without the name of the file in front."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line with its end, and its number from 1. cut: it was too long, and this is its beginning."""

    number: int
    text: str
    cut: bool = False


def encoding_of(file: BinaryIO) -> Iterator[str | None]:
    """The encoding of a file, worked out in pieces: None for every piece, and then the name. Raises NotText."""
    file.seek(0)
    head = file.read(_LOOKED_AT)
    if not head.strip():
        raise NotText("is empty")
    for beginning, what in _NOT_TEXT.items():
        if head.startswith(beginning):
            raise NotText(what)
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            yield name
            return
    if b"\0" in head:
        yield _without_mark(head)
        return
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    while piece := file.read(_PIECE):
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            yield "cp1252"  # As Excel writes CSV in Western Europe and America.
            return
        yield None
    yield "utf-8"


def _without_mark(head: bytes) -> str:
    """UTF-16 has a zero in every other byte of Latin letters; anything else with zeros is no text."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and not even:
        return "utf-16-le"
    if even > len(head) // 4 and not odd:
        return "utf-16-be"
    raise NotText("is not a text file")


def lines_of(file: BinaryIO, encoding: str) -> Iterator[TextLine]:
    """The lines from the beginning of the file on. What cannot be decoded becomes the sign for that."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        for number in range(1, MOST_LINES + 1):
            line = text.readline(LONGEST_LINE)
            if not line:
                return
            rest = line
            while len(rest) == LONGEST_LINE and rest[-1] not in "\r\n":
                rest = text.readline(LONGEST_LINE)
            yield TextLine(number, line, cut=rest is not line)
    finally:
        text.detach()
