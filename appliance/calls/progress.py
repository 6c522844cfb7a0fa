"""How far a call out on a trunk has come: it rings there, somebody has answered, or it is refused, and why."""

from __future__ import annotations

import asyncio
from enum import Enum

from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.calls.signal import settle
from appliance.calls.toneending import SHORTEST_UNKNOWN_SECONDS, meaning
from appliance.media.detectors import FaxTones
from appliance.media.events import DigitHeard, Fax, FaxToneHeard, MediaEvent, ToneHeard, VoiceChanged
from hw.audio import FRAME_SECONDS, Frame
from hw.level import measured
from hw.tones.toneplan import REFUSAL_TONES

REFUSED_CYCLES = 2
"""After so many cycles of busy or reorder tone a call that nobody has answered is refused."""
SPEECH_SECONDS = 0.5
"""Speech that goes on for so long is an answer; a click or a piece of a tone lasts 0.34 s with its hangover."""
DIALLED_SECONDS = 0.3
"""For so long what the line returned of the digits we dialled may be taken for speech."""
QUIET_AFTER_RINGBACK_SECONDS = 8.0
"""Ringback that was disturbed is recognised again within 7 s: a pause, a burst, and a second. If it is not by now, and
nothing else is heard, somebody has answered who says nothing."""
BURST_FRAMES = round(0.3 / FRAME_SECONDS)
"""A pure sound that lasts so long meanwhile is ringback that was not recognised: who says nothing makes none. What is
said while it rings may hide ringback for longer than that."""

REFUSED_BY = {"busy": Cause.BUSY, "reorder": Cause.CONGESTION, "sit": Cause.NOT_FOUND}


class AnsweredBy(Enum):
    """How an answer was known. All but the first two are guesses, as most lines tell nothing (docs/lines.md)."""

    POLARITY = "polarity"
    TOLD = "told"
    KEY = "key"
    SPEECH = "speech"
    RINGBACK_OVER = "ringback-over"


class CallProgress:
    """What has become so far of a call whose number is dialled. It knows ringback only while nobody is let hear it on
    another line, which would return it.

    ringing: ringback is heard now. alerted: it was heard, so the called telephone rings, or did.
    answered: done as soon as somebody, or a machine, has answered.
    refused: done with the cause as soon as the call is known not to come about: busy, congestion, not found; or a fax
    machine has answered, which is known only after `answered` where the line tells that.
    told: the line tells an answer for certain, and what is heard before it is none.
    """

    def __init__(self, leg: Leg, *, told: bool) -> None:
        loop = asyncio.get_running_loop()
        self.ringing = False
        self.alerted: asyncio.Future[None] = loop.create_future()
        self.answered: asyncio.Future[AnsweredBy] = loop.create_future()
        self.refused: asyncio.Future[Cause] = loop.create_future()
        self._leg = leg
        self._told = told
        self._loop = loop
        self._speech: asyncio.TimerHandle | None = None
        self._quiet: asyncio.TimerHandle | None = None
        self._pure_frames = 0
        self._fax_tones = FaxTones((Fax.CED,))
        if leg.speaking:
            self._speech_begins(DIALLED_SECONDS + SPEECH_SECONDS)
        leg.media.listen_for(self._fax_tones)
        leg.heard.subscribe(self._heard)
        leg.digit_told.subscribe(lambda _digit: self._somebody(AnsweredBy.KEY))

    @property
    def may_be_answered(self) -> bool:
        """It is answered, or nothing tells that it is not: whoever lifts in silence is told from ringback late."""
        return self.answered.done() or not (self._told or self.refused.done())

    async def until_answered(self, caller: Leg, seconds: float) -> Cause | None:
        """Wait until somebody has answered: None. Otherwise why nobody has: Cause.NO_ANSWER when the seconds are over.

        Raises CallEnded when the caller leaves first.
        """
        await caller.until(self.answered, self.refused, self._leg.gone, seconds=seconds)
        if self.refused.done():
            return self.refused.result()
        if self._leg.gone.done():
            return self._leg.gone.result()
        return None if self.answered.done() else Cause.NO_ANSWER

    def feed(self, frame: Frame) -> None:
        """See `appliance.media.port.Tap`: listened to once ringback seems to be over."""
        self._pure_frames = self._pure_frames + 1 if measured(frame).tonal is not None else 0
        if self._pure_frames == BURST_FRAMES and self._quiet is not None:
            self._wait_for_quiet()

    def answer(self, by: AnsweredBy) -> None:
        """Somebody has answered. Only the first time counts, and nothing that follows a refusal."""
        self.ringing = False
        self._stop_speech()
        self._stop_waiting()
        if not self.answered.done() and not self.refused.done():
            self.answered.set_result(by)

    def refuse(self, cause: Cause) -> None:
        """The call does not come about. Only the first time counts."""
        self.ringing = False
        self._stop_speech()
        self._stop_waiting()
        if not self.refused.done():
            self.refused.set_result(cause)

    def _heard(self, event: MediaEvent) -> None:
        match event:
            case ToneHeard():
                self._tone(event)
            case VoiceChanged(True):
                self._speech_begins(SPEECH_SECONDS)
            case VoiceChanged(False):
                self._stop_speech()
            case DigitHeard():
                self._somebody(AnsweredBy.KEY)
            case FaxToneHeard(Fax.CED):
                self.refuse(Cause.FAX)

    def _speech_begins(self, seconds: float) -> None:
        self._stop_speech()
        self._speech = self._loop.call_later(seconds, self._somebody, AnsweredBy.SPEECH)

    def _somebody(self, by: AnsweredBy) -> None:
        """Somebody is heard, who is no machine that sends tones."""
        if not self._told:
            self.answer(by)
        self._leg.media.stop_listening(self._fax_tones)

    def _tone(self, tone: ToneHeard) -> None:
        if tone.tone == "ringback":
            self._ringback(bool(tone.cycles))
        elif tone.cycles and not self.answered.done():
            self.ringing = False
            self._stop_waiting()
            cause, needed = meaning(tone)
            too_soon = cause is Cause.UNKNOWN_TONE and tone.lasted < SHORTEST_UNKNOWN_SECONDS
            if tone.tone in REFUSED_BY and tone.cycles >= (REFUSED_CYCLES if tone.tone in REFUSAL_TONES else 1):
                self.refuse(REFUSED_BY[tone.tone])
            elif cause is not None and tone.cycles >= needed and not too_soon:
                self.refuse(cause)

    def _ringback(self, heard: bool) -> None:
        over = self.ringing and not heard
        self.ringing = heard
        self._stop_waiting()
        if heard:
            settle(self.alerted)
        if over and not self._told and not self.answered.done():
            self._leg.media.tap(self)
            self._wait_for_quiet()

    def _wait_for_quiet(self) -> None:
        if self._quiet is not None:
            self._quiet.cancel()
        self._quiet = self._loop.call_later(QUIET_AFTER_RINGBACK_SECONDS, self.answer, AnsweredBy.RINGBACK_OVER)

    def _stop_waiting(self) -> None:
        """Be sure of nothing because of quiet."""
        if self._quiet is not None:
            self._quiet.cancel()
            self._quiet = None
            self._leg.media.untap(self)

    def _stop_speech(self) -> None:
        if self._speech is not None:
            self._speech.cancel()
