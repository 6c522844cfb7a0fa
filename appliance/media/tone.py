"""A tone of the tone plan on a line."""

from __future__ import annotations

from hw.tonegen import ToneGenerator
from hw.toneplan import Tone

from appliance.media.sources import Ending
from hw.audio import Frame


class ToneSource(Ending):
    """Plays a tone with its cadence until stopped, or to its end if it has one."""

    def __init__(self, tone: Tone) -> None:
        super().__init__()
        self._generator = ToneGenerator(tone)

    def next(self) -> Frame | None:
        if self._done.done():
            return None
        return self._generator.next()
