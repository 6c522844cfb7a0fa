"""The examination of a line, from the battery to the last hang-up."""

from __future__ import annotations

from appliance.linedoctor.flashtrials import flash_trials
from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.pairsteps import (
    NotReached,
    answered,
    busy,
    call,
    ending,
    hang_up_both,
    incoming,
    kept,
    levels,
    ringback,
)
from appliance.linedoctor.personsteps import NobodyCalled, Voice, with_a_person
from appliance.linedoctor.steps import TellStep, alone
from appliance.linedoctor.testedport import TestedPort, TestEnded
from hw.linecard import LineError

HARMLESS_DIGIT = "1"
"""Dialled alone where no number of ours is known: no country's emergency number is one digit."""


async def examine(
    line: TestedPort, other: TestedPort | None, progress: TellStep, say: Voice | None = None
) -> LineMeasured:
    """What the line is like. other: a second line of ours, for the two to call each other; it needs its number, as the
    line itself does. say: where somebody with a cell phone helps instead. All is on hook behind it. What ends it early
    is noted, and what is known by then is kept."""
    found = LineMeasured(line.name)
    number = other.number if other is not None else ""
    try:
        ready = await alone(line, found, number[:1] or HARMLESS_DIGIT, progress)
        if ready and other is not None and number:
            await _with_another(line, other, found, progress)
        elif ready and say is not None:
            await with_a_person(line, found, progress, say)
    except (TestEnded, NotReached, NobodyCalled, LineError) as ended:
        found.unfinished = str(ended)
    finally:
        line.close()
        if other is not None:
            other.close()
    return found


async def _with_another(line: TestedPort, other: TestedPort, found: LineMeasured, progress: TellStep) -> None:
    progress("busy tone")
    await busy(line, other, found)
    progress("ringback and levels")
    await ringback(line, await call(line, other), found)
    other.seize()
    await other.wait(1.0)
    await levels(line, other, found)
    progress("how a call that we made ends")
    found.endings["calling"] = await ending(line, other, found, "calling")
    await hang_up_both(line, other)
    if line.number:
        progress("the caller's number")
        await incoming(line, other, found)
        progress("how a call to us ends")
        found.endings["called"] = await ending(line, other, found, "called")
        await hang_up_both(line, other)
        progress("whether a call is kept when we hang up")
        await answered(other, line)
        await kept(line, other, found)
        await hang_up_both(line, other)
    progress("hook flashes")
    await answered(line, other)
    await flash_trials(line, other, found)
