"""The tone plan of one line: the country's, with the tone by which its own exchange tells that the far end has gone."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from hw.tones.toneplan import TonePlan, parse_tone

MOST_LINES = 32


@lru_cache(maxsize=MOST_LINES)
def listened_for(plan: TonePlan, ending_tone: str) -> TonePlan:
    """The plan in which this tone, as the tone plan writes it, is one of busy's; the same plan where it is empty."""
    if not ending_tone:
        return plan
    learned = parse_tone(ending_tone, plan.busy.segments[0].dbm0)
    return replace(plan, accepted={**plan.accepted, "busy": (*plan.accepted["busy"], learned)})
