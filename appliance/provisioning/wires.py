"""The unit's connections to the office's network as files of NetworkManager (nm-settings-keyfile(5)).

A file, unlike the arguments of a program, is not seen by others, and is there whole or not at all.
"""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5

from appliance.machine.addressing import Addressing
from appliance.store.disk import Disk

CONNECTIONS = Path("/etc/NetworkManager/system-connections")
WIRED, WIFI = "copperdesk-wired", "copperdesk-wifi"


def wired(addressing: Addressing) -> str:
    """The connection by cable."""
    return _connection(WIRED, "ethernet") + _ipv4(addressing)


def wifi(network: str, passphrase: str, addressing: Addressing) -> str:
    """The connection by radio, with WPA2 or WPA3 as the access point has it."""
    name = "".join(f"{byte};" for byte in network.encode())
    return (
        _connection(WIFI, "wifi")
        + f"[wifi]\nmode=infrastructure\nssid={name}\n\n"
        + f"[wifi-security]\nkey-mgmt=wpa-psk\npsk={_escaped(passphrase)}\n\n"
        + _ipv4(addressing)
    )


def put_connection(folder: Path, name: str, text: str) -> None:
    """NetworkManager takes no file that others may read. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    Disk().replace(folder / f"{name}.nmconnection", text.encode())


def _connection(name: str, kind: str) -> str:
    """priority: above 0, which that has which NetworkManager makes by itself for each cable."""
    uuid = uuid5(NAMESPACE_DNS, f"{name}.local")
    return f"[connection]\nid={name}\nuuid={uuid}\ntype={kind}\nautoconnect-priority=10\n\n"


def _ipv4(addressing: Addressing) -> str:
    if addressing.automatic:
        return "[ipv4]\nmethod=auto\n\n[ipv6]\nmethod=auto\n"
    gateway = f",{addressing.gateway}" if addressing.gateway else ""
    dns = f"dns={''.join(f'{one};' for one in addressing.dns)}\n" if addressing.dns else ""
    return f"[ipv4]\nmethod=manual\naddress1={addressing.addresses[0]}{gateway}\n{dns}\n[ipv6]\nmethod=auto\n"


def _escaped(value: str) -> str:
    """As a GKeyFile has it: a backslash twice, a space at the beginning as \\s."""
    doubled = value.replace("\\", "\\\\")
    bare = doubled.lstrip(" ")
    return "\\s" * (len(doubled) - len(bare)) + bare
