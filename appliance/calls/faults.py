"""What is wrong with the unit at this moment, in sentences for people."""

from __future__ import annotations

from collections.abc import Callable

MOST_FAULTS = 50


class Faults:
    """`now`: the newest last. on_change: called after every change of it."""

    def __init__(self) -> None:
        self.now: list[str] = []
        self.on_change: Callable[[], None] = lambda: None

    def report(self, fault: str) -> None:
        """Harmless where it was reported already."""
        if fault not in self.now:
            self.now.append(fault)
            del self.now[:-MOST_FAULTS]
            self.on_change()

    def withdraw(self, fault: str) -> None:
        """It is no more. Harmless when it was never reported."""
        if fault in self.now:
            self.now.remove(fault)
            self.on_change()
