"""Who has which telephone now: whoever has logged in there, or else whose it is by the document.

A log-in is a switch (`appliance.calls.switches`). The office in use is the document's, with the telephones given to
those who have logged in: so that whatever is asked of a person or a telephone, it is asked of whoever has it now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from appliance.office.model import Office, Person

SEAT = "logged-in/"
"""How the names of these switches begin."""


def seat_switch(station: str) -> str:
    """Stands at the id of whoever has logged in at this telephone."""
    return f"{SEAT}{station}"


def seats(office: Office, stations: Iterable[str], switch: Callable[[str], str]) -> dict[str, str]:
    """Who has logged in where: the ids of people by the names of telephones.

    stations: the names of all telephones, also of those that the document does not name. switch: where one stands.
    """
    known = {person.id for person in office.people}
    found = {station: switch(seat_switch(station)) for station in stations}
    return {station: person for station, person in found.items() if person in known}


def seated(office: Office, taken: dict[str, str]) -> Office:
    """The office while these people have these telephones. taken: as `seats` gives it.

    Whoever has logged in elsewhere leaves the own telephone, and whose telephone somebody else has is without one.
    """
    if not taken:
        return office
    station_of = {person: station for station, person in taken.items()}

    def moved(person: Person) -> Person:
        if person.id in station_of:
            return replace(person, station=station_of[person.id])
        return replace(person, station=None) if person.station in taken else person

    return replace(office, people=tuple(moved(person) for person in office.people))
