"""What may go wrong with a card and with calls of its device files, by chance."""

from __future__ import annotations

import errno
import random
from dataclasses import dataclass

from hw.sim.dahdi.channel import CallRefused


@dataclass
class CallFaults:
    """Chances from 0 to 1, each for a call or a frame."""

    interrupted: float = 0.0
    """A call is interrupted by a signal (EINTR)."""
    not_yet: float = 0.0
    """A call finds nothing, or no room (EAGAIN), though there is."""
    short: float = 0.0
    """A read gives only a part, and the rest of the frame is left for the next read."""
    late: float = 0.0
    """A frame, and those behind it, come 200 ms late."""
    missing: float = 0.0
    """A frame never comes."""
    seed: int = 0
    """Decides all of them."""

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def happens(self, chance: float) -> bool:
        return chance > 0 and self._random.random() < chance

    def before_call(self, *, interrupts_only: bool = False) -> None:
        """CallRefused, if this call is to fail."""
        if self.happens(self.interrupted):
            raise CallRefused(errno.EINTR)
        if not interrupts_only and self.happens(self.not_yet):
            raise CallRefused(errno.EAGAIN)

    def part(self, length: int) -> int:
        """How many of so many bytes a read gives."""
        return self._random.randrange(1, length) if length > 1 and self.happens(self.short) else length
