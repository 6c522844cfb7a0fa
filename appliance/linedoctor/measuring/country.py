"""Which country's exchange gives these tones.

Each tone that was measured is compared with those of every tone plan; what differs costs points. Some countries have
the same tones in everything, so that there may be several answers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice

from appliance.linedoctor.measuring.spectrum import Partial
from appliance.linedoctor.measuring.tone import MeasuredTone, ToneStep
from hw.tones.tonegen import MODULATION_DEPTH
from hw.tones.toneplan import COUNTRIES, Segment, Tone, TonePlan, tone_plan

WEIGHTS = {"dial": 3.0, "recall": 1.0, "ringback": 2.0, "busy": 2.0, "reorder": 1.5}
"""How much a tone that is wholly another one costs. Dial tone is seldom another than the country's."""
RING_WEIGHT = 1.5
"""The same for the rhythm of the bell."""
CALLER_ID_WEIGHT = 0.04
"""The same for the way in which callers' numbers are told. It is the operator's, so that it only decides which of
several countries with the same tones is named first."""
FURTHER_FORM = 0.15
"""What it costs if a tone is one of the further forms that a plan knows, and not the usual one."""
HZ_OFF = 8.0
"""A frequency that is off by so much is another one."""
LENGTH_OFF = 0.12
"""The same for a length, as a part of it."""
EQUAL = 0.05
"""Countries whose points differ by less cannot be told apart."""
INAUDIBLE_S = 0.03
"""A shorter pause of a tone is none: the sound goes on."""
SIDEBAND_DB = 20 * math.log10(MODULATION_DEPTH / 2)


@dataclass(frozen=True, slots=True)
class CallerIdSeen:
    """How a caller's number was told; see `hw.tones.toneplan.CallerIdPlan`."""

    method: str
    place: str
    alert: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A country, and how far its plan is from what was measured; 0: in everything the same."""

    country: str
    points: float


@dataclass(frozen=True, slots=True)
class CountryFound:
    """The countries that fit best, and cannot be told apart; and the next one that does not fit as well."""

    best: tuple[Candidate, ...]
    next: Candidate | None

    @property
    def confidence(self) -> float:
        """0 to 1: how much better the best fits than the next."""
        if not self.best or self.next is None:
            return 0.0
        return min(1.0, (self.next.points - self.best[0].points) / 1.0) * max(0.0, 1 - self.best[0].points / 4)


def find_country(
    tones: Mapping[str, MeasuredTone], ring: Sequence[float] = (), caller_id: CallerIdSeen | None = None
) -> CountryFound:
    """tones: by their names in the tone plan. ring: seconds on, off and so on of one cycle of the bell."""
    ranked = sorted(
        (Candidate(country, _points(tone_plan(country), tones, ring, caller_id)) for country in COUNTRIES),
        key=lambda candidate: candidate.points,
    )
    best = [candidate for candidate in ranked if candidate.points <= ranked[0].points + EQUAL]
    return CountryFound(tuple(best), ranked[len(best)] if len(best) < len(ranked) else None)


def _points(
    plan: TonePlan, tones: Mapping[str, MeasuredTone], ring: Sequence[float], caller_id: CallerIdSeen | None
) -> float:
    points = sum(WEIGHTS[name] * distance(tone, plan, name) for name, tone in tones.items() if name in WEIGHTS)
    if ring:
        points += RING_WEIGHT * _lengths_apart(ring, plan.ring)
    if caller_id is not None:
        theirs = plan.caller_id
        same = [caller_id.method == theirs.method, caller_id.place == theirs.place, caller_id.alert == theirs.alert]
        points += CALLER_ID_WEIGHT * (1 - sum(same) / len(same))
    return points


def distance(tone: MeasuredTone, plan: TonePlan, name: str) -> float:
    """0 to 1: how far a measured tone is from the plan's tone of this name, in the form that is nearest."""
    forms = plan.accepted[name]
    return min(
        _apart(tone, *_shape(form)) + (FURTHER_FORM if place and name != "recall" else 0.0)
        for place, form in enumerate(forms)
    )


@cache
def _shape(tone: Tone) -> tuple[tuple[ToneStep, ...], int]:
    """The steps that a plan's tone repeats, or its one steady step; and the number of bursts before."""
    first = len(tone.segments) - 1 if tone.repeat_from is None else tone.repeat_from
    bursts = sum(1 for segment in tone.segments[:first] if segment.frequencies)
    return tuple(_planned(segment) for segment in tone.segments[first:]), bursts


def _planned(segment: Segment) -> ToneStep:
    sound = [Partial(hertz, segment.dbm0) for hertz in segment.frequencies]
    if segment.modulation is not None:
        sides = (-segment.modulation, segment.modulation)
        sound += [Partial(one.hz + side, one.dbm0 + SIDEBAND_DB) for one in list(sound) for side in sides]
    return ToneStep(tuple(sorted(sound, key=lambda one: one.hz)), segment.seconds or math.inf, segment.dbm0)


def _apart(tone: MeasuredTone, steps: tuple[ToneStep, ...], lead: int) -> float:
    steady = len([step for step in steps if step.partials or step.seconds >= INAUDIBLE_S]) == 1
    if tone.steady != steady:
        return 1.0
    if steady:
        bursts = sum(1 for step in tone.lead if step.partials)
        lead_differs = 0.3 if bool(bursts) != bool(lead) else 0.1 * (bursts != lead)
        return min(1.0, _sounds_apart(tone.steps[0].partials, steps[0].partials) + lead_differs)
    lengths = _lengths_apart(tone.seconds, [step.seconds for step in steps])
    measured = [step for step in tone.steps if step.partials]
    planned = [step for step in steps if step.partials]
    turns = (planned[turn:] + planned[:turn] for turn in range(len(planned)))
    sounds = min(
        max(_sounds_apart(one.partials, other.partials) for one, other in zip(measured, cycle(turned), strict=False))
        for turned in turns
    )
    return min(1.0, math.hypot(lengths, sounds))


def _lengths_apart(measured: Sequence[float], planned: Sequence[float]) -> float:
    """0 to 1: how far two cycles are apart, whichever step they begin with, and however often one holds the other."""
    count = max(len(measured), len(planned))
    if count % len(measured) or count % len(planned):
        return 1.0
    ours = list(islice(cycle(measured), count))
    best = 1.0
    for turn in range(0, len(planned), 2):
        theirs = list(islice(cycle([*planned[turn:], *planned[:turn]]), count))
        off = max(abs(one - other) / max(other, 0.05) for one, other in zip(ours, theirs, strict=True))
        best = min(best, off / LENGTH_OFF)
    return best


def _sounds_apart(measured: Sequence[Partial], planned: Sequence[Partial]) -> float:
    """0 to 1: how far two sounds are apart in their frequencies. One that is missing makes another sound of it."""
    if not measured or not planned:
        return 1.0
    if len(measured) != len(planned):
        return 1.0
    off = float(max(abs(one.hz - other.hz) for one, other in zip(measured, planned, strict=True)))
    return min(1.0, off / HZ_OFF)
