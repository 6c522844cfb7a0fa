"""Keys and hook flashes as INFO requests carry them. Sans I/O.

No standard says how. These are the bodies that devices send: `application/dtmf-relay` with lines such as `Signal=5` and
`Duration=160`, where 16, `hf` or `F` stands for the flash; `application/dtmf` with the key alone;
`application/hook-flash` with anything; `application/broadsoft` with `event flashhook`.
"""

from __future__ import annotations

import re

KEYS = "0123456789*#ABCD"
FLASH = "flash"
KEY_MS, PAUSE_MS = 100, 100
"""How long a key that is sent is pressed, and the pause after it. Telephones press 50 to 100 ms and pause for 45 ms or
more; ITU-T Q.24 asks receivers for 40 ms of each. The long times are the safe ones."""

_SIGNAL = re.compile(r"^\s*signal\s*=\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_FLASHES = {"16", "hf", "f", "flash", "hookflash"}


_EVENTS = re.compile(r"^a=rtpmap:(\d+) telephone-event/", re.MULTILINE | re.IGNORECASE)


def takes_flash(sdp: str) -> bool:
    """Whether these media take event 16, a hook flash. Events that are not listed are 0 to 15 (RFC 4733, 2.4.1)."""
    for number in _EVENTS.findall(sdp):
        listed = re.search(rf"^a=fmtp:{number} (?:events=)?([\d, -]+)", sdp, re.MULTILINE)
        for part in listed[1].split(",") if listed else ():
            first, _, last = part.strip().partition("-")
            if first.isdecimal() and int(first) <= 16 <= int(last if last.strip().isdecimal() else first):
                return True
    return False


def without_flash(sdp: str) -> str:
    """The same media with keys alone."""
    return re.sub(r"(?m)^(a=fmtp:\d+) 0-16", r"\1 0-15", sdp)


def key_of(content_type: str, body: str) -> str:
    """The key an INFO tells, FLASH for a hook flash, or an empty text for anything else."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/hook-flash" or (kind == "application/broadsoft" and "flashhook" in body.lower()):
        return FLASH
    if kind == "application/dtmf-relay":
        found = _SIGNAL.search(body)
        return _key(found[1]) if found else ""
    if kind == "application/dtmf":
        return _key(body.strip())
    return ""


def info_of(key: str, content_type: str = "application/dtmf-relay") -> str:
    """The body of an INFO of this type that tells the key, or FLASH."""
    if key == FLASH and content_type == "application/hook-flash":
        return "hook-flash\r\n"
    if key == FLASH and content_type == "application/broadsoft":
        return "event flashhook\r\n"
    return f"Signal={'16' if key == FLASH else key}\r\nDuration={KEY_MS}\r\n"


def seconds_for(digits: str) -> float:
    """How long it takes to send these, in seconds."""
    return len(digits) * (KEY_MS + PAUSE_MS) / 1000


def _key(text: str) -> str:
    if text.lower() in _FLASHES and text not in KEYS:
        return FLASH
    names = {"10": "*", "11": "#", "star": "*", "pound": "#", "12": "A", "13": "B", "14": "C", "15": "D"}
    key = names.get(text.lower(), text.upper())
    return key if len(key) == 1 and key in KEYS else ""
