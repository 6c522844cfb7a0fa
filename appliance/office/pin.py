"""PINs, and which of them are refused: those that somebody who wants to hear another's messages would try first."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Annotated

from appliance.office.field import TextPattern
from hw.said import Said, said

_DIGITS = "^[0-9]{4,12}$"

Pin = Annotated[str, TextPattern(_DIGITS, "4 to 12 digits")]


def weakness(pin: str, extension: str) -> Said | None:
    """Why this PIN is refused for the owner of this extension; None if it is good, or is no PIN at all."""
    if not re.search(_DIGITS, pin):
        return None
    if len(set(pin)) == 1:
        return said("a PIN of one repeated digit is guessed at once")
    steps = {(int(right) - int(left)) % 10 for left, right in pairwise(pin)}
    if steps in ({1}, {9}):
        return said("a PIN whose digits follow one another is guessed at once")
    if extension and pin.lstrip("0") == extension.lstrip("0"):
        return said("a PIN must not be the extension it protects")
    return None
