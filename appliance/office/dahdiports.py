"""The ports of an office that are channels of DAHDI cards: they are named by their channel's number."""

from __future__ import annotations

import re

_CHANNEL = re.compile(r"dahdi-([1-9][0-9]{0,3})")


def dahdi_channel(port: str) -> int | None:
    """The number of the channel that a port is; None for a port of something else."""
    found = _CHANNEL.fullmatch(port)
    return int(found.group(1)) if found else None


def dahdi_port(channel: int) -> str:
    """The name of a channel's port."""
    return f"dahdi-{channel}"
