"""Many units from one template and a table: a folder for each, to be copied onto its boot partition.

The template is a `copperdesk.toml` with blanks such as `{name}` and `{address}`, which the columns of the table fill.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from appliance.office.document import load_document
from appliance.office.problem import OfficeErrors, Problem
from appliance.officeparsing import office_of
from appliance.provisioning.boot import LARGEST_OFFICE, LARGEST_SHEET, SHEET, BootPartition, UnreadableFile
from appliance.provisioning.sheet import (
    ProvisioningSheet,
    SheetClaims,
    SheetErrors,
    line_of,
    read_sheet,
    without_line,
)
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

PRIVATE = 0o700
"""The rights of a folder with passwords in it."""


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit as its folder has it. name: of its folder, which is the unit's own."""

    name: str
    sheet: ProvisioningSheet


@dataclass(frozen=True, slots=True)
class _PlannedRow:
    """A unit as its row of the table has it."""

    where: str
    """The row, for people."""
    empty: frozenset[str]
    """The blanks that nothing fills."""
    text: str
    """Its file."""
    claims: SheetClaims
    """What is right of the file."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with it."""


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
    planned = [_planned(pattern, row) for row in rows]
    mistakes += _mistakes_of_rows(template, pattern, planned)
    mistakes += [
        said("%(folder)s is there already", folder=str(folder / row.claims.name))
        for row in planned
        if row.claims.name and os.path.lexists(folder / row.claims.name)
    ]
    mistakes += _given_twice((row.where, row.claims) for row in planned)
    offices = {row.claims.office for row in planned if row.claims.office and "://" not in row.claims.office}
    contents: dict[str, str] = {}
    for name in sorted(offices):
        contents[name] = _own_text(template.parent / name, LARGEST_OFFICE, mistakes)
        mistakes += _document_mistakes(name, contents[name]) if contents[name] else ()
    if mistakes:
        raise FleetMistakes(mistakes)
    begun: list[Path] = []
    try:
        if not folder.exists():
            folder.mkdir(mode=PRIVATE)
        for row in planned:
            own = folder / row.claims.name
            own.mkdir(mode=PRIVATE)
            begun.append(own)
            if row.claims.office in contents:
                Disk().replace(own / row.claims.office, contents[row.claims.office].encode())
            code = "" if row.claims.label else f'label = "{new_label_code()}"\n'
            Disk().replace(own / SHEET, (code + row.text).encode())
    except OSError:
        for own in begun:
            shutil.rmtree(own, ignore_errors=True)
        raise
    return [PlannedUnit(row.claims.name, _read(folder / row.claims.name)) for row in planned]


def _missing_columns(pattern: str, rows: list[UnitRow]) -> Iterator[str]:
    columns = rows[0].values.keys()
    for blank in blanks_of(pattern):
        if blank not in columns:
            told = said("the table has no column %(column)s, which the template wants", column=blank)
            near = nearest(blank, columns)
            yield str(in_a_row(told, did_you_mean(near))) if near else told


def _planned(pattern: str, row: UnitRow) -> _PlannedRow:
    text = filled(pattern, row.values)
    name = row.values.get("name", "")
    where = said("line %(line)s of the table", line=row.line)
    if name:
        where = said("line %(line)s of the table (%(name)s)", line=row.line, name=name)
    empty = frozenset(blank for blank in blanks_of(pattern) if not row.values[blank])
    try:
        return _PlannedRow(where, empty, text, read_sheet(text).claims)
    except SheetErrors as errors:
        return _PlannedRow(where, empty, text, errors.claims, tuple(errors.problems))


def _mistakes_of_rows(template: Path, pattern: str, rows: list[_PlannedRow]) -> Iterator[str]:
    """What every unit would have is a mistake of the template, and told once, with its line there."""
    times = Counter(str(problem) for row in rows for problem in row.problems)
    common = {told for told, number in times.items() if number == len(rows) > 1}
    lines = pattern.splitlines()
    for problem in rows[0].problems:
        if str(problem) in common:
            yield str(in_a_row(fixed(str(template)), problem.told, by=": "))
    for row in rows:
        for blank in sorted(row.empty):
            yield str(in_a_row(row.where, said("nothing fills {%(blank)s}", blank=blank), by=": "))
        for problem in row.problems:
            line = line_of(problem)
            from_empty = line is not None and row.empty & set(blanks_of(lines[line - 1]))
            if str(problem) not in common and not from_empty:
                yield str(in_a_row(row.where, without_line(problem).told, by=": "))


def check_fleet(folder: Path) -> list[PlannedUnit]:
    """The units of a folder, by their names. Raises FleetMistakes with all that is wrong with any of them."""
    units, mistakes = read_fleet(folder)
    looked_at: dict[tuple[str, str], list[str]] = {}
    for unit in units:
        if not _is_whole(unit.sheet):
            mistakes.append(said("%(folder)s: a password or passphrase was removed already", folder=unit.name))
        found = _office_mistakes(folder / unit.name, unit.sheet, looked_at)
        mistakes += [f"{unit.name}/{mistake}" for mistake in found]
    mistakes += _given_twice((unit.name, unit.sheet.claims) for unit in units)
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


def _office_mistakes(
    folder: Path, sheet: ProvisioningSheet, looked_at: dict[tuple[str, str], list[str]]
) -> Iterator[str]:
    """Extensions given twice are among what the check of an office finds.

    looked_at: what was found in documents, by name and text, as many units have the same.
    """
    if not sheet.office or "://" in sheet.office:
        return
    try:
        text = BootPartition(folder).text(sheet.office, LARGEST_OFFICE)
        if text is None:
            yield said("%(file)s is missing", file=sheet.office)
            return
        known = (sheet.office, text)
        if known not in looked_at:
            looked_at[known] = list(_document_mistakes(*known))
        yield from looked_at[known]
    except UnreadableFile as error:
        yield f"{sheet.office} {told_by(error)}"


def _document_mistakes(name: str, text: str) -> Iterator[str]:
    try:
        office_of(load_document(text))
    except OfficeErrors as errors:
        yield from (str(in_a_row(fixed(name), problem.told, by=": ")) for problem in errors.problems)
    except ProcessFailed as error:
        yield f"{name}: {told_by(error)}"


def _given_twice(units: Iterable[tuple[str, SheetClaims]]) -> Iterator[str]:
    """Names, addresses and codes that more than one unit would have. units: with what each is called here."""
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for who, claims in units:
        for what, value in (("name", claims.name), ("address", claims.address), ("label", claims.label)):
            if value:
                holders[what, value].append(who)
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
