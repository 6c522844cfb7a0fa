"""Which PINs are too easy: those that somebody who wants to hear another's messages tries first."""

from __future__ import annotations

from itertools import pairwise


def weakness(pin: str, extension: str) -> str:
    """Why this PIN (decimal digits) is refused for the owner of this extension, or nothing when it is good.

    The rules are those of facts/defaults.md; their length, 4 digits at least, is the schema's to check.
    """
    if len(set(pin)) == 1:
        return "a PIN of one repeated digit is guessed at once"
    steps = {(int(right) - int(left)) % 10 for left, right in pairwise(pin)}
    if steps in ({1}, {9}):
        return "a PIN whose digits follow one another is guessed at once"
    if extension and pin.lstrip("0") == extension.lstrip("0"):
        return "a PIN must not be the extension it protects"
    return ""
