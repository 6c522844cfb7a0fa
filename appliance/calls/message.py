"""A message being taken: recorded but not yet kept."""

from __future__ import annotations

from contextlib import suppress
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
        """Why its recording, or what was added last, has ended."""
        return self._recording.ended_by

    @ended_by.setter
    def ended_by(self, why: EndedBy) -> None:
        self._recording.ended_by = why

    @property
    def worth_keeping(self) -> bool:
        return self._recording.speech_seconds >= SHORTEST_SPEECH_SECONDS

    @property
    def seconds_left(self) -> float:
        """How much can be added to it."""
        return self._recording.longest_seconds - self._recording.seconds

    @property
    def urgent(self) -> bool:
        return self._envelope.urgent

    @property
    def private(self) -> bool:
        return self._envelope.private

    def add(self, more: Recording) -> None:
        """Something was recorded behind its end."""
        self._recording.seconds += more.seconds
        self._recording.speech_seconds += more.speech_seconds
        self._recording.ended_by = more.ended_by

    async def mark(self, *, urgent: bool | None = None, private: bool | None = None) -> None:
        """Mark it, or take the mark away. A power cut does not undo that, unless the disk is full."""
        urgent = self.urgent if urgent is None else urgent
        private = self.private if private is None else private
        self._envelope = replace(self._envelope, urgent=urgent, private=private)
        with suppress(OSError):  # The mark is written again when the message is kept.
            await self._mail.redraft(self.path, self._envelope)

    async def keep(self) -> None:
        """Deliver it. When this returns, it survives a power cut."""
        await self._mail.commit(self.path, replace(self._envelope, seconds=self._recording.seconds))

    async def discard(self) -> None:
        await self._mail.discard(self.path)
