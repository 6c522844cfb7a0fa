"""A prompt library whose prompts are broken off, so that long stretches of an office's time are played quickly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from appliance.office.phrase import Phrase, Sayable, Words
from appliance.prompts.language import Language
from appliance.prompts.library import Progress, PromptLibrary, default_cache
from hw.audio import SAMPLE_RATE, Samples


class CutPrompts(PromptLibrary):
    """Says what another library has, and each clip, recording and pause of it for at most so many seconds."""

    def __init__(self, whole: PromptLibrary, longest_s: float) -> None:
        super().__init__(default_cache())
        self._whole = whole
        self._longest = round(longest_s * SAMPLE_RATE)

    @property
    def languages(self) -> Sequence[Language]:
        return self._whole.languages

    def texts(self, language: Language) -> Mapping[str, Samples]:
        return self._whole.texts(language)

    async def prepare(
        self,
        sayables: Sequence[Sayable],
        languages: Iterable[Language],
        progress: Progress | None = None,
        *,
        later: Sequence[Sayable] = (),
    ) -> None:
        await self._whole.prepare(sayables, languages, progress, later=later)

    def clips(self, sayables: Sequence[Sayable], now: datetime, language: Language) -> list[Samples]:
        return [clip[: self._longest] for clip in self._whole.clips(sayables, now, language)]

    def at_hand(self, sayable: Words | Phrase, now: datetime, language: Language) -> bool:
        return self._whole.at_hand(sayable, now, language)

    def path(self, language: Language, text: str) -> Path:
        return self._whole.path(language, text)
