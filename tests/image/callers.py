"""Callers who leave messages on several lines at once, inside the guest, for as long as it runs.

    python3 -m tests.image.callers SOUND LINE…

They use the built-in telephone by the control socket as `copperdesk phone` does, without recognising what they hear:
that takes an emulated processor longer than the calls themselves.
"""

from __future__ import annotations

import sys
import threading
import time

from tests.image.asking import Asking, Refused

MENU_S, GREETING_S = 3.0, 2.0
"""So long a caller listens before pressing a key: 3 leads to the mailbox of the office, # past its greeting."""
BEEP_S = 2.0
PAUSE_S, APART_S = 1.0, 4.0
ANSWERED_S = 60.0


def is_up(asking: Asking, line: str) -> bool:
    """Whether the unit has taken a call on this line, named by its port."""
    name = next(one["name"] for one in asking.ask("phone.choices")["lines"] if one["port"] == line)
    return any(one["name"] == name and one["state"] == "up" for one in asking.ask("status")["trunks"])


def leave_message(asking: Asking, line: str, sound: str) -> None:
    """Call on a line, go to the mailbox of the office, speak, and hang up."""
    phone = asking.ask("phone.open", line=line)["phone"]

    def do(act: str, words: str = "") -> None:
        asking.ask("phone.do", phone=phone, act=act, words=words)

    do("call")
    until = time.monotonic() + ANSWERED_S
    while not is_up(asking, line) and time.monotonic() < until:
        time.sleep(PAUSE_S / 2)
    for seconds, key in ((MENU_S, "3"), (GREETING_S, "#")):
        time.sleep(seconds)
        do("press", key)
    time.sleep(BEEP_S)
    do("play", sound)
    do("hang up")
    asking.ask("phone.close", phone=phone)


def call_on(sound: str, line: str, later: float) -> None:
    """Be one caller after the other on a line. Whatever fails is told, and the next one calls.

    later: seconds until the first call, so that the lines are in different places of their calls.
    """
    time.sleep(later)
    asking = Asking()
    while True:
        try:
            leave_message(asking, line, sound)
        except Refused as error:
            print(line, error, flush=True)
            asking = Asking()
        time.sleep(PAUSE_S)


if __name__ == "__main__":
    what, *lines = sys.argv[1:]
    for number, one in enumerate(lines):
        threading.Thread(target=call_on, args=(what, one, number * APART_S)).start()
