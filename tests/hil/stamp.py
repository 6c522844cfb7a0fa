"""What was tried, and with what: hardware, firmware and configuration, for the report."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from tests.hil.benchfile import Bench

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Stamp:
    """The head of a report. facts: what it tells, by name. configuration: the bench file as it was."""

    title: str
    facts: Mapping[str, str]
    configuration: str


def stamp_of(bench: Bench, *, simulated: bool, short: bool, now: datetime) -> Stamp:
    unit, gateway = bench.unit, bench.gateway
    version = f"{_version('copperdesk')} {_commit()}".strip()
    facts = {
        "Date": f"{now:%Y-%m-%d %H:%M:%S %z}".strip(),
        "Bench": f"{bench.name}{', simulated' if simulated else ''}{', short selection' if short else ''}",
        "Unit, hardware": unit.hardware or "not named in the bench file",
        "Unit, firmware": f"Copperdesk {version}" if simulated else unit.firmware or "not named in the bench file",
        "Gateway": bench.profile.title,
        "Gateway, hardware": gateway.hardware or "not named in the bench file",
        "Gateway, firmware": f"Copperdesk {version}"
        if simulated
        else gateway.firmware or "not named in the bench file",
        "Kit": f"Copperdesk {version}, Python {platform.python_version()}, pjsua2 {_version('pjsua2-python')}",
        "Kit, machine": f"{_machine()}, {platform.system()} {platform.release()}",
        "Configuration": f"{bench.path.name}, SHA-256 {hashlib.sha256(bench.text.encode()).hexdigest()[:16]}",
        "Office": f"{bench.office.name}, SHA-256 {hashlib.sha256(bench.office.read_bytes()).hexdigest()[:16]}",
    }
    return Stamp(f"Copperdesk on the bench: {bench.name}", facts, bench.text)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "of unknown version"


def _commit() -> str:
    """The commit of the source tree, where there is one."""
    with suppress(OSError, subprocess.SubprocessError):
        command = ["git", "describe", "--always", "--dirty"]
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=10, check=True)
        return f"({done.stdout.strip()})"
    return ""


def _machine() -> str:
    """The name that the board itself gives, if it gives one, or else that of the machine's kind."""
    with suppress(OSError):
        return Path("/proc/device-tree/model").read_text().rstrip("\0\n")
    return platform.machine()
