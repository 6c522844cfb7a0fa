"""What all ports on a pair of wires have in common: a name, and whom they tell."""

from __future__ import annotations

from collections.abc import Callable

from hw.audio import Frame
from hw.linecard import CARD_LINE, LineError, LineEvent, LineTraits


class WirePort:
    """See `hw.linecard.LinePort`. Until somebody attaches, what the port tells is lost."""

    def __init__(self, name: str, traits: LineTraits = CARD_LINE) -> None:
        self.name = name
        self.traits = traits
        self._on_event: Callable[[LineEvent], None] = lambda event: None
        self._on_frame: Callable[[Frame], None] = lambda frame: None

    def attach(self, on_event: Callable[[LineEvent], None], on_frame: Callable[[Frame], None]) -> None:
        self._on_event = on_event
        self._on_frame = on_frame

    def send_digits(self, digits: str) -> float:
        raise LineError(f"{self.name} takes digits as tones")
