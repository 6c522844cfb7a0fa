"""Hook flashes of many lengths, in calls to another line of ours that sends a test tone meanwhile."""

from __future__ import annotations

from appliance.clock import off_loop
from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.measuring.flashes import FlashSearch, Reaction
from appliance.linedoctor.measuring.levels import pilot_dbm0
from appliance.linedoctor.measuring.tone import measure_tone
from appliance.linedoctor.pairsteps import answered, hang_up_both
from appliance.linedoctor.steps import CADENCE_HEARD_S
from appliance.linedoctor.testedport import TestedPort

REACTS_S = 0.9
"""Within so long an exchange has done what a flash asks for."""
HEARD_S = 0.25
"""So much of the line shows whether the test tone is on it."""
BACK_S = 1.2
"""After a flash back the exchange connects the two again within so long."""


async def flash_trials(line: TestedPort, other: TestedPort, found: LineMeasured) -> None:
    """Try lengths until the window is known. The two talk when this begins; behind it both are on hook."""
    search = FlashSearch()
    other.send_pilot(True)
    await line.wait(HEARD_S)
    while (length := search.next_ms) is not None:
        reaction = await _trial(line, length, found)
        search.tried(length, reaction)
        if reaction is Reaction.HUNG_UP and search.next_ms is not None:
            await hang_up_both(line, other)
            await answered(line, other)
            other.send_pilot(True)
            await line.wait(HEARD_S)
    found.window, found.flashes = search.window, search.reactions
    await hang_up_both(line, other)


async def _trial(line: TestedPort, length_ms: int, found: LineMeasured) -> Reaction:
    """One flash; if it did something, another one to come back."""
    flashed = line.now + length_ms / 1000
    line.port.flash(length_ms)
    await line.wait(length_ms / 1000 + REACTS_S)
    if _other_heard(line):
        return Reaction.IGNORED
    began = await line.sound_begins(flashed, 0.05)
    first = "recall" not in found.tones and began is not None
    if first and began is not None:
        await line.wait(CADENCE_HEARD_S - 1.0)
    back = line.now
    line.port.flash(length_ms)
    await line.wait(length_ms / 1000 + BACK_S)
    if not _other_heard(line):
        return Reaction.HUNG_UP
    if first and began is not None:
        tone = await off_loop(measure_tone, line.timeline.sound(began, back))
        if tone is not None:
            found.tones["recall"], found.recall_after_s = tone, began - flashed
            found.recordings["recall dial tone"] = line.timeline.sound(began, began + 3.0)
    return Reaction.TAKEN


def _other_heard(line: TestedPort) -> bool:
    """Whether the other's test tone is on the line now."""
    return pilot_dbm0(line.timeline.sound(line.now - HEARD_S)) is not None
