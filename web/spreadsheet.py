"""Rows for a spreadsheet (CSV, RFC 4180) that is downloaded in pieces."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"[+-]?[0-9][0-9 .,:()-]*")
"""A number or a telephone number, which a spreadsheet may read as what it is."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def rows_as_csv(rows: Iterable[Sequence[object]]) -> str:
    """These rows as text, with nothing in them that a spreadsheet would calculate."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([harmless(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def harmless(cell: str) -> str:
    """A cell that begins like a formula gets the mark for plain text in front."""
    if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
