"""The simulated line card: its ports hang on the simulated exchange's lines and on simulated telephones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hw.sim.fxo import SimFxoPort
from hw.sim.fxs import SimFxsPort


class SimLineCard:
    """See `hw.linecard.LineCard`. The exchange adds its ports and starts it."""

    def __init__(self) -> None:
        self._fxo: list[SimFxoPort] = []
        self._fxs: list[SimFxsPort] = []
        self.on_fault: Callable[[str, bool], None] = lambda _fault, _there: None

    @property
    def fxo(self) -> list[SimFxoPort]:
        return self._fxo

    @property
    def fxs(self) -> list[SimFxsPort]:
        return self._fxs

    async def start(self) -> None:
        for port in self._fxo:
            port.start()

    async def close(self) -> None:
        for trunk in self._fxo:
            trunk.stop()
        for station in self._fxs:
            station.stop()

    def status(self) -> dict[str, Any]:
        return {"kind": "simulated", "lines": [port.name for port in (*self._fxo, *self._fxs)]}
