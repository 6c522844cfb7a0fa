"""The prompt library: every clip an office can say, in memory, so that nothing is synthesised during a call."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

from appliance.clock import off_loop
from appliance.office.phrase import Recorded, Sayable, Words
from appliance.prompts import wording
from appliance.prompts.synthesis import Synthesis
from appliance.prompts.voice import Voice
from appliance.wav.clip import BrokenClip, read_clip
from hw.audio import SAMPLE_RATE, Samples

PIPELINE: Final = 2
"""Counted up when the same text would give other samples, so that clips in the cache are made again."""


def default_cache() -> Path:
    """The folder of clips all programs of one user share: $COPPERDESK_CACHE, else ~/.cache/copperdesk/prompts."""
    given = os.environ.get("COPPERDESK_CACHE")
    return Path(given) if given else Path.home() / ".cache" / "copperdesk" / "prompts"


Progress = Callable[[int, int, str], None]
"""Told how many of how many clips are spoken, and the text of the last."""


class PromptMissing(KeyError):
    """What was to be said was never prepared, or is a recording that cannot be read; the argument names it."""


class PromptLibrary:
    """Clips by their text. `prepare` before calls; `clips` during them."""

    def __init__(self, cache: Path, voice: Voice) -> None:
        self._cache = cache
        self._voice = voice
        self._clips: dict[str, Samples] = {}
        self.texts: Mapping[str, Samples] = MappingProxyType(self._clips)
        """Every clip loaded, by its text."""

    async def prepare(self, sayables: Iterable[Sayable], progress: Progress | None = None) -> None:
        """Load every fixed clip and those of `sayables`, speaking what the cache does not hold whole.

        May be called again for another office. Raises `SynthesisFailed`; the clips spoken until then are kept.
        """
        wanted = [*wording.fixed_texts(), *wording.free_texts(sayables)]
        missing = await off_loop(self._load, [text for text in wanted if text not in self._clips])
        if not missing:
            return
        loop = asyncio.get_running_loop()
        synthesis = Synthesis(self._voice)

        def speak() -> None:
            for done, text in enumerate(synthesis.run({text: self.path(text) for text in missing}), start=1):
                if progress:
                    loop.call_soon_threadsafe(progress, done, len(missing), text)

        try:
            await off_loop(speak)
        except asyncio.CancelledError:
            synthesis.stop()
            raise
        await off_loop(self._load, missing)

    def clips(self, sayables: Sequence[Sayable], now: datetime) -> list[Samples]:
        """The samples to play one after another, pauses included. `now` is on the office's clock.

        Raises `PromptMissing`, and KeyError for a name that is not in the catalogue.
        """
        samples: list[Samples] = []
        for sayable in sayables:
            if isinstance(sayable, Recorded):
                samples.append(_recording(sayable.path))
                continue
            spoken = wording.of_words(sayable) if isinstance(sayable, Words) else wording.of_phrase(sayable, now)
            for text, pause_ms in spoken:
                if text not in self._clips:
                    raise PromptMissing(text)
                samples += [self._clips[text], np.zeros(pause_ms * SAMPLE_RATE // 1000, dtype=np.int16)]
        return samples

    def path(self, text: str) -> Path:
        """Where the cache keeps a text's clip."""
        identity = "\0".join((str(PIPELINE), self._voice.engine, self._voice.name, text))
        return self._cache / f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}.wav"

    def _load(self, texts: Sequence[str]) -> list[str]:
        """Load what the cache holds whole; returns the others."""
        missing = []
        for text in dict.fromkeys(texts):
            try:
                self._clips[text] = read_clip(self.path(text))
            except (OSError, BrokenClip):
                missing.append(text)
        return missing


def _recording(path: Path) -> Samples:
    try:
        return read_clip(path)
    except (OSError, BrokenClip) as error:
        raise PromptMissing(str(path)) from error
