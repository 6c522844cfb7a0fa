"""Looks each minute whether the machine itself is well: its power, its heat, its memory card, its clock."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

from appliance.advice import Advice, Advised
from appliance.calls.faults import Faults
from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.machine.health import CARD_FAILS, DATA_MISSING, HOT, WEAK, WORN_PERCENT, MachineHealth, machine_health

log = logging.getLogger(__name__)

EVERY_S = 60.0
CLOCK_TOLD_AFTER_S = 600.0
"""Most units learn the time a little after their start, and nobody need be told of that."""


class MachineWatch:
    """faults, advice: where it tells. clock: the unit's. root: the folder with the machine's `sys`."""

    def __init__(self, faults: Faults, advice: Advice, clock: Clock, root: Path = Path("/")) -> None:
        self._faults = faults
        self._advice = advice
        self._clock = clock
        self._root = root
        self._began = asyncio.get_running_loop().time()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run(), name="looks whether the machine is well")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Look once."""
        health = await off_loop(machine_health, self._root)
        self._faults.stands(WEAK, health.power_weak)
        self._faults.stands(HOT, health.slowed)
        self._faults.stands(CARD_FAILS, health.card_errors > 0)
        self._faults.stands(DATA_MISSING, health.data_missing)
        await self._advice.found("machine", [*_to_be_seen_to(health), *self._of_the_clock()])

    def _of_the_clock(self) -> Iterator[Advised]:
        running = asyncio.get_running_loop().time() - self._began
        if running >= CLOCK_TOLD_AFTER_S and not self._clock.is_sure(self._clock.now()):
            yield Advised("clock-unset")

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:  # It is tried again; no call depends on it.
                log.error("how the machine is, is not known: %s", kind_and_place(error))
            await asyncio.sleep(EVERY_S)


def _to_be_seen_to(health: MachineHealth) -> Iterator[Advised]:
    if health.power_was_weak and not health.power_weak:
        yield Advised("power-was-weak")
    if health.card_worn is not None and health.card_worn >= WORN_PERCENT:
        yield Advised("card-worn", (str(min(health.card_worn, 100)),))
