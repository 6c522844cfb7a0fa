"""The network of the machine as NetworkManager runs it, asked and told by its program `nmcli` (nmcli(1)). Blocking."""

from __future__ import annotations

import re
from dataclasses import dataclass

from appliance.machine.addressing import Addressing
from appliance.machine.programs import has, run

PROGRAM = "nmcli"

NO_SUCH_CONNECTION = 10
"""The exit code of nmcli for it."""

KINDS = ("ethernet", "wifi")
"""Of devices that lead to the office's network."""

_UP_WAITS_SECONDS = "40"
"""How long nmcli waits for an address: a router may take half a minute."""

_SETTINGS = "connection.id,ipv4.method,ipv4.addresses,ipv4.gateway,ipv4.dns"
_NOW = "IP4.ADDRESS,IP4.GATEWAY,IP4.DNS,IP6.ADDRESS"


@dataclass(frozen=True, slots=True)
class NetworkLink:
    """One way into the office's network."""

    device: str
    """Such as `eth0`."""
    kind: str
    """`ethernet` or `wifi`."""
    connection: str
    """The id by which NetworkManager knows its settings."""
    set_to: Addressing
    """How it is to get its address."""
    addresses: tuple[str, ...]
    """What it has now, with the bits of the network; IPv4."""
    gateway: str
    """The router; empty: none."""
    dns: tuple[str, ...]
    """The servers of names."""
    addresses6: tuple[str, ...]
    """The same in IPv6."""


def managed() -> bool:
    """Whether NetworkManager runs the network of this machine, as far as the program tells."""
    return has(PROGRAM)


def links() -> list[NetworkLink]:
    """All that are connected. Raises MachineRefused."""
    found = []
    for line in run(PROGRAM, "-t", "-f", "DEVICE,TYPE,STATE,CON-UUID", "device", "status").splitlines():
        device, kind, state, connection = _fields(line)
        if kind in KINDS and state == "connected" and connection:
            found.append(_link(device, kind, connection))
    return found


def set_addressing(connection: str, wanted: Addressing, *, lasting: bool) -> None:
    """Have a connection get its address so, from when it is next brought up. Raises MachineRefused.

    lasting: also behind the next start of the machine. Otherwise NetworkManager itself forgets it then.
    """
    if wanted.automatic:
        told = ["ipv4.gateway", "", "ipv4.addresses", "", "ipv4.method", "auto"]
    else:
        told = ["ipv4.addresses", ",".join(wanted.addresses), "ipv4.gateway", wanted.gateway, "ipv4.method", "manual"]
    temporary = [] if lasting else ["--temporary"]
    run(PROGRAM, "connection", "modify", *temporary, "uuid", connection, *told, "ipv4.dns", ",".join(wanted.dns))


def bring_up(connection: str) -> None:
    """Bring a connection up, anew if it is. Raises MachineRefused."""
    run(PROGRAM, "--wait", _UP_WAITS_SECONDS, "connection", "up", "uuid", connection)


def _link(device: str, kind: str, connection: str) -> NetworkLink:
    settings = _values(run(PROGRAM, "-t", "-f", _SETTINGS, "connection", "show", "uuid", connection))
    now = _values(run(PROGRAM, "-t", "-f", _NOW, "device", "show", device))
    return NetworkLink(
        device,
        kind,
        connection,
        Addressing(
            settings.get("ipv4.method", [""])[0] != "manual",
            _listed(settings, "ipv4.addresses"),
            "".join(_listed(settings, "ipv4.gateway")),
            _listed(settings, "ipv4.dns"),
        ),
        tuple(now.get("IP4.ADDRESS", [])),
        "".join(_listed(now, "IP4.GATEWAY")),
        tuple(now.get("IP4.DNS", [])),
        tuple(now.get("IP6.ADDRESS", [])),
    )


def _fields(line: str) -> list[str]:
    """Of a line of terse output in columns, where a colon or backslash within a field has a backslash before it."""
    set_apart = line.replace("\\\\", "\0").replace("\\:", "\1").split(":")
    return [field.replace("\1", ":").replace("\0", "\\") for field in set_apart]


def _values(told: str) -> dict[str, list[str]]:
    """Of terse output with a value a line: `IP4.DNS[1]:192.168.1.1`. Nothing is written with a backslash there."""
    found: dict[str, list[str]] = {}
    for line in told.splitlines():
        name, _, value = line.partition(":")
        if value:
            found.setdefault(name.partition("[")[0], []).append(value)
    return found


def _listed(values: dict[str, list[str]], name: str) -> tuple[str, ...]:
    """Several in one value, set apart as various versions do; `--` stands for none."""
    words = re.split(r"[\s,;|]+", " ".join(values.get(name, [])))
    return tuple(word for word in words if word not in ("", "--"))
