"""Root that gives a command works in the data folder as its owner, whom the daemon is."""

from __future__ import annotations

import os
import pwd
from pathlib import Path


def become_owner_of(data: Path) -> None:
    """From now on, and for good. Does nothing for others than root, and where there is no folder or it is root's own.

    What root wrote there the daemon could not read, and would not start; and whoever has taken over the daemon could
    have put links there that lead what root writes anywhere.
    """
    if os.geteuid() != 0 or not data.is_dir():
        return
    owner = data.stat()
    if owner.st_uid == 0:
        return
    try:
        account = pwd.getpwuid(owner.st_uid)
        os.initgroups(account.pw_name, owner.st_gid)
        os.environ["HOME"] = account.pw_dir
    except KeyError:  # A number without a name.
        os.setgroups([])
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)
