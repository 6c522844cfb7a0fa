"""A message being taken: recorded but not yet kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from appliance.calls.mail import MailRoom
from appliance.calls.recording import EndedBy, Recording
from appliance.store.messages import Envelope

SHORTEST_SPEECH_SECONDS = 1.0
"""A recording with less speech than this is not a message. A cough is shorter; "it's Jane, call me" lasts 1.4 s."""


class TakenMessage:
    """A recorded message, not yet delivered. Either `keep` or `discard` it."""

    def __init__(self, mail: MailRoom, recording: Recording, envelope: Envelope) -> None:
        self._mail = mail
        self._recording = recording
        self._envelope = envelope

    @property
    def path(self) -> Path:
        return self._recording.path

    @property
    def ended_by(self) -> EndedBy:
        return self._recording.ended_by

    @property
    def worth_keeping(self) -> bool:
        return self._recording.speech_seconds >= SHORTEST_SPEECH_SECONDS

    async def keep(self) -> None:
        """Deliver it. When this returns, it survives a power cut."""
        await self._mail.commit(self.path, replace(self._envelope, seconds=self._recording.seconds))

    async def discard(self) -> None:
        await self._mail.discard(self.path)
