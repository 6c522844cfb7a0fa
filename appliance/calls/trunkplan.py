"""The tone plan of one line: the country's, with the tone by which its own exchange tells that the far end has gone."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from appliance.office.model import Office
from hw.tones.learnedtone import LearnedTones
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import TonePlan, parse_tone

MOST_LINES = 32


def get_ready_to_listen(plan: TonePlan, office: Office) -> None:
    """Work out the cadences that the office's lines are listened to by: it takes 10 ms each, which is too long for a
    call's first tick."""
    for ending_tone in {"", *(trunk.ending_tone for trunk in office.trunks)}:
        ProgressReceiver(listened_for(plan, ending_tone))


@lru_cache(maxsize=MOST_LINES)
def listened_for(plan: TonePlan, ending_tone: str) -> TonePlan:
    """The plan in which this tone, as the tone plan writes it, is one of busy's; the same plan where it is empty."""
    if not ending_tone:
        return plan
    learned = parse_tone(ending_tone, plan.busy.segments[0].dbm0)
    return replace(plan, accepted={**plan.accepted, "busy": (*plan.accepted["busy"], learned)})


@lru_cache(maxsize=MOST_LINES)
def learned(plan: TonePlan, ending_tone: str, dbm0: float) -> LearnedTones:
    """The tone of the line's own, or else busy and reorder of the country, where they come in as loud as this."""
    own = [parse_tone(ending_tone, plan.busy.segments[0].dbm0)] if ending_tone else []
    return LearnedTones(own or [*plan.accepted["busy"], *plan.accepted["reorder"]], dbm0)
