"""The state of one trunk as time goes on: the table of trunk_protocol, and the one timer that it needs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from appliance.calls.signal import settle
from appliance.calls.trunk_protocol import Event, State, after


class TrunkState:
    """now: the state. on_change: called after every change of it."""

    def __init__(self, *, battery: bool, on_change: Callable[[], None]) -> None:
        self.now = State.IDLE if battery else State.LOST
        self._on_change = on_change
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._idle: asyncio.Future[None] = self._loop.create_future()

    def enter(self, event: Event) -> None:
        """Go on by the table. IllegalEvent where that has no such step."""
        self.now = after(self.now, event)
        if self.now is not State.CLEARING:
            self.forget_timer()
        if self.now is State.IDLE:
            settle(self._idle)
        self._on_change()

    def clear_for(self, seconds: float) -> None:
        """It is being cleared, and idle after so many seconds."""
        self.forget_timer()
        self._timer = self._loop.call_later(seconds, self.enter, Event.GUARD_OVER)

    @property
    def clear_in(self) -> float:
        """How many seconds are left until it is idle; 0 where it is not being cleared."""
        return max(self._timer.when() - self._loop.time(), 0.0) if self._timer is not None else 0.0

    def until_idle(self) -> asyncio.Future[None]:
        """A future that is done as soon as the line is idle."""
        if self._idle.done():
            self._idle = self._loop.create_future()
        if self.now is State.IDLE:
            self._idle.set_result(None)
        return self._idle

    def forget_timer(self) -> None:
        """It is not being cleared, or no longer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
