"""Tells people once what is wrong with the lines and telephones of a unit, and that it is over.

What calls show is told as it is found (`linehealth`). Every ten minutes it is looked, too, at what no call shows: the
battery, where a card can measure it; telephones that were not hung up; and whether a line without dial tone has it
again, since calls out avoid such a line.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import Any

from appliance.calls.faults import Faults
from appliance.calls.leg import Leg
from appliance.calls.linehealth import LineTrouble, told
from appliance.calls.lines import Lines
from appliance.calls.outgoing import DIAL_TONE_SECONDS
from appliance.calls.station import StationState
from appliance.calls.trunk import TrunkLine
from appliance.faultlog import kind_and_place
from appliance.media.detectors import Voice
from hw.said import said

log = logging.getLogger(__name__)

EVERY_S = 600.0
LEFT_OFF_HOOK_LOOKS = 6
"""A telephone that is off hook without a call so many times in a row, for an hour, was not hung up well."""
LISTENED_S, SPOKEN_S = 0.1, 0.7
"""How often it is looked whether somebody speaks, and how long they must: crackling does not last so long. A voice
counts for 0.3 s behind its end."""
WEAK_BATTERY_V = 30.0
"""Exchanges give 44 to 56 V, terminal adapters 40 V and more. With less, a battery at the exchange is dying, or a wire
is bad; a line in use has 6 to 12 V."""


class LineWatch:
    """Of one unit. Made when its lines are there; `close` it with them."""

    def __init__(self, lines: Lines, faults: Faults) -> None:
        self._lines = lines
        self._faults = faults
        self._off_hook: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._told: dict[tuple[str, str], str] = {}
        for trunk in lines.trunks:
            trunk.health.on_change = partial(self._changed, trunk)

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run(), name="looks at the lines")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Look once."""
        for trunk in self._lines.trunks:
            self._look_at_battery(trunk)
            if LineTrouble.NO_DIAL_TONE in trunk.health.troubles and trunk.free:
                await self._listen_for_dial_tone(trunk)
        self._look_at_telephones()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            try:
                await self.look()
            except Exception as error:  # It is tried again; no call depends on it.
                log.error("the lines could not be looked at: %s", kind_and_place(error))

    def _changed(self, trunk: TrunkLine, trouble: LineTrouble, there: bool) -> None:
        self._tell(trunk, trouble.name, told(trunk.name, trouble), there)

    def _look_at_battery(self, trunk: TrunkLine) -> None:
        volts = trunk.volts
        if volts is None or not trunk.free:
            return
        weak = 0 < abs(volts) < WEAK_BATTERY_V
        fault = said(
            "%(line)s has a weak battery, less than %(volts)s V: tell the telephone company",
            line=trunk.name,
            volts=round(WEAK_BATTERY_V),
        )
        self._tell(trunk, "battery", fault, weak)

    async def _listen_for_dial_tone(self, trunk: TrunkLine) -> None:
        """Seize the line and listen. Whoever calls just then is answered by that, and speaks: a call like any other."""
        leg = trunk.seize("")
        try:
            caller = await self._caller_met(trunk, leg)
            if not caller and not leg.gone.done():
                trunk.health.dial_tone(heard=trunk.dial_tone.done(), other=trunk.unknown_at_seizure)
        except BaseException:
            leg.release()
            raise
        if caller:
            trunk.hand_over()
        else:
            leg.release()

    async def _caller_met(self, trunk: TrunkLine, leg: Leg) -> bool:
        """Wait for dial tone. Whether somebody speaks instead."""
        loop, voice, spoken = asyncio.get_running_loop(), Voice(), 0.0
        leg.media.listen_for(voice)
        awaited: list[asyncio.Future[Any]] = [trunk.dial_tone, leg.gone]
        until = loop.time() + DIAL_TONE_SECONDS
        while not (trunk.dial_tone.done() or leg.gone.done()) and loop.time() < until and spoken < SPOKEN_S:
            await asyncio.wait(awaited, timeout=LISTENED_S, return_when=asyncio.FIRST_COMPLETED)
            spoken = spoken + LISTENED_S if leg.speaking else 0.0
        leg.media.stop_listening(voice)
        return spoken >= SPOKEN_S and not (trunk.dial_tone.done() or leg.gone.done())

    def _look_at_telephones(self) -> None:
        for station in self._lines.station_lines:
            left = station.state is StationState.LOCKED_OUT
            looks = self._off_hook.get(station.name, 0) + 1 if left else 0
            self._off_hook[station.name] = looks
            fault = said(
                "%(telephone)s has been off hook for an hour: hang it up, or nobody can reach it",
                telephone=station.name,
            )
            if looks >= LEFT_OFF_HOOK_LOOKS:
                self._faults.report(fault)
            elif not left:
                self._faults.withdraw(fault)

    def _tell(self, trunk: TrunkLine, code: str, fault: str, there: bool) -> None:
        """What was told is kept, as the line may have another name when it is over."""
        before = self._told.pop((trunk.port, code), "")
        if there:
            self._told[trunk.port, code] = fault
            self._faults.report(fault)
        elif before:
            self._faults.withdraw(before)
