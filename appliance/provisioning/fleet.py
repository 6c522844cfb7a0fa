"""Many units from one template and a table: a folder for each, to be copied onto its boot partition.

The template is a `copperdesk.toml` with blanks such as `{name}` and `{address}`, which the columns of the table fill.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from appliance.office.document import load_document
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from appliance.provisioning.boot import LARGEST_OFFICE, LARGEST_SHEET, SHEET, BootPartition, UnreadableFile
from appliance.provisioning.sheet import ProvisioningSheet, SheetErrors, read_sheet
from appliance.provisioning.unittable import (
    LARGEST_TABLE,
    FleetMistakes,
    UnitRow,
    blanks_of,
    filled,
    own_text,
    rows_of,
)
from appliance.shortprocess import ProcessFailed
from appliance.store.disk import Disk
from appliance.store.labelcode import new_label_code
from appliance.wav.target import cannot_write_in
from hw.nearest import nearest
from hw.said import did_you_mean, fixed, in_a_row, said, told_by


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit as its folder has it. name: of its folder, which is the unit's own."""

    name: str
    sheet: ProvisioningSheet


def make_fleet(folder: Path, template: Path, table: Path) -> list[PlannedUnit]:
    """A folder for each unit, by its name. What is there already stays. Raises FleetMistakes before anything is made,
    and OSError where the disk fails; then nothing new stays.

    The office document that the template names lies beside the template, and is copied.
    """
    mistakes = [refused] if (refused := cannot_write_in(folder)) else []
    pattern, written = _own_text(template, LARGEST_SHEET, mistakes), _own_text(table, LARGEST_TABLE, mistakes)
    if mistakes:
        raise FleetMistakes(mistakes)
    rows = rows_of(written)
    if missing := list(_missing_columns(pattern, rows)):
        raise FleetMistakes(missing)
    made = list(_units_of(pattern, rows, mistakes))
    units = [unit for unit, _ in made]
    mistakes += [
        said("%(folder)s is there already", folder=str(folder / unit.name))
        for unit in units
        if os.path.lexists(folder / unit.name)
    ]
    mistakes += _given_twice(units)
    offices = sorted({unit.sheet.office for unit in units if unit.sheet.office and "://" not in unit.sheet.office})
    contents: dict[str, str] = {}
    for name in offices:
        contents[name] = _own_text(template.parent / name, LARGEST_OFFICE, mistakes)
        mistakes += _document_mistakes(name, contents[name]) if contents[name] else ()
    if mistakes:
        raise FleetMistakes(mistakes)
    begun: list[Path] = []
    try:
        for unit, text in made:
            own = folder / unit.name
            own.mkdir(parents=True)
            begun.append(own)
            if unit.sheet.office in contents:
                Disk().replace(own / unit.sheet.office, contents[unit.sheet.office].encode())
            code = "" if unit.sheet.label else f'label = "{new_label_code()}"\n'
            Disk().replace(own / SHEET, (code + text).encode())
    except OSError:
        for own in begun:
            shutil.rmtree(own, ignore_errors=True)
        raise
    return [PlannedUnit(unit.name, _read(folder / unit.name)) for unit in units]


def _missing_columns(pattern: str, rows: list[UnitRow]) -> Iterator[str]:
    columns = rows[0].values.keys()
    for blank in blanks_of(pattern):
        if blank not in columns:
            told = said("the table has no column %(column)s, which the template wants", column=blank)
            near = nearest(blank, columns)
            yield str(in_a_row(told, did_you_mean(near))) if near else told


def _units_of(pattern: str, rows: list[UnitRow], mistakes: list[str]) -> Iterator[tuple[PlannedUnit, str]]:
    """Each unit with the text of its file. What is wrong is added to the mistakes."""
    for row in rows:
        mistakes += [
            said("line %(line)s of the table: nothing fills {%(blank)s}", line=row.line, blank=blank)
            for blank in blanks_of(pattern)
            if not row.values[blank]
        ]
        text = filled(pattern, row.values)
        try:
            sheet = read_sheet(text)
        except SheetErrors as errors:
            where = row.values.get("name", "") or said("line %(line)s of the table", line=row.line)
            mistakes += [str(in_a_row(where, problem.told, by=": ")) for problem in errors.problems]
            continue
        yield PlannedUnit(sheet.name, sheet), text


def check_fleet(folder: Path) -> list[PlannedUnit]:
    """The units of a folder, by their names. Raises FleetMistakes with all that is wrong with any of them."""
    units, mistakes = read_fleet(folder)
    for unit in units:
        if not _is_whole(unit.sheet):
            mistakes.append(said("%(folder)s: a password or passphrase was removed already", folder=unit.name))
        mistakes += [f"{unit.name}/{mistake}" for mistake in _office_mistakes(folder / unit.name, unit.sheet)]
    mistakes += _given_twice(units)
    if mistakes:
        raise FleetMistakes(mistakes)
    return units


def read_fleet(folder: Path) -> tuple[list[PlannedUnit], list[str]]:
    """The units of a folder, by their names, and what is wrong with the others. Raises FleetMistakes for no folder."""
    mistakes: list[str] = []
    units: list[PlannedUnit] = []
    try:
        folders = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError as error:
        raise FleetMistakes(
            [said("%(folder)s cannot be looked through: %(why)s", folder=str(folder), why=told_by(error))]
        ) from error
    for own in folders:
        try:
            sheet = _read(own)
        except FleetMistakes as wrong:
            mistakes += [f"{own.name}/{mistake}" for mistake in wrong.mistakes]
            continue
        if own.name != sheet.name:
            mistakes.append(said("%(folder)s: its unit is called %(name)s", folder=own.name, name=sheet.name))
        units.append(PlannedUnit(own.name, sheet))
    if not units and not mistakes:
        mistakes.append(
            said("%(folder)s holds no folder of a unit; `copperdesk fleet make` makes them", folder=str(folder))
        )
    return units, mistakes


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
        yield from _document_mistakes(sheet.office, text)
    except UnreadableFile as error:
        yield f"{sheet.office} {told_by(error)}"


def _document_mistakes(name: str, text: str) -> Iterator[str]:
    try:
        office_of(load_document(text))
    except OfficeErrors as errors:
        yield from (str(in_a_row(fixed(name), problem.told, by=": ")) for problem in errors.problems)
    except ProcessFailed as error:
        yield f"{name}: {told_by(error)}"


def _given_twice(units: list[PlannedUnit]) -> Iterator[str]:
    """Names, addresses and codes that more than one unit would have."""
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit in units:
        holders["name", unit.sheet.name].append(unit.name)
        for address in unit.sheet.addressing.addresses:
            holders["address", address.partition("/")[0]].append(unit.name)
        if unit.sheet.label:
            holders["label", unit.sheet.label].append(unit.name)
    for (what, value), names in holders.items():
        if len(names) > 1:
            yield said(
                "the %(what)s %(value)s is given to %(units)s", what=fixed(what), value=value, units=tuple(names)
            )


def _own_text(file: Path, largest: int, mistakes: list[str]) -> str:
    """Of a file of the installer's. What is wrong is added to the mistakes."""
    try:
        return own_text(file, largest)
    except UnreadableFile as error:
        mistakes.append(f"{file} {told_by(error)}")
        return ""
