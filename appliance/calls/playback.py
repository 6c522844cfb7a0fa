"""One recording as somebody listens to it: where it is, and how fast it goes."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.media.pacing import PacedPlayer
from hw.audio import SAMPLE_RATE, Samples

STEP_SECONDS = 5.0
"""How far one key goes back or forward."""
BEGINNING_SECONDS = 2.0
"""What is heard this far is still heard at its beginning."""
PACES = (0.75, 1.0, 1.5)
AS_RECORDED = 1.0


@dataclass(slots=True)
class Playback:
    """A recording that is paused and goes on, and that one can move about in."""

    samples: Samples
    """All of it; never changed."""
    pace: float = AS_RECORDED
    """How fast it is heard: 1.5 is half as fast again. The pitch stays."""
    at: int = 0
    """The sample that is heard next."""

    @property
    def over(self) -> bool:
        return self.at >= len(self.samples)

    @property
    def at_beginning(self) -> bool:
        return self.at < BEGINNING_SECONDS * SAMPLE_RATE

    def go(self, steps: int) -> None:
        """Go forward by so many steps, or back where that is negative, not beyond either end."""
        self.at = min(max(self.at + int(steps * STEP_SECONDS * SAMPLE_RATE), 0), len(self.samples))

    def change_pace(self, steps: int) -> None:
        """Be heard so many steps faster, or slower where that is negative, as far as there are paces."""
        self.pace = PACES[min(max(PACES.index(self.pace) + steps, 0), len(PACES) - 1)]

    def player(self) -> PacedPlayer:
        """What plays it from where it is."""
        return PacedPlayer(self.samples, self.at, self.pace)
