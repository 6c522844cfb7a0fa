"""A hook flash arrives at the unit as long as it is set, and is not taken for a hang-up."""

from __future__ import annotations

from tests.hil.figures import Figures
from tests.hil.rig import Rig

FLASHES = 10
WAIT_S = 3.0
"""Longer than a flash, and than a unit waits before it takes one for a hang-up."""


async def test_hook_flash(rig: Rig, figures: Figures) -> None:
    """The gateway flashes as a telephone in a call, which goes on; where the cord can be seen, the length is right."""
    rig.need(rig.stations, "station")
    if rig.profile.flash_out == "none":
        rig.need(False, "gateway that makes a flash of an event")
    station = rig.stations[0]
    _caller, callee = await rig.talking(rig.trunks[0], station)
    hooks = rig.hooks.get(station.user)
    lengths, lost, times = [], 0, 1 if rig.short else FLASHES
    for _ in range(times):
        seen = len(hooks) if hooks is not None else 0
        callee.flash()
        await callee.passes(WAIT_S)
        if not callee.up:
            lost += 1
            break
        if hooks is not None:
            (opened, held), (closed, again) = hooks[seen : seen + 2]
            assert (held, again) == (False, True)
            lengths.append(1000 * (closed - opened))
    figures.add("flashes made", times, "flashes")
    figures.add("calls lost by a flash", lost, limit="flash_lost_calls")
    if hooks is not None:
        wanted = rig.bench.gateway.flash_ms
        figures.add("length of a flash, longest", max(lengths), "ms")
        worst = max(abs(length - wanted) for length in lengths)
        figures.add(f"length of a flash, off the {wanted} ms set, worst", worst, limit="flash_error_ms")
