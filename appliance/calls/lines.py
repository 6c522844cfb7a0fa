"""The unit's lines: its trunks and its telephones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine

Line = TrunkLine | StationLine


@dataclass(slots=True)
class Lines:
    """stations: by name. second_lines: where the second call is of telephones that can have one."""

    trunks: Sequence[TrunkLine]
    stations: dict[str, StationLine]
    second_lines: Sequence[StationLine]

    @property
    def station_lines(self) -> list[StationLine]:
        """All places where a telephone's call can be."""
        return [*self.stations.values(), *self.second_lines]
