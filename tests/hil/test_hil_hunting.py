"""A call finds every line there is: in from the exchange, and out to it."""

from __future__ import annotations

from hw.sip import wire
from tests.hil.call import NotInTime
from tests.hil.figures import Figures
from tests.hil.rig import Rig
from tests.hil.test_hil_keys import dialled_through


async def test_calls_in_over_all_lines(rig: Rig, figures: Figures) -> None:
    """Callers come one after the other, as an exchange hunts: each line answers while all before are up."""
    calls, missing = [], 0
    for trunk in rig.trunks:
        try:
            calls.append(await rig.greeted(trunk))
        except NotInTime as error:
            missing += 1
            rig.progress(str(error))
    up = sum(call.up for call in calls)
    figures.add("lines", len(rig.trunks), "lines")
    figures.add("lines up at the same time", up, "lines")
    figures.add("lines not found by a caller", len(rig.trunks) - up, limit="lines_not_found")
    more = rig.call_in(rig.trunks[0])
    await more.until(lambda: more.ended_at, 10, "refused")
    assert not any(isinstance(report, wire.ProvisionalAnswer) and report.status == 180 for report in more.told)


async def test_calls_out_over_all_lines(rig: Rig, figures: Figures) -> None:
    """Callers hold all lines but one: a call out takes that one, whichever it is."""
    rig.need(rig.stations and rig.bench.unit.numbers, "station, and numbers to dial")
    number, missing = rig.bench.unit.numbers[0], 0
    for free in rig.trunks:
        for trunk in rig.trunks:
            if trunk is not free:
                await rig.greeted(trunk)
        try:
            got = await dialled_through(rig, rig.stations[0], number)
            missing += got != number
        except NotInTime as error:
            missing += 1
            rig.progress(f"{free.port}: {error}")
        await rig.settle()
    figures.add("lines not found by a call out", missing, limit="lines_not_found")
