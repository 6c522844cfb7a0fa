"""Whether systemd starts the daemon in vain, as the page can see it while there is no control socket.

`systemd/copperdesk-starts` counts each start in the daemon's runtime folder, and writes down how long it waits before
it. The page's account is in the daemon's group, and may read both.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from appliance.clock import RealClock

RUNTIME = Path("/run/copperdesk")
"""What systemd calls RUNTIME_DIRECTORY of the daemon's service."""

TOLD_FROM = 3
"""So many failed starts in a row are told; the LED of the board blinks from there on, too."""

LONGEST_PAUSE_S = 300
"""What `copperdesk-starts` waits at most."""

NO_ROOM_BYTES = 20 * 1024 * 1024
"""With less on the data partition the daemon may be unable to open its stores."""


@dataclass(frozen=True, slots=True)
class FailingStarts:
    """failed: how many in a row."""

    failed: int
    waits_s: int
    """Until the next one, in seconds; 0: it is being made."""
    full: bool
    """There is no room on the data partition."""


def failing_starts(folder: Path, state: Path) -> FailingStarts | None:
    """None where fewer than `TOLD_FROM` have failed, or nobody counts. state: a folder on the data partition."""
    failed = (_number(folder / "starts") or 0) - 1
    if failed < TOLD_FROM:
        return None
    waits, pause = 0.0, folder / "pause"
    with suppress(OSError):
        began = pause.stat().st_mtime
        waits = began + min(_number(pause) or 0, LONGEST_PAUSE_S) - RealClock().now().timestamp()
    full = False
    with suppress(OSError):
        full = shutil.disk_usage(state).free < NO_ROOM_BYTES
    # A clock that was set meanwhile makes the wait neither negative nor longer than it can be.
    return FailingStarts(failed, int(max(0.0, min(waits, LONGEST_PAUSE_S))), full)


def _number(file: Path) -> int | None:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
