"""A simulated LED that remembers when it changed."""

from __future__ import annotations

import asyncio


class SimLed:
    """See `hw.led.Led`. `changes` are (time in s on the loop's clock, lit), one for each real change."""

    def __init__(self) -> None:
        self._lit = False
        self.changes: list[tuple[float, bool]] = []

    @property
    def lit(self) -> bool:
        return self._lit

    def set(self, lit: bool) -> None:
        if lit != self._lit:
            self._lit = lit
            self.changes.append((asyncio.get_running_loop().time(), lit))

    def close(self) -> None:
        """Dark for good."""
        self.set(False)
