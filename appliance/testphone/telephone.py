"""A telephone of the simulated exchange, used from a console: it does what it is told, and tells what happens."""

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
"""Sound is sent to the console a fifth of a second at a time."""

_KEY_MS = 100


class ConsoleTelephone:
    """A console has this telephone until `close`. `tell` is given each event, in the order in which things happen.

    Every event has the `phone`'s id and `at`, in seconds since this began, and one of these. `sound`: what was said and
    heard off hook from `at` on, as base64 of interleaved int16 samples. `sees`: what people would see or hear of the
    telephone on its desk. `says`: the words or keys that it begins to send, for `lasts` seconds. `off_hook`, `on_hook`
    or `over`: alone.
    """

    def __init__(self, id: int, telephone: Telephone, tell: Callable[[dict[str, Any]], None]) -> None:
        self.id = id
        self.telephone = telephone
        self.acted_at = 0.0
        """When it last did something, in seconds since this began."""
        self._tell = tell
        self._began_s = asyncio.get_running_loop().time()
        self._said: Frame = SILENCE
        self._block: list[Samples] = []
        self._block_at = 0.0
        telephone.listeners.append(self._hear)
        telephone.sent_listeners.append(self._say)
        telephone.observers.append(self._see)

    def close(self) -> None:
        """Hang the telephone up and give it back."""
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
        """Take the frame heard in a tick. The frame said in the same tick has come before."""
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
        """Tell an event, after the sound up to now."""
        self._tell_sound()
        self._tell({"phone": self.id, "at": self._now, **what})
