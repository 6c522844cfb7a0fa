"""Whoever has a mailbox: a person of the office, or a department."""

from __future__ import annotations

from typing import Protocol

from appliance.office.languages import LanguageCode
from appliance.office.voicemail import OwnVoicemail


class MailboxOwner(Protocol):
    """What a mailbox needs to know of its owner. Its name in the store is the owner's id."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str:
        """As callers hear it."""

    @property
    def extension(self) -> str:
        """By which the mailbox is opened from another telephone."""

    @property
    def pin(self) -> str:
        """Empty: the messages cannot be heard by telephone."""

    @property
    def mailbox(self) -> bool:
        """Whether callers can leave a message."""

    @property
    def voicemail(self) -> OwnVoicemail:
        """What callers can do in the greeting, and what the mailbox holds."""

    @property
    def language(self) -> LanguageCode | None:
        """The language in which the messages are heard; None: the office's."""
