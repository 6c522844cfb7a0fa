"""A page: one telephone speaks to several, which answer by themselves or ring, and are not heard."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from appliance.calls.leg import Leg
from appliance.calls.party import Party
from appliance.calls.recording import BEEP
from appliance.calls.station import StationLine
from appliance.calls.waitingcall import PickedUp
from appliance.media.bridge import PartySource
from appliance.media.tone import ToneSource
from appliance.office.telephones import RingSound
from hw.callerid.coding import CallerId
from hw.linecard import LineError, RingRefused
from hw.tones.toneplan import Tone

RING_SECONDS = 20.0
"""How long telephones ring that do not answer by themselves."""
LONGEST_SECONDS = 120.0
"""Of a page: a telephone left off hook must not be heard all over the office for ever."""

AnswerToPage = asyncio.Future[Leg | PickedUp | RingRefused]


class Page:
    """What one party says, heard on other telephones. heard: somebody has listened."""

    def __init__(self, pager: Party, ringback: Tone) -> None:
        self.heard = False
        self._pager = pager
        self._ringback = ringback
        self._ringing: list[AnswerToPage] = []
        self._listeners: list[Leg] = []

    async def speak_to(self, stations: Sequence[StationLine], shown: CallerId | None, rings: RingSound) -> None:
        """Let those of these telephones listen that are free, until nobody does any more or it has gone on for long.

        The pager hears ringing, and a beep as soon as somebody listens. Raises CallEnded when the pager leaves.
        shown: what the telephones display.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            for station in stations:
                self._ring(station, shown, rings)
            self._pager.leg.hear(ToneSource(self._ringback))
            while self._ringing or self._listeners:
                passed = loop.time() - began
                if passed >= RING_SECONDS:
                    self._ring_no_more()
                if passed >= LONGEST_SECONDS or not (self._ringing or self._listeners):
                    break
                gone = [leg.gone for leg in self._listeners]
                left = (RING_SECONDS if self._ringing else LONGEST_SECONDS) - passed
                await self._pager.leg.until(*self._ringing, *gone, seconds=left)
                self._look()
        finally:
            self._pager.leg.hear(None)
            self._over()

    def _ring(self, station: StationLine, shown: CallerId | None, rings: RingSound) -> None:
        try:
            self._ringing.append(station.ring(shown, rings))
        except LineError:  # It is in use: whoever talks on it is not disturbed.
            return

    def _look(self) -> None:
        """See who has answered, and who has hung up again."""
        for answer in [answer for answer in self._ringing if answer.done()]:
            self._ringing.remove(answer)
            if isinstance(leg := answer.result(), Leg):
                self._listens(leg)
        for leg in [leg for leg in self._listeners if leg.gone.done()]:
            self._listeners.remove(leg)
            leg.release()

    def _listens(self, leg: Leg) -> None:
        self._listeners.append(leg)
        leg.hear(PartySource(self._pager.leg.media))
        leg.media.overlay(ToneSource(BEEP))
        if not self.heard:
            self.heard = True
            self._pager.leg.hear(ToneSource(BEEP))

    def _ring_no_more(self) -> None:
        for answer in self._ringing:
            answer.cancel()
        self._ringing.clear()

    def _over(self) -> None:
        """Nobody listens any more, nor will: also those who have answered at this very moment."""
        self._look()
        self._ring_no_more()
        for leg in self._listeners:
            leg.release()
        self._listeners.clear()
