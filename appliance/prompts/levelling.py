"""Recordings of people made as loud as all prompts, in a short-lived process.

It is run as `python -m appliance.prompts.levelling FILE`. Five minutes of sound take 200 MB to measure, which go with
the process; the daemon never imports `appliance.prompts.sound`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from appliance.besidecalls import stay_beside_calls

LONGEST_SECONDS: Final = 300.0
"""The longest recording that takes the part of a text."""

_MOST_MEMORY: Final = 512 << 20
"""Bytes."""
_PATIENCE_SECONDS: Final = 60


def level_file(path: Path) -> bool:
    """Trim and level a WAV file of our own form. False: that failed, and it is as it was. Blocking."""
    command = [sys.executable, "-m", __name__, str(path)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main(path: Path) -> None:
    from appliance.prompts.sound import recorded_clip
    from appliance.wav.clip import read_clip, write_clip

    write_clip(path, recorded_clip(read_clip(path)))


if __name__ == "__main__":
    stay_beside_calls(memory=_MOST_MEMORY)
    main(Path(sys.argv[1]))
