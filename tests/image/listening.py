"""A caller in a guest who listens: what was heard goes out, to be recognised where there is more time.

    python3 -m tests.image.listening LINE SECONDS     prints the sound from the call's beginning: base64, 16 bit, 8 kHz

`copperdesk phone` recognises what is heard as it comes. An emulated processor is too slow for that.
"""

from __future__ import annotations

import base64
import sys
import threading
import time

from tests.image.asking import Asking

STEREO_FRAME = 4
"""Bytes: a sample of what was said, and one of what was heard."""


def listen(watching: Asking, heard: bytearray) -> None:
    """Gather what telephones hear."""
    for event in watching.watch("phone"):
        if "sound" in event:
            sound = base64.b64decode(event["sound"])
            for at in range(0, len(sound), STEREO_FRAME):
                heard += sound[at + 2 : at + STEREO_FRAME]


if __name__ == "__main__":
    line, seconds = sys.argv[1], float(sys.argv[2])
    sounds = bytearray()
    threading.Thread(target=listen, args=(Asking(), sounds), daemon=True).start()
    caller = Asking()
    phone = caller.ask("phone.open", line=line)["phone"]
    caller.ask("phone.do", phone=phone, act="call")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(1)
        caller.ask("phone.alive", phone=phone)
    caller.ask("phone.do", phone=phone, act="hang up")
    print(base64.b64encode(sounds).decode("ascii"))
