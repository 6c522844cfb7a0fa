"""Columns of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

TableRow = Sequence[object]


def local(time: datetime) -> str:
    """A time in this machine's zone, which is named, whatever zone it was given in."""
    return time.astimezone().isoformat(sep=" ", timespec="seconds")


def columns(rows: Sequence[TableRow]) -> Iterator[str]:
    """One line a row, the columns as wide as their widest cell. None is an empty cell; rows may be short."""
    texts = [["" if cell is None else printable(str(cell)) for cell in row] for row in rows]
    count = max(map(len, texts), default=0)
    widths = [max(len(row[column]) for row in texts if column < len(row)) for column in range(count)]
    for row in texts:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()


def printable(text: str) -> str:
    """The text without control characters: old call records may hold some, which would act on a terminal."""
    return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)
