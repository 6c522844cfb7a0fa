"""The unit's voice: what is said becomes sound."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from appliance.calls.faults import Faults
from appliance.calls.sounds import Sounds
from appliance.clock import off_loop
from appliance.office.languages import LANGUAGES, LanguageCode
from appliance.office.phrase import Recorded, Sayable, Words, phrase
from appliance.prompts.language import Language
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, PromptMissing, load_recording
from appliance.prompts.synthesis import SynthesisFailed
from appliance.prompts.wording import SENTENCE_MS, free_texts
from hw.audio import SAMPLE_RATE, Samples
from hw.said import Said, said

PAUSE = np.zeros(SENTENCE_MS * SAMPLE_RATE // 1000, dtype=np.int16)
"""Behind a recording that takes the part of a text, which has one behind it, too."""
NOT_SPOKEN = said("the voice has failed: callers do not hear all that they should")


def unplayable(place: str) -> Said:
    """The fault of a place whose recording cannot be played."""
    return said("the recording of %(place)s cannot be played, its text is spoken: record or add it again", place=place)


class Announcer:
    """Speaks what the prompt library holds. Where something is missing people are told, and the call goes on.

    sounds: the recordings that take the part of the office's texts.
    """

    def __init__(self, prompts: PromptLibrary, sounds: Sounds, faults: Faults) -> None:
        self._prompts = prompts
        self._sounds = sounds
        self._faults = faults
        self._speaking: dict[tuple[str, LanguageCode], asyncio.Task[None]] = {}

    def get_ready(self, name: str, code: LanguageCode) -> None:
        """Have a name spoken that no office document has, such as a contact's. That takes a moment; see `can_say`."""
        if not self.can_say(name, code) and (name, code) not in self._speaking:
            task = asyncio.get_running_loop().create_task(self._get_ready(name, self._language(code)))
            self._speaking[name, code] = task
            task.add_done_callback(lambda _done: self._speaking.pop((name, code)))

    def can_say(self, name: str, code: LanguageCode) -> bool:
        """Whether a name can be said in a sentence."""
        clips = self._prompts.texts(self._language(code))
        return all(text in clips for text in free_texts([Words(name)]))

    async def close(self) -> None:
        """Speak nothing more beforehand."""
        for task in self._speaking.values():
            task.cancel()
        await asyncio.gather(*self._speaking.values(), return_exceptions=True)

    async def clips(self, said: Sequence[Sayable], now: datetime, code: LanguageCode) -> list[Samples]:
        """The audio of what is to be said, in the language with this code; now is on the office's clock.

        Recordings, and the texts of a large office that do not all fit into memory, are read off the loop.
        """
        spoken = self._language(code)
        return [clip for part in said for clip in await self._clips_of(part, now, spoken)]

    async def playable(self, recording: Recorded) -> bool:
        """Whether a recording can be played; reported where not."""
        return await self._recorded(recording) is not None

    async def _get_ready(self, name: str, spoken: Language) -> None:
        try:
            await self._prompts.prepare([Words(name)], [spoken])
        except SynthesisFailed:  # The number is said in its place.
            self._faults.report(NOT_SPOKEN)

    async def _clips_of(self, part: Sayable, now: datetime, spoken: Language) -> Sequence[Samples]:
        if isinstance(part, Recorded):
            recorded = await self._recorded(part)
            return [recorded] if recorded is not None else self._spoken(phrase("message-unreadable"), now, spoken)
        if isinstance(part, Words) and part.place and (recorded := await self._in_place(part.place)) is not None:
            return [recorded, PAUSE]
        await self._prompts.hurry(part, now, spoken)
        if self._prompts.at_hand(part, now, spoken):
            return self._spoken(part, now, spoken)
        try:
            return await off_loop(self._prompts.clips, [part], now, spoken)
        except PromptMissing:
            self._faults.report(NOT_SPOKEN)
            return []

    async def _recorded(self, recording: Recorded) -> Samples | None:
        try:
            return await off_loop(load_recording, recording)
        except PromptMissing as missing:
            self._faults.report(said("a recording cannot be played: %(file)s", file=str(missing.args[0])))
            return None

    def _language(self, code: LanguageCode) -> Language:
        """The language asked for; where nothing was prepared in it, one that callers hear rather than silence."""
        wanted, prepared = language(code), self._prompts.languages
        if wanted in prepared or not prepared:
            return wanted
        self._faults.report(
            said(
                "nothing can be said in %(language)s: %(other)s is spoken instead",
                language=LANGUAGES[code],
                other=LANGUAGES[prepared[0].code],
            )
        )
        return prepared[0]

    async def _in_place(self, place: str) -> Samples | None:
        """The recording in use for a place of the office; None where its text is to be spoken."""
        while (path := self._sounds.recording(place)) is not None:
            try:
                return await off_loop(load_recording, Recorded(path))
            except PromptMissing:
                if self._sounds.recording(place) == path:  # else somebody has changed it meanwhile
                    self._faults.report(unplayable(place))
                    return None
        return None

    def _spoken(self, part: Sayable, now: datetime, spoken: Language) -> list[Samples]:
        """This, as far as it can be said: where the voice has failed, a call goes on without its words."""
        try:
            return self._prompts.clips([part], now, spoken)
        except PromptMissing:
            self._faults.report(NOT_SPOKEN)
            return []
