"""Programs of the operating system that behave as the real ones, for the driver to run: `nmcli` and others.

They print what nmcli(1) and timedatectl(1) print for the words our driver uses, and end with the codes that nmcli(1)
lists. What they know stands in a file beside them, where a test reads and changes it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

NMCLI = Path(__file__).with_name("nmcli.py")
HOME = "0d8f2c3e-6a51-4c56-9d65-3a3a4a1c0b11"
"""The connection of the office's network."""

AT_FIRST: dict[str, Any] = {
    "running": True,
    "disk": {"method": "auto", "addresses": "", "gateway": "", "dns": ""},
    "memory": {"method": "auto", "addresses": "", "gateway": "", "dns": ""},
    "device": {"addresses": ["192.168.20.7/22"], "gateway": "192.168.20.1", "dns": ["192.168.20.1"]},
    "refuses_up": False,
    "clock": True,
    "asked": [],
}
"""disk: the settings that outlast a power cut; memory: those that hold now; device: what the device has.
clock: it may be set."""

_TIMEDATECTL = """
import json, sys
from pathlib import Path
if sys.argv[1] == "set-ntp" and not json.loads(Path(__file__).with_name("machine.json").read_text())["clock"]:
    sys.exit("Failed to set ntp: Access denied")
told = {
    "show": "Timezone=Etc/UTC\\nNTP=yes\\nNTPSynchronized=yes",
    "show-timesync": "SystemNTPServers=time.example.org\\nServerName=0.debian.pool.ntp.org",
    "set-ntp": "",
    "set-timezone": "",
}
if sys.argv[1] == "set-timezone":
    file = Path(__file__).with_name("machine.json")
    file.write_text(json.dumps(json.loads(file.read_text()) | {"time_zone": sys.argv[2]}))
print(told[sys.argv[1]])
"""

_HOSTNAMECTL = """
import json, sys
from pathlib import Path
file = Path(__file__).with_name("machine.json")
assert sys.argv[1] == "set-hostname"
file.write_text(json.dumps(json.loads(file.read_text()) | {"name": sys.argv[2]}))
"""

_IW = """
import json, sys
from pathlib import Path
file = Path(__file__).with_name("machine.json")
assert sys.argv[1:3] == ["reg", "set"]
file.write_text(json.dumps(json.loads(file.read_text()) | {"radio": sys.argv[3]}))
"""


class Machine:
    """One with these programs, in a folder that is to be the first on PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "machine.json").exists():
            self.change(**AT_FIRST)
        self._program("nmcli", NMCLI.read_text())
        self._program("hostnamectl", _HOSTNAMECTL)
        self._program("timedatectl", _TIMEDATECTL)
        self._program("systemctl", "")
        self._program("iw", _IW)

    @property
    def path(self) -> str:
        """For the environment."""
        return f"{self.folder}{os.pathsep}{os.environ['PATH']}"

    @property
    def state(self) -> dict[str, Any]:
        known: dict[str, Any] = json.loads((self.folder / "machine.json").read_text())
        return known

    def change(self, **changes: Any) -> None:
        there = self.state if (self.folder / "machine.json").exists() else {}
        (self.folder / "machine.json").write_text(json.dumps(there | changes))

    def power_cut(self) -> None:
        """What was not on the disk is forgotten, and the network comes up by what is."""
        self.change(memory=self.state["disk"])
        device = self.state["disk"]
        if device["method"] == "auto":
            self.change(device=AT_FIRST["device"])

    def _program(self, name: str, source: str) -> None:
        program = self.folder / name
        program.write_text(f"#!{sys.executable} -IS\n{source}")
        program.chmod(0o755)
