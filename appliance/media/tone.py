"""A tone of the tone plan on a line."""

from __future__ import annotations

import math

from appliance.media.sources import OnceOnly
from hw.audio import FRAME_SECONDS, Frame
from hw.tones.tonegen import ToneGenerator
from hw.tones.toneplan import Tone


class ToneSource(OnceOnly):
    """Plays a tone with its cadence until stopped, or until only silence is left of it."""

    def __init__(self, tone: Tone) -> None:
        super().__init__()
        self._generator = ToneGenerator(tone)
        self._frames = _frames(tone)

    def next(self) -> Frame | None:
        if self._done.done():
            return None
        if self._frames is not None:
            self._frames -= 1
            if self._frames <= 0:
                self.stop()
        return self._generator.next()


def _frames(tone: Tone) -> int | None:
    """How many frames hold all sound of a tone; None: it goes on for ever."""
    *sounding, last = tone.segments
    if tone.repeat_from is not None or last.frequencies:
        return None
    return math.ceil(sum(segment.seconds or 0 for segment in sounding) / FRAME_SECONDS)
