"""A SIP worker: a process that carries the calls of some lines, and ends when the unit does.

It wakes when the unit says something, when SIP comes in, and otherwise ten times a second for the library's own
timers. Sound passes at the unit's ticks.
"""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from typing import Any

import pjsua2

from hw.sip import wire
from hw.sip.framememory import FrameMemory
from hw.sip.worker.useragent import SetupError, UserAgent

_TIMER_MS = 100
"""How often the library's timers are looked at. The shortest is 500 ms (RFC 3261, T1), so this is soon enough."""
_REPORT_MS = 1000
_TICK_MS = 20


class Worker:
    """One worker. link: its end of a pair of sockets, the other end is the unit's. `Configure` comes first."""

    def __init__(self, link: socket.socket, memory: FrameMemory) -> None:
        self._link = link
        self._memory = memory
        self._room = bytearray(wire.LARGEST_MESSAGE)
        self._over = False
        self._since_report_ms = 0
        self._poll = select.poll()
        self._poll.register(link, select.POLLIN)
        self._agent = UserAgent(self.tell, memory)

    def run(self) -> None:
        """Serve until told to shut down, or until the unit is gone."""
        link = self._link.fileno()
        while not self._over:
            ready = [fd for fd, _ in self._poll.poll(_TIMER_MS)]
            if not ready:
                self._since_report_ms += _TIMER_MS
            self._memory.alive.value += 1
            ticked = link in ready and self._listen()
            if not ticked or len(ready) > 1:
                self._agent.handle()
            if self._since_report_ms >= _REPORT_MS:
                self._since_report_ms = 0
                self._agent.report()

    def tell(self, report: wire.Report) -> None:
        """Send a report to the unit. If the link has no room for it the unit hangs, and this worker ends."""
        try:
            self._link.send(wire.pack(report))
        except OSError:
            self._over = True

    def _listen(self) -> bool:
        """Take one message of the unit's and do what it says. True for a tick: the library has been called in it."""
        size = self._link.recv_into(self._room)
        if size == len(wire.TICK):
            self._tick()
            return True
        if size:
            self._take(wire.unpack(self._room[:size]))
        else:
            self._over = True
        return False

    def _take(self, command: Any) -> None:
        match command:
            case wire.Configure():
                self._set_up(command)
            case wire.Shutdown():
                self._over = True
            case _:
                self._agent.do(command)

    def _set_up(self, setup: wire.Configure) -> None:
        try:
            self._agent.set_up(setup)
        except (SetupError, pjsua2.Error, OSError, ValueError) as error:
            self.tell(wire.Failed(getattr(error, "reason", "") or str(error)))
            self._over = True
            return
        self._poll.register(self._agent.socket, select.POLLIN)
        self.tell(wire.Ready())

    def _tick(self) -> None:
        """One frame each way for every call that has sound."""
        self._since_report_ms += _TICK_MS
        self._agent.handle()  # Takes the RTP packets that have come since the last tick.
        for call in self._agent.calls.values():
            if call.port is not None:
                call.port.tick()

    def close(self) -> None:
        """End all calls, and let the library say so."""
        self._agent.close()
        for _ in range(10):
            with suppress(pjsua2.Error):
                self._agent.handle()
