"""Japan's number display at the terminal: short rings on a reversed line ask it to take caller ID, off hook in silence.

The terminal closes the loop, receives the data and opens it again; the real ringing comes behind. To whoever uses the
terminal it stays on hook all the time (facts §3.5).
"""

from __future__ import annotations

import asyncio

from hw.audio import Frame
from hw.calleridrx import CallerIdReceiver
from hw.sim.loop import Loop
from hw.toneplan import TonePlan

LONGEST_S = 7.0


class DataCall:
    """The data calls of one terminal. Does nothing in other countries."""

    def __init__(self, loop: Loop, terminal: object, plan: TonePlan) -> None:
        self._loop = loop
        self._terminal = terminal
        self._here = plan.caller_id.method == "jclip"
        self._receiver: CallerIdReceiver | None = None
        self._timer: asyncio.TimerHandle | None = None

    def asked(self) -> bool:
        """True where ring voltage on the line only asks for a data call. Takes the call, if not yet taken."""
        if not self._here or self._loop.polarity >= 0:
            return False
        if self._loop.ringing and self._receiver is None:
            self._receiver = CallerIdReceiver("jclip")
            self._timer = asyncio.get_running_loop().call_later(LONGEST_S, self.end)
            self._loop.close(self._terminal, True)
        return True

    def hear(self, frame: Frame) -> None:
        """What the terminal hears on hook; the call ends with its message."""
        if self._receiver is not None and self._receiver.feed(frame) is not None:
            self.end()

    def end(self, stay: bool = False) -> None:
        """Open the loop again, unless the terminal is lifted now. Harmless where there is no data call."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._receiver is not None:
            self._receiver = None
            if not stay:
                self._loop.close(self._terminal, False)
