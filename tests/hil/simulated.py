"""The bench in memory: a simulated gateway, patch cords and a whole unit, in this process and in real time."""

from __future__ import annotations

import itertools
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from appliance.api.status import unit_status
from appliance.clock import RealClock
from appliance.control.folder import DataFolder
from appliance.unit import Unit
from hw.sim.card import SimLineCard
from hw.sim.fxs import SimFxsPort
from hw.sim.gateway.gateway import Gateway
from hw.sim.gateway.settings import FxoLine, FxoSettings, FxsLine, FxsSettings
from hw.sim.led import SimLed
from hw.sim.patch import PatchPanel
from tests.hil.benchfile import Bench, Wire
from tests.hil.rig import Rig

_hosts = itertools.count(1)


def own_address() -> str:
    """A loopback address in 127.128.0.0/10 that nobody else has: by the test process and a counter."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return f"127.{128 + worker % 64}.{os.getpid() % 256}.{next(_hosts) % 254 + 1}"


class SimulatedRig(Rig):
    """See `Rig`. The unit is the real one; its line card and all that hangs on it are simulated."""

    def __init__(self, bench: Bench, *, short: bool) -> None:
        super().__init__(bench, short=short)
        self.kit_address, self.gateway_address = own_address(), own_address()
        self.panel = PatchPanel(self.plan)
        self._folder = tempfile.TemporaryDirectory()

    async def start(self) -> None:
        await super().start()
        card = SimLineCard()
        lines: list[FxoLine | FxsLine] = []
        for wire in self.trunks:
            source, terminal = self.panel.cord(f"gateway {wire.user}", wire.port)
            card.fxo.append(terminal)
            break_ms = 500 if wire.ending == "loop-break" else 0
            lines.append(FxsLine(source, wire.user, self._unit_of(wire), FxsSettings(loop_break_ms=break_ms)))
        for wire in self.stations:
            source, terminal = self.panel.cord(wire.port, f"gateway {wire.user}")
            card.fxs.append(source)
            self.watch_hook(wire, source)
            # When messages are waiting the dial tone stutters, and the gateway might not take it for dial tone.
            settings = FxoSettings(
                flash_ms=self.bench.gateway.flash_ms, answers_line="with-voip", waits_for_dial_tone=False
            )
            lines.append(FxoLine(terminal, wire.user, self._unit_of(wire), settings))
        self.gateway = Gateway(self.plan, self.profile, self.gateway_address, lines, self._gateway_told)
        self.unit = Unit(
            office=self.office,
            cards=[card],
            led=SimLed(),
            data=DataFolder(Path(self._folder.name)),
            prompts=self.prompts,
            clock=RealClock(),
            plan=self.plan,
        )
        self.inside = self
        await self.panel.start()
        await self.unit.start()
        await self.gateway.start()

    async def close(self) -> None:
        await self.gateway.close()
        await self.unit.close()
        await self.panel.close()
        await super().close()
        self._folder.cleanup()

    async def log(self, limit: int) -> list[dict[str, Any]]:
        return [asdict(record) for record in self.unit.calls.recent(limit)]

    async def status(self) -> dict[str, Any]:
        return dict(unit_status(self.unit))

    def watch_hook(self, wire: Wire, source: SimFxsPort) -> None:
        """Note when the gateway's end of this cord opens and closes the loop."""
        changes = self.hooks.setdefault(wire.user, [])

        def changed() -> None:
            held = source.loop.held
            if not changes or changes[-1][1] is not held:
                changes.append((self.now(), held))

        source.loop.source_watchers.append(changed)

    def _gateway_told(self, trouble: str) -> None:
        self.progress(f"SIP of the gateway: {trouble}")

    def _unit_of(self, wire: Wire) -> str:
        return f"{self.kit_address}:{self.port_of(wire)}"
