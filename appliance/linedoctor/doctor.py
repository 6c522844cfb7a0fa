"""The tests of a unit's lines: one at a time, with the lines out of service only as long as it lasts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from appliance.calls.services import Services
from appliance.calls.tasks import Tasks
from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.clock import off_loop
from appliance.linedoctor.examination import CodeTrial, examine
from appliance.linedoctor.findings import LineFinding, findings
from appliance.linedoctor.leftforwardings import LeftForwardings
from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.proposals import LineProposal, proposals
from appliance.linedoctor.secondopinion import Listened, opinion_findings
from appliance.linedoctor.testedport import TestedPort
from appliance.office.model import Office
from appliance.office.phrase import phrase
from appliance.store.forwardings import ForwardingNote
from hw.audio import SILENCE, Samples
from hw.said import Said, listed, said

PERSON = "person"
"""In place of a second line: somebody calls from a cell phone, and is told by voice what to do."""
CLOSING_SECONDS = 1.0


class CannotBeTested(RuntimeError):
    """A stable `code` for programs; the message says why, for people, and what to do."""

    def __init__(self, code: str, message: Said) -> None:
        super().__init__(message)
        self.code = code


@dataclass(slots=True)
class LineTest:
    """One test, while it goes on and afterwards."""

    line: str
    """The name of the line."""
    other: str
    """That of the second line; `person`, or empty where there is none."""
    step: Said = field(default_factory=lambda: said("begins"))
    """What is being done, in a few words."""
    running: bool = True
    """Whether it still goes on."""
    found: LineMeasured | None = None
    """All that was measured, once it is over."""
    findings: Sequence[LineFinding] = ()
    """The same in sentences."""
    proposals: Sequence[LineProposal] = ()
    """What should be set for the line."""
    ended: datetime | None = None
    """When it was over; None before."""
    reported: bool = False
    """Its report has been written."""


class LineDoctor:
    """office: the one in use. left: keeps that no forwarding stays. test: the one that goes on, or was the last; None:
    there was none yet. on_change: called whenever it has come further. on_over: called behind every test.
    second_opinion: called with the port of a line whose test begins."""

    def __init__(self, services: Services, office: Callable[[], Office], left: LeftForwardings) -> None:
        self.test: LineTest | None = None
        self.on_change: Callable[[], None] = lambda: None
        self.on_over: Callable[[LineTest], Awaitable[None]] = _nothing
        self.second_opinion: Callable[[str], Listened] = lambda _port: _no_opinion
        self._lines, self._plan = services.lines, services.tones
        self._services = services
        self._office = office
        self._left = left
        self._tasks = Tasks(services.faults)
        self._end: Callable[[Said], None] = lambda _why: None
        self._task: asyncio.Task[None] | None = None

    def begin(self, line: str, other: str = "", *, forwarding: bool = False) -> LineTest:
        """Test the line of this name from now on. other: the name of a second line; `person`; empty: another line that
        is free, if there is one. forwarding: have the exchange forward the line's calls by a code for a minute, too.
        Raises CannotBeTested."""
        if self.test is not None and self.test.running:
            raise CannotBeTested(
                "test-running", said("%(line)s is being tested: wait until that is over", line=self.test.line)
            )
        trunk = self._named(line)
        if trunk.digital:
            raise CannotBeTested(
                "not-analog", said("%(line)s has no analog line behind it: there is nothing to test", line=trunk.name)
            )
        if trunk.dials:
            raise CannotBeTested(
                "dials-by-itself",
                said(
                    "%(line)s cannot be tested while its gateway dials by itself: set that to two-stage dialing first",
                    line=trunk.name,
                ),
            )
        if trunk.state is not State.LOST and not trunk.free:
            raise CannotBeTested(
                "line-busy", said("%(line)s is in use: try again when the call on it is over", line=trunk.name)
            )
        helpers = self._helpers(trunk, other, forwarding=forwarding) if trunk.state is not State.LOST else []
        if forwarding:
            self._may_forward(trunk, helpers)
        test = LineTest(trunk.name, other if other == PERSON else helpers[0].name if helpers else "")
        self.test = test
        self._task = self._tasks.begin(f"test of {trunk.name}", self._run(test, trunk, helpers, forwarding=forwarding))
        return test

    def stop(self) -> bool:
        """End the test that goes on. Whether one did."""
        self._end(said("it was stopped"))
        return self.test is not None and self.test.running

    async def over(self) -> None:
        """Wait until no test goes on."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def close(self) -> None:
        """End the test that goes on, and give its lines back."""
        self.stop()
        await self._tasks.close(patience_seconds=CLOSING_SECONDS)

    async def _run(self, test: LineTest, trunk: TrunkLine, helpers: Sequence[TrunkLine], *, forwarding: bool) -> None:
        try:
            listened = self.second_opinion(trunk.port)
            found = await self._examined(test, trunk, helpers, forwarding=forwarding)
            if "called" in found.endings and found.code_forwarding is None:
                await self._left.over(trunk.port)
            test.findings = await off_loop(findings, found, self._plan.country)
            if (opinion := await listened()) is not None:
                test.findings = [*test.findings, *opinion_findings(found, opinion)]
            test.proposals = await off_loop(proposals, found, trunk.facts)
            test.found = found
            await self.on_over(test)
        finally:
            test.running = False
            self._left.see_to_them()
            self.on_change()

    async def _examined(
        self, test: LineTest, trunk: TrunkLine, helpers: Sequence[TrunkLine], *, forwarding: bool
    ) -> LineMeasured:
        if trunk.state is State.LOST:
            return LineMeasured(trunk.name, alive=False, dead_because=trunk.dead_because)

        def step(told: Said) -> None:
            test.step = told
            self.on_change()

        lent: list[TrunkLine] = []
        ports: list[TestedPort] = []

        def end(why: Said) -> None:
            for port in ports:
                port.interrupt(why)

        self._end = end
        try:
            for line in (trunk, *helpers):
                if not line.free:  # A call has come in between.
                    return LineMeasured(trunk.name, unfinished=said("a call has come in on %(line)s", line=line.name))
                port = line.lend(end)
                lent.append(line)
                ports.append(TestedPort(line.name, line.facts.number, port, self._plan))
            say = self.say if test.other == PERSON else None
            trial = self._trial(trunk, helpers) if forwarding else None
            return await examine(ports[0], ports[1:], step, say, trial)
        finally:
            self._end = lambda _why: None
            for line in lent:
                if line.state in (State.TESTED, State.LOST):
                    line.take_back()

    async def say(self, name: str) -> Samples:
        """The sound of a phrase, in the office's language."""
        office = self._office()
        here = office.local(self._services.clock.now())
        clips = await self._services.announcer.clips([phrase(name)], here, office.language)
        return np.concatenate(clips) if clips else SILENCE

    def _may_forward(self, trunk: TrunkLine, helpers: Sequence[TrunkLine]) -> None:
        if self._plan.forwarding is None:
            raise CannotBeTested(
                "no-forwarding-codes",
                said(
                    "in %(country)s no code for forwarding is common to all telephone companies",
                    country=self._plan.name,
                ),
            )
        if len(helpers) < 2 or not trunk.facts.number:
            raise CannotBeTested(
                "no-third-line",
                said("forwarding is tried with three lines that are free, each with its number in the settings"),
            )

    def _trial(self, trunk: TrunkLine, helpers: Sequence[TrunkLine]) -> CodeTrial:
        codes = self._plan.forwarding
        assert codes is not None
        note = ForwardingNote(helpers[1].facts.number, codes.off)

        async def noted(forwarded: bool) -> None:
            await (self._left.noted(trunk.port, note) if forwarded else self._left.over(trunk.port))

        return CodeTrial(self._plan, noted)

    def _helpers(self, trunk: TrunkLine, other: str, *, forwarding: bool) -> list[TrunkLine]:
        """A second line; and a third, if callers still find a free one then, or if it is needed."""
        if other == PERSON:
            return []
        usable = [one for one in self._lines.trunks if one is not trunk and one.free and one.facts.outside]
        usable = [one for one in usable if one.facts.number and not (one.digital or one.dials)]
        if other:
            helper = self._named(other)
            if helper not in usable:
                itself, otherwise = said("it is the line itself"), said("it is in use, or not analog, or has no number")
                why = itself if helper is trunk else otherwise
                raise CannotBeTested("no-second-line", said("%(line)s cannot help: %(why)s", line=helper.name, why=why))
            usable = [helper, *(one for one in usable if one is not helper)]
        return usable[: 2 if len(usable) > 2 or forwarding else 1]

    def _named(self, line: str) -> TrunkLine:
        for trunk in self._lines.trunks:
            if line in (trunk.name, trunk.port):
                return trunk
        for station in self._lines.station_lines:
            if line in (station.name, station.port):
                raise CannotBeTested(
                    "no-such-line",
                    said(
                        "%(telephone)s is a telephone, and only lines to the telephone company are tested like this; "
                        "`copperdesk hw test %(port)s` tries a telephone",
                        telephone=station.name,
                        port=station.port,
                    ),
                )
        names = listed([trunk.name for trunk in self._lines.trunks])
        raise CannotBeTested(
            "no-such-line", said("there is no line '%(line)s': there are %(names)s", line=line, names=names)
        )


async def _nothing(_test: LineTest) -> None:
    return


async def _no_opinion() -> None:
    return
