"""A new version brought to the unit as its page does it, inside a guest: by the control socket, piece by piece.

python3 -m tests.image.bringing BUNDLE     its signature lies beside it
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path

from tests.image.asking import Asking

PIECE_BYTES = 64 * 1024


def bring(asking: Asking, file: Path, *, signature: bool) -> None:
    """Hand a file over."""
    at = 0
    with file.open("rb") as opened:
        while piece := opened.read(PIECE_BYTES):
            content = base64.b64encode(piece).decode("ascii")
            at = asking.ask("update.upload", signature=signature, at=at, piece=content)["there"]


if __name__ == "__main__":
    asked, bundle = Asking(), Path(sys.argv[1])
    bring(asked, bundle, signature=False)
    bring(asked, bundle.with_name(f"{bundle.name}.minisig"), signature=True)
    asked.ask("update.request", now=True)
