"""How a failure is put into the log: by its kind and its place, but without its text.

The text of an exception may contain a caller's number, a name or a PIN, which do not belong in a log.
"""

from __future__ import annotations

import traceback

_PLACES = 6


def kind_and_place(error: BaseException) -> str:
    """Such as `KeyError at …/house.py:71 in clips, …/call.py:99 in play`, the innermost place first."""
    frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in reversed(frames)]
    return f"{type(error).__name__} at {', '.join(places) or '?'}"
