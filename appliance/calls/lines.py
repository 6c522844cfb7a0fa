"""The unit's lines: its trunks and its telephones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine

Line = TrunkLine | StationLine


@dataclass(slots=True)
class Lines:
    """stations: by name."""

    trunks: Sequence[TrunkLine]
    stations: dict[str, StationLine]

    @property
    def station_lines(self) -> list[StationLine]:
        return list(self.stations.values())

    def card_failed(self, ports: Sequence[str], failed: bool) -> None:
        """The card of these ports does not work, or works now."""
        for trunk in self.trunks:
            if trunk.port in ports:
                trunk.card_failed(failed)
        for station in self.station_lines:
            if station.port in ports:
                station.card_works = not failed
