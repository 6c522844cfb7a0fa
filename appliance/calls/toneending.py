"""Decides by the tones on a line whether its far end has gone, and by what cause."""

from __future__ import annotations

from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.media.events import ToneHeard
from hw.tones.toneplan import LEARNED_TONE, REFUSAL_TONES, REGULAR_TONE, STEADY_TONE

DISCONNECT_CYCLES = 3
"""After so many cycles of busy or reorder tone the far end has gone, or of dial tone (seconds, if it is steady)."""
UNKNOWN_TONE_CYCLES = 6
UNKNOWN_TONE_SECONDS = 10
"""The same for a tone that is in no plan, with a cadence and without."""
SHORTEST_UNKNOWN_SECONDS = 3.0
"""Such a tone must last so long in any case: before that it may still be recognised as one of the plan."""
CONVERSATION_CYCLES = 10
"""The same for any tone in a conversation. A party may call a third one in vain, and its tone lasts for some cycles."""
LEARNED_CYCLES = 4
"""The same where it is surely that of the line's own exchange: no third party's is as loud, with pauses as quiet."""
TOLD_OTHERWISE_CYCLES = 30
"""The same in a conversation on a line that has told a hang-up by its current before, and so will again."""


class ToneEnding:
    """Follows the tones of one line through its calls.

    In a conversation a tone counts only where neither party speaks over it: its cycles are counted from the last word.
    unknown_at_seizure: the tone heard last since it was seized is in no plan, or not known yet.
    told_by_current: this line has told a hang-up by a loop break or a reversal before.
    """

    def __init__(self) -> None:
        self.told_by_current = False
        self.unknown_at_seizure = False
        self._tones: dict[str, tuple[int, int, float]] = {}

    def begin(self) -> None:
        """Another call begins on the line."""
        self.unknown_at_seizure = False
        self._tones = {}

    def is_dial_tone(self, tone: ToneHeard) -> bool:
        """Whether this tone, on a line that was just seized, asks for digits."""
        if tone.cycles:
            self.unknown_at_seizure = tone.tone in (REGULAR_TONE, STEADY_TONE)
        return tone.is_dial_tone and tone.cycles > 0

    def far_end_gone(self, tone: ToneHeard, leg: Leg, now: float) -> Cause | None:
        """By what cause the party of this leg has gone, now that this tone is heard; None where it has not."""
        cause, needed = meaning(tone)
        if cause is None:
            return None
        if leg.in_conversation:
            in_talk = LEARNED_CYCLES if tone.tone == LEARNED_TONE else CONVERSATION_CYCLES
            needed = max(needed, TOLD_OTHERWISE_CYCLES if self.told_by_current else in_talk)
        too_soon = cause is Cause.UNKNOWN_TONE and tone.lasted < SHORTEST_UNKNOWN_SECONDS
        if self._cycles_since_last_word(tone, leg, now) < needed or too_soon:
            return None
        leg.tone_seconds = tone.lasted
        return cause

    def _cycles_since_last_word(self, tone: ToneHeard, leg: Leg, now: float) -> int:
        if not tone.cycles:
            self._tones.pop(tone.tone, None)
            return 0
        if tone.tone == LEARNED_TONE and leg.talks_to:
            quiet = now - max(leg.last_spoke, *(other.last_spoke for other in leg.talks_to))
            return tone.cycles if quiet >= tone.lasted else int(tone.cycles * quiet / tone.lasted)
        before, spoken_over, at = self._tones.get(tone.tone, (0, 0, now))
        if leg.talks_to and max(leg.last_spoke, *(other.last_spoke for other in leg.talks_to)) > at:
            spoken_over = before
        self._tones[tone.tone] = tone.cycles, spoken_over, now
        return tone.cycles - spoken_over


def meaning(tone: ToneHeard) -> tuple[Cause | None, int]:
    """What this tone tells of the far end, and after how many cycles."""
    if tone.is_dial_tone:
        return Cause.DIAL_TONE, DISCONNECT_CYCLES
    if tone.tone in REFUSAL_TONES:
        return (Cause.BUSY_TONE if tone.tone == "busy" else Cause.REORDER_TONE), DISCONNECT_CYCLES
    if tone.tone == LEARNED_TONE:
        return Cause.BUSY_TONE, DISCONNECT_CYCLES
    if tone.tone == REGULAR_TONE:
        return Cause.UNKNOWN_TONE, UNKNOWN_TONE_CYCLES
    return (Cause.UNKNOWN_TONE, UNKNOWN_TONE_SECONDS) if tone.tone == STEADY_TONE else (None, 0)
