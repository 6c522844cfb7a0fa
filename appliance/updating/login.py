"""What a unit shows to whoever logs in, at its screen or by SSH: its version, its page, and why another version went.

`agetty` shows the one text before the log-in, and puts the address of that moment in place of `\\4`. `pam_motd` shows
the other one behind it. Both are in /run: the system of a unit is read only, and another start writes them anew.
"""

from __future__ import annotations

from pathlib import Path

from appliance.machine.takenback import in_words
from appliance.updating.disk import put_file
from appliance.updating.state import Phase, UpdateState

RUN = Path("/run")
BEFORE, BEHIND = "issue.d/copperdesk.issue", "motd.d/copperdesk"
"""In /run. Debian's agetty does not look there: /etc/issue.d has a link to it (systemd/tmpfiles.d)."""


def told(state: UpdateState | None, runs: str) -> str:
    """Which version runs, and why another one does not: for the log-in and the command."""
    line = f"Copperdesk {runs}"
    match state:
        case UpdateState(phase=Phase.PENDING, version=version):
            return f"{line}. {version} is installed, and starts when no call goes on."
        case UpdateState(phase=Phase.TRYING, version=version) if version == runs:
            return f"{line}, on trial: it must take a call yet."
        case UpdateState(phase=Phase.RETURNING, version=version, reason=why):
            return f"{line}. {version} is taken back when no call goes on: {in_words(why)}."
        case UpdateState(phase=Phase.REJECTED, version=version, reason=why):
            return f"{line}. The update to {version} was taken back: {in_words(why)}."
    return line


def show_at_log_in(text: str, name: str, run: Path) -> None:
    """Have a text of one line shown at each log-in from now on. As root. name: of the unit in the network."""
    for place, address in ((BEFORE, f"http://\\4 or http://{name}.local"), (BEHIND, f"http://{name}.local")):
        file = run / place
        file.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        put_file(file, f"{text}\nIts page: {address}\n\n".encode())
