"""What a gateway itself says on its line, how it takes keys out of the line's sound, and how it carries a fax."""

from __future__ import annotations

import asyncio
from collections import deque

from hw.audio import FRAME_SECONDS, SILENCE, Frame
from hw.dsp.dtmf import DIGITS, DtmfReceiver, dtmf_samples
from hw.dsp.faxanswer import FaxAnswerReceiver
from hw.port.playing import SamplePlayer
from hw.sip.digits import KEY_MS, PAUSE_MS
from hw.tones.tonegen import ToneGenerator
from hw.tones.toneplan import Tone, TonePlan


class OwnSound:
    """The gateway's own sound, which goes down the line instead of the far end's: keys first, else a tone."""

    def __init__(self, plan: TonePlan) -> None:
        self._levels = (plan.dtmf_low_dbm0, plan.dtmf_high_dbm0)
        self._keys: deque[SamplePlayer] = deque()
        self._tone: ToneGenerator | None = None
        self._held_frames = 0

    @property
    def pressing(self) -> bool:
        """True while keys are pressed, and in the pause after each."""
        return bool(self._keys) and not self._held_frames

    def play(self, tone: Tone | None) -> None:
        """This tone from its beginning, or none."""
        self._tone = ToneGenerator(tone) if tone is not None else None

    def press(self, digits: str) -> asyncio.Future[None]:
        """Press these keys after those that are still to be pressed. What is no key is left out.

        The future is done when the last one's pause is over.
        """
        keys = "".join(digit for digit in digits if digit in DIGITS)
        clip = SamplePlayer(dtmf_samples(keys, *self._levels, KEY_MS, PAUSE_MS))
        self._keys.append(clip)
        return clip.done

    def hold_keys(self, seconds: float) -> None:
        """Press nothing for so long. The far end is heard meanwhile."""
        self._held_frames = round(seconds / FRAME_SECONDS)

    def stop(self) -> None:
        """Be silent; keys not yet pressed are forgotten."""
        self._tone = None
        self._held_frames = 0
        while self._keys:
            self._keys.popleft().stop()

    def next(self) -> Frame | None:
        """The next frame, or None while the far end is to be heard."""
        if self._held_frames:
            self._held_frames -= 1
        else:
            while self._keys:
                frame = self._keys[0].next()
                if frame is not None:
                    return frame
                self._keys.popleft()
        return self._tone.next() if self._tone is not None else None


class KeyRemover:
    """Takes keys out of a line's sound.

    A key is recognised only after its first 40 ms, which must not be passed on either. So all sound is 40 ms late.
    """

    _LATE_FRAMES = 2

    def __init__(self) -> None:
        self._receiver = DtmfReceiver()
        self._late: deque[Frame] = deque([SILENCE] * self._LATE_FRAMES)

    def feed(self, frame: Frame) -> tuple[str, Frame]:
        """The keys recognised in this frame, usually none, and the frame to be passed on."""
        keys = self._receiver.feed(frame)
        self._late.append(SILENCE if self._receiver.held else frame)
        if keys:
            self._late = deque([SILENCE] * len(self._late))
        return keys, self._late.popleft()

    def pass_on(self, frame: Frame) -> Frame:
        """The frame to be passed on, without a look for keys in this one: what is late stays as late."""
        self._late.append(frame)
        return self._late.popleft()


class FaxWatch:
    """Hears a fax machine answer, whichever side it is on."""

    def __init__(self) -> None:
        self._line, self._unit = FaxAnswerReceiver(), FaxAnswerReceiver()

    def feed(self, frame: Frame, sent: Frame) -> bool:
        """Whether a fax machine answers in this frame of the line, or in the one that was sent to it."""
        on_line, at_unit = self._line.feed(frame), self._unit.feed(sent)
        return on_line or at_unit


class FixedBuffer:
    """A jitter buffer that adapts nothing: 40 ms of sound stay in store behind the first frame that is given.

    Where they are used up there is a gap, and behind it the store is longer by that. `write` and `next` are those of
    `hw.port.playing.PlayOut`, which is for voices.
    """

    _STORED = 3
    _LONGEST = 25

    def __init__(self) -> None:
        self._frames: deque[Frame] = deque(maxlen=self._LONGEST)
        self._filling = True

    def write(self, frame: Frame) -> None:
        self._frames.append(frame)

    def next(self) -> Frame | None:
        self._filling = self._filling and len(self._frames) < self._STORED
        return self._frames.popleft() if self._frames and not self._filling else None
