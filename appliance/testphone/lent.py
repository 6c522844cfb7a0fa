"""A telephone of the exchange lent to a console: it does what it is told, and tells all that happens to it."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from typing import Any

import numpy as np

from appliance.scenario.participant import sight
from hw.audio import SILENCE, Frame, Samples, seconds_of
from hw.sim.telephone import Telephone

BLOCK_FRAMES = 10
"""Sound is told a fifth of a second at a time."""

_KEY_MS = 100


class LentTelephone:
    """Lends `telephone` from now until `close`. `tell` is given each event, in the order in which things happen.

    Every event has the `phone`'s id and `at`, in seconds since the lent began. `sound` is base64 of interleaved
    int16: what it said and what it heard, while off hook, from `at` on; `sees` what people see or hear of it on its
    desk; `says` the words or keys it now sends itself, for `lasts` seconds; `off_hook`, `on_hook` and `over` stand
    alone.
    """

    def __init__(self, id: int, telephone: Telephone, tell: Callable[[dict[str, Any]], None]) -> None:
        self.id = id
        self.telephone = telephone
        self.acted_at = 0.0
        """When it last did something, in seconds since the lent began."""
        self._tell = tell
        self._began_s = asyncio.get_running_loop().time()
        self._said: Frame = SILENCE
        self._block: list[Samples] = []
        self._block_at = 0.0
        telephone.listeners.append(self._hear)
        telephone.sent_listeners.append(self._say)
        telephone.observers.append(self._see)

    def close(self) -> None:
        """Give the telephone back, hung up."""
        if self.telephone.off_hook:
            self.hang_up()
        self.telephone.listeners.remove(self._hear)
        self.telephone.sent_listeners.remove(self._say)
        self.telephone.observers.remove(self._see)
        self._event(over=True)

    def lift(self) -> None:
        self._acts()
        self._event(off_hook=True)
        self.telephone.lift()

    def hang_up(self) -> None:
        self._acts()
        self.telephone.hang_up()
        self._event(on_hook=True)

    def flash(self) -> None:
        self._acts()
        self.telephone.flash()

    async def press(self, keys: str) -> None:
        self._acts()
        self._event(says=keys, lasts=len(keys) * 2 * _KEY_MS / 1000)
        await self.telephone.press(keys, _KEY_MS, _KEY_MS)

    async def say(self, samples: Samples, words: str = "") -> None:
        self._acts()
        self._event(says=words, lasts=seconds_of(samples))
        await self.telephone.speak(samples)

    @property
    def _now(self) -> float:
        return round(asyncio.get_running_loop().time() - self._began_s, 3)

    def _acts(self) -> None:
        self.acted_at = self._now

    def _say(self, frame: Frame) -> None:
        self._said = frame

    def _hear(self, frame: Frame) -> None:
        """A tick: what it says comes before what it hears."""
        if not self._block:
            self._block_at = self._now
        self._block.append(np.stack((self._said, frame), axis=1))
        self._said = SILENCE
        if len(self._block) == BLOCK_FRAMES:
            self._tell_sound()

    def _see(self, what: str) -> None:
        if seen := sight(what, self.telephone):
            self._event(sees=seen)

    def _tell_sound(self) -> None:
        if self._block:
            sound = np.concatenate(self._block).astype("<i2").tobytes()
            self._block.clear()
            self._tell({"phone": self.id, "at": self._block_at, "sound": base64.b64encode(sound).decode("ascii")})

    def _event(self, **what: Any) -> None:
        """Tell this, after all the sound until now."""
        self._tell_sound()
        self._tell({"phone": self.id, "at": self._now, **what})
