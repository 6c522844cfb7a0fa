"""Recording a party: a beep, then what it says, until a key, its hanging up, silence, or the longest length."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from appliance.calls.leg import Leg
from appliance.calls.outcome import TOLD_BY_TONE, FaxCalling
from appliance.calls.signal import settle
from appliance.media.events import MediaEvent, VoiceChanged
from appliance.media.recorder import Recorder
from appliance.media.tone import ToneSource
from hw.tones.toneplan import Segment, Tone

BEEP = Tone((Segment((1000.0,), 0.4, -14.0), Segment((), None, 0.0)))
_SHORT = Segment((1000.0,), 0.12, -20.0)
SOON_OVER = Tone((_SHORT, Segment((), 0.12, 0.0), _SHORT, Segment((), None, 0.0)))
WARNED_SECONDS = 15.0
"""So long before the longest length, a tone tells that it is near; in a recording that may be twice as long."""
STOP_KEY = "#"
SILENCE_SECONDS = 8
"""A party that says nothing for so long has gone, or has nothing more to say."""
FIRST_WORD_SECONDS = 2.5
"""The same where a word or two are asked for, such as a name."""
KEY_TRIM_SECONDS = 0.12
"""How much of the # key's tones is recorded before the key is recognised."""
BREAK_TRIM_SECONDS = 0.4
"""How long the exchange's noises are around a loop break or a reversal."""


class EndedBy(Enum):
    KEY = "key"
    HANG_UP = "hang-up"
    SILENCE = "silence"
    LENGTH = "length"
    DISK_FULL = "disk-full"


@dataclass(slots=True)
class Recording:
    """What is to be recorded, and afterwards what was recorded."""

    path: Path
    """Where."""
    longest_seconds: float
    """It is over after so long. Whoever speaks hears a tone shortly before; see `WARNED_SECONDS`."""
    pause_seconds: float | None = None
    """It is over so long behind the last word; None: only after a long silence."""
    seconds: float = 0.0
    """Of sound that was kept."""
    speech_seconds: float = 0.0
    """Of speech in it."""
    keys: str = ""
    """Those that are heard in it, and did not end it."""
    ended_by: EndedBy = EndedBy.KEY
    """Why it ended."""


async def record(leg: Leg, recording: Recording) -> None:
    """Record the party and fill in the recording. Returns when the party hangs up; raises CallEnded only before.

    Raises FaxCalling where the party turns out to be a fax machine, and has said nothing.
    """
    beep = ToneSource(BEEP)
    leg.hear(beep)
    await leg.until(beep.done)
    leg.forget_digits()
    loop = asyncio.get_running_loop()
    failed: asyncio.Future[None] = loop.create_future()
    silent: asyncio.Future[None] = loop.create_future()
    recorder = Recorder(recording.path, longest_seconds=recording.longest_seconds)
    recorder.on_failed = lambda _error: failed.set_result(None)
    began = loop.time()

    def check_silence() -> None:
        if min(leg.silent_seconds, loop.time() - began) >= SILENCE_SECONDS:
            settle(silent)

    last_word: asyncio.TimerHandle | None = None
    if recording.pause_seconds is not None:
        last_word = loop.call_later(FIRST_WORD_SECONDS, settle, silent)

    def heard(event: MediaEvent) -> None:
        nonlocal last_word
        if isinstance(event, VoiceChanged) and recording.pause_seconds is not None:
            if last_word is not None:
                last_word.cancel()
            last_word = None if event.speaking else loop.call_later(recording.pause_seconds, settle, silent)

    unsubscribe = [leg.silence.subscribe(check_silence), leg.heard.subscribe(heard)]
    soon_over = ToneSource(SOON_OVER)
    warning: asyncio.TimerHandle | None = None
    if recording.longest_seconds >= 2 * WARNED_SECONDS:
        warning = loop.call_later(recording.longest_seconds - WARNED_SECONDS, leg.hear, soon_over)
    leg.media.tap(recorder)
    try:
        recording.ended_by = await _wait_for_end(leg, failed, silent, recording)
    finally:
        for end in unsubscribe:
            end()
        for timer in (last_word, warning):
            if timer is not None:
                timer.cancel()
        leg.media.untap(recorder)
        kept = await recorder.stop(trim_seconds=_trailing_seconds(leg, recording, recorder))
    recording.seconds = kept.seconds
    recording.speech_seconds = kept.speech_seconds
    if kept.failed is not None:
        recording.ended_by = EndedBy.DISK_FULL


async def _wait_for_end(
    leg: Leg, failed: asyncio.Future[None], silent: asyncio.Future[None], recording: Recording
) -> EndedBy:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + recording.longest_seconds
    while True:
        fax = leg.fax_heard
        waited = (leg.gone, failed, silent, leg.digit_ready(), *((fax,) if fax is not None else ()))
        await asyncio.wait(waited, timeout=deadline - loop.time(), return_when=asyncio.FIRST_COMPLETED)
        if leg.gone.done():
            return EndedBy.HANG_UP
        if fax is not None and fax.done():
            leg.ignore_fax()
            if not leg.spoke:
                raise FaxCalling
            continue
        if failed.done():
            return EndedBy.DISK_FULL
        if silent.done():
            return EndedBy.SILENCE
        if loop.time() >= deadline:
            return EndedBy.LENGTH
        key = await leg.digit(0) or ""
        if key == STOP_KEY:
            return EndedBy.KEY
        recording.keys += key


def _trailing_seconds(leg: Leg, recording: Recording, recorder: Recorder) -> float:
    """How many seconds at the end do not belong to the message: the # key, the tone that ended it, and silence.

    Of the silence behind the last word 0.3 s are left.
    """
    match recording.ended_by:
        case EndedBy.KEY:
            no_speech = KEY_TRIM_SECONDS
        case EndedBy.HANG_UP if leg.gone.result() in TOLD_BY_TONE:
            no_speech = leg.tone_seconds
        case EndedBy.HANG_UP:
            no_speech = BREAK_TRIM_SECONDS
        case EndedBy.SILENCE if recording.pause_seconds is None:
            no_speech = SILENCE_SECONDS - 1.0
        case _:
            no_speech = 0.0
    if recording.pause_seconds is not None:
        return no_speech
    return max(no_speech, recorder.quiet_seconds(no_speech))
