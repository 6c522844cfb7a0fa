"""Recognises what one test telephone hears, and writes a line of JSON for each thing: a process of its own.

    python -m appliance.testphone.listening SOCKET PHONE

SOCKET is the daemon's control socket, PHONE the telephone's id. It ends when the telephone is given back. A line has
`at`, in seconds since the telephone was opened, `kind` and `text`, those of a `Heard`, and `over`: false while it still
goes on. Recognising takes more memory
and time than all else about a telephone in a browser, so neither the daemon nor the page's process does it.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from appliance.besidecalls import make_way
from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from appliance.ear.heard import Heard, Kind
from appliance.ear.hearing import Hearing
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, Samples
from hw.tones.toneplan import tone_plan

_OWN_LOUD = 200.0**2
"""The mean square of a frame in which somebody speaks into this telephone: -38 dBm0."""
_OWN_KEPT_S = 30.0
_OWN_SHARE = 0.5
_OWN_ECHO_S = 0.2
"""What somebody says is back within this time, and a key is recognised."""


class OwnVoice:
    """When somebody has spoken into the microphone: the line returns that, and it is nothing that is heard."""

    def __init__(self) -> None:
        self._loud: deque[float] = deque(maxlen=round(_OWN_KEPT_S / FRAME_SECONDS))

    def feed(self, said: Samples, at_s: float) -> None:
        """Take whole frames of what was said, the first of them at `at_s`."""
        powers = (said.reshape(-1, FRAME_SAMPLES).astype(np.float32) ** 2).mean(axis=1)
        self._loud.extend(at_s + int(number) * FRAME_SECONDS for number in np.flatnonzero(powers > _OWN_LOUD))

    def explains(self, heard: Heard) -> bool:
        """Whether this is but an echo."""
        if heard.kind is Kind.WORDS:
            return False
        loud = sum(heard.start_s - _OWN_ECHO_S <= at <= heard.end_s for at in self._loud)
        enough = 0.0 if heard.kind is Kind.DIGITS else _OWN_SHARE * (heard.end_s - heard.start_s)
        return loud * FRAME_SECONDS > enough


async def listen(socket: Path, phone: int) -> None:
    """Write what is heard until the telephone is given back. ControlError where the daemon goes away."""
    own = OwnVoice()

    def tell(heard: Heard, *, over: bool = True) -> None:
        if heard.kind is not Kind.ECHO and not own.explains(heard):
            line = {"at": round(heard.start_s, 2), "kind": heard.kind.value, "text": heard.text, "over": over}
            print(json.dumps(line), flush=True)

    async with ControlClient(socket) as control:
        events = control.watch("phone")
        state = await anext(events)
        hearing = Hearing(tone_plan(state["country"]), tell)
        await hearing.learn(state["clips"])
        if phone in state["open"]:
            await _follow(events, phone, hearing, own, lambda heard: tell(heard, over=False))


async def _follow(
    events: AsyncIterator[dict[str, Any]],
    phone: int,
    hearing: Hearing,
    own: OwnVoice,
    going_on: Callable[[Heard], None],
) -> None:
    told = ""
    async for event in events:
        match event:
            case {"clips": clips}:
                await hearing.learn(clips)
            case {"phone": other} if other != phone:
                continue
            case {"sound": data, "at": at}:
                sound = np.frombuffer(base64.b64decode(data), "<i2").astype(np.int16)
                own.feed(np.ascontiguousarray(sound[::2]), at)
                await hearing.feed(sound[1::2], at)
                now = hearing.going_on
                if now is not None and now.text != told:
                    going_on(now)
                told = now.text if now is not None else ""
            case {"says": words, "lasts": seconds, "at": at}:
                hearing.own_words(at, words, seconds)
            case {"on_hook": True}:
                await hearing.finish()
            case {"over": True}:
                return


if __name__ == "__main__":
    make_way()
    with suppress(BrokenPipeError, ControlError):  # The page's process, or the daemon, has gone.
        asyncio.run(listen(Path(sys.argv[1]), int(sys.argv[2])))
