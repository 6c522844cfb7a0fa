"""Which words were heard: known clips followed through the sound of one ear, from start to end or to where they stop.

Where a new sound begins, its first third of a second is searched for in the book of clips. Each likely place becomes a
guess. All guesses are followed side by side, and the one that explains most is taken. What no clip explains is told as
speech.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from appliance.ear.clipbook import CONTEXT, QUERY_SECONDS, ClipBook, FoundClip
from appliance.ear.follow import FollowState, Guess, Tape
from appliance.ear.heard import Heard, Kind, part_of
from hw.audio import SAMPLE_RATE

_QUERY = int(QUERY_SECONDS * SAMPLE_RATE)
_FRAME = 160
_WORTH_A_GUESS = 0.4
"""The least likeness that a search must find for a guess to be tried."""
_GUESS = 0.6
"""The least likeness of a guess that is kept; 0.75 for a short one."""
_SHORT_SECONDS = 0.45
_UNKNOWN_GAP = int(0.6 * SAMPLE_RATE)
"""Samples without sound after which what no clip explains is told as speech."""
_SHORTEST_SPEECH = 0.25
"""Seconds of sound that no clip explains, to be told as speech."""
_SHORTEST_MIDDLE = 0.45
"""Seconds of a clip that must be heard where its beginning is not."""
_HEAD = 800
"""Samples that may be missing at a clip's beginning while it still counts as heard from there."""


class WordFollower:
    """Follows the words in a tape of sound as `advance` is called. `tell` is given each thing heard when it is over."""

    def __init__(self, book: ClipBook, tape: Tape, tell: Callable[[Heard], None]) -> None:
        self._book = book
        self._tape = tape
        self._tell = tell
        self._at = 0
        self._explained = 0
        self._guesses: list[Guess] = []
        self._misses = 0
        self._unknown: tuple[int, int] | None = None
        self._unknown_sound = 0

    @property
    def coming(self) -> str:
        """The whole text of the clip being heard at the moment."""
        likely = [guess for guess in self._guesses if guess.explained > QUERY_SECONDS]
        return max(likely, key=_worth).clip.text if likely else ""

    @property
    def current(self) -> Heard | None:
        """The clip being heard at the moment, once it is fairly certain which."""
        likely = [guess for guess in self._guesses if guess.explained > QUERY_SECONDS]
        if not likely:
            return None
        return self._heard(max(likely, key=_worth))

    def advance(self, until: int, noise: float, is_sound: Callable[[int], bool]) -> None:
        """Work up to sample number `until`. is_sound: whether the frame at a sample number holds sound and no tone."""
        while True:
            if self._guesses:
                self._follow(until)
                if self._guesses:
                    return
            if not self._to_sound(until, is_sound) or until < self._at + _QUERY + CONTEXT:
                return
            query = self._tape.take(self._at - CONTEXT, self._at + _QUERY + CONTEXT)
            self._guesses = self._likely(self._book.search(query), noise)
            if self._guesses:
                self._misses = 0
            else:
                self._miss(is_sound)

    def finish(self, until: int, noise: float, is_sound: Callable[[int], bool]) -> None:
        """The sound is over: what was going on ends here."""
        self.advance(until, noise, is_sound)
        if self._guesses:
            best = max(self._guesses, key=_worth)
            if best.state is FollowState.FOLLOWING:
                best.state = FollowState.CUT
            self._guesses = []
            if self._good(best):
                self._accept(best)
        self._tell_unknown()

    def _to_sound(self, until: int, is_sound: Callable[[int], bool]) -> bool:
        """Move to the next sound; False when there is none yet."""
        while self._at < until:
            if is_sound(self._at):
                return True
            self._at += _FRAME - self._at % _FRAME
            if self._unknown and self._at - self._unknown[1] > _UNKNOWN_GAP:
                self._tell_unknown()
        return False

    def _likely(self, found: list[FoundClip], noise: float) -> list[Guess]:
        guesses: dict[tuple[str, int], Guess] = {}
        for one in found:
            if one.likeness < _WORTH_A_GUESS:
                continue
            guess = self._align(one, noise)
            if guess is not None:
                guesses.setdefault((guess.clip.text, guess.at), guess)
        best = max((guess.likeness for guess in guesses.values()), default=0.0)
        return [guess for guess in guesses.values() if guess.likeness > best - 0.2]

    def _align(self, found: FoundClip, noise: float) -> Guess | None:
        """Find where the clip begins, to the sample, on the full band; None if it does not fit there."""
        clip = found.clip
        at = self._at - found.offset
        lo, hi = max(self._at, at + clip.first), min(self._at + _QUERY, at + clip.last)
        if hi - lo < 800:
            return None
        part = clip.sound[lo - at : hi - at]
        match = np.correlate(self._tape.take(lo - 3, hi + 3), part, "valid")
        shift = int(match.argmax()) - 3
        heard = self._tape.take(lo + shift, hi + shift)
        guess = Guess(clip, at + shift, lo + shift, hi + shift, noise)
        guess.product = float(match[shift + 3])
        guess.agreed = hi - lo
        guess.clip_energy, guess.heard_energy = float(np.dot(part, part)), float(np.dot(heard, heard))
        if guess.likeness < _GUESS:
            return None
        guess.extend_back(self._tape, self._explained)
        return guess

    def _follow(self, until: int) -> None:
        for guess in self._guesses:
            guess.follow(self._tape, until)
        best = max(guess.likeness for guess in self._guesses)
        self._guesses = [guess for guess in self._guesses if guess.likeness > best - 0.15]
        if any(guess.state is FollowState.FOLLOWING for guess in self._guesses):
            longest = max((guess.end for guess in self._guesses if guess.state is FollowState.COMPLETE), default=None)
            if longest is None or any(
                guess.state is FollowState.FOLLOWING and guess.likeness > _GUESS for guess in self._guesses
            ):
                return
        best_guess = max(self._guesses, key=_worth)
        self._guesses = self._others(best_guess, until)
        if self._guesses:
            return
        if self._good(best_guess):
            self._accept(best_guess)
        else:
            self._miss(lambda at: True)

    def _others(self, cut: Guess, until: int) -> list[Guess]:
        """Guesses at a clip that goes on where this one seems to have been cut off soon after it began.

        Of many clips that begin with the same words, the one that is said may not have been among the first guesses.
        """
        at = min(cut.end, until - _QUERY - CONTEXT)
        if cut.state is not FollowState.CUT or cut.explained > 2 * QUERY_SECONDS or at <= self._at:
            return []
        before, self._at = self._at, at
        found = self._likely(self._book.search(self._tape.take(at - CONTEXT, at + _QUERY + CONTEXT)), cut.noise)
        others = [guess for guess in found if guess.begin <= cut.begin + _HEAD]
        if not others:
            self._at = before
        return others

    @staticmethod
    def _good(guess: Guess) -> bool:
        agreed = guess.agreed / SAMPLE_RATE
        if guess.begin - guess.first > _HEAD:
            return agreed >= _SHORTEST_MIDDLE and guess.likeness > 0.75
        if guess.state is FollowState.CUT:
            return agreed >= QUERY_SECONDS * 0.75 and guess.likeness > 0.7
        return guess.likeness > (0.75 if guess.explained < _SHORT_SECONDS else _GUESS)

    def _accept(self, guess: Guess) -> None:
        if self._unknown and guess.begin < self._unknown[1]:
            # What was not recognised at first has turned out to be the beginning of this clip.
            begin, end = self._unknown
            self._unknown = (begin, max(begin, min(end, guess.begin)))
            self._unknown_sound = min(self._unknown_sound, self._unknown[1] - begin)
        self._tell_unknown()
        self._explained = self._at = max(guess.end, self._at)
        self._tell(self._heard(guess))

    def _heard(self, guess: Guess) -> Heard:
        length = guess.clip.last - guess.clip.first
        from_start = guess.begin - guess.first <= _HEAD
        begin = 0.0 if from_start else (guess.begin - guess.first) / length
        end = 1.0 if guess.state is FollowState.COMPLETE else min((guess.end - guess.first) / length, 1.0)
        return Heard(
            max(guess.begin, 0) / SAMPLE_RATE,
            guess.end / SAMPLE_RATE,
            Kind.WORDS,
            part_of(guess.clip.text, begin, end),
            begin == 0.0 and end == 1.0,
        )

    def _miss(self, is_sound: Callable[[int], bool]) -> None:
        """No clip fits here. Look again a little further on, and less often the longer nothing is found."""
        step = min(8 * 2 ** (self._misses // 4), 16) * _FRAME
        self._misses += 1
        end = self._at
        for at in range(self._at, self._at + step, _FRAME):
            if is_sound(at):
                end = at + _FRAME
                self._unknown_sound += _FRAME
        if end > self._at:
            self._unknown = (self._unknown[0] if self._unknown else self._at, end)
        self._at += step

    def _tell_unknown(self) -> None:
        if self._unknown and self._unknown_sound >= _SHORTEST_SPEECH * SAMPLE_RATE:
            begin, end = self._unknown
            self._tell(Heard(begin / SAMPLE_RATE, end / SAMPLE_RATE, Kind.SPEECH, "speech"))
        self._unknown, self._unknown_sound = None, 0


def _worth(guess: Guess) -> float:
    """How much a guess explains: seconds times likeness, and more for a complete clip than for a piece of one."""
    return guess.agreed / SAMPLE_RATE * guess.likeness**2 + (0.2 if guess.state is FollowState.COMPLETE else 0.0)
