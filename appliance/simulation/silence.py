"""The promise that no caller meets silence."""

from __future__ import annotations

from collections.abc import Iterable

from appliance.scenario import actions as act
from appliance.simulation.hand import Hand
from appliance.simulation.promises import LOOKS_S, Suspicion
from appliance.simulation.town import Town

LONGEST_SILENCE_S = 3.0
"""Where nobody talks and no key is waited for."""
RINGBACK_PAUSE_S = 5.5
"""Longer than the pause in any country's ringback."""
LONGEST_WAIT_S = 8.0
"""For so long a key is waited for, where an office has no longer patience."""


class CallersHearSomething:
    """Whoever has called and was answered hears something, unless they are asked for a message, talk to somebody, or
    are on the exchange's hold, of which they were told (docs/finding.md).

    longest_s: how much silence there may be.
    """

    def __init__(self, town: Town, longest_s: float) -> None:
        self._town = town
        self._longest_s = longest_s
        self._excused_s: dict[str, float] = {}
        """When each caller had last to expect silence."""

    def acted(self, action: act.Act) -> None:
        """It does not matter who does what."""

    def look(self) -> Iterable[Suspicion]:
        town = self._town
        for name in town.cast.callers:
            hand = town.hands[name]
            longest_s = RINGBACK_PAUSE_S if hand.sound.behind_ringback else self._longest_s
            quiet_s = hand.sound.quiet_s
            if quiet_s <= LOOKS_S:
                continue
            if self._may_be_silent(hand):  # Also before it has lasted too long: it may be over when it has.
                self._excused_s[name] = town.now_s
            quiet_s = min(quiet_s, town.now_s - self._excused_s.get(name, -quiet_s))
            if quiet_s <= longest_s:
                continue
            limit = round(longest_s * 1000)
            yield Suspicion(
                "a caller meets silence",
                name,
                f"{name} has heard nothing for {quiet_s:.1f} s",
                0.0,
                f"{name} is not left in silence of {limit}ms for {limit + 1000}ms",
            )

    def at_rest(self) -> Iterable[Suspicion]:
        return ()

    def _may_be_silent(self, hand: Hand) -> bool:
        """Nobody is to say anything: there is no call of ours, or a conversation, or a message or a key is awaited."""
        number = hand.telephone.name
        if not hand.off_hook or hand.gone or hand.sound.behind_beep or self._town.talks(number):
            return True
        if not (port := self._town.trunk_answered(number)):
            return True
        trunk = next(one for one in self._town.environment.appliance.lines.trunks if one.port == port)
        awaits_key = trunk.leg is not None and trunk.leg.awaits_key
        return awaits_key and hand.sound.quiet_s <= self._longest_s + LONGEST_WAIT_S
