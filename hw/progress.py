"""Recognises call-progress tones (dial, ringback, busy…) in the frames of a line."""

from __future__ import annotations

from hw.audio import Frame
from hw.toneplan import TonePlan


class ProgressReceiver:
    """Reports the tones of one country's plan."""

    def __init__(self, plan: TonePlan) -> None:
        self._plan = plan

    def feed(self, frame: Frame) -> list[tuple[str, int]]:
        """The reports due after this frame: the tone's name and its cycles so far, 0 when it is over."""
        return []
