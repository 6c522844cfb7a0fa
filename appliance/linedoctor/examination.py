"""The examination of a line, from the battery to the last hang-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appliance.linedoctor.codesteps import Note, forwarding_by_code
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
from appliance.linedoctor.servicesteps import forwarding
from appliance.linedoctor.steps import TellStep, alone
from appliance.linedoctor.testedport import TestedPort, TestEnded
from hw.linecard import LineError
from hw.said import Said, said, told_by
from hw.tones.toneplan import TonePlan

HARMLESS_DIGIT = "1"
"""Dialled alone where no number of ours is known: no country's emergency number is one digit."""


@dataclass(frozen=True, slots=True)
class CodeTrial:
    """That forwarding by a code is to be tried, too. plan: that of the office's country. note: see `codesteps`."""

    plan: TonePlan
    note: Note


async def examine(
    line: TestedPort,
    others: Sequence[TestedPort],
    progress: TellStep,
    say: Voice | None = None,
    trial: CodeTrial | None = None,
) -> LineMeasured:
    """What the line is like. All lines are on hook behind it. What ends it early is noted, and what is known by then is
    kept.

    others: a second line of ours, for the two to call each other, and a third, to which a caller is transferred; they
    need their numbers, as the line itself does. say: where somebody with a cell phone helps instead. trial: takes two
    other lines.
    """
    found = LineMeasured(line.name)
    number = others[0].number if others else ""
    lines = (line, *others)

    def end(why: Said) -> None:
        for one in lines:
            one.interrupt(why)

    for one in lines:  # A caller on any of them is not to ring until that one is waited for.
        one.end = end
    try:
        ready = await alone(line, found, number[:1] or HARMLESS_DIGIT, progress)
        if ready and number:
            await _with_another(line, others[0], others[1:], found, progress)
            if others[1:] and line.number and found.window is not None and found.window.best_ms:
                progress(said("three-way calls and transfer"))
                await forwarding(line, others[0], others[1], found)
            if others[1:] and trial is not None and "called" in found.endings:
                await _by_code(line, others, trial, found, progress)
        elif ready and say is not None:
            await with_a_person(line, found, progress, say)
    except (TestEnded, NotReached, NobodyCalled, LineError) as ended:
        found.unfinished = told_by(ended)
    finally:
        for one in lines:
            one.close()
    return found


async def _by_code(
    line: TestedPort, others: Sequence[TestedPort], trial: CodeTrial, found: LineMeasured, progress: TellStep
) -> None:
    """Another country's codes might ask the exchange for something else."""
    best = found.country.best if found.country is not None else ()
    if trial.plan.forwarding is None or trial.plan.country not in [one.country for one in best]:
        found.other_country = True
        return
    progress(said("forwarding by a code"))
    await forwarding_by_code(line, others[0], others[1], trial.plan.forwarding, trial.note, found)


async def _with_another(
    line: TestedPort, other: TestedPort, rest: Sequence[TestedPort], found: LineMeasured, progress: TellStep
) -> None:
    progress(said("busy tone"))
    await busy(line, other, rest, found)
    progress(said("ringback and levels"))
    await ringback(line, await call(line, other), found)
    other.seize()
    await other.wait(1.0)
    await levels(line, other, found)
    progress(said("how a call that we made ends"))
    found.endings["calling"] = await ending(line, other, found, "calling")
    await hang_up_both(line, other)
    if line.number:
        progress(said("the caller's number"))
        await incoming(line, other, found)
        progress(said("how a call to us ends"))
        found.endings["called"] = await ending(line, other, found, "called")
        await hang_up_both(line, other)
        progress(said("whether a call is kept when we hang up"))
        await answered(other, line)
        await kept(line, other, found)
        await hang_up_both(line, other)
    progress(said("hook flashes"))
    await answered(line, other)
    await flash_trials(line, other, found)
