"""Whose messages are written down."""

from __future__ import annotations

from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office

WRITTEN_LANGUAGE = "en"
"""The one language of the recogniser: of another one it would write down English words that nobody has said."""


def written_down(office: Office, owner: MailboxOwner) -> bool:
    """Whether the messages in an owner's mailbox are written down, if this machine can."""
    return office.voicemail.transcripts and (owner.language or office.language) == WRITTEN_LANGUAGE
