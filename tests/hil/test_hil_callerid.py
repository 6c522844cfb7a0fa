"""Caller ID, sent by the gateway on the unit's trunk, and received by the gateway at the unit's station."""

from __future__ import annotations

from hw.sip.message import caller_id
from tests.hil.figures import Figures
from tests.hil.rig import Rig

CALLERS = (
    ("4075550123", "Jane Roe"),
    ("4075550199", "BOB O POE"),
    ("2025550100", "ACME PARTS INC"),
    ("9195550177", "M"),
)


async def test_caller_id_goes_through_the_unit(rig: Rig, figures: Figures) -> None:
    """Number and name reach the unit, which shows them to the telephone it rings, and keeps them in its log."""
    rig.need(rig.stations, "station")
    station = rig.stations[0]
    shown = logged = 0
    wrong: list[str] = []
    calls = [(trunk, caller) for trunk in rig.trunks for caller in CALLERS[: 1 if rig.short else None]]
    for trunk, (number, name) in calls:
        call = await rig.rings(trunk, number, name)
        await call.answered()
        await call.passes(0.5)
        call.press(station.extension)
        rung = await rig.rung(station)
        assert rung.message is not None
        known = caller_id(rung.message, rig.profile.caller_id_in)
        if (known.number, known.name.casefold()) == (number, name.casefold()):
            shown += 1
        else:
            wrong.append(f"{trunk.port}: {number} {name!r} came as {known.number} {known.name!r}")
        await rig.settle()
        if rig.inside is not None:
            record = (await rig.inside.log(1))[0]
            logged += (record["caller_number"], record["caller_name"].casefold()) == (number, name.casefold())
    figures.add("calls with caller ID", len(calls), "calls")
    figures.add("not shown to the telephone", len(calls) - shown, limit="caller_id_missed")
    if rig.inside is not None:
        figures.add("not in the unit's log", len(calls) - logged, limit="caller_id_missed")
    assert not wrong, "; ".join(wrong)
