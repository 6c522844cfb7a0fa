"""The machine's clock, by systemd's `timedatectl`. Blocking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from appliance.machine.addressing import WrongSetting
from appliance.machine.programs import MachineRefused, has, run
from appliance.store.disk import Disk
from hw.said import said, told_by

SERVERS = Path("/etc/systemd/timesyncd.conf.d/copperdesk.conf")
"""What we tell systemd-timesyncd, beside what the system tells it."""

MOST_SERVERS = 4
_SERVER = re.compile(r"[a-z0-9]([a-z0-9.:-]{0,251}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class ClockState:
    """What sets the machine's clock."""

    by_network: bool
    """It is to be set from the network."""
    right: bool
    """It was, since the machine started."""
    servers: tuple[str, ...]
    """Those that somebody has chosen; none: the system's own."""
    server: str
    """Which one tells the time at this moment; empty: none."""
    zone: str
    """The time zone of the machine; empty: it does not tell."""


def clock_state() -> ClockState:
    """Raises MachineRefused."""
    told = _properties(run("timedatectl", "show"))
    try:
        sync = _properties(run("timedatectl", "show-timesync"))
    except MachineRefused:  # Another program than systemd-timesyncd sets the clock.
        sync = {}
    chosen = tuple(sync.get("SystemNTPServers", "").split())
    return ClockState(
        told.get("NTP") == "yes",
        told.get("NTPSynchronized") == "yes",
        chosen,
        sync.get("ServerName", ""),
        told.get("Timezone", ""),
    )


def checked_servers(written: Sequence[str]) -> tuple[str, ...]:
    """Raises WrongSetting."""
    servers = tuple(dict.fromkeys(one.strip().casefold().strip(".") for one in written))
    if len(servers) > MOST_SERVERS:
        raise WrongSetting("servers", said("%(most)s time servers are enough", most=MOST_SERVERS))
    for server in servers:
        if not _SERVER.fullmatch(server):
            raise WrongSetting("servers", said("%(server)s is no name such as time.example.org", server=server))
    return servers


def set_time_servers(servers: Sequence[str], file: Path = SERVERS) -> None:
    """Have the clock set from the network, by these servers; none: by the system's own. Raises MachineRefused."""
    run("timedatectl", "set-ntp", "true")  # First, as it tells whether we may.
    try:
        if servers:
            file.parent.mkdir(parents=True, exist_ok=True)
            Disk().replace(file, f"[Time]\nNTP={' '.join(servers)}\n".encode())
            file.chmod(0o644)
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise MachineRefused(
            said("the unit may not change its time servers here: %(why)s", why=told_by(error))
        ) from error
    run("systemctl", "restart", "systemd-timesyncd.service")


def can_set_clock() -> bool:
    return has("timedatectl")


def _properties(told: str) -> dict[str, str]:
    return dict(line.partition("=")[::2] for line in told.splitlines() if "=" in line)
