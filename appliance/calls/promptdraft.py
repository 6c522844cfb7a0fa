"""A recording of what callers hear, not yet in use."""

from __future__ import annotations

from pathlib import Path

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded
from appliance.calls.recording import EndedBy, Recording
from appliance.calls.sounds import Sounds, StoreFull
from appliance.clock import off_loop
from appliance.prompts.levelling import LONGEST_SECONDS, level_file
from hw.said import told_by

SHORTEST_SPEECH_SECONDS = 0.5
"""Less speech than this is a mistake: "Billing." takes longer."""


class PromptDraft:
    """What somebody has recorded for a place of the office. Either `keep` or `discard` it."""

    def __init__(self, sounds: Sounds, place: str, recording: Recording, *, with_draft: bool) -> None:
        self._sounds = sounds
        self._place = place
        self._recording = recording
        self._with_draft = with_draft

    @property
    def path(self) -> Path:
        return self._recording.path

    @property
    def disk_full(self) -> bool:
        return self._recording.ended_by is EndedBy.DISK_FULL

    @property
    def left(self) -> bool:
        """Whether whoever recorded it has hung up."""
        return self._recording.ended_by is EndedBy.HANG_UP

    @property
    def worth_keeping(self) -> bool:
        return self._recording.speech_seconds >= SHORTEST_SPEECH_SECONDS and not self.disk_full

    async def keep(self) -> None:
        """Let callers hear it, or the draft of the office have it. When this returns, it survives a power cut.

        Raises StoreFull; then it is dropped.
        """
        if self._with_draft:
            await self._sounds.draft(self._place, self.path)
        else:
            await self._sounds.use(self._place, self.path)

    async def discard(self) -> None:
        await self._sounds.discard(self.path)


async def record_prompt(call: Call, place: str, *, with_draft: bool = False) -> PromptDraft | None:
    """Record the caller, after a beep, for a place of the office. None where the disk has no room to begin.

    with_draft: it goes live with the draft of the office, and not at once.
    """
    sounds = call.services.sounds
    try:
        path = await sounds.begin()
    except StoreFull as full:
        call.services.faults.report(told_by(full))
        return None
    try:
        draft = PromptDraft(sounds, place, await call.caller.record(path, LONGEST_SECONDS), with_draft=with_draft)
    except CallEnded:
        await sounds.discard(path)
        raise
    if draft.worth_keeping and not draft.left:
        await off_loop(level_file, path)
    return draft
