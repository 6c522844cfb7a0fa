"""What a line can be made to hear: a source gives one frame per tick until it is over."""

from __future__ import annotations

import asyncio
from typing import Protocol

from hw.audio import FRAME_SECONDS, SILENCE, Frame


class Source(Protocol):
    """Something a media port plays. Each source is heard by one port, once."""

    @property
    def done(self) -> asyncio.Future[None]:
        """Set when the source is over or stopped.

        It is set as the last frame is handed over, not a tick later, so that whoever waits for it can put the next
        sound on the line without a gap.
        """

    def next(self) -> Frame | None:
        """The frame for this tick, not changed afterwards by anybody; None when over."""

    def stop(self) -> None:
        """End now: `done` is set, and `next` gives None. Harmless when already over."""


class OnceOnly:
    """The part of a source that all share: `done`, which is set once. To be made on a running loop."""

    def __init__(self) -> None:
        self._done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def done(self) -> asyncio.Future[None]:
        return self._done

    def stop(self) -> None:
        if not self._done.done():
            self._done.set_result(None)


class Silence(OnceOnly):
    """Silence of a given length in seconds, to the next whole frame; None: until stopped."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__()
        self._frames = None if seconds is None else max(1, round(seconds / FRAME_SECONDS))

    def next(self) -> Frame | None:
        if self._done.done():
            return None
        if self._frames is not None:
            self._frames -= 1
            if not self._frames:
                self.stop()
        return SILENCE
