"""The office of a unit without a usable document: lines are answered, a telephone rings, messages are kept."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from appliance.office.model import Menu, Office, Part, Person, Station, Trunk

OPERATOR = "operator"


def builtin_office(trunk_ports: Sequence[str], station_ports: Sequence[str], country: str) -> Office:
    """The office of these ports. Lines and telephones have their ports' names. The mailbox has no PIN, so that nobody
    can hear it until there is an office document."""
    stations = tuple(Station(port, port) for port in station_ports)
    operator = Person(OPERATOR, "the office", "100", station_ports[0] if station_ports else None)
    return Office(
        name="",
        country=country,
        time_zone=ZoneInfo("UTC"),
        trunks=tuple(Trunk(port, port, "") for port in trunk_ports),
        stations=stations,
        people=(operator,),
        menu=Menu(keys={}, greetings=dict.fromkeys(Part, "")),
        operator=OPERATOR,
        general_mailbox=OPERATOR,
    )
