"""One person with a telephone in a scenario: what it does, hears, sees and says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import numpy as np

from appliance.ear.clipbook import ClipBook
from appliance.ear.ear import DIAL_TONE_NAMES, Ear
from appliance.ear.heard import Heard, Kind, plain, words_of
from appliance.scenario.actions import Audible, DigitsHeard, NamedTone, SpokenWords
from appliance.scenario.faxmachine import send_fax
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, Frame, Samples, seconds_of
from hw.callerid.coding import Absence, CallerId
from hw.dsp.dtmf import dtmf_samples
from hw.sim.telephone import Telephone
from hw.tones.toneplan import TonePlan

DIAL_TONE_S = 5.0
"""If no dial tone comes, a caller dials after so long nevertheless."""

REACTION_S = 0.3
"""The time from lifting, or from hearing dial tone, to what is done next: no person is faster."""

_MOMENT_S = 0.01

_ECHO_LOSS_DB = 6.0
"""How much weaker the copy of a digit is: it has passed the cellular network's speech coder and hybrid once more."""


class Participant:
    """A telephone with a recogniser of what is heard in it. `tell` is given what is heard and seen, as text.

    recognises: whether it is listened to at all, which costs more than the call itself; otherwise nothing is ever heard
    or seen. Something that is expected must have come after the party's last act, and after what was expected and found
    before.
    """

    def __init__(
        self,
        name: str,
        telephone: Telephone,
        book: ClipBook,
        plan: TonePlan,
        tell: Callable[[str, float, str], None],
        *,
        keep_sound: bool = False,
        recognises: bool = True,
    ) -> None:
        self.name = name
        self.telephone = telephone
        self.ear = Ear(book, plan, self._heard)
        self.seen: list[tuple[float, str]] = []
        self.sound: dict[str, dict[int, Frame]] = {"said": {}, "heard": {}}
        self._tell = tell
        self._plan = plan
        self._keep = keep_sound
        self._from_s = -1.0
        self._words_used = 0
        if recognises:
            telephone.listeners.append(self._hear)
            telephone.sent_listeners.append(self._say)
            telephone.observers.append(self._see)

    @property
    def now_s(self) -> float:
        return asyncio.get_running_loop().time()

    # What it does

    def lift(self) -> None:
        self._acts()
        self.telephone.lift()

    def hang_up(self) -> None:
        self._acts()
        self.telephone.hang_up()
        self.ear.finish()

    def flash(self, milliseconds: int | None) -> None:
        self._acts()
        self.telephone.flash(milliseconds)

    async def call(self, number: str) -> None:
        """Lift, wait for dial tone for up to 5 s, and dial, with or without it."""
        if not self.telephone.off_hook:
            self.lift()
        await self.until(lambda: any(self._finds_tone(name, None) for name in DIAL_TONE_NAMES), DIAL_TONE_S)
        await asyncio.sleep(REACTION_S)
        await self.press(number)

    async def press(
        self,
        digits: str,
        on_ms: float = 100,
        off_ms: float = 100,
        echo_ms: float | None = None,
        *,
        cellular: bool = False,
    ) -> None:
        """Press keys. With `echo_ms`, each comes once more after such a pause, and weaker.

        cellular: as `hw.sim.telephone.Telephone.press` has it.
        """
        self._acts()
        self.ear.own_words(self.now_s, digits, len(digits) * (on_ms + off_ms + (echo_ms or 0)) / 1000)
        if echo_ms is None:
            await self.telephone.press(digits, on_ms, off_ms, cellular=cellular)
            return
        low, high = self._plan.dtmf_low_dbm0, self._plan.dtmf_high_dbm0
        for digit in digits:
            once = dtmf_samples(digit, low, high, on_ms, echo_ms)
            again = dtmf_samples(digit, low - _ECHO_LOSS_DB, high - _ECHO_LOSS_DB, on_ms, off_ms)
            await self.telephone.send(np.concatenate([once, again]))

    async def send_fax(self, pages: int, subaddress: str) -> None:
        """Be a fax machine until it has hung up."""
        self._acts()
        await send_fax(self.telephone, pages, subaddress)
        self.ear.finish()

    async def dial(self, digits: str, by_pulse: bool) -> None:
        self._acts()
        if by_pulse:
            await self.telephone.pulse(digits)
        else:
            await self.press(digits)

    async def say(self, samples: Samples, text: str = "") -> None:
        self._acts()
        self.ear.own_words(self.now_s, text, seconds_of(samples))
        await self.telephone.speak(samples)

    async def send(self, samples: Samples) -> None:
        """Send a machine's tones at their own level."""
        self._acts()
        await self.telephone.send(samples)

    # What it hears and sees

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait until the condition holds, at most so long; whether it does."""
        deadline = self.now_s + seconds
        while not condition():
            if self.now_s >= deadline - 1e-6:
                return False
            await asyncio.sleep(FRAME_SECONDS)
        return True

    def finds(self, sound: Audible, *, whole: bool = True, since_s: float | None = None) -> bool:
        """Whether this has been heard since the last act or find (or since `since_s`, and then it is not used up)."""
        match sound:
            case SpokenWords(text):
                return self._finds_words(plain(text).split(), whole, since_s)
            case NamedTone(name):
                return self._finds_tone(name, since_s)
            case DigitsHeard(digits):
                since = self._from_s if since_s is None else since_s
                heard = [item for item in self.ear.heard if item.kind is Kind.DIGITS and item.end_s > since]
                if digits not in "".join(item.text for item in heard):
                    return False
                self._uses(heard[-1].end_s if since_s is None else None)
                return True

    def silent_for(self) -> float:
        """Seconds since anything above the line's noise was heard."""
        return self.now_s - max(self.ear.loud_s, 0.0)

    def left_in_silence_for(self) -> float:
        """The same, or seconds since the party's own last act, if that was later."""
        return min(self.silent_for(), self.now_s - self._from_s)

    def lately(self, seconds: float = 15.0) -> list[Heard]:
        """What was heard last, including what still goes on."""
        return [item for item in [*self.ear.heard, *self.ear.current] if item.end_s > self.now_s - seconds]

    def saw(self, what: str) -> bool:
        """Whether the telephone has told its observers this since the last act."""
        return any(seen == what and at >= self._from_s for at, seen in self.seen)

    def _finds_words(self, wanted: list[str], whole: bool, since_s: float | None) -> bool:
        used, since = (self._words_used, self._from_s) if since_s is None else (0, since_s)
        heard = [(word, item) for item in self.ear.heard if item.kind is Kind.WORDS for word in words_of(item)]
        words = [word for word, _ in heard]
        coming = [] if whole else plain(self.ear.coming).split()
        first = next((at for at, (_, item) in enumerate(heard) if item.end_s > since + _MOMENT_S), len(heard))
        for at in range(max(used, first), len(words) + len(coming) - len(wanted) + 1):
            if (words + coming)[at : at + len(wanted)] == wanted:
                if since_s is None and at + len(wanted) <= len(words):
                    self._words_used = at + len(wanted)
                    self._uses(heard[self._words_used - 1][1].start_s)
                return True
        return False

    def _finds_tone(self, name: str, since_s: float | None) -> bool:
        since = self._from_s if since_s is None else since_s
        kinds = {"speech": Kind.SPEECH, "an echo": Kind.ECHO}
        for item in [*self.ear.heard, *self.ear.current]:
            named = item.kind is kinds[name] if name in kinds else item.text == name and item.kind is not Kind.WORDS
            if named and item.end_s > since + _MOMENT_S:
                self._uses(item.end_s if since_s is None and item.kind is not Kind.TONE else None)
                return True
        return False

    def _uses(self, until_s: float | None) -> None:
        if until_s is not None:
            self._from_s = max(self._from_s, until_s)

    def _acts(self) -> None:
        self._from_s = max(self._from_s, self.now_s)

    def _hear(self, frame: Frame) -> None:
        at = self.now_s
        self.ear.feed(frame, at)
        if self._keep:
            self.sound["heard"][round(at / FRAME_SECONDS)] = frame

    def _say(self, frame: Frame) -> None:
        if self._keep:
            self.sound["said"][round(self.now_s / FRAME_SECONDS)] = frame

    def _heard(self, heard: Heard) -> None:
        if heard.kind is not Kind.ECHO:
            self._tell(self.name, heard.start_s, f"hears {heard}")

    def _see(self, what: str) -> None:
        now = self.now_s
        self.seen.append((now, what))
        if seen := sight(what, self.telephone.caller_id):
            self._tell(self.name, now, seen)

    def stereo(self, begin_s: float = 0.0) -> Samples:
        """What it said (left) and heard (right), interleaved, from `begin_s` on; empty if sound is not kept."""
        ticks = [tick for frames in self.sound.values() for tick in frames]
        if not ticks:
            return np.zeros(0, np.int16)
        first = round(begin_s / FRAME_SECONDS)
        both = np.zeros(((max(ticks) - first + 1) * FRAME_SAMPLES, 2), np.int16)
        for side, frames in enumerate(self.sound.values()):
            for tick, frame in frames.items():
                if tick >= first:
                    both[(tick - first) * FRAME_SAMPLES : (tick - first + 1) * FRAME_SAMPLES, side] = frame
        return both.reshape(-1)


def sight(what: str, shown: CallerId | None) -> str:
    """What a telephone's observers are told, as people see it; empty for what tells them nothing new."""
    match what:
        case "ringing":
            return "rings"
        case "quiet":
            return "stops ringing"
        case "caller-id":
            return f"shows {described(shown)}"
        case "loop-break":
            return "sees a loop break"
        case "lamp-on":
            return "lamp is lit"
        case "lamp-off":
            return "lamp is dark"
        case _:
            return ""


def described(caller_id: CallerId | None) -> str:
    """A caller ID as people read it off a display."""
    if caller_id is None:
        return "no caller ID"
    absence = {Absence.PRIVATE: "private", Absence.UNAVAILABLE: "unavailable", None: "no number"}
    number = caller_id.number or absence[caller_id.number_absence]
    return f'{number} "{caller_id.name}"' if caller_id.name else number
