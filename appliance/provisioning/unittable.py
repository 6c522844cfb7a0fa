"""The installer's own files: the template, and the table (CSV) whose columns fill its blanks."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from appliance.provisioning.boot import UnreadableFile, decoded, file_content
from hw.said import said, told_by

MOST_UNITS = 500
LARGEST_TABLE = 1_000_000
"""Bytes."""

SEPARATORS = ";\t,"
"""Spreadsheets of some countries write semicolons."""

_SEPARATOR_TOLD = re.compile(f"(?i)sep=([{SEPARATORS}])\\s*")
"""The first line of a table that tells Excel what separates its cells."""

_BLANK = re.compile(r"\{ *([^\W\d_](?:[\w -]*\w)?) *\}")
"""Named as a column is; whether in capitals or small letters does not matter, as it does not there."""


class FleetMistakes(ValueError):
    """mistakes: all of them, each a sentence for people."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class UnitRow:
    """line: of the table, where it begins, from 1 on. values: by the names of all columns; empty where a cell is."""

    line: int
    values: dict[str, str]


def blanks_of(pattern: str) -> list[str]:
    """The blanks of a template, each once. A remark may hold braces."""
    lines = "\n".join(line for line in pattern.splitlines() if not _remark(line))
    return list(dict.fromkeys(name.casefold() for name in _BLANK.findall(lines)))


def filled(pattern: str, values: dict[str, str]) -> str:
    """The text with its blanks filled."""

    def value(found: re.Match[str]) -> str:
        return values.get(found[1].casefold(), "").replace("\\", "\\\\").replace('"', '\\"')

    return "".join(line if _remark(line) else _BLANK.sub(value, line) for line in pattern.splitlines(True))


def rows_of(text: str) -> list[UnitRow]:
    """The rows of a table with a heading. Raises FleetMistakes."""
    first, _, rest = text.partition("\n")
    separator = max(SEPARATORS, key=first.count)
    if told := _SEPARATOR_TOLD.fullmatch(first):
        separator, text = told[1], f"\n{rest}"
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    heading: list[str] = []
    rows: list[UnitRow] = []
    mistakes: list[str] = []
    begins = 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            stripped = [cell.strip() for cell in cells]
            if not any(stripped):  # Spreadsheets write empty rows behind the last one.
                continue
            if not heading:
                heading = [name.casefold() for name in stripped]
                continue
            if any(stripped[len(heading) :]):
                mistakes.append(said("line %(line)s of the table has more cells than the first line", line=line))
            rows.append(UnitRow(line, dict.fromkeys(heading, "") | dict(zip(heading, stripped, strict=False))))
            mistakes += [
                said(
                    "line %(line)s of the table: %(column)s holds a line break; is a quotation mark missing?",
                    line=line,
                    column=column,
                )
                for column, value in rows[-1].values.items()
                if len(value.splitlines()) > 1
            ]
    except csv.Error as error:
        mistakes.append(said("the table cannot be read: %(why)s", why=told_by(error)))
    twice = [name for name, times in Counter(filter(None, heading)).items() if times > 1]
    mistakes += [said("the table has the column %(column)s twice", column=name) for name in twice]
    if not rows and not mistakes:
        mistakes.append(said("the table holds no unit: its first line names the columns"))
    if len(rows) > MOST_UNITS:
        mistakes = [said("the table holds more than %(most)s units", most=MOST_UNITS)]
    if mistakes:
        raise FleetMistakes(mistakes)
    return rows


def own_text(file: Path, largest: int) -> str:
    """The text of a file of the installer's. largest: bytes. Raises UnreadableFile."""
    content = file_content(file, largest)
    if content is None:
        raise UnreadableFile(said("is not there"))
    return decoded(content)


def _remark(line: str) -> bool:
    return line.lstrip().startswith("#")
