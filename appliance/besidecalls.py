"""Limits that a process sets for itself at its start when it works beside the calls: voice, faxes, letters, backups.

Nothing that such a process does may be heard in a call, or end the daemon. Each of these works on every kernel and
needs no rights, so that a unit, a container and a developer's machine have the same:

- Priority: the daemon has nice -10 on a unit, and these have 10. Of a processor that both want they get a hundredth.
- `RLIMIT_DATA`: memory of its own. A request beyond it fails, in the process itself.
- `oom_score_adj`: where the whole machine is short of memory, the kernel ends this process and not the daemon.

Where systemd has delegated the service's control group, all of them together have a limit, too: `workgroup.py`.
"""

from __future__ import annotations

import os
import resource
from contextlib import suppress
from pathlib import Path
from typing import Final

from appliance.workgroup import join_workers, most_for_workers

NICE: Final = 10
"""Of nice(2). A higher one would stand still wherever a developer's machine or a small board is busy."""
OOM_SCORE_ADJUST: Final = 800
"""Of 1000. The daemon has a negative one by its unit; a process may always raise its own."""


def stay_beside_calls(*, memory: int, cpu_seconds: int = 0, largest_file: int = 0) -> None:
    """Set the limits of this process and of all that it starts.

    memory: bytes, of each process, but no more than the machine has for workers. cpu_seconds, largest_file (bytes): as
    much as it may use; 0: no limit.
    """
    make_way()
    limits = [(resource.RLIMIT_DATA, min(memory, most_for_workers())), (resource.RLIMIT_CORE, 0)]
    if cpu_seconds:
        limits.append((resource.RLIMIT_CPU, cpu_seconds))
    if largest_file:
        limits.append((resource.RLIMIT_FSIZE, largest_file))
    for limit, most in limits:
        hard = resource.getrlimit(limit)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (most, most))


def make_way() -> None:
    """Let all else go first, for the processor and when memory is short; with no limit of the memory for itself."""
    join_workers()
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, max(NICE, os.getpriority(os.PRIO_PROCESS, 0)))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(OOM_SCORE_ADJUST), encoding="ascii")
