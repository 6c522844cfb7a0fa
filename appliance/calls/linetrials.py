"""Finding out which line is which: somebody calls each from outside, and answers the call at the local page.

Only a unit that has no office yet does so, and only while the page looks. A call that nobody answers there is answered
by the built-in attendant.
"""

from __future__ import annotations

import asyncio

from appliance.calls.leg import Leg

LOOKED_AT_S = 15.0
"""For so long after the page has looked at the lines, calls wait for it."""
PATIENCE_S = 20.0
"""So long a caller hears ringing before the built-in attendant answers."""


class LineTrials:
    """The calls that wait for the page, by the name of their line."""

    def __init__(self) -> None:
        self._looked = -LOOKED_AT_S
        self._waiting: dict[str, asyncio.Future[None]] = {}

    def look(self) -> None:
        """The page looks at the lines at this moment."""
        self._looked = asyncio.get_running_loop().time()

    @property
    def waiting(self) -> frozenset[str]:
        """The lines on which somebody waits to be answered at the page."""
        return frozenset(self._waiting)

    def answer(self, line: str) -> bool:
        """Have the call on this line answered. Whether there was one."""
        waits = self._waiting.get(line)
        if waits is None or waits.done():
            return False
        waits.set_result(None)
        return True

    async def answered_at_the_page(self, line: str, leg: Leg) -> bool:
        """Let a call wait for the page, if that looks. Whether it is to be answered as a trial."""
        loop = asyncio.get_running_loop()
        if loop.time() - self._looked >= LOOKED_AT_S:
            return False
        waits = self._waiting[line] = loop.create_future()
        try:
            return await leg.until(waits, seconds=PATIENCE_S)
        finally:
            del self._waiting[line]
