"""The source's watch over the hook at the far end of its line, for FXS ports and the exchange's line circuits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from hw.linecard import FxsEvent
from hw.port.alerting import Alerter
from hw.port.hook_protocol import HookProtocol
from hw.port.timing import Deadlines
from hw.port.wires import Battery
from hw.tones.toneplan import TonePlan


class SeenHook(Protocol):
    """A telephone's hook, as far as it is seen."""

    @property
    def off_hook(self) -> bool: ...

    def stop(self) -> None:
        """No more events, unless the line changes again."""


class HookWatch:
    """Tells what the terminal does with its hook, and takes ring voltage away as soon as the loop is closed.

    Without battery, and while the terminal only takes caller ID (Japan), the hook cannot be seen.

    flash_accept_ms: the shortest and the longest break that is a hook flash on this line; the plan's, unless given.
    """

    def __init__(
        self,
        end: Alerter,
        plan: TonePlan,
        wake: Callable[[], None],
        on_event: Callable[[FxsEvent], None],
        flash_accept_ms: tuple[int, int] | None = None,
    ) -> None:
        self._end = end
        self._wake = wake
        self._protocol = HookProtocol(flash_accept_ms or plan.flash_accept_ms, plan.pulse.digits)
        self._deadlines = Deadlines[FxsEvent](self._protocol, on_event)
        end.wires.source_watchers.append(self._line_changed)

    @property
    def off_hook(self) -> bool:
        return self._protocol.off_hook

    @property
    def pulsing(self) -> bool:
        """True from the end of a digit's first pulse until the digit is told."""
        return self._protocol.pulsing

    def stop(self) -> None:
        """No more events, unless the line changes again."""
        self._deadlines.stop()

    def _line_changed(self) -> None:
        wires = self._end.wires
        if wires.battery is Battery.OPEN or self._end.fetching:
            return
        if wires.closed:
            wires.ring(False)
            self._wake()
        self._deadlines.after(self._protocol.loop(wires.closed, asyncio.get_running_loop().time()))
