"""The daemon as it runs: start to ready with prompts cached, resident memory, CPU while nobody calls."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figure import Figure
from tests.calls.world import OFFICE

IDLE_SECONDS = 5.0
LONGEST_START_SECONDS = 180.0


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        started(Path(folder)).stop()  # Speaks the prompts, if the cache has not got them.
        daemon = started(Path(folder))
        try:
            cpu = daemon.cpu_seconds()
            time.sleep(IDLE_SECONDS)
            idle = 100 * (daemon.cpu_seconds() - cpu) / IDLE_SECONDS
            memory = daemon.resident_megabytes()
        finally:
            daemon.stop()
    ready = daemon.ready_seconds
    return [
        Figure("daemon: start to ready, prompts cached", ready, "s", "<= 3", ready <= 3),
        Figure("daemon: resident memory", memory, "MB", "<= 80", memory <= 80),
        Figure("daemon: CPU while nobody calls", idle, "% of a core"),
    ]


class Daemon:
    """A running `copperdesk run` that has said it is ready after `ready_seconds`."""

    def __init__(self, process: subprocess.Popen[str], ready_seconds: float) -> None:
        self.ready_seconds = ready_seconds
        self.pid = process.pid
        self._process = process
        self._proc = Path("/proc") / str(process.pid)

    def cpu_seconds(self) -> float:
        fields = (self._proc / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_megabytes(self) -> float:
        status = (self._proc / "status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        with self._process:
            self._process.terminate()
            self._process.wait(timeout=30)


def started(data: Path, office: Path = OFFICE) -> Daemon:
    """Start a daemon on this data folder and office, and wait until it is ready. RuntimeError if it ends first."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "appliance.cli", "run", "--data", str(data), "--office", str(office)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if "is ready" in line:
            return Daemon(process, time.perf_counter() - began)
        if time.perf_counter() - began > LONGEST_START_SECONDS:
            break
    process.kill()
    raise RuntimeError(f"the daemon did not get ready (exit status {process.wait()})")
