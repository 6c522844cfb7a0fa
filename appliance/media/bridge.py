"""Two parties hear each other."""

from __future__ import annotations

from appliance.media.port import MediaPort
from appliance.media.sources import OnceOnly
from hw.audio import Frame


class PartySource(OnceOnly):
    """What the party of another port says, without delay. Over when that port is closed."""

    def __init__(self, party: MediaPort) -> None:
        super().__init__()
        self.party = party

    def next(self) -> Frame | None:
        if self.party.closed or self._done.done():
            return None
        return self.party.frame


def bridge(a: MediaPort, b: MediaPort) -> None:
    """Let a and b hear each other until either hears something else or is closed. ValueError for a port and itself."""
    if a is b:
        raise ValueError(f"{a.name} cannot be bridged to itself")
    a.hear(PartySource(b))
    b.hear(PartySource(a))


def bridged(a: MediaPort, b: MediaPort) -> bool:
    """Whether a and b hear each other now."""
    return all(isinstance(port.source, PartySource) and port.source.party is party for port, party in ((a, b), (b, a)))
