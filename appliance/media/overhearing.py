"""Hearing others who do not hear the listener."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from appliance.media.port import MediaPort
from appliance.media.sources import OnceOnly
from hw.audio import FULL_SCALE, SILENCE, Frame


class Overhearing(OnceOnly):
    """All that the parties of some ports say, until it is stopped. ports: gives them, as they may come and go."""

    def __init__(self, ports: Callable[[], Sequence[MediaPort]]) -> None:
        super().__init__()
        self._ports = ports

    def next(self) -> Frame | None:
        if self._done.done():
            return None
        said = [port.frame for port in self._ports() if not port.closed]
        if not said:
            return SILENCE
        both = np.sum(said, axis=0, dtype=np.int32)
        heard: Frame = np.clip(both, -FULL_SCALE, FULL_SCALE).astype(np.int16)
        return heard
