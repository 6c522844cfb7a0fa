"""Forwarding by a code that is dialled: whether the exchange sends the line's calls to another number, and no longer
behind the other code. Tried by three lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from appliance.clock import off_loop
from appliance.linedoctor.measured import CodeForwarding, LineMeasured
from appliance.linedoctor.measuring.tone import MeasuredTone, measure_tone
from appliance.linedoctor.pairsteps import DIGIT_GONE_S, RINGS_WITHIN_S, NotReached
from appliance.linedoctor.steps import DIAL_TONE_HEARD_S, DIAL_TONE_S, on_hook_again
from appliance.linedoctor.testedport import SOUND_DBM0, TestedPort
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, Samples, level_dbm0
from hw.said import said
from hw.tones.toneplan import ForwardingCodes

ANSWERS_WITHIN_S = 6.0
"""Behind a code an exchange has given its tone, or has begun to ring the number, by then."""
ANSWER_HEARD_S = 4.0
"""So much of what it gives shows what it is."""
BEEPS_S = (0.15, 1.5)
"""A confirmation tone sounds for so long in all. A busy tone has sounded for longer by then."""
STEADY_HEARD_S = 1.5
"""So much of a dial tone shows its frequencies."""
SAME_HZ = 8.0
AGREED_S = 2.0
"""So long the number that is called for its agreement stays in the call."""
Note = Callable[[bool], Awaitable[None]]
"""Called with True before a line is forwarded, and with False once calls come to it again. Behind it that is on the
disk."""


async def forwarding_by_code(
    line: TestedPort, caller: TestedPort, third: TestedPort, codes: ForwardingCodes, note: Note, found: LineMeasured
) -> None:
    """Forward the line to the third one, call it, end that, and call it again. All are on hook before and behind it.

    Raises TestEnded, too, with the line forwarded: whoever gave `note` ends it then.
    """
    await note(True)
    tried = found.code_forwarding = CodeForwarding(f"{codes.before}{third.number}{codes.behind}", codes.off)
    tried.confirmed = await _forward(line, third, codes)
    tried.works = await _rung(caller, line, third) is third
    await forwarding_ended(line, codes.off)
    tried.ended = await _rung(caller, line, third) is line
    if tried.ended:
        await note(False)


async def forwarding_ended(line: TestedPort, off: str) -> bool:
    """Dial the code that ends a forwarding. Whether the exchange has confirmed it. The line is on hook behind it."""
    usual = await _dial_tone(line)
    await line.dial(off)
    confirmed = await _confirmed(line, usual, line.now)
    await on_hook_again(line)
    return confirmed


async def _forward(line: TestedPort, third: TestedPort, codes: ForwardingCodes) -> bool:
    """Whether it was confirmed, by a tone, or by the third line, which was called for its agreement."""
    usual = await _dial_tone(line)
    await line.dial(codes.before)
    if not codes.behind:  # A dial tone asks for the number.
        await line.sound_begins(line.now + DIGIT_GONE_S, ANSWERS_WITHIN_S)
        await line.wait(DIAL_TONE_HEARD_S)
    third.expected = True
    await line.dial(third.number + codes.behind)
    dialled = line.now
    if agreed := await third.rung(dialled, 1, ANSWERS_WITHIN_S):
        third.seize()
        await third.wait(AGREED_S)
    confirmed = agreed or await _confirmed(line, usual, dialled)
    await on_hook_again(line, third)
    third.expected = False
    return confirmed


async def _dial_tone(line: TestedPort) -> MeasuredTone | None:
    """Lift, and listen to dial tone. Raises NotReached."""
    lifted = line.seize()
    began = await line.sound_begins(lifted, DIAL_TONE_S)
    if began is None:
        raise NotReached(said("%(line)s gave no dial tone", line=line.name))
    await line.wait(STEADY_HEARD_S + 0.2)
    return await off_loop(measure_tone, line.timeline.sound(began, began + STEADY_HEARD_S + 0.1))


async def _confirmed(line: TestedPort, usual: MeasuredTone | None, dialled: float) -> bool:
    """Whether what comes behind the last digit, which was dialled then, tells that it is done."""
    began = await line.sound_begins(dialled + DIGIT_GONE_S, ANSWERS_WITHIN_S)
    if began is None:
        return False
    await line.wait(max(began + ANSWER_HEARD_S - line.now, 0.0))
    return await off_loop(_confirms, line.timeline.sound(began, began + ANSWER_HEARD_S), usual)


def _confirms(heard: Samples, usual: MeasuredTone | None) -> bool:
    """A few beeps and then silence, or dial tone again. Busy and reorder go on; an announcement is not understood."""
    frames = heard[: len(heard) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    loud = [level_dbm0(frame) > SOUND_DBM0 for frame in frames]
    shortest, longest = BEEPS_S
    if shortest <= sum(loud) * FRAME_SECONDS <= longest and not any(loud[len(loud) // 2 :]):
        return True
    tone = measure_tone(heard)
    if tone is None or usual is None or not (tone.steady and usual.steady):
        return False
    pairs = zip(sorted(tone.frequencies), sorted(usual.frequencies), strict=False)
    return len(tone.frequencies) == len(usual.frequencies) and all(abs(one - other) < SAME_HZ for one, other in pairs)


async def _rung(caller: TestedPort, line: TestedPort, third: TestedPort) -> TestedPort | None:
    """Call the line, and say which of the two rings; None: neither. A forwarded line may ring once, to remind people.

    All are on hook behind it.
    """
    await _dial_tone(caller)
    for one in (line, third):
        one.expected = True
    try:
        await caller.dial(line.number)
        dialled = caller.now
        await line.until(
            lambda: bool(third.timeline.rings(dialled)) or len(line.timeline.rings(dialled)) > 1, RINGS_WITHIN_S
        )
        if third.timeline.rings(dialled):
            return third
        return line if len(line.timeline.rings(dialled)) > 1 else None
    finally:
        await on_hook_again(caller, line, third)
        for one in (line, third):
            one.expected = False
