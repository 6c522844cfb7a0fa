"""Helpers of the progress tone tests: every form of every tone, spoiled in various ways, and what is reported of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hw.audio import SAMPLE_RATE, Samples
from hw.tones.cadence import CadenceReport
from hw.tones.progress import ProgressReceiver
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import COUNTRIES, PROGRESS_TONES, Tone, TonePlan, tone_plan

Wave = npt.NDArray[np.float64]

SHARED = {
    ("uk", "recall", 0): "dial",
    ("it", "stutter", 0): "recall",
    ("it", "busy", 1): "reorder",
    ("pl", "reorder", 0): "busy",
    ("jp", "reorder", 0): "busy",
    ("br", "stutter", 0): "recall",
    ("mx", "reorder", 0): "busy",
    ("nl", "busy", 1): "reorder",
    ("cn", "recall", 0): "dial",
    ("at", "recall", 0): "dial",
    ("fi", "stutter", 0): "recall",
    ("no", "stutter", 0): "recall",
    ("gr", "stutter", 0): "recall",
    ("hu", "reorder", 0): "busy",
}
"""Tones that sound like another tone of their country, by country, tone and form: the name they are reported under."""


@dataclass(frozen=True)
class Case:
    """One form of one tone of one country, and the name to be reported."""

    country: str
    tone: str
    form: int

    def __str__(self) -> str:
        return f"{self.country}-{self.tone}-{self.form}"

    @property
    def plan(self) -> TonePlan:
        return tone_plan(self.country)

    @property
    def name(self) -> str:
        return SHARED.get((self.country, self.tone, self.form), self.tone)

    def signal(self, speed: float = 1.0) -> tuple[Wave, int]:
        """At least three cycles and 2.5 s of the tone (steady: 3.3 s), and the cycles reported in the end."""
        tone = self.plan.accepted[self.tone][self.form]
        paced = Tone(
            tuple(replace(s, seconds=None if s.seconds is None else s.seconds / speed) for s in tone.segments),
            tone.repeat_from,
        )
        first = len(paced.segments) - 1 if paced.repeat_from is None else paced.repeat_from
        lead = sum(segment.seconds or 0.0 for segment in paced.segments[:first])
        cycle = sum(segment.seconds or 0.0 for segment in paced.segments[first:])
        gaps = [s.seconds for s in tone.segments[first:] if s.seconds and not s.frequencies]
        if not cycle:
            return tone_samples(paced, lead + 3.3).astype(np.float64), 3
        if gaps and max(gaps) < 0.02:
            return tone_samples(paced, lead + 3.3).astype(np.float64), 3
        cycles = max(3, round(2.5 / cycle))
        return tone_samples(paced, lead + cycles * cycle).astype(np.float64), cycles

    @property
    def pause_s(self) -> float:
        """Silence long enough to be none of the tone's pauses, nor those of the country's other forms of it."""
        pauses = [
            s.seconds or 0.0 for tone in self.plan.accepted[self.name] for s in tone.segments if not s.frequencies
        ]
        return max(pauses, default=0.0) * 1.2 + 0.5


def every_case() -> Iterator[Case]:
    for country in COUNTRIES:
        for tone in PROGRESS_TONES:
            for form in range(len(tone_plan(country).accepted[tone])):
                yield Case(country, tone, form)


def noise(power: float, seconds: float, seed: int = 7) -> Wave:
    """White noise of this mean square."""
    return np.random.default_rng(seed).normal(0, power**0.5, round(seconds * SAMPLE_RATE))


def power_of(wave: Wave) -> float:
    """The mean square of the tone's first 80 ms."""
    return float(np.mean(wave[:640] ** 2))


def on_a_quiet_line(wave: Wave, after_s: float, gain_db: float = 0.0) -> Samples:
    """Half a second of faint noise, the wave, and again faint noise."""
    whole = np.concatenate([noise(1, 0.5), wave * 10 ** (gain_db / 20), noise(1, after_s)])
    samples: Samples = np.rint(whole).astype(np.int16)
    return samples


def reports(plan: TonePlan, samples: Samples) -> list[CadenceReport]:
    """All a new receiver reports."""
    return [report for _, report in timed_reports(plan, samples)]


def timed_reports(plan: TonePlan, samples: Samples) -> list[tuple[float, CadenceReport]]:
    """The same with the time, in seconds, of the end of the frame each was reported after."""
    receiver = ProgressReceiver(plan)
    return [
        ((start + 160) / SAMPLE_RATE, report)
        for start in range(0, len(samples) - 159, 160)
        for report in receiver.feed(samples[start : start + 160])
    ]
