"""The half of an FXO port that all cards share: hook, flash, playing out, and what the line's changes mean."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from hw.audio import Frame
from hw.callerid.coding import CallerId
from hw.linecard import CARD_LINE, FxoEvent, LineError, LineTraits
from hw.port.datacall import DataCall
from hw.port.fxo_protocol import FxoProtocol, LineCondition
from hw.port.playing import PlayOut
from hw.port.timing import Deadlines
from hw.port.wireport import WirePort
from hw.port.wires import TerminalWires
from hw.said import said
from hw.tones.toneplan import TonePlan

SHORTEST_FLASH_MS = 50
LONGEST_FLASH_MS = 1000
"""No country's exchange takes a shorter break for a hook flash, and a longer one for anything but hanging up."""


class FxoWirePort(WirePort):
    """See `hw.linecard.FxoPort`. `plan` gives the shortest loop break told as LoopBroken, and the form of caller ID.

    The driver calls `say` and `hear` once a frame; `wake` tells it that there may be something to say. open_for: opens
    the loop for so many milliseconds and closes it again, by a clock better than the loop's; None: there is none.
    """

    def __init__(
        self,
        wires: TerminalWires,
        wake: Callable[[], None],
        plan: TonePlan,
        open_for: Callable[[int], None] | None = None,
        *,
        traits: LineTraits = CARD_LINE,
    ) -> None:
        super().__init__(wires.name, traits)
        self._wires = wires
        wires.terminal_watchers.append(self._line_changed)
        self._wake = wake
        self._protocol = FxoProtocol(plan.disconnect_ms)
        self._deadlines = Deadlines[FxoEvent](self._protocol, self._tell)
        self._play_out = PlayOut(drifts=traits.drifts)
        self._data_call = DataCall(wires, self, plan)
        self._open_for = open_for
        self._flash_over: asyncio.TimerHandle | None = None
        self._off_hook = False

    @property
    def off_hook(self) -> bool:
        return self._off_hook

    @property
    def battery(self) -> bool:
        return self._wires.polarity != 0

    @property
    def dead_because(self) -> str:
        return said("no voltage on the line, is it plugged in?")

    def seize(self, number: str = "", caller_id: CallerId | None = None) -> None:
        if not self._off_hook:
            self._off_hook = True
            self._data_call.end(stay=True)
            self._hook(True)
            self._wake()

    def release(self) -> None:
        if self._off_hook:
            self._off_hook = False
            self._play_out.clear()
            self._forget_flash()
            self._hook(False)

    def flash(self, milliseconds: int) -> None:
        if not self._off_hook:
            raise LineError(f"{self.name} is on hook: no hook flash")
        if not SHORTEST_FLASH_MS <= milliseconds <= LONGEST_FLASH_MS:
            raise LineError(f"a hook flash lasts {SHORTEST_FLASH_MS} to {LONGEST_FLASH_MS} ms, not {milliseconds}")
        if self._flash_over is not None:
            raise LineError(f"{self.name} is still in a hook flash")
        if self._open_for is None:
            self._hook(False)
        else:
            self._open_for(milliseconds)
            self._told_hook(False)
        self._flash_over = asyncio.get_running_loop().call_later(milliseconds / 1000, self._end_flash)

    def write(self, frame: Frame) -> None:
        if self._off_hook:
            self._play_out.write(frame)

    def start(self) -> None:
        """The card starts: take the line as it is."""
        self._line_changed()

    def stop(self) -> None:
        """The card stops: no more events."""
        self._forget_flash()
        self._deadlines.stop()
        self._data_call.end()

    def say(self) -> Frame | None:
        """The next frame for the line; None where there is nothing to send."""
        frame = self._play_out.next()
        return None if self._flash_over is not None else frame

    def hear(self, frame: Frame) -> None:
        """A frame from the line, on hook too."""
        if not self._off_hook:
            self._data_call.hear(frame)
        self._on_frame(frame)

    def _forget_flash(self) -> None:
        if self._flash_over is not None:
            self._flash_over.cancel()
            self._flash_over = None

    def _end_flash(self) -> None:
        self._flash_over = None
        if self._open_for is None:
            self._hook(True)
        else:
            self._told_hook(True)

    def _hook(self, closed: bool) -> None:
        self._told_hook(closed)
        self._wires.close(self, closed)

    def _told_hook(self, closed: bool) -> None:
        now = asyncio.get_running_loop().time()
        self._deadlines.after(self._protocol.hook(closed, now))

    def _line_changed(self) -> None:
        wires = self._wires
        rings = wires.rings and (self._off_hook or not self._data_call.asked())
        condition = LineCondition(wires.polarity, rings, wires.closed_by_another(self))
        self._deadlines.after(self._protocol.line(condition, asyncio.get_running_loop().time()))

    def _tell(self, event: FxoEvent) -> None:
        self._on_event(event)
