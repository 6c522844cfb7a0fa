"""A machine whose clock is not set when it starts, for tests: a Raspberry Pi without a network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 3, 9, 8, tzinfo=UTC)


class UnsetMachine:
    """See `MachineTime`. It starts with a clock that shows `shown`, in its start `boot`."""

    def __init__(self, shown: datetime = MORNING, boot: str = "one") -> None:
        self.boot = boot
        self.synchronized = False
        """A time server has set the clock."""
        self._shown = shown
        self._running = 20.0

    def wall(self) -> datetime:
        return self._shown

    def running(self) -> float:
        return self._running

    def is_set(self) -> bool:
        return self.synchronized

    def passes(self, time: timedelta) -> None:
        self._shown += time
        self._running += time.total_seconds()

    def set_to(self, shown: datetime, *, by_server: bool = True) -> None:
        """Somebody sets the clock: a time server, or else a person."""
        self._shown = shown
        self.synchronized = self.synchronized or by_server

    def starts_again(self, shown: datetime, boot: str = "two") -> None:
        """The power was away, and the clock shows what was kept."""
        self.__init__(shown, boot)  # type: ignore[misc]
