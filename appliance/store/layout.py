"""The names of folders and files in a message store. `appliance.store.messages` shows where each is."""

from __future__ import annotations

import re
from enum import Enum

TMP = "tmp"
NEW = "new"
SAVED = "saved"
DELETED = "deleted"
DAMAGED = "damaged"
TRASH = "trash"
FOLDERS = (TMP, NEW, SAVED, DELETED, DAMAGED, TRASH)

AUDIO = "audio.wav"
ENVELOPE = "envelope.json"
TEXT = "text.json"


class OwnRecording(Enum):
    """What the owner of a mailbox has recorded for callers, and its file."""

    GREETING = "greeting.wav"
    NAME = "name.wav"
    UNAVAILABLE = "unavailable.wav"
    BUSY = "busy.wav"
    CLOSED = "closed.wav"
    TEMPORARY = "temporary.wav"


MAILBOX = re.compile(r"[a-z][a-z0-9-]{0,31}")
"""A mailbox has the id of the person or department it belongs to; nothing else may become the name of a folder."""

MESSAGE = re.compile(r"([0-9]{1,12})(u?)(e?)")
"""The name of a message's folder: its number, and what must be known of it without reading its envelope, which in a
mailbox of thousands takes too long: `u`, it is urgent; `e`, it ends by itself."""
