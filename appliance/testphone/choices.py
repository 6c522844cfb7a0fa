"""What can be asked for when a telephone is opened, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypedDict

from appliance.control.errors import ControlError
from appliance.office.model import Office
from hw.callerid.coding import Absence, CallerId, CallerIdError, encode_mdmf

FIRST_CALLER = 4075550123
DIALLED = frozenset("0123456789+")


class LineChoice(TypedDict):
    """A line of the office that can be called. number: what the public dials for it; or empty."""

    port: str
    name: str
    number: str


class InsideChoice(TypedDict):
    """A telephone of the office that can be used. person, extension: of whoever it belongs to; empty for nobody."""

    port: str
    name: str
    person: str
    extension: str


class Choices(TypedDict):
    """What `phone.choices` returns."""

    lines: list[LineChoice]
    inside: list[InsideChoice]


class Opened(TypedDict):
    """What `phone.open` returns. number: what the telephone is called. ticket: for its sound; or empty."""

    phone: int
    number: str
    ticket: str


def choices(office: Office | None, ports: Collection[str]) -> Choices:
    """ports: those of the telephones that can be used."""
    if office is None:
        return Choices(lines=[], inside=[])
    inside = []
    for station in office.stations:
        if station.port in ports:
            owner = office.at_station(station.name)
            person, extension = (owner.name, owner.extension) if owner is not None else ("", "")
            inside.append(InsideChoice(port=station.port, name=station.name, person=person, extension=extension))
    lines = [
        LineChoice(port=trunk.port, name=trunk.name, number=trunk.number)
        for trunk in office.trunks
        if office.trunk_on(trunk.port).outside
    ]
    return Choices(lines=lines, inside=inside)


def who_calls(params: Mapping[str, Any]) -> CallerId | None:
    """The caller ID that is asked for; None: the telephone's own. ControlError `not-understood`."""
    if params["withheld"]:
        return CallerId(number_absence=Absence.PRIVATE, name_absence=Absence.PRIVATE)
    number, name = params["number"].strip(), params["name"].strip()
    if not number and not name:
        return None
    if not set(number) <= DIALLED:
        raise ControlError("not-understood", "a number has digits alone")
    told = CallerId(number or str(FIRST_CALLER), name)
    try:
        encode_mdmf(told)
    except CallerIdError as error:
        raise ControlError("not-understood", f"no line can tell that somebody so calls: {error}") from error
    return told
