"""A telephone of the office says which version of the program runs, and why another one does not."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.station import StationLine
from appliance.calls.versionreasons import REASONS
from appliance.office.phrase import Phrase, VersionNumber, phrase

TIMES = 2
"""How often it is said."""


async def unit_version(call: Call) -> Outcome:
    """Say it, and again until the telephone is hung up or it was enough."""
    await call.answer()
    if not isinstance(call.caller.line, StationLine):  # Somebody outside was transferred here.
        return Outcome.REFUSED
    runs = await call.services.version()
    told: list[Phrase] = [phrase("unit-version", version=VersionNumber(runs.version))]
    if runs.gone:
        told.append(phrase("update-gone", version=VersionNumber(runs.gone)))
        if runs.why in REASONS:
            told.append(phrase(REASONS[runs.why]))
    for _ in range(TIMES):
        await call.caller.play(*told)
    await call.caller.play(phrase("goodbye"))
    return Outcome.GOODBYE
