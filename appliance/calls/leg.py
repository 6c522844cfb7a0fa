"""One party's connection: what was pressed, whether they are still there, and what they hear."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from appliance.calls.outcome import CallEnded, Cause, FaxCalling
from appliance.calls.signal import Signal
from appliance.media.detectors import FaxTones
from appliance.media.events import (
    CallerIdHeard,
    DigitHeard,
    Fax,
    FaxToneHeard,
    KeyCertain,
    MediaEvent,
    SilenceHeard,
    ToneHeard,
    VoiceChanged,
)
from appliance.media.player import Player
from appliance.media.port import MediaPort
from appliance.media.sources import Source
from hw.audio import Samples
from hw.callerid.coding import CallerId
from hw.dsp.dtmf import dtmf_samples
from hw.linecard import TransferAsked

POUND_SECONDS = 1.5
"""Who ends every number by # presses it within this time of the last digit."""


class Leg:
    """One party. `gone` is set, once, with the cause when the party has left; every wait ends with CallEnded then.

    release: called once, with this leg, when this side is done with the party.
    heard: everything that the detectors on the party's line hear; tone_heard, caller_id_heard: some of it.
    silent_seconds: how long the party has neither said nor pressed anything, in whole seconds; `silence` tells when
    it grows. spoke: it has said anything so far. last_spoke: when it last did, by the loop's time; now, if it speaks.
    talks_to: who else is in its talk, while it has one.
    tone_seconds: how long the tone was heard by which the party was known to have left; 0 where that is not known.
    send_digits: presses keys towards the party apart from the sound, and says how many seconds that takes; None where
    keys are tones in the sound. digit_told: tells of a key of the party's that was not in its sound. pressed: tells of
    every key, however it came.
    dialled: what a telephone had dialled already when it was lifted. held: it holds its call; held_changed tells when
    that changes. transfer_asked: it wants a party it talks to transferred, and whom to tell what became of it.
    join_asked: it wants whom it talks to by its leg of this name to join this talk, and the same. drop_asked: it wants
    whoever joined its talk last to go. calling: the number that is being called for it, as a telephone dials it; empty
    while none is. emergency: help is being called for it, or it is the line by which help was called.
    released: done once this side is done with the party. swaps: its call has come in besides another one, so a
    hook flash changes between the two. undisturbed: no other call may wait for it.
    certain_keys: those for which no voice must be taken that resembles them; they count a moment later than others.
    awaits_key: all is said, and a key of the party's is waited for in silence.
    """

    def __init__(
        self,
        name: str,
        media: MediaPort,
        release: Callable[[Leg], None],
        send_digits: Callable[[str], float] | None = None,
    ) -> None:
        self.name = name
        self.media = media
        self.gone: asyncio.Future[Cause] = asyncio.get_running_loop().create_future()
        self.heard: Signal[[MediaEvent]] = Signal()
        self.tone_heard: Signal[[ToneHeard]] = Signal()
        self.caller_id_heard: Signal[[CallerId]] = Signal()
        self.silence: Signal[[]] = Signal()
        self.pressed: Signal[[str]] = Signal()
        self.digit_told: Signal[[str]] = Signal()
        self.held_changed: Signal[[bool]] = Signal()
        self.transfer_asked: Signal[[TransferAsked, Callable[[bool], None]]] = Signal()
        self.join_asked: Signal[[str, Callable[[bool], None]]] = Signal()
        self.drop_asked: Signal[[]] = Signal()
        self.silent_seconds = 0
        self.spoke = False
        self.talks_to: tuple[Leg, ...] = ()
        self.tone_seconds = 0.0
        self._speaking = False
        self._last_spoke = -math.inf
        self._heard_silent_seconds = 0
        self._pressed_at_silence = 0
        self.send_digits = send_digits
        self.dialled = ""
        self.held = False
        self.calling = ""
        self.emergency = False
        self.certain_keys = ""
        self.released: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.swaps = False
        self.undisturbed = False
        self.awaits_key = False
        self._fax_tones: FaxTones | None = None
        self._release = release
        self._digits: deque[str] = deque()
        self._pressed: asyncio.Future[None] | None = None
        self._pound_until = 0.0
        self._fax: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        media.on_event = self._heard

    @property
    def in_conversation(self) -> bool:
        """It talks to somebody."""
        return bool(self.talks_to)

    @property
    def speaking(self) -> bool:
        """It says something now."""
        return self._speaking

    @property
    def last_spoke(self) -> float:
        return asyncio.get_running_loop().time() if self._speaking else self._last_spoke

    def take_over(self, other: Leg) -> None:
        """Hear the line from now on in place of this other leg of it. What was pressed there is that one's."""
        self.media.on_event = self._heard
        self._heard_silent_seconds = self._pressed_at_silence = other._heard_silent_seconds
        self.silent_seconds = 0
        self._speaking = False
        self.forget_digits()

    def left(self, cause: Cause) -> None:
        """The party has left. Only the first cause counts."""
        if not self.gone.done():
            self.gone.set_result(cause)

    def release(self) -> None:
        """Be done with this party, whether it has left or not. The second time does nothing."""
        if not self.released.done():
            self.released.set_result(None)
            self.media.hear(None)
            self._release(self)

    def press(self, digit: str) -> None:
        """Take a digit of the party: heard as DTMF, or dialled by pulses. It is a sign of life, as a word is."""
        self._pressed_at_silence = self._heard_silent_seconds
        self.silent_seconds = 0
        self.pressed.tell(digit)
        if self._fax_tones is not None:
            self._fax_tones.person_heard()
        ends_number = digit == "#" and asyncio.get_running_loop().time() < self._pound_until
        self._pound_until = 0.0
        if ends_number:
            return
        self._digits.append(digit)
        if self._pressed is not None and not self._pressed.done():
            self._pressed.set_result(None)

    def press_all(self, digits: str) -> None:
        """Take digits that were dialled in one with what came before. Nothing more follows, which # tells."""
        for digit in f"{digits}#" if digits else "":
            self.press(digit)

    def told_digit(self, digit: str) -> None:
        """Take a digit that the party's line told apart from its sound."""
        self.press(digit)
        self.digit_told.tell(digit)

    def hold(self, held: bool) -> None:
        """The party holds its call, or no longer does. Some telephones say so more than once."""
        if held != self.held:
            self.held = held
            self.held_changed.tell(held)

    def watch_for_fax(self, *, certain: bool = False) -> asyncio.Future[None]:
        """Listen for a calling fax machine; the next wait after its tone raises FaxCalling. Returns what is done then.

        certain: by the whole rhythm of its tone alone, as where somebody talks to the party.
        """
        self.ignore_fax()
        self._fax = asyncio.get_running_loop().create_future()
        self._fax_tones = FaxTones((Fax.CNG,), certain=certain)
        self.media.listen_for(self._fax_tones)
        return self._fax

    @property
    def fax_heard(self) -> asyncio.Future[None] | None:
        """Done once a calling fax machine was heard; None where none is listened for."""
        return self._fax if self._fax_tones is not None else None

    def ignore_fax(self) -> None:
        """Stop listening for a fax machine. Harmless when not listening."""
        if self._fax_tones is not None:
            self.media.stop_listening(self._fax_tones)
            self._fax_tones = None

    def number_read(self) -> None:
        """All digits of a number have been read. A # that follows at once ends that number, and means nothing else."""
        if self._digits:
            if self._digits[0] == "#":
                self._digits.popleft()
            return
        self._pound_until = asyncio.get_running_loop().time() + POUND_SECONDS

    @property
    def digits_waiting(self) -> str:
        """What was pressed and not read yet."""
        return "".join(self._digits)

    def forget_digits(self) -> None:
        self._digits.clear()

    def digit_ready(self) -> asyncio.Future[None]:
        """A future that is done as soon as a digit waits to be read."""
        if self._pressed is None or self._pressed.done():
            self._pressed = asyncio.get_running_loop().create_future()
            if self._digits:
                self._pressed.set_result(None)
        return self._pressed

    async def digit(self, seconds: float) -> str | None:
        """The next digit, or None when none comes within so many seconds."""
        self.awaits_key = True
        try:
            if not self._digits and not await self.until(self.digit_ready(), seconds=seconds):
                return None
        finally:
            self.awaits_key = False
        self._check()
        return self._digits.popleft()

    async def until(self, *others: asyncio.Future[Any], seconds: float | None = None) -> bool:
        """Wait until one of these is done: True; or until the seconds have passed: False.

        Raises CallEnded when the party leaves first, FaxCalling when it turns out to be a fax machine.
        """
        fax = (self._fax,) if self._fax_tones is not None else ()
        waited: tuple[asyncio.Future[Any], ...] = (self.gone, *fax, *others)
        await asyncio.wait(waited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        self._check()
        return any(other.done() for other in others)

    async def listen_to(
        self, clips: Sequence[Samples], *, until_digit: bool = False, until: Sequence[asyncio.Future[Any]] = ()
    ) -> None:
        """Play clips to the party, to their end or (until_digit) to its first digit, or until one of these is done."""
        if until_digit and self._digits:
            return
        player = Player(clips)
        self.media.hear(player)
        try:
            await self.until(player.done, *([self.digit_ready()] if until_digit else []), *until)
        finally:
            self.stop(player)

    async def dial(self, digits: str, low_dbm0: float, high_dbm0: float) -> None:
        """Send digits to the party, at these levels a tone where they are tones."""
        if self.send_digits is not None:
            await self.until(seconds=self.send_digits(digits))
            return
        await self.listen_to([dtmf_samples(digits, low_dbm0, high_dbm0)])

    def hear(self, source: Source | None) -> None:
        """Let the party hear this from now on (None: nothing), until something else is heard."""
        self.media.hear(source)

    def stop(self, source: Source) -> None:
        """Stop a source if it is not over yet."""
        if not source.done.done():
            self.media.hear(None)

    def _check(self) -> None:
        if self.gone.done():
            raise CallEnded(self.gone.result())
        if self._fax_tones is not None and self._fax.done():
            self.ignore_fax()
            raise FaxCalling

    def _heard(self, event: MediaEvent) -> None:
        self.heard.tell(event)
        match event:
            case DigitHeard(digit) if digit not in self.certain_keys:
                self.press(digit)
            case KeyCertain(digit) if digit in self.certain_keys:
                self.press(digit)
            case ToneHeard():
                self.tone_heard.tell(event)
            case SilenceHeard(seconds):
                self._heard_silent_seconds = seconds
                self.silent_seconds = seconds - self._pressed_at_silence
                self.silence.tell()
            case VoiceChanged(speaking):
                self._last_spoke = asyncio.get_running_loop().time()
                self._speaking = speaking
                self._heard_silent_seconds = self._pressed_at_silence = 0
                self.silent_seconds = 0 if speaking else self.silent_seconds
                self.spoke = self.spoke or speaking
                if self._fax_tones is not None:
                    self._fax_tones.person_heard()
            case CallerIdHeard(caller_id):
                self.caller_id_heard.tell(caller_id)
            case FaxToneHeard(Fax.CNG):
                if not self._fax.done():
                    self._fax.set_result(None)
