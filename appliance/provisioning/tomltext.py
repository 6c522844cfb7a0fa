"""The text of `copperdesk.toml`: all that is wrong with how it is written, where each value stands, and blanks.

The parser of Python stops at the first mistake. So a line that it objects to is noted and left out, and the rest is
read again, until nothing is wrong. Every value stands on a line of its own, so that a secret is removed with its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from typing import Any

from appliance.office.problem import Problem
from hw.said import said

MOST_MISTAKES = 20
"""Lines that are left out before the rest is not looked at: such a file is something else."""

LONGEST_LINE = 1000
"""Characters. The parser's time grows with the square of the names that stand in a row before one value."""

BACKSLASH = said("a backslash is written twice: \\\\")

_PART = re.compile(r"\s*\[\s*([A-Za-z0-9_-]+)\s*\]\s*(#.*)?")
_VALUE = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=")
_WHERE = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)")
_CURLY = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019"


class TomlText:
    """A text, read as far as it can be."""

    def __init__(self, text: str) -> None:
        self.mistakes: list[Problem] = []
        """What is wrong with how it is written."""
        self.content: dict[str, Any] = {}
        """What it says."""
        self._lines = text.splitlines(keepends=True)
        self._read()
        self.lines = {path: number for number, path in self._placed()}
        """The line of each value, counted from 1, by its path, such as `wifi.network`."""
        self.found = frozenset(_paths(self.content))
        """The paths of the values that could be read."""
        self.misplaced = [path for path in _paths(self.content) if path not in self.lines]
        """Values that are not alone on a line below their part."""

    def without(self, paths: Collection[str]) -> str:
        """The text, with a remark in place of the lines of these values."""
        lines = list(self._lines)
        for number, path in self._placed():
            if path in paths:
                ending = lines[number - 1][len(lines[number - 1].rstrip("\r\n")) :]
                lines[number - 1] = f"# {path.rpartition('.')[2]}: taken over, and removed from here{ending}"
        return "".join(lines)

    def _read(self) -> None:
        lines = [line.replace("\r\n", "\n") for line in self._lines]
        for number, line in enumerate(lines, 1):
            if '"""' in line or "'''" in line:
                self.mistakes.append(Problem(f"line {number}", said("a text stands on one line, without three marks")))
            elif len(line) > LONGEST_LINE:
                self.mistakes.append(
                    Problem(f"line {number}", said("is longer than %(most)s characters", most=LONGEST_LINE))
                )
            else:
                continue
            lines[number - 1] = "\n"
        while True:
            try:
                self.content = tomllib.loads("".join(lines))
                return
            except (tomllib.TOMLDecodeError, RecursionError) as error:
                found = _WHERE.fullmatch(str(error))
                if found is None or len(self.mistakes) >= MOST_MISTAKES:
                    self.mistakes.append(Problem("", said("the rest of the file cannot be read")))
                    return
                number = min(int(found[2] or len(lines)), len(lines))
                while number > 1 and not lines[number - 1].strip():  # The mistake is before the line that ends it.
                    number -= 1
                self.mistakes.append(_mistake(number, lines[number - 1], found[1]))
                if not lines[number - 1].strip():
                    return
                lines[number - 1] = "\n"

    def _placed(self) -> Iterator[tuple[int, str]]:
        part = ""
        for number, line in enumerate(self._lines, 1):
            if header := _PART.fullmatch(line.rstrip("\r\n")):
                part = header[1]
                yield number, part
            elif value := _VALUE.match(line):
                yield number, f"{part}.{value[1]}" if part else value[1]


def _mistake(number: int, line: str, objection: str) -> Problem:
    where = f"line {number}"
    if any(mark in line for mark in _CURLY):
        return Problem(where, said('a curly quotation mark; only straight ones are understood: "'))
    if objection.startswith(("Cannot overwrite", "Cannot declare")):
        return Problem(where, said("is given twice"))
    if _VALUE.match(line) and '"' not in line and "'" not in line:
        return Problem(where, said("the value needs quotation marks around it"))
    if "\\" in line:
        return Problem(where, BACKSLASH)
    return Problem(where, said('is not understood: a line reads name = "value", or [part]'))


def _paths(content: dict[str, Any]) -> Iterator[str]:
    for name, value in content.items():
        if isinstance(value, dict):
            yield from (f"{name}.{key}" for key in value)
        else:
            yield name
