"""Every way a party can leave that the bench can make is noticed, and the lines are free again in time."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from tests.hil.call import NotInTime
from tests.hil.figures import Figures
from tests.hil.plots import bars
from tests.hil.rig import Rig

TONES = ("busy", "reorder", "dial")


async def test_caller_hangs_up(rig: Rig, figures: Figures) -> None:
    """A caller hangs up in the greeting, on each line: the gateway tells it in its way, and the line is free again."""
    took: dict[str, float] = {}
    for trunk in rig.trunks:
        call = await rig.greeted(trunk)
        call.hang_up()
        await call.ended(5)
        limit = rig.bench.limits["disconnect_tone_seconds"].value
        took[f"{trunk.port}, {trunk.ending}"] = await rig.takes_calls(trunk, 4 * limit)
        kind = "hang_up_seconds" if trunk.ending == "loop-break" else "disconnect_tone_seconds"
        figures.add(f"{trunk.port}: hang-up told by {trunk.ending}, to free", list(took.values())[-1], limit=kind)
        await rig.settle()
    figures.plots["Hang-up to a free line"] = bars(took, "s")


async def test_tones_of_the_exchange(rig: Rig, figures: Figures) -> None:
    """The exchange tells by a tone that the far end has gone: the unit hangs up."""
    for number, name in enumerate(TONES):
        call = await rig.greeted(rig.trunks[number % len(rig.trunks)])
        call.play(getattr(rig.plan, name))
        seconds = await call.ended(4 * rig.bench.limits["disconnect_tone_seconds"].value)
        figures.add(f"{name} tone to hanging up", seconds, limit="disconnect_tone_seconds")
        await rig.settle()


async def test_caller_gives_up(rig: Rig, figures: Figures) -> None:
    """A caller hangs up at the first ring: the unit leaves the line alone, or finds nobody there. The next is heard."""
    trunk = rig.trunks[0]
    call = await rig.rings(trunk)
    await asyncio.sleep(1.0)
    call.hang_up()
    await call.ended(5)
    held = 0.0
    with suppress(NotInTime):
        lifted = await rig.rung(trunk, rig.bench.limits["abandoned_seconds"].value)
        lifted.accept()
        await lifted.answered()
        lifted.play(rig.plan.dial)  # As an exchange does, whose line is lifted with nobody on it.
        held = 60.0
        held = await lifted.ended(60)
    figures.add("given up, line held by the unit for", held, limit="abandoned_seconds")
    await rig.settle()
    await rig.greeted(trunk)


async def test_connected_parties(rig: Rig, figures: Figures) -> None:
    """Of two who talk one hangs up: the other is told by the unit. Either may be the first."""
    rig.need(rig.stations, "station")
    caller, callee = await rig.talking(rig.trunks[0], rig.stations[0])
    caller.hang_up()
    figures.add("caller hangs up to telephone told", await callee.ended(20), limit="hang_up_seconds")
    await rig.settle()
    caller, callee = await rig.talking(rig.trunks[0], rig.stations[0])
    callee.hang_up()
    figures.add("telephone hangs up to trunk released", await caller.ended(20), limit="hang_up_seconds")


async def test_silence(rig: Rig, figures: Figures) -> None:
    """A caller says and presses nothing at all: the call comes to an end by itself."""
    call = await rig.greeted(rig.trunks[0])
    rig.progress("a silent caller, for up to three minutes")
    seconds = await call.ended(240)
    figures.add("silence to hanging up", seconds, limit="disconnect_silence_seconds")
