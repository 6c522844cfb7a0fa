"""What is wrong with the unit at this moment, in sentences for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from appliance.calls.signal import Signal

MOST_FAULTS = 50


class Faults:
    """The faults of a unit. now: those that hold, the newest last. changed: told after every change of them, as is
    on_change before.
    """

    def __init__(self) -> None:
        self.now: list[str] = []
        self.on_change: Callable[[], None] = lambda: None
        self.changed: Signal[[]] = Signal()

    def report(self, fault: str) -> None:
        """Add a fault. Harmless where it was reported already."""
        if fault not in self.now:
            self.now.append(fault)
            del self.now[:-MOST_FAULTS]
            self._tell()

    def report_anew(self, fault: str) -> None:
        """Add a fault that has happened again, so that whoever is told of faults is told of it once more."""
        self.withdraw(fault)
        self.report(fault)

    def withdraw(self, fault: str) -> None:
        """Remove a fault that is over. Harmless when it was never reported."""
        if fault in self.now:
            self.now.remove(fault)
            self._tell()

    def change(self, new: Iterable[str], over: Iterable[str]) -> None:
        """Add some, and remove those that are over."""
        for fault in over:
            self.withdraw(fault)
        for fault in new:
            self.report(fault)

    def stands(self, fault: str, there: bool) -> None:
        """This one is there, or is over."""
        (self.report if there else self.withdraw)(fault)

    def _tell(self) -> None:
        self.on_change()
        self.changed.tell()
