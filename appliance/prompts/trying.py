"""A text spoken for whoever writes it, in the very voice that callers will hear. It is kept nowhere but in memory."""

from __future__ import annotations

import asyncio
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import Final

from appliance.clock import off_loop
from appliance.office.languages import DEFAULT_LANGUAGE
from appliance.office.phrase import Words
from appliance.prompts.languages import language as language_with
from appliance.prompts.library import PromptLibrary
from appliance.prompts.synthesis import Synthesis
from appliance.prompts.wording import of_words

MOST_KEPT_BYTES: Final = 4_000_000
"""Some 250 s of sound."""


class Trial:
    """folder: where files may be for a moment. One text is spoken at a time, as each takes a core."""

    def __init__(self, prompts: PromptLibrary, folder: Path) -> None:
        self._prompts = prompts
        self._folder = folder
        self._kept: OrderedDict[Path, bytes] = OrderedDict()
        self._speaking = asyncio.Lock()

    async def wav(self, text: str, code: str) -> bytes:
        """The WAV file of a text, as a clip; empty where nothing is to be said. Raises SynthesisFailed and OSError."""
        spoken = language_with(code or DEFAULT_LANGUAGE)
        clips = of_words(Words(text, spoken.code))
        if not clips:
            return b""
        path = self._prompts.path(spoken, clips[0].text)
        async with self._speaking:
            if path not in self._kept:
                speaker = Synthesis(spoken, self._prompts.voice(spoken))
                self._kept[path] = await off_loop(_spoken, path, speaker, clips[0].text, self._folder)
            self._kept.move_to_end(path)
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > MOST_KEPT_BYTES:
                self._kept.popitem(last=False)
            return self._kept[path]


def _spoken(cached: Path, speaker: Synthesis, text: str, folder: Path) -> bytes:
    if cached.exists():
        return cached.read_bytes()
    with tempfile.TemporaryDirectory(dir=folder) as there:
        file = Path(there) / "trial.wav"
        for _ in speaker.run({text: file}):
            pass
        return file.read_bytes()
