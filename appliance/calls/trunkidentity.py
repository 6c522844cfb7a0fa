"""What a trunk is, whatever goes on on it: what the office says of it, and what its port is like."""

from __future__ import annotations

from appliance.calls.trunkplan import learned, listened_for
from appliance.office import model
from hw.linecard import FxoPort, line_meter
from hw.tones.learnedtone import LearnedTones
from hw.tones.toneplan import TonePlan


class TrunkIdentity:
    """facts: what the office says of it. plan: the tones of the office's country."""

    def __init__(self, facts: model.Trunk, port: FxoPort, plan: TonePlan) -> None:
        self.facts = facts
        self.plan = plan
        self._port = port

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def port(self) -> str:
        """The card's name for it."""
        return self._port.name

    @property
    def dials(self) -> bool:
        """Whether it takes the number with the seizure, and gives no dial tone."""
        return self._port.traits.dials

    @property
    def digital(self) -> bool:
        """Whether there is no analog line behind it, and so nothing that takes time to connect."""
        return self._port.traits.digital

    @property
    def dead_because(self) -> str:
        """Why it has no battery, for people."""
        return self._port.dead_because

    @property
    def volts(self) -> float | None:
        """The voltage on the line; None where the card cannot tell."""
        meter = line_meter(self._port)
        return meter.volts() if meter is not None else None

    @property
    def flash_ms(self) -> int:
        """How long its hook flashes last."""
        return self.facts.flash_ms or self.plan.flash_ms

    @property
    def listened_plan(self) -> TonePlan:
        """The tones that are listened for on it: the country's, and the one that its own exchange ends calls with."""
        return listened_for(self.plan, self.facts.ending_tone)

    @property
    def learned_tones(self) -> LearnedTones | None:
        """Those by which its exchange tells a hang-up, as a port hears them; None where the level was not measured."""
        if not self.facts.ending_tone_dbm0:
            return None
        return learned(self.plan, self.facts.ending_tone, self.facts.ending_tone_dbm0 + self.facts.gain_db)
