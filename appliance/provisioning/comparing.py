"""What the units of a folder are to be, compared with what they are: field by field, and never a secret. Blocking."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.office.document import load_document
from appliance.office.problem import OfficeErrors
from appliance.provisioning.announcement import HTTPS_PORT
from appliance.provisioning.boot import LARGEST_OFFICE, BootPartition, UnreadableFile
from appliance.provisioning.fleet import PlannedUnit
from appliance.provisioning.nearby import NearbyUnit
from appliance.provisioning.sheet import AdministratorPart, ProvisioningSheet
from appliance.provisioning.unitpage import NotAsked, UnitPage
from appliance.store.labelcode import unit_code

NOTHING = "nothing"
"""In place of a value that is empty."""

MOST_DIFFERENCES = 200
"""Told of one unit."""


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """Where a unit may be."""

    address: str
    port: int


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """field: what it is, with its path. folder, unit: the values in words; secrets have none."""

    field: str
    folder: str
    unit: str

    def __str__(self) -> str:
        if self.folder == self.unit:
            return f"{self.field}: differs"
        return f"{self.field}: {self.folder or NOTHING} in the folder, {self.unit or NOTHING} on the unit"


@dataclass(frozen=True, slots=True)
class ComparedUnit:
    """One unit of the folder."""

    name: str
    """Of its folder."""
    address: str
    """Where it was reached; empty: it was not."""
    version: str
    """Of its program; empty where it was not reached."""
    differences: tuple[FieldDifference, ...]
    """In the order of copperdesk.toml, those of the office last."""
    not_reached: str
    """Why it was not compared; empty: it was."""
    left_out: tuple[str, ...]
    """What was not compared, in sentences."""

    @property
    def is_as_planned(self) -> bool:
        return not self.not_reached and not self.differences


@dataclass(frozen=True, slots=True)
class Asking:
    """How secrets are asked for that the folder does not have: of which unit, and of whom."""

    password: Callable[[str, str], str]
    code: Callable[[str, str], str]


def places_of(unit: PlannedUnit, nearby: Sequence[NearbyUnit], told: dict[str, UnitPlace]) -> list[UnitPlace]:
    """Where to look for a unit, the best place first. told: by whoever compares, by names of units."""
    if unit.name in told:
        return [told[unit.name]]
    code = unit_code(unit.sheet.label) if unit.sheet.label else ""
    announced = [one for one in nearby if code and one.unit == code]
    announced += [one for one in nearby if one.name == unit.name and one not in announced]
    places = [UnitPlace(address, one.https_port) for one in announced for address in one.addresses]
    places += [UnitPlace(one.partition("/")[0], HTTPS_PORT) for one in unit.sheet.addressing.addresses]
    return list(dict.fromkeys(places))


def compared(folder: Path, unit: PlannedUnit, places: Sequence[UnitPlace], asking: Asking) -> ComparedUnit:
    """A unit as it is at the first of these places that proves to be it."""
    administrator = unit.sheet.administrator
    if administrator is None:
        return _not_reached(unit, "its copperdesk.toml names no administrator, whose password the unit would want")
    if not unit.sheet.label:
        return _not_reached(unit, "its copperdesk.toml has no label, by which the unit would prove to be this one")
    if not places:
        return _not_reached(unit, "it was not found in this network; `copperdesk find` says what to do")
    try:
        office, left_out = _office(folder / unit.name, unit.sheet)
    except (UnreadableFile, OfficeErrors) as error:
        return _not_reached(unit, f"{unit.sheet.office} in its folder {error}; `copperdesk fleet check` tells all")
    reasons: list[str] = []
    for place in places:
        page = UnitPage(place.address, place.port, unit.sheet.label)
        try:
            found = _as_it_runs(page, unit.name, administrator, office, asking)
            differences = tuple(_differences(unit.sheet, found))[:MOST_DIFFERENCES]
            return ComparedUnit(unit.name, place.address, str(found["version"]), differences, "", left_out)
        except NotAsked as error:
            reasons.append(f"{place.address}: {error}")
        except (KeyError, TypeError, ValueError):
            reasons.append(f"{place.address}: it answers something that is not understood")
    return _not_reached(unit, "; ".join(reasons))


def _as_it_runs(
    page: UnitPage, unit: str, administrator: AdministratorPart, office: dict[str, Any] | None, asking: Asking
) -> dict[str, Any]:
    name = administrator.name
    page.enter(name, lambda: administrator.password or asking.password(unit, name), lambda: asking.code(unit, name))
    try:
        return page.as_it_runs(office)
    finally:
        page.leave()


def _not_reached(unit: PlannedUnit, why: str) -> ComparedUnit:
    return ComparedUnit(unit.name, "", "", (), why, ())


def _office(folder: Path, sheet: ProvisioningSheet) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """The document of the folder; None where there is none to compare, and why. Raises UnreadableFile, OfficeErrors."""
    if not sheet.office:
        return None, ()
    if "://" in sheet.office:
        return None, (f"The office was not compared: the unit fetches it from {sheet.office}.",)
    text = BootPartition(folder).text(sheet.office, LARGEST_OFFICE)
    if text is None:
        raise UnreadableFile("is missing")
    document = load_document(text)
    if not isinstance(document, dict):
        raise UnreadableFile("is no office document")
    return document, ()


def _differences(sheet: ProvisioningSheet, found: dict[str, Any]) -> Iterator[FieldDifference]:
    """In the order of copperdesk.toml, and behind that those of the office."""
    if sheet.name != found["name"]:
        yield FieldDifference("name", sheet.name, str(found["name"]))
    if sheet.time_zone and sheet.time_zone != found["time_zone"]:
        yield FieldDifference("time_zone", sheet.time_zone, str(found["time_zone"]))
    yield from _network_differences(sheet, found["links"])
    administrator = sheet.administrator
    if administrator is not None and administrator.name not in found["administrators"]:
        yield FieldDifference("administrator.name", administrator.name, "")
    for one in found["differences"] or ():
        field = f"office: {one['what']} ({one['path']})" if one["path"] else f"office: {one['what']}"
        match one["kind"]:
            case "added":
                yield FieldDifference(field, "", str(one["after"]) or "there")
            case "removed":
                yield FieldDifference(field, str(one["before"]) or "there", "")
            case _:
                yield FieldDifference(field, str(one["before"]), str(one["after"]))


def _network_differences(sheet: ProvisioningSheet, links: list[dict[str, Any]]) -> Iterator[FieldDifference]:
    """Of the connection that copperdesk.toml is about: the radio network, or else the cable."""
    kind = "wifi" if sheet.wifi is not None else "ethernet"
    link = next((one for one in links if one["kind"] == kind), None)
    if link is None:
        if sheet.wifi is not None:
            yield FieldDifference("wifi", "connected", "not connected")
        return
    wanted = sheet.addressing
    automatic = "by the router"
    if wanted.automatic or link["automatic"]:
        if wanted.automatic != link["automatic"]:
            now = automatic if link["automatic"] else _in_words(link["addresses"])
            yield FieldDifference("network.address", automatic if wanted.automatic else wanted.addresses[0], now)
        return
    if [ipaddress.ip_interface(one) for one in wanted.addresses] != [
        ipaddress.ip_interface(one) for one in link["addresses"]
    ]:
        yield FieldDifference("network.address", wanted.addresses[0], _in_words(link["addresses"]))
    if wanted.gateway != link["gateway"]:
        yield FieldDifference("network.gateway", wanted.gateway, str(link["gateway"]))
    if list(wanted.dns) != link["dns"]:
        yield FieldDifference("network.dns", _in_words(wanted.dns), _in_words(link["dns"]))


def _in_words(values: Sequence[object]) -> str:
    return ", ".join(map(str, values))
