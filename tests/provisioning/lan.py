"""A network of one's own for a test: a network namespace whose one interface hears its own multicast, as a LAN does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SET_UP = """\
ip link set lo up multicast on
ip addr add 10.9.0.1/24 dev lo
ip route add 224.0.0.0/4 dev lo
exec "$@"
"""


def in_a_lan(*words: str | Path, seconds: float = 30) -> subprocess.CompletedProcess[str]:
    """Run a program in it, as its root; it may mount what it likes."""
    as_root = ("--mount",) if os.geteuid() == 0 else ("--mount", "--user", "--map-root-user")
    command = ["unshare", "--net", "--uts", *as_root, "sh", "-c", SET_UP, "sh", *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=seconds, cwd=ROOT, env=environment, check=False
    )


def python(file: Path, *words: str | Path, seconds: float = 30) -> subprocess.CompletedProcess[str]:
    """A program of Python's."""
    return in_a_lan(sys.executable, file, *words, seconds=seconds)
