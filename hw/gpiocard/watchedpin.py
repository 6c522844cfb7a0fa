"""An input of the card as the event loop sees it: its level, told at each change, however wildly the pin behaves."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from hw.gpio import GpioError, InputPin

MOST_EDGES = 400
"""Edges in a second: more is a pin that chatters. The chips' own make 160 at the most, while a telephone rings."""
CHATTER_REST_S = 10.0
"""How long such a pin is not looked at."""
EDGES_KEPT = 16


class WatchedPin:
    """An input pin. Until `start` nothing is told. `on_change` is called on the loop when `active` has changed.

    A pin that chatters, or cannot be read, counts as inactive and is left alone for 10 s, time after time. on_chatter:
    told so, and with False when it is well again. active_low: the pin is active while it is low.
    """

    def __init__(
        self,
        pin: InputPin,
        on_change: Callable[[], None],
        on_chatter: Callable[[bool], None],
        *,
        active_low: bool = False,
    ) -> None:
        self.active = False
        """What was told last."""
        self.chatters = False
        """It is left alone."""
        self.edges: deque[float] = deque(maxlen=EDGES_KEPT)
        """The times of the latest edges, in seconds of the loop's clock."""
        self._pin = pin
        self._on_change = on_change
        self._on_chatter = on_chatter
        self._active_low = active_low
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asked = False  # The loop has been asked to look, and has not yet.
        self._count = 0  # Edges since `_second` began.
        self._second = 0.0
        self._rest: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Take the level as it is, and tell changes from now on. GpioError where the pin cannot be watched."""
        self._loop = asyncio.get_running_loop()
        self._second = self._loop.time()
        self._pin.watch(self._edge)
        self._look()

    def stop(self) -> None:
        """Tell nothing more."""
        self._pin.unwatch()
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _edge(self) -> None:
        """In the library's thread: note the edge, and have the loop look, unless it is going to anyway."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        self.edges.append(loop.time())
        self._count += 1
        if not self._asked:
            self._asked = True
            loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        self._asked = False
        assert self._loop is not None
        if self.chatters:
            return
        now = self._loop.time()
        if self._count > MOST_EDGES:
            self._leave_alone()
            return
        if now >= self._second + 1:
            self._second, self._count = now, 0
        try:
            active = self._pin.high != self._active_low
        except GpioError:
            self._leave_alone()
            return
        self._tell(active)

    def _tell(self, active: bool) -> None:
        if active != self.active:
            self.active = active
            self._on_change()

    def _leave_alone(self) -> None:
        assert self._loop is not None
        self._pin.unwatch()
        if not self.chatters:
            self.chatters = True
            self._on_chatter(True)
        self._tell(False)
        self._rest = self._loop.call_later(CHATTER_REST_S, self._try_again)

    def _try_again(self) -> None:
        """Watch it for a second, and believe it behind that if it was calm."""
        assert self._loop is not None
        self._count = 0
        try:
            self._pin.watch(self._edge)
        except GpioError:
            self._leave_alone()
            return
        self._rest = self._loop.call_later(1.0, self._judge)

    def _readable(self) -> bool:
        try:
            _ = self._pin.high
        except GpioError:
            return False
        return True

    def _judge(self) -> None:
        self._rest = None
        if self._count > MOST_EDGES or not self._readable():
            self._leave_alone()
            return
        self.chatters = False
        self._on_chatter(False)
        self._look()
