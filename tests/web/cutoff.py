"""A unit is set up to its first heard call. Run by a test in a network namespace that has no way out.

    python -m tests.web.cutoff DATA

ends with 0 once a caller has heard the greeting. The loop-back interface of the namespace is brought up first.
"""

from __future__ import annotations

import fcntl
import socket
import struct
import sys
from pathlib import Path

from tests.web.newunit import FORMS, fills_in, finished, heard_outside, let_in, new_unit

SIOCSIFFLAGS = 0x8914
"""linux/sockios.h: sets the flags of a network interface."""
IFF_UP = 1
"""linux/if.h."""
ELSEWHERE = "192.0.2.1"
"""RFC 5737: an address for documentation, which is nobody's."""


def loopback_alone() -> None:
    """Bring `lo` up, and see that there is no way to anywhere else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        fcntl.ioctl(one, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))
        try:
            one.connect((ELSEWHERE, 53))
        except OSError:
            return
    raise RuntimeError("there is a way out of this network namespace")


def main(data: Path) -> None:
    loopback_alone()
    with new_unit(data) as site:
        visitor = let_in(site)
        for step in FORMS:
            assert fills_in(visitor, step).status_code == 302, step
        finished(site, visitor)
        heard = heard_outside(site, "family.")
    assert "calling Riverside" in heard, heard


if __name__ == "__main__":
    main(Path(sys.argv[1]))
