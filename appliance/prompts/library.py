"""The prompt library: every clip an office can say, in memory, so that nothing is synthesised during a call."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from appliance.clock import off_loop
from appliance.office.phrase import Phrase, Recorded, Sayable, Words
from appliance.prompts import cachesize, wording
from appliance.prompts.backlog import Backlog
from appliance.prompts.keptclips import KeptClips
from appliance.prompts.language import Language
from appliance.prompts.languages import language as language_with
from appliance.prompts.synthesis import Synthesis
from appliance.prompts.voice import Voice, best_voice
from appliance.prompts.wording import Clip
from appliance.wav.clip import BrokenClip, read_clip
from hw.audio import SAMPLE_RATE, Samples

PIPELINE: Final = 2
"""Counted up when the same text would give other samples, so that clips in the cache are made again."""


def default_cache() -> Path:
    """The folder of clips all programs of one user share: $COPPERDESK_CACHE, else ~/.cache/copperdesk/prompts."""
    given = os.environ.get("COPPERDESK_CACHE")
    return Path(given) if given else Path.home() / ".cache" / "copperdesk" / "prompts"


def default_shipped() -> Path | None:
    """The folder of clips that came with the program, as on an image: $COPPERDESK_PROMPTS. None where there is none."""
    given = os.environ.get("COPPERDESK_PROMPTS")
    return Path(given) if given else None


ROOM_BYTES: Final = 8_000_000
"""Some 250 sentences: far more than the texts of a small office."""

Progress = Callable[[int, int, str], None]
"""Told how many of how many clips of a language are spoken, and the text of the last."""

Voices = Callable[[Language], Voice]
"""Gives each language its voice. Raises `NoVoice`."""


class PromptMissing(KeyError):
    """What was to be said was never prepared, or is a recording that cannot be read; the argument names it."""


class PromptLibrary:
    """Clips by language and text. `prepare` before calls; `clips` during them.

    shipped: a folder of clips that came with the program, read where the cache lacks a clip, and never written.
    in_background: names of people and departments are spoken beside calls, and not before. room: bytes of memory for
    the clips that only this office has. Those that do not fit are read from the cache when they are said, and so are
    the fixed ones of each language that are seldom said. The others always are in memory.
    """

    def __init__(
        self,
        cache: Path,
        voices: Voices = best_voice,
        *,
        shipped: Path | None = None,
        room: int = ROOM_BYTES,
        in_background: bool = False,
    ) -> None:
        self.on_progress: Callable[[], None] = lambda: None
        """Called now and then while names are spoken in the background."""
        self._cache = cache
        self._shipped = shipped
        self._in_background = in_background
        self._backlogs: dict[Language, Backlog] = {}
        self._room = room
        self._choose = voices
        self._voices: dict[Language, Voice] = {}
        self._clips: dict[Language, KeptClips] = {}

    @property
    def languages(self) -> Sequence[Language]:
        """Those that are in memory, in the order in which they were prepared first."""
        return tuple(self._clips)

    def texts(self, language: Language) -> Mapping[str, Samples]:
        """Every clip of a language that can be said, by its text. To have one may take a look at the disk."""
        return self._clips.get(language, {})

    def voice(self, language: Language) -> Voice:
        """The voice that speaks a language: always the same one, unless `change_voice` says so. Raises `NoVoice`."""
        if language not in self._voices:
            self._voices[language] = self._choose(language)
        return self._voices[language]

    @property
    def progress(self) -> tuple[int, int]:
        """How many names are spoken of those that are, or were, spoken in the background."""
        total = sum(one.total for one in self._backlogs.values())
        return total - sum(one.left for one in self._backlogs.values()), total

    async def close(self) -> None:
        """Speak nothing more in the background."""
        for backlog in self._backlogs.values():
            await backlog.close()

    async def make_room(self) -> None:
        """Remove from the cache what is said no more, where the cache is too large: for one that is this unit's alone.

        Call it once the office is prepared. Raises OSError.
        """
        said = [(language, text) for language, clips in self._clips.items() for text in clips]
        said += [(language, text) for language, backlog in self._backlogs.items() for text in backlog]
        in_use = {self._place(language, text).name for language, text in said}
        await off_loop(lambda: cachesize.make_room(self._cache, in_use, cachesize.most_bytes(self._cache)))

    def change_voice(self, language: Language, voice: Voice) -> None:
        """Let another voice speak a language; what the one before has spoken is forgotten. `prepare` it anew then.
        Not while names are spoken in the background."""
        self._voices[language] = voice
        self._clips.pop(language, None)

    async def prepare(
        self,
        sayables: Sequence[Sayable],
        languages: Iterable[Language],
        progress: Progress | None = None,
        *,
        later: Sequence[Sayable] = (),
    ) -> None:
        """Load the fixed clips of these languages and those of `sayables`, speaking what the cache does not hold whole.

        later: the same of these, which a library that works in the background goes on to speak by itself, in this
        order. May be called again for another office. Raises `SynthesisFailed`; the clips spoken until then are kept.
        """
        first = [*sayables, *(() if self._in_background else later)]
        for language in languages:
            said = [sayable for sayable in first if _spoken_in(sayable, language) is language]
            await self._prepare(said, language, progress)
            if self._in_background:
                await self._prepare_later(later, language)

    async def prepare_within(
        self, seconds: float, sayables: Sequence[Sayable], language: Language, progress: Progress | None = None
    ) -> None:
        """The same for one language, in so many seconds: what is not spoken by then is spoken in the background.

        Callers hear a text of that when it is spoken, which they wait for a moment. A new version of the program may
        have many new texts, and has to take calls at once. Raises `SynthesisFailed`.
        """
        said = [sayable for sayable in sayables if _spoken_in(sayable, language) is language]
        if left := await self._prepare(said, language, progress, seconds):
            self._speak_later(left, language)

    async def hurry(self, sayable: Sayable, now: datetime, language: Language) -> None:
        """Have first spoken what of this is still to be spoken in the background, and wait for it a moment."""
        backlog = self._backlogs.get(_spoken_in(sayable, language))
        if backlog is not None and backlog.left and not isinstance(sayable, Recorded):
            await backlog.hurry([text for text, _ in _texts(sayable, now, language) if text in backlog])

    async def _prepare_later(self, sayables: Sequence[Sayable], language: Language) -> None:
        clips = self._clips[language]
        wanted = [text for text in wording.free_texts(sayables) if text not in clips]
        if missing := await off_loop(self._load, language, wanted):
            self._speak_later(missing, language)

    def _speak_later(self, texts: Sequence[str], language: Language) -> None:
        if language not in self._backlogs:
            self._backlogs[language] = Backlog(
                language,
                self.voice(language),
                partial(self._place, language),
                keep=lambda text: self._load(language, [text]),
                progress=lambda: self.on_progress(),
            )
        self._backlogs[language].add(texts)

    async def _prepare(
        self,
        sayables: Sequence[Sayable],
        language: Language,
        progress: Progress | None,
        within_s: float | None = None,
    ) -> Sequence[str]:
        """Those that are not spoken within this time, if there is one: what callers hear every day comes first."""
        synthesis = Synthesis(language, self.voice(language))
        clips = self._clips.setdefault(language, KeptClips(partial(self.path, language)))
        behind: Container[str] = self._backlogs.get(language, ())
        wanted = [*wording.free_texts(sayables), *wording.often_said(language), *wording.fixed_texts(language)]
        wanted = [text for text in wanted if text not in clips and text not in behind]
        missing = await off_loop(self._load, language, wanted)
        if not missing:
            return ()
        loop = asyncio.get_running_loop()

        def speak() -> None:
            paths = {text: self._place(language, text) for text in missing}
            for done, text in enumerate(synthesis.run(paths), start=1):
                if progress:
                    loop.call_soon_threadsafe(progress, done, len(missing), text)

        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                try:
                    await off_loop(speak)
                except asyncio.CancelledError:
                    synthesis.stop()
                    raise
        return await off_loop(self._load, language, missing)

    def clips(self, sayables: Sequence[Sayable], now: datetime, language: Language) -> list[Samples]:
        """The samples to play one after another, pauses included. `now` is on the office's clock.

        language: of all that is not written in one of its own.

        A name that is still to be spoken is left out. Raises `PromptMissing`, and KeyError for a name that is not in
        the catalogue.
        """
        samples: list[Samples] = []
        for sayable in sayables:
            if isinstance(sayable, Recorded):
                samples.append(load_recording(sayable))
                continue
            spoken = _spoken_in(sayable, language)
            clips, behind = self.texts(spoken), self._backlogs.get(spoken)
            for text, pause_ms in _texts(sayable, now, language):
                try:
                    clip = clips[text]
                except KeyError:
                    if behind is not None and text in behind:
                        continue
                    raise PromptMissing(text) from None
                samples += [clip, np.zeros(pause_ms * SAMPLE_RATE // 1000, dtype=np.int16)]
        return samples

    def at_hand(self, sayable: Words | Phrase, now: datetime, language: Language) -> bool:
        """Whether `clips` gives this without a look at the disk."""
        clips = self._clips.get(_spoken_in(sayable, language))
        return clips is None or all(clips.at_hand(text) for text, _ in _texts(sayable, now, language))

    def path(self, language: Language, text: str) -> Path:
        """Where a text's clip is: in the cache, or among those that came with the program."""
        place = self._place(language, text)
        return place if self._shipped is None or place.exists() else self._shipped / place.name

    def _place(self, language: Language, text: str) -> Path:
        """Where the cache keeps a text's clip."""
        voice = self.voice(language)
        identity = "\0".join((str(PIPELINE), language.code, voice.engine, voice.name, text))
        return self._cache / f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}.wav"

    def _load(self, language: Language, texts: Sequence[str]) -> list[str]:
        """Load what the cache holds whole; returns the others."""
        missing, fixed, often = [], set(wording.fixed_texts(language)), wording.often_said(language)
        for text in dict.fromkeys(texts):
            try:
                samples = read_clip(self.path(language, text))
            except (OSError, BrokenClip):
                missing.append(text)
                continue
            fits = text in often if text in fixed else samples.nbytes <= self._room
            if fits and text not in fixed:
                self._room -= samples.nbytes
            self._clips[language].keep(text, samples, in_memory=fits)
        return missing


def _texts(sayable: Words | Phrase, now: datetime, language: Language) -> list[Clip]:
    if isinstance(sayable, Words):
        return wording.of_words(sayable)
    return wording.of_phrase(sayable, now, language)


def load_recording(recording: Recorded) -> Samples:
    """Somebody's own recording. Raises `PromptMissing` for one that cannot be read."""
    try:
        return read_clip(recording.path)
    except (OSError, BrokenClip) as error:
        raise PromptMissing(str(recording.path)) from error


def _spoken_in(sayable: Sayable, language: Language) -> Language:
    """The language a text is written in, where that is known; else this one."""
    return language_with(sayable.language) if isinstance(sayable, Words) and sayable.language else language
