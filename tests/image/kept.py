"""What the unit says that it has kept, and what its disk has of it, inside the guest.

    python3 -m tests.image.kept MAILBOX     prints {"kept": {ID: checksum of the sound}, "recording": how many}

The list is that of `copperdesk message list`, asked by the control socket; the checksum is that of the file as it lies
in the folder of the message.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from tests.image.asking import Asking

MESSAGES = Path("/var/lib/copperdesk/office/messages")
STATES = ("new", "saved", "deleted")
"""The folders that a message is in once it is kept (appliance/store/messages.py)."""


def ids(mailbox: str) -> list[str]:
    """Every message that the unit tells of."""
    found: list[str] = []
    asking, after, total = Asking(), 0, 1
    while after < total:
        answer = asking.ask("messages.list", person=mailbox, after=after)
        found += [one["id"] for one in answer["messages"]]
        after, total = answer["next"], answer["total"]
    return found


def checksum(messages: Path, id: str) -> str:
    """Of the sound of one message; "no sound" where there is none."""
    for state in STATES:
        sound = messages / state / id / "audio.wav"
        if sound.is_file():
            return hashlib.sha256(sound.read_bytes()).hexdigest()
    return "no sound"


if __name__ == "__main__":
    where = MESSAGES / sys.argv[1]
    kept = {id: checksum(where, id) for id in ids(sys.argv[1])}
    print(json.dumps({"kept": kept, "recording": len(list(where.glob("tmp/*")))}))
