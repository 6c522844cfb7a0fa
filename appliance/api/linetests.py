"""The line doctor: tests of lines, how they go on, and what of their results is set: methods `lines.…`."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, TypedDict

from appliance.api.lineevidence import offer_line_evidence
from appliance.api.officechanging import OfficeChanging, revision
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.linedoctor.doctor import CannotBeTested, LineDoctor, LineTest
from appliance.linedoctor.document import document, sure
from appliance.linedoctor.leftforwardings import LeftForwardings
from appliance.unit import Unit
from hw.said import Wording, said, told_by, wording

TOPIC = "line-test"
"""Tells how the test goes on."""


class FoundFacts(TypedDict):
    """One finding; see `appliance.linedoctor.findings.LineFinding`."""

    code: str
    """What it is about."""
    heading: Wording
    """The same for people."""
    told: Wording
    """What was found."""
    confidence: float
    """How sure that is, 0 to 1."""
    sure: str
    """The same in a word."""
    trouble: bool
    """Something is wrong with the line."""
    shows: list[int]
    """The numbers of the recordings that show it."""


class ProposedFacts(TypedDict):
    """A field of the line in the office document, the value it should have, and why."""

    field: str
    value: Any
    why: Wording


class LineTestFacts(TypedDict):
    """A test of a line, while it goes on and afterwards."""

    line: str
    """The name of the line."""
    other: str
    """The name of the second line; `person` where somebody calls; empty where there is none."""
    running: bool
    """Whether it goes on."""
    step: Wording
    """What is being done, in a few words."""
    findings: list[FoundFacts]
    """What was found, once it is over."""
    proposals: list[ProposedFacts]
    """What should be set. `lines.accept` does so, or with `fields` some of it."""
    recordings: list[str]
    """What was heard, by its names, once it is over. `lines.heard` and `lines.plot` take their numbers, from 0."""
    report: str
    """The file with the report; empty until there is one, and where it could not be written."""


def offer_line_tests(
    control: ControlServer, unit: Unit, changing: OfficeChanging, folder: Path, left: LeftForwardings
) -> LineDoctor:
    """Put the methods on the socket. folder: where the reports are kept, one for each line. left: see `LineDoctor`.
    Close what is returned."""
    doctor = LineDoctor(unit.services, lambda: unit.switchboard.office, left)

    def report_of(test: LineTest, language: str = "") -> Path:
        port = next((trunk.port for trunk in unit.lines.trunks if trunk.name == test.line), "line")
        return folder / (f"{port}.{language}.html" if language else f"{port}.html")

    async def write_in(test: LineTest, words: Mapping[str, str], language: str) -> Path:
        assert test.found is not None
        when, file = unit.office.local(test.ended or unit.now()), report_of(test, language)

        def say(text: str) -> str:
            return words.get(text, text)

        page = await off_loop(document, test.found, test.findings, test.proposals, when, say, language)
        await off_loop(_written, file, page)
        return file

    async def write(test: LineTest) -> None:
        if test.found is not None:
            test.ended = unit.now()
            page = await off_loop(document, test.found, test.findings, test.proposals, unit.office.local(test.ended))
            try:
                await off_loop(_written, report_of(test), page)
                test.reported = True
            except OSError as error:
                unit.trouble.report(said("the report of a line test could not be kept: %(why)s", why=told_by(error)))

    def facts(test: LineTest) -> LineTestFacts:
        over = not test.running and test.found is not None
        names = list(test.found.recordings) if over and test.found is not None else []
        return LineTestFacts(
            line=test.line,
            other=test.other,
            running=test.running,
            step=wording(test.step),
            findings=[
                FoundFacts(
                    code=one.code,
                    heading=wording(one.heading),
                    told=wording(one.told),
                    confidence=round(float(one.confidence), 2),
                    sure=sure(one.confidence),
                    trouble=one.trouble,
                    shows=[names.index(name) for name in one.shows if name in names],
                )
                for one in test.findings
            ],
            proposals=[ProposedFacts(field=one.field, value=one.value, why=wording(one.why)) for one in test.proposals],
            recordings=names,
            report=str(report_of(test)) if over and test.reported else "",
        )

    async def begin(params: dict[str, Any]) -> LineTestFacts:
        try:
            return facts(doctor.begin(params["line"], params["with"], forwarding=params["forwarding"]))
        except CannotBeTested as refused:
            raise ControlError(refused.code, told_by(refused)) from None

    async def state(_params: dict[str, Any]) -> LineTestFacts:
        return facts(_last(doctor))

    async def stop(_params: dict[str, Any]) -> bool:
        """Whether a test went on. None is no mistake: it may have ended by itself just now."""
        return doctor.stop()

    async def accept(params: dict[str, Any]) -> LineTestFacts:
        test = _last(doctor)
        if test.running:
            raise ControlError(
                "test-running", said("%(line)s is still being tested: wait until that is over", line=test.line)
            )
        chosen = [one for one in test.proposals if not params["fields"] or one.field in params["fields"]]
        if not chosen:  # All of it is set already: that makes no version of the office.
            return facts(test)
        stored = await changing.document()
        if stored is None:
            raise ControlError("no-office", said("no office is set up yet, so there is nothing to keep this in"))
        wanted = deepcopy(stored)
        port = next((trunk.port for trunk in unit.lines.trunks if trunk.name == test.line), "")
        entry = next((entry for entry in wanted["trunks"] if entry["port"] == port), None)
        if entry is None:
            raise ControlError(
                "no-such-line", said("the office has no line %(line)s any more: test it again", line=test.line)
            )
        entry |= {one.field: one.value for one in chosen}
        await changing.load(wanted, expected=revision(stored), by=params["by"])
        test.proposals = [one for one in test.proposals if one not in chosen]
        return facts(test)

    doctor.on_over = write
    doctor.on_change = lambda: control.publish(TOPIC, facts(_last(doctor)))
    control.topic(TOPIC, lambda: facts(doctor.test) if doctor.test is not None else None)
    control.method("lines.test", begin, {"line": Param(str), "with": Param(str, ""), "forwarding": Param(bool, False)})
    control.method("lines.test_state", state)
    control.method("lines.stop_test", stop)
    control.method("lines.accept", accept, {"fields": Param(list, []), "by": Param(str, "")})
    offer_line_evidence(control, lambda: _last(doctor), write_in)
    return doctor


def _last(doctor: LineDoctor) -> LineTest:
    if doctor.test is None:
        raise ControlError("no-test", said("no line was tested since the start: begin with `copperdesk line test`"))
    return doctor.test


def _written(file: Path, page: str) -> None:
    file.parent.mkdir(exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(page, encoding="utf-8")
    new.replace(file)
