"""The steps with two lines, which call each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from appliance.clock import off_loop
from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.measuring.callerids import measure_caller_id
from appliance.linedoctor.measuring.endings import EndingMeasured, Sign, measure_ending
from appliance.linedoctor.measuring.levels import PILOT_DBM0, pilot_dbm0
from appliance.linedoctor.measuring.tone import measure_tone
from appliance.linedoctor.steps import CADENCE_HEARD_S, DIAL_TONE_HEARD_S, DIAL_TONE_S, on_hook_again, tone_heard
from appliance.linedoctor.testedport import SOUND_DBM0, TestedPort
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Samples, level_dbm0
from hw.said import said

RINGS_WITHIN_S = 15.0
RINGBACK_HEARD_S = 13.0
"""Two cycles of the longest ringback of any country, of 6 s."""
TWO_RINGS_S = 14.0
DIGIT_GONE_S = 0.2
"""So long behind a digit its echo is over."""
ANSWERED_S = 0.8
"""So long behind an answer the two hear each other."""
LEVEL_HEARD_S = 0.8
ENDING_WITHIN_S = 25.0
"""An exchange keeps a call for up to 20 s when the side that was called hangs up."""
SOUNDS_S = 0.3
HUNTED_S = 3.0
"""Within so long a hunt group has rung another line, and ringback has shown that it is no busy tone."""
LONGEST_BUSY_S = 1.1
"""No country's busy tone is on or off for more than 0.75 s, and every ringback pauses for longer than this."""
BREAK_SEEN_S = 1.6
"""A loop break lasts for up to 0.9 s."""


class NotReached(Exception):
    """The other line was not rung; the message says by what, for people."""


@dataclass(frozen=True, slots=True)
class RungAt:
    """A call between the two: when the last digit was sent, and when it first rang."""

    dialled: float
    rung: float


async def call(caller: TestedPort, called: TestedPort) -> RungAt:
    """Call one line from the other until it rings. Raises NotReached."""
    lifted = caller.seize("" if not caller.port.traits.dials else called.number)
    called.expected = True
    if not caller.port.traits.dials:
        if await caller.sound_begins(lifted, DIAL_TONE_S) is None:
            raise NotReached(said("%(line)s gave no dial tone", line=caller.name))
        await caller.wait(DIAL_TONE_HEARD_S)
        await caller.dial(called.number)
    dialled = caller.now
    if not await called.rung(dialled, 1, RINGS_WITHIN_S):
        raise NotReached(
            said(
                "%(called)s did not ring when %(line)s dialed %(number)s; check that number in the settings",
                called=called.name,
                line=caller.name,
                number=called.number,
            )
        )
    return RungAt(dialled, called.timeline.rings(dialled)[0])


async def hang_up_both(one: TestedPort, other: TestedPort) -> None:
    """Hang both up, and wait until they are idle."""
    await on_hook_again(one, other)
    one.expected = other.expected = False


async def busy(line: TestedPort, other: TestedPort, rest: Sequence[TestedPort], found: LineMeasured) -> None:
    """Call the other line while it is off hook. Where its number is that of a hunt group the next line is rung instead:
    one of the rest, which expect that, or one that is in service."""
    for one in rest:
        one.expected = True
    other.seize()
    await other.wait(1.0)
    lifted = line.seize()
    if await line.sound_begins(lifted, DIAL_TONE_S) is not None:
        await line.wait(DIAL_TONE_HEARD_S)
        await line.dial(other.number)
        dialled = line.now
        began = await line.sound_begins(dialled + 0.1, RINGS_WITHIN_S)
        if began is not None:
            found.hunts = await line.until(lambda: any(one.timeline.rings(dialled) for one in rest), HUNTED_S)
            other_sound = found.hunts or _no_busy_tone(line.timeline.sound(began))
            tone = None if other_sound else await tone_heard(line, began, CADENCE_HEARD_S)
            if tone is not None and not tone.steady:
                found.tones["busy"] = tone
                found.recordings["busy tone"] = line.timeline.sound(began, began + 4.0)
    await hang_up_both(line, other)
    for one in rest:
        one.expected = False


def _no_busy_tone(sound: Samples) -> bool:
    """Whether this is ringback or words, by a part that is loud or quiet for longer than busy tone ever is."""
    frames = sound[: len(sound) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    loud = [level_dbm0(frame) > SOUND_DBM0 for frame in frames]
    longest = max((len(list(run)) for _loud, run in groupby(loud)), default=0)
    return len(set(loud)) > 1 and longest * FRAME_SECONDS > LONGEST_BUSY_S


async def ringback(line: TestedPort, placed: RungAt, found: LineMeasured) -> None:
    """Listen to ringback, while the other line rings."""
    since = placed.dialled + DIGIT_GONE_S
    tone = await tone_heard(line, since, RINGBACK_HEARD_S)
    if tone is not None:
        found.tones["ringback"] = tone
        found.recordings["ringback"] = line.timeline.sound(since, since + 6.5)


async def levels(line: TestedPort, other: TestedPort, found: LineMeasured) -> None:
    """How loud the test tone of one is at the other, in a call between them."""
    line.send_pilot(True)
    await other.wait(LEVEL_HEARD_S)
    heard = pilot_dbm0(other.timeline.sound(other.now - LEVEL_HEARD_S / 2))
    line.send_pilot(False)
    if heard is not None:
        found.loss_db = PILOT_DBM0 - heard


async def incoming(line: TestedPort, other: TestedPort, found: LineMeasured) -> None:
    """Have the line called, measure its bell and how the caller's number is told, and answer it."""
    begun = line.now
    await call(other, line)
    await caller_told(line, begun, found)
    line.seize()
    await line.wait(ANSWERED_S)


async def caller_told(line: TestedPort, begun: float, found: LineMeasured) -> None:
    """The line rings, in a call that began after this moment: measure its bell, and how the caller's number is told."""
    await line.rung(begun, 2, TWO_RINGS_S)
    await line.wait(0.2)
    rings = line.timeline.rings(begun)
    frames = line.timeline.arrived(begun)
    found.caller_id = await off_loop(measure_caller_id, frames, rings[0], line.timeline.reversals(begun))
    if found.caller_id is not None:
        at = rings[0] + found.caller_id.seconds
        found.recordings["caller ID"] = line.timeline.sound(at - 0.3, at + 2.0)
    found.gateway_told = line.timeline.told(begun)
    found.ring = _bell(rings, line.timeline.bursts(begun))


def _bell(rings: list[float], bursts: tuple[float, ...]) -> tuple[float, ...]:
    """One cycle of the bell; empty where the card does not tell how long it rings. A double ring pauses for 0.2 s."""
    if len(rings) < 2 or not bursts:
        return ()
    between = 0.2
    used = sum(bursts) + between * (len(bursts) - 1)
    steps: list[float] = []
    for burst in bursts:
        steps += [burst, between]
    steps[-1] = rings[1] - rings[0] - used
    return tuple(steps)


async def answered(caller: TestedPort, called: TestedPort) -> None:
    """Call a line, and answer it at its first ring."""
    await call(caller, called)
    await called.wait(0.5)
    called.seize()
    await called.wait(ANSWERED_S)


async def ending(line: TestedPort, leaves: TestedPort, found: LineMeasured, whose: str) -> EndingMeasured:
    """The other one hangs up: how the line tells it."""
    line.look_at_battery(True)
    left = leaves.release()
    try:
        await line.until(lambda: _told(line, left), ENDING_WITHIN_S, every=0.1)
        began = await _tone_behind(line, left)
    finally:
        line.look_at_battery(False)
    tone, at = None, left
    if began is not None:
        at = began
        tone = await off_loop(measure_tone, line.timeline.sound(began, began + CADENCE_HEARD_S))
    timeline = line.timeline
    known = list(found.known_tones())
    reversals = timeline.reversals(left)
    measured = measure_ending(left, timeline.breaks, reversals, timeline.left(left), tone, at, known)
    found.recordings[f"the other side hangs up ({whose})"] = timeline.sound(left, line.now)
    return measured


def _told(line: TestedPort, left: float) -> bool:
    """Whether a sign has come, and is over, as far as it can be."""
    timeline = line.timeline
    broken = any(one.at >= left for one in timeline.breaks)
    return broken or bool(timeline.reversals(left) or timeline.left(left)) or _sounds(line, left)


def _sounds(line: TestedPort, left: float) -> bool:
    recent = line.timeline.sound(max(left + 0.1, line.now - SOUNDS_S))
    return len(recent) >= SOUNDS_S * SAMPLE_RATE * 0.7 and level_dbm0(recent) > SOUND_DBM0


async def _tone_behind(line: TestedPort, left: float) -> float | None:
    """Listen for the tone behind the sign, and say when it began. Behind a loop break dial tone comes late."""
    timeline = line.timeline
    by_current = any(one.at >= left for one in timeline.breaks) or bool(timeline.reversals(left))
    if by_current or timeline.left(left):
        await line.wait(BREAK_SEEN_S)
        return None
    began = await line.sound_begins(left + 0.1, 0.2)
    if began is not None:
        await line.wait(max(began + CADENCE_HEARD_S - line.now, 0.0))
    return began


async def kept(line: TestedPort, caller: TestedPort, found: LineMeasured) -> None:
    """The line was called and hangs up: how long the exchange keeps the call for it."""
    measured = await ending(caller, line, found, "kept")
    found.kept_s = measured.kept_s
    if measured.sign is Sign.NOTHING:
        found.kept_s = 0.0
