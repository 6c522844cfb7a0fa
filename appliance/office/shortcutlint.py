"""Warnings about numbers that telephones dial by themselves, or by a shortcut: those that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office.destination import Nowhere, ToDepartment, ToOperator, ToPerson
from appliance.office.lines import Door
from appliance.office.model import Office
from appliance.office.numbering import station_destination
from appliance.office.problem import Problem
from appliance.office.shortcuts import leads_in_circles
from hw.said import said


def warnings(office: Office) -> Iterator[Problem]:
    for place, station in enumerate(office.stations):
        if station.hotline and station_destination(office, station.hotline) == Nowhere():
            reason = said(
                "whoever lifts %(station)s calls %(hotline)s, which leads nowhere",
                station=station.name,
                hotline=station.hotline,
            )
            yield Problem(f"stations[{place}].hotline", reason, mend=_AS_DIALLED)
        if station.door is not None:
            yield from _door(office, f"stations[{place}].door", station.name, station.door)
    for key, number in office.shortcuts.speed.items():
        leads_to = station_destination(office, number)
        if leads_to == Nowhere() or leads_in_circles(leads_to):
            reason = said("the speed number %(key)s is %(number)s, which leads nowhere", key=key, number=number)
            yield Problem(f"shortcuts.speed.{key}", reason, mend=_AS_DIALLED)


_AS_DIALLED = said("Give a number as it is dialed on a telephone of the office.")


def _door(office: Office, path: str, name: str, door: Door) -> Iterator[Problem]:
    if not isinstance(station_destination(office, door.rings), ToPerson | ToDepartment | ToOperator):
        reason = said(
            "whoever rings at %(name)s calls %(rings)s, which is nobody of the office", name=name, rings=door.rings
        )
        yield Problem(f"{path}.rings", reason, mend=said("Give the extension of a person or a department, or 0."))
    if not door.opener:
        reason = said("nobody can open %(name)s from a telephone, as its opener is missing", name=name)
        yield Problem(
            f"{path}.opener", reason, mend=said("Give the digits by which the door telephone opens the door.")
        )
