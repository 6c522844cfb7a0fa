"""A common memory limit for all processes that work beside the calls, where systemd has delegated a control group.

copperdesk.service has `Delegate=memory`: the service's control group then belongs to the daemon's account, and the
daemon makes two groups in it, `calls` for itself and all that carries calls, and `workers`. Where the workers together
take too much, the kernel takes back pages of theirs alone, and ends one of them: the daemon's program stays in memory,
and is not read from the memory card again in the middle of a call.
A process that works beside the calls joins `workers` by itself.

There is no such group in a terminal, in a container, and where the kernel has no memory controller, as in Raspberry Pi
OS by default; the limits of each process in `besidecalls.py` hold there.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

ROOT: Final = Path("/sys/fs/cgroup")
CALLS, WORKERS = "calls", "workers"
WORKERS_SHARE: Final = 0.6
"""Of the machine's memory, for each worker, and for all together. A voice takes 250 MB, a page of a fax 400 MB while it
is converted."""


def most_for_workers() -> int:
    """Bytes."""
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * WORKERS_SHARE)


def divide_workgroup(root: Path = ROOT, told: Path = Path("/proc/self/cgroup")) -> bool:
    """Make both groups and go into that of the calls; before the first process is started. False: there are none.

    root: of the control groups. told: where the kernel says in which this process is.
    """
    own = _own_group(root, told)
    if own is None or not _is_delegated(own):
        return False
    try:
        for name in (CALLS, WORKERS):
            (own / name).mkdir(exist_ok=True)
        # A group that gives controllers to groups in it may have no processes of its own.
        (own / CALLS / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")
        (own / "cgroup.subtree_control").write_text("+memory", encoding="ascii")
        (own / WORKERS / "memory.max").write_text(str(most_for_workers()), encoding="ascii")
    except OSError as error:
        log.info("workers have no common limit of memory: %s", error.strerror)
        return False
    return True


def join_workers(root: Path = ROOT, told: Path = Path("/proc/self/cgroup")) -> None:
    """Put this process among the workers, where there is such a group beside the one it is in."""
    own = _own_group(root, told)
    if own is not None and own.name == CALLS:
        with suppress(OSError):
            (own.parent / WORKERS / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")


def _own_group(root: Path, told: Path) -> Path | None:
    """Of the second version of control groups; None: there is none."""
    with suppress(OSError):
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("0::/") and (root / "cgroup.controllers").exists():
                return root / line.removeprefix("0::/")
    return None


def _is_delegated(group: Path) -> bool:
    """As systemd marks it. Whether it could be written tells nothing: root may write all groups of a machine."""
    try:
        return os.getxattr(group, "user.delegate") == b"1"
    except OSError:
        return False
