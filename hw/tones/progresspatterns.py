"""Turns a country's tones into the patterns its cadences are recognised by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hw.tones.cadence import RINGBACK_STEADY_S, STEADY_S, Form, Pattern, Step
from hw.tones.sounds import SoundSet
from hw.tones.toneplan import PROGRESS_TONES, Segment, Tone, TonePlan

_INAUDIBLE_GAP_S = 0.02
"""Shorter gaps are bridged when the signal is cut into stretches, so patterns are written without them."""

STUTTER_S = 0.1
"""The bursts and pauses of a dial tone that stutters."""

_STUTTERS = 10
"""Up to this many bursts announce the tone after them, mostly a steady one; more of them are a tone by themselves."""

_SIT_TOLERANCE = 0.3
"""The special information tones last 0.33 s each (ITU-T E.180); in North America also 0.276 and 0.38 s."""


def patterns(plan: TonePlan, sounds: SoundSet) -> list[Pattern]:
    """All patterns of a plan's progress tones, each once.

    Where two tones are the same pattern they share a name: a tone's own form wins over another's further form, and
    otherwise the one first in PROGRESS_TONES. Leads (the bursts before recall and stutter dial tone) are told apart.
    """
    tones = [(name, tone) for name in PROGRESS_TONES for tone in plan.accepted[name][:1]]
    tones += [(name, tone) for name in PROGRESS_TONES for tone in plan.accepted[name][1:]]
    forms: dict[tuple[tuple[Step, ...], int], list[Form]] = {}
    tones += _stuttering(plan)
    for name, tone in tones:
        lead, steps, steady = _shape(tone, sounds)
        forms.setdefault((steps, steady), []).append(Form(name, lead))
    cadenced = [(steps, own) for (steps, _), own in forms.items()]
    leads = [form for own in forms.values() for form in own if form.lead]
    return [
        Pattern(
            forms=_distinct(own),
            steps=steps,
            steady=steady,
            steady_after_s=_steady_after(steady, cadenced, sounds) if steady else STEADY_S,
            tolerance=_SIT_TOLERANCE if own[0].name == "sit" else 0.1,
            slack_s=_slack(steps, sounds),
            at_once=own[0].name == "sit",
            not_before=_not_before(steps, own[0].name, leads),
        )
        for (steps, steady), own in forms.items()
    ]


def _stuttering(plan: TonePlan) -> list[tuple[str, Tone]]:
    """Dial tone that stutters without end, as some exchanges give it for a message that waits, in any country."""
    return [
        ("stutter", Tone((replace(tone.segments[0], seconds=STUTTER_S), Segment((), STUTTER_S, 0.0)), 0))
        for tone in plan.accepted["dial"]
        if tone.repeat_from is None and len(tone.segments) == 1
    ]


def junctions(plan: TonePlan, sounds: SoundSet) -> list[int]:
    """The sounds, by index, that follow or are followed by another without a pause; the simplest sounds first."""
    found: set[int] = set()
    for pattern in patterns(plan, sounds):
        steps = pattern.steps
        for step, after in zip(steps, steps[1:] + steps[:1], strict=True):
            if step.sound and after.sound and step.sound != after.sound:
                found |= {step.sound.bit_length() - 1, after.sound.bit_length() - 1}
    return sorted(found, key=lambda index: (len(sounds.sounds[index].lines), index))


def _shape(tone: Tone, sounds: SoundSet) -> tuple[tuple[Step, ...], tuple[Step, ...], int]:
    """A tone as its lead, the steps it repeats, or its steady sound."""
    first = len(tone.segments) - 1 if tone.repeat_from is None else tone.repeat_from
    lead, rest = tone.segments[:first], tone.segments[first:]
    if tone.repeat_from is None:
        return _steps(lead, sounds), (), sounds.bit(rest[0])
    audible = [segment for segment in rest if segment.frequencies or (segment.seconds or 0) >= _INAUDIBLE_GAP_S]
    if len(audible) == 1:
        return _steps(lead, sounds), (), sounds.bit(audible[0])
    return _steps(lead, sounds), _steps(rest, sounds), 0


def _steps(segments: Sequence[Segment], sounds: SoundSet) -> tuple[Step, ...]:
    loudest = max((segment.dbm0 for segment in segments if segment.frequencies), default=0.0)
    return tuple(
        Step(sounds.bit(segment), segment.seconds or 0.0, segment.dbm0 - loudest if segment.frequencies else 0.0)
        for segment in segments
    )


def _distinct(forms: Sequence[Form]) -> tuple[Form, ...]:
    """These forms without those that could never be named, as an earlier one has the same lead."""
    by_lead: dict[tuple[Step, ...], Form] = {}
    for form in forms:
        by_lead.setdefault(form.lead, form)
    return tuple(by_lead.values())


def _slack(steps: Sequence[Step], sounds: SoundSet) -> float:
    """How far off the ends of these steps may be seen, in seconds: 20 ms where one sound follows another without a
    pause, and up to 13 ms at the end of a burst that beats."""
    if any(step.sound and after.sound for step, after in pairwise(steps)):
        return 0.02
    beats = any(step.sound and sounds.sounds[step.sound.bit_length() - 1].beats for step in steps)
    return 0.013 if beats else 0.0


def _not_before(steps: tuple[Step, ...], name: str, leads: Sequence[Form]) -> int:
    """How many stretches must match before this tone is reported: one more than the longest beginning of another tone
    that looks the same."""
    stutters = len(steps) == 2 and all(step.seconds == STUTTER_S for step in steps)
    longest = 2 * _STUTTERS + 1 if name == "stutter" and stutters else 0
    for form in leads:
        cycles = len(form.lead) // len(steps) if steps else 0
        if cycles and form.name != name and form.lead == steps * cycles:
            longest = max(longest, len(form.lead) + 1)
    return longest


def _steady_after(steady: int, cadenced: Sequence[tuple[tuple[Step, ...], Sequence[Form]]], sounds: SoundSet) -> float:
    """How long this sound must last to be the steady tone and no burst of another tone that sounds like it."""
    own = sounds.sounds[steady.bit_length() - 1]
    after = STEADY_S
    for steps, forms in cadenced:
        for step in steps:
            if step.sound and own.like(sounds.sounds[step.sound.bit_length() - 1]):
                after = max(after, step.seconds * 1.1 + 0.1)
                if any(form.name == "ringback" for form in forms):
                    after = max(after, RINGBACK_STEADY_S)
    return after
