"""How the exchange tells that the far end has gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from appliance.linedoctor.measuring.tone import MeasuredTone, like

SHORTEST_BREAK_S = 0.06
"""Shorter breaks of the loop come from the exchange's switching (docs/lines.md)."""
KEPT_S = 1.5
"""A call whose end is told later than this was kept: calling-party control."""


class Sign(Enum):
    """What told it."""

    LOOP_BREAK = "loop-break"
    POLARITY = "polarity"
    TONE = "tone"
    TOLD = "told"
    """By a gateway, which has noticed it for us."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Break:
    """The battery was away: since when, and for how long, in seconds."""

    at: float
    seconds: float


@dataclass(frozen=True, slots=True)
class EndingMeasured:
    """sign: what told first. after_s: how long behind the hang-up; None where nobody knows when that was. break_ms: the
    length of the loop break, else 0.

    tone: the first tone that came, where one did; tone_name: `busy`, `reorder`, `dial`, or `unknown`.
    """

    sign: Sign
    after_s: float | None
    break_ms: int = 0
    tone: MeasuredTone | None = None
    tone_name: str = ""

    @property
    def kept_s(self) -> float:
        """How long the call was kept by the exchange; 0 where it was not."""
        after = self.after_s or 0.0
        return after if after > KEPT_S and self.sign is not Sign.NOTHING else 0.0


def measure_ending(
    hung_up: float,
    breaks: Sequence[Break],
    reversals: Sequence[float],
    told: Sequence[float],
    tone: MeasuredTone | None,
    tone_began: float,
    known: Sequence[tuple[str, MeasuredTone]],
) -> EndingMeasured:
    """hung_up: when the far end did. told: when a gateway told so. tone: what was heard behind it, from tone_began on.
    known: this exchange's tones, by their names, with which it is compared."""
    signs = [(one.at, Sign.LOOP_BREAK) for one in breaks if one.at >= hung_up and one.seconds >= SHORTEST_BREAK_S]
    signs += [(at, Sign.POLARITY) for at in reversals if at >= hung_up]
    signs += [(at, Sign.TOLD) for at in told if at >= hung_up]
    if tone is not None:
        signs.append((tone_began, Sign.TONE))
    if not signs:
        return EndingMeasured(Sign.NOTHING, 0.0)
    at, sign = min(signs, key=lambda one: one[0])
    length = next((one.seconds for one in breaks if one.at == at), 0.0)
    return EndingMeasured(
        sign, at - hung_up, round(1000 * length), tone, name_of(tone, known) if tone is not None else ""
    )


def name_of(tone: MeasuredTone, known: Sequence[tuple[str, MeasuredTone]]) -> str:
    """Which of these tones it is."""
    return next((name for name, other in known if same_tone(tone, other)), "unknown")


def same_tone(one: MeasuredTone, other: MeasuredTone) -> bool:
    """Whether both have the same sounds of the same lengths; where either stutters first does not matter."""
    if len(one.steps) != len(other.steps):
        return False
    turns = [other.steps[turn:] + other.steps[:turn] for turn in range(len(other.steps))]
    return any(
        all(
            like(ours, theirs) and (one.steady or abs(ours.seconds - theirs.seconds) <= 0.08 * theirs.seconds + 0.012)
            for ours, theirs in zip(one.steps, turned, strict=True)
        )
        for turned in turns
    )
