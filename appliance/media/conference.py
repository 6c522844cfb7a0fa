"""Several parties hear each other: everybody hears all others, nobody hears themselves."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from appliance.media.port import MediaPort
from appliance.media.sources import OnceOnly
from hw.audio import FRAME_SAMPLES, FULL_SCALE, Frame

_KNEE = 24576
"""2.5 dB below full scale. Sums above this are compressed smoothly up to full scale, so that nothing is clipped."""

_Wide = npt.NDArray[np.int32]


class Conference:
    """A mix of any number of ports of one engine.

    Once a tick all parties are added up; each then hears this sum less what it has said itself.
    """

    def __init__(self) -> None:
        self._sources: dict[MediaPort, _OthersSource] = {}
        self._mixed_tick = -1
        self._sum: _Wide = np.zeros(FRAME_SAMPLES, dtype=np.int32)

    @property
    def parties(self) -> tuple[MediaPort, ...]:
        """Who takes part, in the order of joining."""
        return tuple(self._sources)

    def join(self, port: MediaPort) -> None:
        """Let this port hear and be heard. It leaves when it is closed or made to hear something else."""
        if port not in self._sources:
            self._sources[port] = source = _OthersSource(self, port)
            port.hear(source)

    def leave(self, port: MediaPort) -> None:
        """Let this port go. Harmless if it takes no part."""
        source = self._sources.get(port)
        if source is None:
            return
        if port.source is source:
            port.hear(None)
        else:
            source.stop()

    def mute(self, port: MediaPort, muted: bool = True) -> None:
        """Let the others not hear this party, or hear it again. KeyError if it takes no part."""
        self._sources[port].muted = muted

    def muted(self, port: MediaPort) -> bool:
        """Whether the others do not hear this party. KeyError if it takes no part."""
        return self._sources[port].muted

    def close(self) -> None:
        """Let everybody go."""
        for port in self.parties:
            self.leave(port)

    def forget(self, port: MediaPort) -> None:
        """Called when a party hears something else: it does not take part any more."""
        del self._sources[port]

    def mix(self, tick: int) -> _Wide:
        """The sum of all parties not muted in this tick."""
        if tick != self._mixed_tick:
            self._mixed_tick = tick
            self._sum.fill(0)
            for port, source in self._sources.items():
                source.said = None if source.muted else port.frame
                if source.said is not None:
                    self._sum += source.said
        return self._sum


class _OthersSource(OnceOnly):
    """What one party of a conference hears: all others."""

    def __init__(self, conference: Conference, port: MediaPort) -> None:
        super().__init__()
        self.muted = False
        self.said: Frame | None = None
        self._conference = conference
        self._port = port

    def next(self) -> Frame | None:
        if self._done.done():
            return None
        others = self._conference.mix(self._port.tick)
        if self.said is not None:
            others = others - self.said
        return _limited(others)

    def stop(self) -> None:
        if not self._done.done():
            super().stop()
            self._conference.forget(self._port)


def _limited(wide: _Wide) -> Frame:
    """The sum as 16-bit samples: unchanged up to the knee, compressed above it, never beyond full scale."""
    if wide.max() <= _KNEE and wide.min() >= -_KNEE:
        return wide.astype(np.int16)
    size = np.abs(wide).astype(np.float32)
    bent = _KNEE + (FULL_SCALE - _KNEE) * np.tanh((size - _KNEE) / (FULL_SCALE - _KNEE))
    limited: Frame = np.copysign(np.where(size > _KNEE, bent, size), wide).astype(np.int16)
    return limited
