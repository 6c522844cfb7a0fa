"""Forwardings that a test has set in the exchange, and how none of them stays.

Each is noted on the disk before anything is dialled, ended as soon as the line is free, and told as a fault, with what
to dial, for as long as it is not certain that it has ended.
"""

from __future__ import annotations

import asyncio

from appliance.calls.faults import Faults
from appliance.calls.lines import Lines
from appliance.calls.tasks import Tasks
from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.clock import off_loop
from appliance.linedoctor.codesteps import forwarding_ended
from appliance.linedoctor.pairsteps import NotReached
from appliance.linedoctor.testedport import TestedPort, TestEnded
from appliance.store.forwardings import ForwardingFile, ForwardingNote
from hw.linecard import LineError
from hw.said import Said, said, told_by
from hw.tones.toneplan import TonePlan

TRIED_AFTER_S = (5.0, 60.0, 600.0)
"""How long after a test, or the start of the unit, it is tried for the first, second and last time."""


class LeftForwardings:
    """Those that may be set, by port. `begin` reads what an earlier run has left. Close it."""

    def __init__(self, file: ForwardingFile, lines: Lines, faults: Faults, plan: TonePlan) -> None:
        self._file = file
        self._lines = lines
        self._faults = faults
        self._plan = plan
        self._notes: dict[str, ForwardingNote] = {}
        self._tasks = Tasks(faults)
        self._ending: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Take over what was left when the unit ended in the middle of a test."""
        try:
            self._notes = await off_loop(self._file.read)
        except OSError as error:
            self._faults.report(said("what a test has forwarded is not known: %(why)s", why=told_by(error)))
        self.see_to_them()

    async def noted(self, port: str, note: ForwardingNote) -> None:
        """Behind this the disk has it. Raises OSError; then nothing may be forwarded."""
        await off_loop(self._file.write, {**self._notes, port: note})
        self._notes[port] = note

    async def over(self, port: str) -> None:
        """Calls come to this line. Harmless where none was noted."""
        if (note := self._notes.pop(port, None)) is not None:
            self._faults.withdraw(self._told(port, note))
            await off_loop(self._file.write, dict(self._notes))

    def see_to_them(self) -> None:
        """Tell of those that are left, and end them as soon as their lines are free. Harmless where there are none."""
        for port, note in self._notes.items():
            self._faults.report(self._told(port, note))
        if self._notes and (self._ending is None or self._ending.done()):
            self._ending = self._tasks.begin("end of a forwarding", self._end_all())

    async def close(self) -> None:
        await self._tasks.close()

    async def _end_all(self) -> None:
        for seconds in TRIED_AFTER_S:
            await asyncio.sleep(seconds)
            for port in list(self._notes):
                trunk = next((one for one in self._lines.trunks if one.port == port), None)
                if trunk is not None and trunk.free and await self._ended(trunk, self._notes[port].off):
                    await self.over(port)
            if not self._notes:
                return

    async def _ended(self, trunk: TrunkLine, off: str) -> bool:
        port: TestedPort | None = None

        def end(why: Said) -> None:
            if port is not None:
                port.interrupt(why)

        port = TestedPort(trunk.name, trunk.facts.number, trunk.lend(end), self._plan)
        try:
            return await forwarding_ended(port, off)
        except (TestEnded, NotReached, LineError):
            return False
        finally:
            port.close()
            if trunk.state in (State.TESTED, State.LOST):
                trunk.take_back()

    def _told(self, port: str, note: ForwardingNote) -> Said:
        name = next((one.name for one in self._lines.trunks if one.port == port), port)
        return said(
            "a test has left calls to %(line)s forwarded to %(number)s: dial %(code)s on a telephone in its socket",
            line=name,
            number=note.number,
            code=note.off,
        )
