"""Corrects the header of a WAV file after a power cut."""

from __future__ import annotations

import struct
from pathlib import Path

from appliance.store.disk import Disk
from appliance.wav.measuring import Wav


def repair(path: Path, wav: Wav, disk: Disk) -> None:
    """Make the header say how much sound is in the file."""
    disk.overwrite(path, 4, struct.pack("<I", wav.at - 8 + wav.there))
    disk.overwrite(path, wav.at - 4, struct.pack("<I", wav.there))
