"""What the machine was told outlasts its restart. On the image the root partition forgets everything. Blocking."""

from __future__ import annotations

from pathlib import Path

from appliance.machine.programs import run

KEEP = Path("/usr/local/lib/copperdesk/copperdesk-keep")
"""Only the image has it (image/rootfs); every other system keeps by itself what it is told."""


def keep_now(program: Path = KEEP) -> None:
    """Return once name and time zone would be there again after a power cut; needs root. Raises MachineRefused."""
    if program.exists():
        run(str(program), "save")
