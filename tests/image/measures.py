"""What a started image needs: time until it answers, memory, and what it writes while nobody calls."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tests.image.checks import OURS, page_answers
from tests.image.guest import Guest
from tests.image.machine import masks

MOST_MEMORY_MB, MOST_WRITTEN_MB = 220.0, 20.0
"""What all processes of an idle unit may have in memory, and what it may write on an idle day."""
DAY_S = 86_400
SECTOR = 512
"""The kernel counts sectors of so many bytes, whatever the disk has (the kernel's Documentation/block/stat.rst)."""
WRITTEN = 6
"""The place of "write sectors" in /sys/block/*/stat."""
MEMORY = "cat /proc/[0-9]*/smaps_rollup 2>/dev/null"


@dataclass(frozen=True, slots=True)
class IdleNeeds:
    """What an idle unit needs. memory_mb: of all processes, what several share counted once."""

    memory_mb: float
    written_mb_a_day: float

    @property
    def too_much(self) -> list[str]:
        """What is more than an idle unit may need."""
        found = []
        if self.memory_mb > MOST_MEMORY_MB:
            found.append(f"{self.memory_mb:.0f} MB of memory are more than {MOST_MEMORY_MB:.0f}")
        if self.written_mb_a_day > MOST_WRITTEN_MB:
            found.append(f"{self.written_mb_a_day:.1f} MB written on an idle day are more than {MOST_WRITTEN_MB:.0f}")
        return found


def memory_bytes(rollups: str) -> int:
    """The sum of the proportional set sizes in what /proc/*/smaps_rollup says (proc(5); its kB are 1,024 bytes)."""
    return sum(int(line.split()[1]) * 1024 for line in rollups.splitlines() if line.startswith("Pss:"))


def sectors_written(stat: str) -> int:
    return int(stat.split()[WRITTEN])


def idle_needs(guest: Guest, seconds: float) -> IdleNeeds:
    """Watch an idle unit for so many seconds."""
    before = sectors_written(guest.must("cat", "/sys/block/vda/stat").out)
    began = time.monotonic()
    time.sleep(seconds)
    written = sectors_written(guest.must("cat", "/sys/block/vda/stat").out) - before
    watched = time.monotonic() - began
    memory = memory_bytes(guest.run("sh", "-c", MEMORY).out) - trial_bytes(guest)
    return IdleNeeds(memory / 1e6, written * SECTOR / 1e6 * DAY_S / watched)


def trial_bytes(guest: Guest) -> int:
    """What the trial's own agent has in memory, which no unit has."""
    pid = guest.must("systemctl", "show", "--property=MainPID", "--value", "copperdesk-test.service").out.strip()
    return memory_bytes(guest.must("cat", f"/proc/{pid}/smaps_rollup").out)


def seconds_to_page(guest: Guest) -> float:
    """From power until a browser gets an answer; the machine was just switched on."""
    page_answers(guest)
    return time.monotonic() - guest.on_at


def seconds_to_lines(guest: Guest) -> float:
    """From power until calls are taken."""
    guest.await_lines()
    return time.monotonic() - guest.on_at


def seconds_of_bare_debian(guest: Guest) -> float:
    """From power until systemd has started all; Copperdesk's own units are masked on the command line."""
    guest.run("systemctl", "is-system-running", "--wait", seconds=120.0)
    return time.monotonic() - guest.on_at


MASKED = masks(OURS)
"""Words for the kernel's command line that leave of an image a Debian without Copperdesk."""
