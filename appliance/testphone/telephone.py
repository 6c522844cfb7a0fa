"""A telephone of the simulated exchange, used from a console: it does what it is told, and tells what happens."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from typing import Any

import numpy as np

from appliance.scenario.participant import sight
from appliance.testphone.directphone import DirectTelephone
from appliance.testphone.soundsocket import SoundStream
from hw.audio import SILENCE, Frame, Samples, seconds_of
from hw.sim.telephone import Telephone

BLOCK_FRAMES = 10
"""Sound is sent to the console a fifth of a second at a time."""

_KEY_MS = 100
_DIAL_TONE_S = 0.5


class ConsoleTelephone:
    """A console has this telephone until `close`. `tell` is given each event, in the order in which things happen.

    Every event has the `phone`'s id and `at`, in seconds since this began, and one of these. `sound`: what was said and
    heard off hook from `at` on, as base64 of interleaved int16 samples. `sees`: what people would see or hear of the
    telephone on its desk. `says`: the words or keys that it begins to send, for `lasts` seconds. `off_hook`, `on_hook`
    or `over`: alone.

    stream: what is heard goes there, too, at once, and so do all events but sound; what comes from there is said.
    dials: what `call` dials; empty: it calls by being lifted.
    """

    def __init__(
        self,
        id: int,
        telephone: Telephone | DirectTelephone,
        tell: Callable[[dict[str, Any]], None],
        stream: SoundStream | None = None,
        dials: str = "",
    ) -> None:
        self.id = id
        self.telephone = telephone
        self.acted_at = 0.0
        """When it last did something, in seconds since this began."""
        self.stream = stream
        """Of whoever uses it in a browser; None where nobody does."""
        self.machine: asyncio.Task[object] | None = None
        """The fax machine that it is at this moment; None: none. It ends with this."""
        self._dials = dials
        self._tell = tell
        self._began_s = asyncio.get_running_loop().time()
        self._said: Frame = SILENCE
        self._block: list[Samples] = []
        self._block_at = 0.0
        telephone.listeners.append(self._hear)
        telephone.sent_listeners.append(self._say)
        telephone.observers.append(self._see)
        if stream is not None:
            telephone.microphone = stream.microphone.next

    def close(self) -> None:
        """Hang the telephone up and give it back."""
        if self.machine is not None:
            self.machine.cancel()
        if self.telephone.off_hook:
            self.hang_up()
        self.telephone.listeners.remove(self._hear)
        self.telephone.sent_listeners.remove(self._say)
        self.telephone.observers.remove(self._see)
        self.telephone.microphone = lambda: None
        self._event(over=True)

    def lift(self) -> None:
        self._acts()
        self._event(off_hook=True)
        self.telephone.lift()

    async def call(self) -> None:
        """Lift, and dial once dial tone has surely come."""
        self.lift()
        if self._dials:
            await asyncio.sleep(_DIAL_TONE_S)
            await self.press(self._dials)

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
        if self.stream is not None:
            self.stream.hear(frame)
        if not self._block:
            self._block_at = self._now
        self._block.append(np.stack((self._said, frame), axis=1))
        self._said = SILENCE
        if len(self._block) == BLOCK_FRAMES:
            self._tell_sound()

    def _see(self, what: str) -> None:
        if seen := sight(what, self.telephone.caller_id):
            self._event(sees=seen)

    def _tell_sound(self) -> None:
        if self._block:
            sound = np.concatenate(self._block).astype("<i2").tobytes()
            self._block.clear()
            self._tell({"phone": self.id, "at": self._block_at, "sound": base64.b64encode(sound).decode("ascii")})

    def _event(self, **what: Any) -> None:
        """Tell an event, after the sound up to now."""
        self._tell_sound()
        event = {"phone": self.id, "at": self._now, **what}
        if self.stream is not None:
            self.stream.tell(event)
        self._tell(event)
