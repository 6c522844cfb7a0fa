"""The unit's voice: what is said becomes sound."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from appliance.calls.faults import Faults
from appliance.clock import off_loop
from appliance.office.languages import LANGUAGES, LanguageCode
from appliance.office.phrase import Recorded, Sayable, phrase
from appliance.prompts.language import Language
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, PromptMissing, load_recording
from hw.audio import Samples

NOT_SPOKEN = "the voice has failed: callers do not hear all that they should"


class Announcer:
    """Speaks what the prompt library holds. Where something is missing people are told, and the call goes on."""

    def __init__(self, prompts: PromptLibrary, faults: Faults) -> None:
        self._prompts = prompts
        self._faults = faults

    async def clips(self, said: Sequence[Sayable], now: datetime, code: LanguageCode) -> list[Samples]:
        """The audio of what is to be said, in the language with this code; now is on the office's clock.

        Only people's recordings need the disk, so only they leave the loop.
        """
        spoken = self._language(code)
        if not any(isinstance(part, Recorded) for part in said):
            return self._spoken(said, now, spoken)
        try:
            return await off_loop(self._prompts.clips, said, now, spoken)
        except PromptMissing as missing:
            self._faults.report(f"a recording cannot be played: {missing.args[0]}")
            readable = [phrase("message-unreadable") if isinstance(part, Recorded) else part for part in said]
            return self._spoken(readable, now, spoken)

    async def playable(self, recording: Recorded) -> bool:
        """Whether a recording can be played; reported where not."""
        try:
            await off_loop(load_recording, recording)
        except PromptMissing as missing:
            self._faults.report(f"a recording cannot be played: {missing.args[0]}")
            return False
        return True

    def _language(self, code: LanguageCode) -> Language:
        """The language asked for; where nothing was prepared in it, one that callers hear rather than silence."""
        wanted, prepared = language(code), self._prompts.languages
        if wanted in prepared or not prepared:
            return wanted
        self._faults.report(
            f"nothing can be said in {LANGUAGES[code]}: {LANGUAGES[prepared[0].code]} is spoken instead"
        )
        return prepared[0]

    def _spoken(self, said: Sequence[Sayable], now: datetime, spoken: Language) -> list[Samples]:
        """What of these can be said: where the voice has failed, a call goes on without its words."""
        clips: list[Samples] = []
        for part in said:
            try:
                clips += self._prompts.clips([part], now, spoken)
            except PromptMissing:
                self._faults.report(NOT_SPOKEN)
        return clips
