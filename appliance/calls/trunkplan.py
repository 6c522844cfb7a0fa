"""The tone plan of one line: the country's, with the tone by which its own exchange tells that the far end has gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import TonePlan, parse_tone

MOST_LINES = 32


def get_ready_to_listen(plan: TonePlan, ending_tones: Iterable[str]) -> None:
    """Work out the cadences that lines with these tones are listened to by: it takes 10 ms each, which is too long for
    a call's first tick."""
    for ending_tone in ending_tones:
        ProgressReceiver(listened_for(plan, ending_tone))


@lru_cache(maxsize=MOST_LINES)
def listened_for(plan: TonePlan, ending_tone: str) -> TonePlan:
    """The plan in which this tone, as the tone plan writes it, is one of busy's; the same plan where it is empty."""
    if not ending_tone:
        return plan
    learned = parse_tone(ending_tone, plan.busy.segments[0].dbm0)
    return replace(plan, accepted={**plan.accepted, "busy": (*plan.accepted["busy"], learned)})
