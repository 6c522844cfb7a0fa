"""How much a mailbox holds, how long a message may be, and how long it is kept: by its owner, or by the office."""

from __future__ import annotations

from datetime import datetime, timedelta

from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office

NEARLY_FULL = 0.9
"""The share of a mailbox from which its owner is told that it is nearly full."""


def longest_message_seconds(office: Office, owner: MailboxOwner) -> float:
    """How long a message for this owner may be, in seconds."""
    return owner.voicemail.longest_message_seconds or office.longest_message_seconds


def most_messages(office: Office, owner: MailboxOwner) -> int:
    """How many messages, new and heard, the mailbox holds before it is full."""
    return owner.voicemail.messages or office.messages_per_mailbox


def nearly_full(office: Office, owner: MailboxOwner, messages: int) -> bool:
    """Whether the owner should be told that a mailbox with so many messages will be full soon, or is."""
    return messages >= NEARLY_FULL * most_messages(office, owner)


def heard_messages_days(office: Office, owner: MailboxOwner) -> int | None:
    """After how many days a message that was heard is deleted; None: never."""
    return owner.voicemail.heard_messages_days or office.voicemail.heard_messages_days


def deleted_at(office: Office, owner: MailboxOwner, heard: datetime) -> datetime | None:
    """From when on a message that was heard at this moment may be deleted; None: it is kept.

    It is deleted in the night that follows.
    """
    days = heard_messages_days(office, owner)
    return None if days is None else heard + timedelta(days=days)
