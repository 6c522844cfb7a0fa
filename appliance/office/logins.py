"""Who has which telephone now: whoever has logged in there, or else whose it is by the document.

A log-in is a switch (`appliance.calls.switches`). The office in use is the document's, with the telephones given to
those who have logged in: so that whatever is asked of a person or a telephone, it is asked of whoever has it now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from appliance.office.model import Office, Person

LOGIN = "logged-in/"
"""How the names of these switches begin."""


def login_switch(station: str) -> str:
    """Stands at the id of whoever has logged in at this telephone."""
    return f"{LOGIN}{station}"


def logins_at(office: Office, stations: Iterable[str], switch: Callable[[str], str]) -> dict[str, str]:
    """Who has logged in where: the ids of people by the names of telephones.

    stations: the names of all telephones, also of those that the document does not name. switch: where one stands.
    """
    known = {person.id for person in office.people}
    found = {station: switch(login_switch(station)) for station in stations}
    return {station: person for station, person in found.items() if person in known}


def with_logins(office: Office, logins: dict[str, str]) -> Office:
    """The office while these people have these telephones. logins: as `logins_at` gives it.

    Whoever has logged in elsewhere leaves the own telephone, and whose telephone somebody else has is without one.
    """
    if not logins:
        return office
    station_of = {person: station for station, person in logins.items()}

    def moved(person: Person) -> Person:
        if person.id in station_of:
            return replace(person, station=station_of[person.id])
        return replace(person, station=None) if person.station in logins else person

    return replace(office, people=tuple(moved(person) for person in office.people))
