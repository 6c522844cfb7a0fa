"""A simulated LED that remembers what it has shown. It sets no timers, as a blinking one would end no idle night."""

from __future__ import annotations

import asyncio

from hw.panel.led import LedPattern


class SimLed:
    """See `hw.panel.led.Led`. `changes` are (time in s on the loop's clock, pattern), one for each real change."""

    def __init__(self) -> None:
        self._pattern = LedPattern.OFF
        self.changes: list[tuple[float, LedPattern]] = []

    @property
    def pattern(self) -> LedPattern:
        return self._pattern

    def show(self, pattern: LedPattern) -> None:
        if pattern is not self._pattern:
            self._pattern = pattern
            self.changes.append((asyncio.get_running_loop().time(), pattern))

    def close(self) -> None:
        """Dark for good."""
        self.show(LedPattern.OFF)
