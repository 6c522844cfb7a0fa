"""The sound of a message, or the pages of a fax, as they go with a mail.

Blocks: it is done in the process that sends the mail.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

OPUS_BITRATE = "16"
"""kbit/s: 120 KB a minute, and a telephone's band is heard without loss."""
ENCODING_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file for a mail."""

    name: str
    subtype: str
    content: bytes
    maintype: str = "audio"


def attachment(sound: Path, sound_as: str, largest: int) -> Attachment | None:
    """The sound as Opus or WAV, or as WAV where it cannot be made Opus; None where it has more bytes than `largest`.

    A PDF file stays as it is.
    """
    if sound_as == "pdf":
        whole = sound.stat().st_size <= largest
        return Attachment("fax.pdf", "pdf", sound.read_bytes(), "application") if whole else None
    content = _opus(sound) if sound_as == "opus" else None
    if content is not None:
        found = Attachment("message.opus", "ogg", content)
    else:
        if sound.stat().st_size > largest:
            return None
        found = Attachment("message.wav", "wav", sound.read_bytes())
    return found if len(found.content) <= largest else None


def _opus(sound: Path) -> bytes | None:
    """By Debian's opus-tools. None where that is not installed, or fails."""
    command = ["opusenc", "--quiet", "--bitrate", OPUS_BITRATE, "--speech", "--discard-comments", str(sound), "-"]
    try:
        made = subprocess.run(command, capture_output=True, timeout=ENCODING_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return made.stdout or None
