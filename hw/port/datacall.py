"""Carries out the data calls of a terminal, see `hw.port.datacall_protocol`."""

from __future__ import annotations

import asyncio

from hw.audio import Frame
from hw.callerid.receiver import CallerIdReceiver
from hw.port.datacall_protocol import DataCallProtocol
from hw.port.wires import TerminalWires
from hw.tones.toneplan import TonePlan


class DataCall:
    """The data calls of one terminal. They are made in Japan only; with any other country's plan it does nothing."""

    def __init__(self, wires: TerminalWires, terminal: object, plan: TonePlan) -> None:
        self._wires = wires
        self._terminal = terminal
        self._protocol = DataCallProtocol(plan.caller_id.alert == "data-call")
        self._receiver: CallerIdReceiver | None = None
        self._timer: asyncio.TimerHandle | None = None

    def asked(self) -> bool:
        """Whether ring voltage on the line only asks for a data call. If so the call is taken, if it was not yet."""
        loop = asyncio.get_running_loop()
        reversed = self._wires.polarity < 0
        no_ring = self._protocol.line(ringing=self._wires.rings, reversed=reversed, now=loop.time())
        if self._protocol.taking and self._receiver is None:
            self._receiver = CallerIdReceiver("jclip")
            if self._protocol.deadline is not None:
                self._timer = loop.call_at(self._protocol.deadline, self._due)
            self._wires.close(self._terminal, True)
        return no_ring

    def hear(self, frame: Frame) -> None:
        """Take the next frame that the terminal hears on hook. The data call ends when its message has come."""
        if self._receiver is not None and self._receiver.feed(frame) is not None:
            self.end()

    def end(self, stay: bool = False) -> None:
        """Open the loop again, unless the terminal is lifted now. Harmless where there is no data call."""
        self._protocol.over()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._receiver is not None:
            self._receiver = None
            if not stay:
                self._wires.close(self._terminal, False)

    def _due(self) -> None:
        self._protocol.due(asyncio.get_running_loop().time())
        if not self._protocol.taking:
            self.end()
