"""Whom a line of a scenario can name."""

from __future__ import annotations

from dataclasses import dataclass, field

from appliance.office.model import Office
from appliance.scenario.line import Line
from appliance.scenario.settings import Outsider


@dataclass(slots=True)
class Names:
    """Telephones and trunks are known by their name in the office and by their port; people by their id."""

    telephones: tuple[str, ...]
    trunks: tuple[str, ...]
    people: tuple[str, ...]
    ports: dict[str, str]
    outsiders: dict[str, Outsider] = field(default_factory=dict)

    @staticmethod
    def of(office: Office, outsiders: dict[str, Outsider]) -> Names:
        return Names(
            tuple(station.name for station in office.stations),
            tuple(trunk.name for trunk in office.trunks),
            tuple(person.id for person in office.people),
            {
                **{station.port: station.name for station in office.stations},
                **{trunk.port: trunk.name for trunk in office.trunks},
            },
            outsiders,
        )

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.telephones, *self.trunks, *self.ports, *self.outsiders)

    def telephone(self, line: Line) -> str:
        name = line.name([*self.telephones, *self.ports], "a telephone of the office")
        return self.ports.get(name, name)
