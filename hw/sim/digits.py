"""Collects what somebody dials at the exchange, from the sound of the line or from its pulses."""

from __future__ import annotations

import asyncio

from hw.audio import Floats
from hw.dsp.dtmf import DtmfReceiver
from hw.sim.loop import limited


class DigitCollector:
    """Digits in the order dialled, however they come."""

    def __init__(self) -> None:
        self._receiver = DtmfReceiver()
        self._digits: asyncio.Queue[str] = asyncio.Queue()

    def feed(self, heard: Floats) -> None:
        """20 ms of what came up the line."""
        for digit in self._receiver.feed(limited(heard)):
            self.dialled(digit)

    def dialled(self, digit: str) -> None:
        self._digits.put_nowait(digit)

    async def next(self, seconds: float) -> str | None:
        """The next digit, or None when none came within so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                return await self._digits.get()
        except TimeoutError:
            return None
