"""An office document as somebody's own file."""

from __future__ import annotations

from pathlib import Path

from appliance.office.document import LARGEST_DOCUMENT


def document_text(path: Path) -> str:
    """The text of this file, or, as a device may have no end, only enough of it to see that it is too long.

    Raises OSError and UnicodeDecodeError.
    """
    with path.open(encoding="utf-8") as file:
        return file.read(LARGEST_DOCUMENT + 2)  # One character too many, and perhaps a byte order mark.
