"""The steps with one line and somebody with a cell phone, who is told by voice what to do.

They call twice. In the first call they hang up, which shows how the line tells that. In the second they stay on the
line while we hang up and come back, which shows whether the exchange keeps the call, and while we try hook flashes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from appliance.clock import off_loop
from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.measuring.endings import EndingMeasured, measure_ending
from appliance.linedoctor.measuring.flashes import FIRST_MS, FlashWindow, Reaction
from appliance.linedoctor.measuring.spectrum import share_at
from appliance.linedoctor.measuring.tone import measure_tone
from appliance.linedoctor.pairsteps import ANSWERED_S, BREAK_SEEN_S, caller_told
from appliance.linedoctor.steps import CADENCE_HEARD_S, DIAL_TONE_HEARD_S, TellStep, on_hook_again
from appliance.linedoctor.testedport import TestedPort
from hw.audio import Samples
from hw.said import said

CALLS_WITHIN_S = 120.0
"""How long a person has to call."""
HANGS_UP_WITHIN_S = 30.0
AWAY_S = (3.0, 6.0, 11.0, 16.0, 21.0)
"""How long we hang up each time, to see whether the caller is still there. No exchange keeps a call for longer."""
BACK_S = 2.0
"""Within so long dial tone comes, where the caller is not there any more."""
DIAL_TONE_SHARE = 0.5
"""Dial tone has more of its power at its own frequencies, on a noisy line, too; speech has less."""
REACTS_S = 1.2
"""Within so long recall dial tone is heard behind a flash."""

Voice = Callable[[str], Awaitable[Samples]]
"""The sound of a phrase, by its name in the catalogue."""


class NobodyCalled(Exception):
    """Nobody called in time; the message says so, for people."""


async def with_a_person(line: TestedPort, found: LineMeasured, progress: TellStep, say: Voice) -> None:
    """Both calls. Raises NobodyCalled."""
    called = f"{line.name} ({line.number})" if line.number else line.name
    progress(said("call %(line)s from a cell phone now, and do what you hear", line=called))
    await _called(line, found)
    line.look_at_battery(True)
    begun = line.now  # Some hang up before they have heard all.
    await _say(line, await say("line-test-hang-up"))
    found.endings["called"] = await _left(line, found, begun)
    await on_hook_again(line)
    progress(said("call %(line)s once more", line=called))
    await _called(line, found)
    await _say(line, await say("line-test-stay"))
    progress(said("hook flashes"))
    await _flashes(line, found)
    progress(said("whether a call is kept when we hang up"))
    await _kept(line, found)
    await _say(line, await say("line-test-thanks"))
    line.release()


async def _called(line: TestedPort, found: LineMeasured) -> None:
    """Wait for the call, measure bell and caller ID, and answer."""
    line.expected = True
    begun = line.now
    if not await line.rung(begun, 1, CALLS_WITHIN_S):
        why = said("nobody called %(line)s within %(seconds)s s", line=line.name, seconds=round(CALLS_WITHIN_S))
        raise NobodyCalled(why)
    if found.caller_id is None:
        await caller_told(line, begun, found)
    line.expected = False
    line.seize()
    await line.wait(ANSWERED_S)


async def _say(line: TestedPort, words: Samples) -> None:
    line.send(words)
    await line.sent()
    await line.wait(0.3)


async def _left(line: TestedPort, found: LineMeasured, asked: float) -> EndingMeasured:
    """The person hangs up at some moment from then on: how the line tells it. What they say before is no tone."""
    timeline = line.timeline
    try:
        await line.until(
            lambda: (
                any(one.at >= asked for one in timeline.breaks)
                or bool(timeline.reversals(asked) or timeline.left(asked))
            ),
            HANGS_UP_WITHIN_S,
        )
        by_current = any(one.at >= asked for one in timeline.breaks) or bool(timeline.reversals(asked))
        await line.wait(BREAK_SEEN_S if by_current else 0.0)
    finally:
        line.look_at_battery(False)
    since = line.now - CADENCE_HEARD_S
    tone = None if by_current else await off_loop(measure_tone, timeline.sound(since))
    found.recordings["the other side hangs up (called)"] = timeline.sound(since)
    known = list(found.known_tones())
    left = timeline.left(asked)
    measured = measure_ending(asked, timeline.breaks, timeline.reversals(asked), left, tone, since, known)
    return replace(measured, after_s=None)


async def _flashes(line: TestedPort, found: LineMeasured) -> None:
    """From short to long, until one brings a tone. A longer one might hang up on the person, so no more are tried."""
    tried: list[tuple[int, Reaction]] = []
    for length in FIRST_MS[:-2]:
        flashed = line.now + length / 1000
        line.port.flash(length)
        await line.wait(length / 1000 + REACTS_S)
        tone = await off_loop(measure_tone, line.timeline.sound(flashed + 0.1))
        if tone is None:
            tried.append((length, Reaction.IGNORED))
            continue
        found.tones["recall"] = tone
        line.port.flash(length)
        await line.wait(length / 1000 + REACTS_S)
        tried.append((length, Reaction.TAKEN))
        break
    taken = [length for length, reaction in tried if reaction is Reaction.TAKEN]
    found.flashes = tuple(tried)
    found.window = FlashWindow(min(taken, default=0), max(taken, default=0), 0)


async def _kept(line: TestedPort, found: LineMeasured) -> None:
    """Hang up for longer and longer, until there is dial tone and not the caller, who may be saying something."""
    dial_tone = found.tones["dial"]
    for seconds in AWAY_S:
        line.release()
        await line.wait(seconds)
        lifted = line.seize()
        began = await line.sound_begins(lifted, BACK_S)
        if began is not None:
            await line.wait(DIAL_TONE_HEARD_S)
            if share_at(line.timeline.sound(began), dial_tone.frequencies) > DIAL_TONE_SHARE:
                return
        found.kept_s = seconds
