"""Takes ring voltage away when the unit's program dies: a process of its own, which does nothing until then.

    python -m hw.gpiocard.guard 6:5 …      # RM and F/R of each telephone

RPi.GPIO leaves pins as they were when a program ends, however it ends, and since 2024 so does the kernel with lgpio's.
The unit holds a pipe to this process. When the pipe is closed, by whatever end of the unit, this one drives RM low and
F/R high. A unit that hangs needs no guard: what rings is a thread, and it stops by itself (`ringer.py`).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

from hw.gpio import GpioError, OutputPin
from hw.gpiocard.pinmap import SlicPins

FAREWELL = b"."
"""Written by a unit that has given back its pins by itself."""


class Guard:
    """The unit's end of the pipe. OSError from its making where no process can be started."""

    def __init__(self, telephones: Sequence[SlicPins]) -> None:
        pairs = [f"{pins.ring_mode}:{pins.forward}" for pins in telephones]
        self._process = subprocess.Popen([sys.executable, "-m", __name__, *pairs], stdin=subprocess.PIPE)

    @property
    def alive(self) -> bool:
        """False once the process has ended: somebody has killed it, or the machine was short of memory."""
        return self._process.poll() is None

    def close(self) -> None:
        """The pins have been given back: there is nothing to guard any more."""
        with suppress(OSError):
            self._process.communicate(FAREWELL, timeout=1.0)


def quieten(pairs: Sequence[str]) -> None:
    """Drive RM low and F/R high for each pair of their numbers. One that fails does not stop the others."""
    for pair in pairs:
        ring_mode, forward = (int(number) for number in pair.split(":"))
        for number, high in ((ring_mode, False), (forward, True)):
            with suppress(GpioError):
                OutputPin(number, high=high)


def main() -> None:
    if sys.stdin.buffer.read() != FAREWELL:
        quieten(sys.argv[1:])


if __name__ == "__main__":
    main()
