"""What the machine is called in the network, by systemd's `hostnamectl`. Blocking."""

from __future__ import annotations

import socket

from appliance.machine.programs import has, run


def can_be_changed() -> bool:
    """Whether this machine has the program for it."""
    return has("hostnamectl")


def host_name_now() -> str:
    """Without a domain."""
    return socket.gethostname().partition(".")[0]


def set_host_name(new: str) -> None:
    """From now on, also behind the next start. Raises MachineRefused."""
    run("hostnamectl", "set-hostname", new)
