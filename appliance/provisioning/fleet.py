"""Many units from one template and a table: a folder for each, to be copied onto its boot partition.

The template is a `copperdesk.toml` with blanks such as `{name}` and `{address}`, which the columns of the table fill.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from appliance.office.document import load_document
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from appliance.provisioning.boot import LARGEST_OFFICE, LARGEST_SHEET, SHEET, BootPartition, UnreadableFile, decoded
from appliance.provisioning.sheet import ProvisioningSheet, SheetErrors, read_sheet
from appliance.store.disk import Disk
from appliance.store.labelcode import new_label_code
from hw.said import fixed, in_a_row, said, told_by

MOST_UNITS = 500
LARGEST_TABLE = 1_000_000
"""Bytes."""

_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class FleetMistakes(ValueError):
    """mistakes: all of them, each a sentence for people."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit as its folder has it."""

    name: str
    sheet: ProvisioningSheet


def make_fleet(folder: Path, template: Path, table: Path) -> list[PlannedUnit]:
    """A folder for each unit, by its name. What is there already stays. Raises FleetMistakes before anything is made.

    The office document that the template names lies beside the template, and is copied.
    """
    pattern, rows = _text(template, LARGEST_SHEET), _rows(_text(table, LARGEST_TABLE))
    mistakes: list[str] = []
    made: list[tuple[PlannedUnit, str]] = []
    for line, row in rows:
        text, missing = _filled(pattern, row)
        mistakes += [
            said("line %(line)s of the table: nothing fills {%(blank)s}", line=line, blank=blank) for blank in missing
        ]
        try:
            sheet = read_sheet(text)
        except SheetErrors as errors:
            where = row.get("name", "") or said("line %(line)s of the table", line=line)
            mistakes += [str(in_a_row(where, problem.told, by=": ")) for problem in errors.problems]
            continue
        made.append((PlannedUnit(sheet.name, sheet), text))
        if (folder / sheet.name).exists():
            mistakes.append(said("%(folder)s is there already", folder=str(folder / sheet.name)))
    units = [unit for unit, _ in made]
    mistakes += _given_twice(units)
    offices = {unit.sheet.office for unit in units if unit.sheet.office and "://" not in unit.sheet.office}
    contents = {name: _text(template.parent / name, LARGEST_OFFICE, mistakes) for name in sorted(offices)}
    if mistakes:
        raise FleetMistakes(mistakes)
    for unit, text in made:
        own = folder / unit.name
        own.mkdir(parents=True)
        if unit.sheet.office in contents:
            Disk().replace(own / unit.sheet.office, contents[unit.sheet.office].encode())
        code = "" if unit.sheet.label else f'label = "{new_label_code()}"\n'
        Disk().replace(own / SHEET, (code + text).encode())
    return [PlannedUnit(unit.name, _read(folder / unit.name)) for unit in units]


def check_fleet(folder: Path) -> list[PlannedUnit]:
    """The units of a folder, by their names. Raises FleetMistakes with all that is wrong with any of them."""
    mistakes: list[str] = []
    units: list[PlannedUnit] = []
    for own in sorted(path for path in folder.iterdir() if path.is_dir()):
        try:
            sheet = _read(own)
        except FleetMistakes as wrong:
            mistakes += [f"{own.name}/{mistake}" for mistake in wrong.mistakes]
            continue
        if own.name != sheet.name:
            mistakes.append(said("%(folder)s: its unit is called %(name)s", folder=own.name, name=sheet.name))
        if not _is_whole(sheet):
            mistakes.append(said("%(folder)s: a password or passphrase was removed already", folder=own.name))
        mistakes += [f"{own.name}/{mistake}" for mistake in _office_mistakes(own, sheet)]
        units.append(PlannedUnit(sheet.name, sheet))
    mistakes += _given_twice(units)
    if not units and not mistakes:
        mistakes.append(said("%(folder)s holds no folder of a unit", folder=str(folder)))
    if mistakes:
        raise FleetMistakes(mistakes)
    return units


def _is_whole(sheet: ProvisioningSheet) -> bool:
    wifi, administrator = sheet.wifi, sheet.administrator
    return (wifi is None or bool(wifi.passphrase)) and (administrator is None or bool(administrator.password))


def _read(folder: Path) -> ProvisioningSheet:
    try:
        text = BootPartition(folder).text(SHEET, LARGEST_SHEET)
        if text is None:
            raise FleetMistakes([said("%(file)s is missing", file=SHEET)])
        return read_sheet(text)
    except UnreadableFile as error:
        raise FleetMistakes([f"{SHEET} {told_by(error)}"]) from error
    except SheetErrors as errors:
        raise FleetMistakes([f"{SHEET}: {problem}" for problem in errors.problems]) from errors


def _office_mistakes(folder: Path, sheet: ProvisioningSheet) -> Iterator[str]:
    """Extensions given twice are among what the check of an office finds."""
    if not sheet.office or "://" in sheet.office:
        return
    try:
        text = BootPartition(folder).text(sheet.office, LARGEST_OFFICE)
        if text is None:
            yield said("%(file)s is missing", file=sheet.office)
            return
        office_of(load_document(text))
    except UnreadableFile as error:
        yield f"{sheet.office} {told_by(error)}"
    except OfficeErrors as errors:
        yield from (str(in_a_row(fixed(sheet.office), problem.told, by=": ")) for problem in errors.problems)


def _given_twice(units: list[PlannedUnit]) -> Iterator[str]:
    """Names, addresses and codes that more than one unit would have."""
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit in units:
        holders["name", unit.name].append(unit.name)
        for address in unit.sheet.addressing.addresses:
            holders["address", address.partition("/")[0]].append(unit.name)
        if unit.sheet.label:
            holders["label", unit.sheet.label].append(unit.name)
    for (what, value), names in holders.items():
        if len(names) > 1:
            yield said(
                "the %(what)s %(value)s is given to %(units)s", what=fixed(what), value=value, units=tuple(names)
            )


def _filled(pattern: str, row: dict[str, str]) -> tuple[str, list[str]]:
    """The text with its blanks filled, and the blanks that nothing fills. A remark may hold braces."""
    missing: list[str] = []

    def value(found: re.Match[str]) -> str:
        if not row.get(found[1]):
            missing.append(found[1])
        return row.get(found[1], "").replace("\\", "\\\\").replace('"', '\\"')

    lines = [line if line.lstrip().startswith("#") else _BLANK.sub(value, line) for line in pattern.splitlines(True)]
    return "".join(lines), missing


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table with a heading, with their lines. Spreadsheets of some countries write semicolons."""
    first = text.partition("\n")[0]
    reader: Any = csv.DictReader(StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        found = [
            (reader.line_num, {str(key).strip().casefold(): (row[key] or "").strip() for key in row if key is not None})
            for row in reader
        ]
    except csv.Error as error:
        raise FleetMistakes([said("the table cannot be read: %(why)s", why=told_by(error))]) from error
    if not found:
        raise FleetMistakes([said("the table holds no unit: its first line names the columns")])
    if len(found) > MOST_UNITS:
        raise FleetMistakes([said("the table holds more than %(most)s units", most=MOST_UNITS)])
    return found


def _text(file: Path, largest: int, mistakes: list[str] | None = None) -> str:
    """Of a file of the installer's. What is wrong is added to the mistakes, or raised where none are given."""
    try:
        with file.open("rb") as opened:
            content = opened.read(largest + 1)
        if len(content) > largest:
            raise UnreadableFile(said("is longer than %(most)s bytes", most=largest))
        return decoded(content)
    except (OSError, UnreadableFile) as error:
        mistake = f"{file}: {told_by(error)}"
        if mistakes is None:
            raise FleetMistakes([mistake]) from error
        mistakes.append(mistake)
        return ""
