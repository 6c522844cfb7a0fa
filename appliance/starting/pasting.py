"""People out of a table that was copied from a spreadsheet, or out of a CSV file: one a line."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from appliance.office.people import MOST_PEOPLE

SEPARATORS = "\t;,"
HEADINGS = {
    "name": ("name", "namn", "imię", "imię i nazwisko", "nazwisko", "имя", "фио", "tên", "họ tên", "nom", "nombre"),
    "extension": (
        "extension",
        "ext",
        "anknytning",
        "numer wewnętrzny",
        "добавочный",
        "máy lẻ",
        "durchwahl",
        "nebenstelle",
    ),
    "cell": ("cell", "cell phone", "mobile", "mobil", "mobiltelefon", "komórka", "мобильный", "di động", "handy"),
}
"""What columns are called in their first line, in small letters."""
USUAL = ("name", "extension", "cell")
"""The columns where no line names them."""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A person of the table. line: where it stood, counted from 1."""

    line: int
    name: str
    extension: str
    cell: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is nobody. reason: `no-name`, `too-many`, `unreadable`."""

    line: int
    reason: str


def pasted(text: str) -> tuple[list[PastedRow], list[BadLine]]:
    """The people of a table, and the lines that cannot be used. Empty lines are passed over."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = max(SEPARATORS, key=lambda mark: sum(mark in line for line in lines))
    columns: tuple[str, ...] = USUAL
    rows: list[PastedRow] = []
    bad: list[BadLine] = []
    for number, line in enumerate(lines, 1):
        if not line.strip(separator + " "):
            continue
        try:
            cells = [cell.strip() for cell in next(csv.reader([line], delimiter=separator, skipinitialspace=True))]
        except csv.Error:
            bad.append(BadLine(number, "unreadable"))
            continue
        if not rows and not bad and (named := _named(cells)):
            columns = named
            continue
        row = dict(zip(columns, cells, strict=False))
        if not row.get("name"):
            bad.append(BadLine(number, "no-name"))
        elif len(rows) == MOST_PEOPLE:
            bad.append(BadLine(number, "too-many"))
        else:
            rows.append(PastedRow(number, row["name"], row.get("extension", ""), row.get("cell", "")))
    return rows, bad


def _named(cells: list[str]) -> tuple[str, ...]:
    """The columns, where this line names them; empty where it is a person."""
    known = {word: column for column, words in HEADINGS.items() for word in words}
    columns = tuple(known.get(cell.casefold(), "") for cell in cells)
    return columns if "name" in columns else ()
