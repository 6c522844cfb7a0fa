"""Warnings about numbers that telephones dial by themselves, or by a shortcut: those that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office.destination import Nowhere, ToDepartment, ToOperator, ToPerson
from appliance.office.lines import Door
from appliance.office.model import Office
from appliance.office.numbering import station_destination
from appliance.office.problem import Problem
from appliance.office.shortcuts import leads_in_circles


def warnings(office: Office) -> Iterator[Problem]:
    for place, station in enumerate(office.stations):
        if station.hotline and station_destination(office, station.hotline) == Nowhere():
            reason = f"whoever lifts {station.name} calls {station.hotline}, which leads nowhere"
            yield Problem(f"stations[{place}].hotline", reason, mend=_AS_DIALLED)
        if station.door is not None:
            yield from _door(office, f"stations[{place}].door", station.name, station.door)
    for key, number in office.shortcuts.speed.items():
        leads_to = station_destination(office, number)
        if leads_to == Nowhere() or leads_in_circles(leads_to):
            reason = f"the speed number {key} is {number}, which leads nowhere"
            yield Problem(f"shortcuts.speed.{key}", reason, mend=_AS_DIALLED)


_AS_DIALLED = "Give a number as it is dialled on a telephone of the office."


def _door(office: Office, path: str, name: str, door: Door) -> Iterator[Problem]:
    if not isinstance(station_destination(office, door.rings), ToPerson | ToDepartment | ToOperator):
        reason = f"whoever rings at {name} calls {door.rings}, which is nobody of the office"
        yield Problem(f"{path}.rings", reason, mend="Give the extension of a person or a department, or 0.")
    if not door.opener:
        reason = f"nobody can open {name} from a telephone, as its opener is missing"
        yield Problem(f"{path}.opener", reason, mend="Give the digits by which the door telephone opens the door.")
