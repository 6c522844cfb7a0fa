"""The names of folders and files in the stores of messages and faxes.

`appliance.store.messages` and `appliance.store.faxes` show where each is.
"""

from __future__ import annotations

import re
from enum import Enum

from appliance.office.fax import OFFICE_BOX

TMP = "tmp"
NEW = "new"
SAVED = "saved"
SEEN = "seen"
DELETED = "deleted"
DRAFT = "draft"
DAMAGED = "damaged"
TRASH = "trash"
FOLDERS = (TMP, NEW, SAVED, DELETED, DAMAGED, TRASH)

FAX_FOLDERS = (DRAFT, NEW, SEEN, DELETED, DAMAGED, TRASH)

AUDIO = "audio.wav"
ENVELOPE = "envelope.json"
TEXT = "text.json"
PAGES = "pages.tif"
SHEET = "fax.json"


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

FAX_BOX = re.compile(f"{MAILBOX.pattern}|{OFFICE_BOX}")
"""A fax box has the id of the person or department it belongs to, or is the office's."""

MESSAGE = re.compile(r"([0-9]{1,12})(u?)(e?)")
"""The name of a message's folder: its number, and what must be known of it without reading its envelope, which in a
mailbox of thousands takes too long: `u`, it is urgent; `e`, it ends by itself."""
