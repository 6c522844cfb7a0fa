"""Calling-party control: a call that the exchange keeps when we, who were called, hang up.

Lifted again within 5 to 20 s, the line would meet the caller from before (docs/lines.md). So no call goes out on it
until that time is over. The line doctor measures how long it is; and where it did not, a line that gives no dial tone
so soon behind a call tells that it has met that caller.
"""

from __future__ import annotations

import asyncio
import math

from appliance.calls.outcome import Cause

LONGEST_KEPT_S = 20.0
"""No exchange keeps a call for longer."""
NOTICES_S = 5.0
"""So much later a line that was seized has shown that it gives no dial tone."""
TOLD_BY_THE_LINE = frozenset(
    {
        Cause.LOOP_BREAK,
        Cause.POLARITY,
        Cause.BUSY_TONE,
        Cause.REORDER_TONE,
        Cause.DIAL_TONE,
        Cause.UNKNOWN_TONE,
        Cause.LINE_LOST,
    }
)
"""Causes by which the far end has surely gone before us, so that there is no call to be kept."""


class KeptCall:
    """What one line knows of it. noticed: the line has shown that its exchange does so."""

    def __init__(self) -> None:
        self.noticed = False
        self._called = False
        self._hung_up_at = -math.inf

    def begin(self, *, called: bool) -> None:
        """A call begins. called: it came in."""
        self._called = called

    def seconds(self, measured: float | None, gone: Cause | None) -> float:
        """How long the call is kept that ends now.

        measured: by the line doctor; None where nobody knows. gone: why the far end had gone before, if it had.
        """
        if not self._called or gone in TOLD_BY_THE_LINE:
            self._hung_up_at = -math.inf
            return 0.0
        self._hung_up_at = asyncio.get_running_loop().time()
        if measured is not None:
            return measured
        return LONGEST_KEPT_S if self.noticed else 0.0

    def rung(self) -> None:
        """Somebody calls in: so the exchange does not keep the call before any more."""
        self._hung_up_at = -math.inf

    def no_dial_tone(self) -> bool:
        """The line was seized and gave no dial tone: whether it has met the caller from before. It is noticed then, and
        the call is kept once more when we hang up."""
        since = asyncio.get_running_loop().time() - self._hung_up_at
        met = since <= LONGEST_KEPT_S + NOTICES_S
        self.noticed = self.noticed or met
        self._called = self._called or met
        return met
