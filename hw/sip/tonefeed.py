"""A tone that a port makes itself, where the far end sends none: ringback, busy, reorder."""

from __future__ import annotations

from collections.abc import Callable

from hw.audio import Frame
from hw.ticker import Ticker
from hw.tones.tonegen import ToneGenerator
from hw.tones.toneplan import Tone


class ToneFeed:
    """Gives a frame of the tone every 20 ms until stopped."""

    def __init__(self, on_frame: Callable[[Frame], None]) -> None:
        self._on_frame = on_frame
        self._generator: ToneGenerator | None = None
        self._ticker = Ticker(self._tick)

    @property
    def sounding(self) -> bool:
        return self._generator is not None

    def start(self, tone: Tone) -> None:
        """Give this tone from its beginning, instead of any other."""
        self._generator = ToneGenerator(tone)
        self._ticker.wake()

    def stop(self) -> None:
        """Give no more frames. Harmless when there is no tone."""
        self._generator = None
        self._ticker.stop()

    def _tick(self) -> bool:
        if self._generator is not None:
            self._on_frame(self._generator.next())
        return self._generator is not None
