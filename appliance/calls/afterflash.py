"""What is heard on a trunk behind a hook flash of ours: a tone, somebody's voice, or nothing."""

from __future__ import annotations

import asyncio

from appliance.calls.leg import Leg
from appliance.calls.signal import settle
from appliance.media.events import MediaEvent, ToneHeard, VoiceChanged
from hw.audio import FRAME_SECONDS, Frame
from hw.level import measured
from hw.tones.toneplan import DIAL_TONES, REFUSAL_TONES, REGULAR_TONE, STEADY_TONE

RECALL_SECONDS = 3.0
"""How long recall dial tone is waited for."""
STILL_THERE_SECONDS = 1.2
"""How long behind a flash a voice, or nothing, must have been heard to be believed: no tone has a pause so long but
ringback."""
QUICKLY_SECONDS = 0.5
"""The same where two parties are connected meanwhile who must not be. Recall dial tone begins within so long."""
NAMED_SECONDS = 2.2
"""Within so many more seconds a sound that seems to be a tone is recognised as one: a piece of a cycle that the flash
has cut, and a whole cycle of 1.5 s."""
TONAL_FRAMES = round(0.14 / FRAME_SECONDS)
"""A pure sound that lasts so long seems to be a tone. The shortest bursts are 0.16 s, but those of recall dial tone,
which goes on steadily. In a short time it is enough that so much of it is pure."""
HIGHEST_DIAL_TONE_HZ = 650.0
"""Dial tones have no higher mean frequency in any country; a fax machine has."""
VOICE_SECONDS = 0.4
BEFORE_SECONDS = 0.35
"""What began so long before we listen began before the end of the flash, which itself is 0.2 s before."""

TELLING = DIAL_TONES | REFUSAL_TONES | {REGULAR_TONE, STEADY_TONE, "sit"}
"""Tones that are heard in place of a party: all but ringback, which is recognised too late."""


class AfterFlash:
    """Listens to a trunk from the end of a hook flash on, on the leg that hears the line now.

    caller: the leg of whoever came in on the line; every wait raises CallEnded when that is gone.
    tone: the name of the tone that is heard; empty for none. tone_after: the seconds after which so much of a dial tone
    had been heard that it seems to be one. voice: done once somebody is heard to speak.
    """

    def __init__(self, leg: Leg, caller: Leg) -> None:
        loop = asyncio.get_running_loop()
        self.tone = ""
        self.voice: asyncio.Future[None] = loop.create_future()
        self._leg = leg
        self._caller = caller
        self._loop = loop
        self._named: asyncio.Future[None] = loop.create_future()
        self._dial_tone: asyncio.Future[None] = loop.create_future()
        self._tonal: asyncio.Future[None] = loop.create_future()
        self._run = self._pure = 0
        self._began = loop.time()
        self.tone_after = 0.0
        self._voice_timer: asyncio.TimerHandle | None = None
        self._unsubscribe = leg.heard.subscribe(self._heard)
        leg.media.tap(self)

    def feed(self, frame: Frame) -> None:
        """See `appliance.media.port.Tap`."""
        tonal = measured(frame).tonal
        self._run = self._run + 1 if tonal is not None else 0
        if tonal is not None and tonal.middle <= HIGHEST_DIAL_TONE_HZ:
            self._pure += 1
            if self._pure == TONAL_FRAMES:
                self.tone_after = self._loop.time() - self._began
        if self._run >= TONAL_FRAMES:
            settle(self._tonal)

    def close(self) -> None:
        """Listen no more."""
        self._unsubscribe()
        self._leg.media.untap(self)
        self._stop_voice_timer()

    async def dial_tone(self) -> str:
        """Wait for recall dial tone, and give its name; empty where none comes, or the caller is heard still."""
        await self._caller.until(self._dial_tone, seconds=STILL_THERE_SECONDS)
        await self._caller.until(self._dial_tone, self.voice, seconds=RECALL_SECONDS - STILL_THERE_SECONDS)
        return self.tone if self._dial_tone.done() else ""

    async def instead(self, *, quickly: bool, late: float) -> str:
        """The tone that is heard in place of a party; empty where none is, which is known soon.

        late: for how many seconds more nothing need be heard of a tone on this line.
        """
        seconds = QUICKLY_SECONDS if quickly else STILL_THERE_SECONDS
        await self._caller.until(self._named, seconds=seconds + late)
        seems_one = self._pure >= TONAL_FRAMES if quickly else self._tonal.done()
        if seems_one and not self._named.done():
            await self._caller.until(self._named, seconds=NAMED_SECONDS)
        return self.tone

    def _heard(self, event: MediaEvent) -> None:
        match event:
            case ToneHeard(lasted=lasted) if lasted and self._loop.time() - lasted < self._began - BEFORE_SECONDS:
                pass  # It is told late, and comes from before the flash.
            case ToneHeard(tone, cycles) if tone in TELLING:
                self.tone = tone if cycles else ""
                if cycles:
                    settle(self._named)
                if cycles and tone in DIAL_TONES:
                    settle(self._dial_tone)
            case VoiceChanged(True):
                self._stop_voice_timer()
                self._voice_timer = self._loop.call_later(VOICE_SECONDS, settle, self.voice)
            case VoiceChanged(False):
                self._stop_voice_timer()

    def _stop_voice_timer(self) -> None:
        if self._voice_timer is not None:
            self._voice_timer.cancel()
