"""A caller on hold at the exchange, while we use the caller's own line for somebody else."""

from __future__ import annotations

import asyncio
from enum import Enum

from appliance.calls.afterflash import AfterFlash
from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.calls.party import Party
from appliance.calls.trunk import TrunkLine
from appliance.media.events import ToneHeard
from hw.tones.toneplan import DIAL_TONES

SETTLE_SECONDS = 0.2
"""What is heard so soon behind a flash may come from before it: a tone is told up to 0.1 s late."""
RINGBACK_TELLS_SECONDS = 12.0
"""Ringback that is heard so soon behind the flash back to a caller was never interrupted by it: two of the longest
cycles."""


class Other(Enum):
    """Who is on the line while the caller is on hold."""

    NOBODY = "nobody, or a tone"
    RINGS = "somebody who is rung"
    TALKS = "somebody who has answered"


class ExchangeHold:
    """The exchange holds a caller from our first hook flash on, until another one brings the caller back.

    leg: hears the line meanwhile, in place of the caller's leg, and takes what is pressed there. It is gone as soon as
    the caller's leg is; a tone on the line does not end that now.
    """

    def __init__(self, caller: Party, trunk: TrunkLine) -> None:
        self.caller = caller
        self.trunk = trunk
        caller.leg.ignore_fax()
        self.leg = Leg(trunk.port, caller.leg.media, lambda _leg: None, caller.leg.send_digits)
        self.leg.take_over(caller.leg)
        caller.leg.gone.add_done_callback(lambda gone: self.leg.left(gone.result()))
        trunk.consults(self.leg)

    async def flash(self) -> AfterFlash:
        """Send a hook flash, and listen to what follows. CallEnded when the caller's leg is gone; LineError."""
        await self.caller.leg.until(seconds=0)
        self.caller.leg.hear(None)
        seconds = self.trunk.flash()
        await self.caller.leg.until(seconds=seconds + SETTLE_SECONDS)
        return AfterFlash(self.leg, self.caller.leg)

    async def back(self, other: Other) -> bool:
        """Flash back to the caller. Whether the caller is there; if not, the caller's leg is gone.

        One flash is enough, but for two: where the other party has answered, the first flash lets all three talk, and
        the second drops who came last; and where a tone is heard, some exchanges take the first for nothing. Dial tone
        behind the first tells that the other party is on hold now, as the caller is not.
        """
        if other is Other.TALKS and await self._tone_behind_flash(quickly=True) in DIAL_TONES:
            await self._caller_is_gone()
            return False
        for _ in range(2):
            tone = await self._tone_behind_flash(quickly=other is Other.TALKS)
            if not tone:
                self.end()
                return True
            if other is Other.RINGS and tone in DIAL_TONES:
                await self._caller_is_gone()
                return False
        self._caller_is_lost()
        return False

    async def join(self) -> bool:
        """Flash to let the caller take part in what is said. Whether the caller is there; if not, its leg is gone.

        Where the other party has left just now, the caller may be there alone, or have to be fetched.
        """
        tone = await self._tone_behind_flash(quickly=False)
        if tone in DIAL_TONES:
            await self._caller_is_gone()
        elif tone:
            await self.back(Other.NOBODY)
        else:
            self.end()
        return not tone

    def end(self) -> None:
        """The caller is on the line again. What was pressed meanwhile is forgotten."""
        self.trunk.consults_no_more()
        self.caller.leg.take_over(self.leg)
        self._watch_for_ringback()

    async def _caller_is_gone(self) -> None:
        """Not the caller was on hold, but now the other party is: have that one again, to hang up on, as the exchange
        would ring us for whoever is on hold.
        """
        (await self.flash()).close()
        self._caller_is_lost()

    def _caller_is_lost(self) -> None:
        """The caller has left: nobody is left whom hanging up would join to anybody."""
        self.trunk.consults_no_more()
        self.caller.leg.left(Cause.LEFT_ON_HOLD)

    async def _tone_behind_flash(self, *, quickly: bool) -> str:
        after = await self.flash()
        try:
            return await after.instead(quickly=quickly, late=self.trunk.flashes.recalls_late)
        finally:
            after.close()

    def _watch_for_ringback(self) -> None:
        """An exchange that holds nobody may ignore a flash while it rings the other party."""
        loop = asyncio.get_running_loop()
        until = loop.time() + RINGBACK_TELLS_SECONDS

        def heard(tone: ToneHeard) -> None:
            if tone.tone == "ringback" and tone.cycles and loop.time() < until:
                self.caller.leg.left(Cause.LEFT_ON_HOLD)

        self.caller.leg.tone_heard.subscribe(heard)
