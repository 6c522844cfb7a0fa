"""A bundle brought to the page, handed over to root: the daemon writes a request, and root reads it with suspicion.

The daemon writes pieces into the folder, and then the request, whose name systemd watches for. Root takes the request
away first, so that it is carried out once, and leaves its answer among the versions, where the daemon only reads.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from appliance.updating.disk import put_file
from hw.said import revived, wording

BUNDLE, SIGNATURE = "update.tar.zst", "update.tar.zst.minisig"
REQUEST, ANSWER = "update-request.json", "answer.json"
LARGEST_REQUEST = 4096


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """now: also while the office is open. An older version cannot be asked for: it may have a weakness that is known
    by now, and whoever has taken over the daemon could want just that one. Only root brings it back."""

    now: bool


def handover_folder() -> Path:
    """Where the daemon hands things over to root. COPPERDESK_HANDOVER names another place."""
    return Path(os.environ.get("COPPERDESK_HANDOVER", "/var/lib/copperdesk/handover"))


def add_piece(file: Path, at: int, content: bytes) -> int:
    """Put a piece at its place, 0 beginning a new file; how much there is. ValueError where a piece is missing."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | (0 if at else os.O_TRUNC), 0o600)
    with open(handle, "r+b") as written:
        if written.seek(0, os.SEEK_END) != at:
            raise ValueError("a piece is missing")
        written.write(content)
        return at + len(content)


def hand_over(folder: Path, request: UpdateRequest) -> None:
    put_file(folder / REQUEST, json.dumps({"now": request.now}).encode())


def take_request(folder: Path) -> UpdateRequest | None:
    """The request, once; None where there is none that is understood. What lies there in its place is gone, too: while
    something has this name, systemd starts the service anew, until it gives up and no update is ever looked at again.
    """
    path = folder / REQUEST
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as read:
            content = read.read(LARGEST_REQUEST)
    except OSError:
        content = b""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        shutil.rmtree(path)
    try:
        told = json.loads(content)
        return UpdateRequest(now=told["now"] is True)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def forget_upload(folder: Path) -> None:
    """Remove what was brought: it was installed or refused, or it never came to its end."""
    for name in (BUNDLE, SIGNATURE):
        with suppress(OSError):
            (folder / name).unlink()


def forget_half_an_upload(folder: Path) -> None:
    """Remove what a daemon that has ended had begun to take in. What root was asked to install is left to root."""
    if not (folder / REQUEST).exists():
        forget_upload(folder)


def answer(programs: Path, refused: str) -> None:
    """Tell the daemon how it went. refused: why it was not installed; empty: it was."""
    put_file(programs / ANSWER, json.dumps({"refused": wording(refused)}).encode())


def read_answer(programs: Path) -> str:
    """Why the last request was refused; empty: it was not, or nothing is known of one.

    An older version has left a sentence in English.
    """
    try:
        refused = json.loads((programs / ANSWER).read_bytes())["refused"]
        return refused if isinstance(refused, str) else revived(refused)
    except (OSError, ValueError, KeyError, TypeError):
        return ""
