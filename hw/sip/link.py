"""A worker process, as the unit sees it: started, set up, told what to do, and started again when it dies."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np

from hw.sip import wire
from hw.sip.call import Rings
from hw.sip.framememory import RING_FRAMES, FrameMemory

SLOTS = 32
"""Most calls of one worker, whatever its library could carry."""

_RESTART_SECONDS = 0.2
_RESTART_FAILED_SECONDS = 2.0
_HANGS_SECONDS = 3.0
_END_SECONDS = 2.0


class WorkerLink:
    """One worker. setup: what it is told when it is there, once this is known.

    on_report: told each report. on_lost: told that the process has died, or was killed because it hung, with all its
    calls; another one is on its way then.
    """

    def __init__(self, on_report: Callable[[WorkerLink, Any], None], on_lost: Callable[[WorkerLink], None]) -> None:
        self.memory = FrameMemory.create(SLOTS)
        self.rings: Rings = np.frombuffer(self.memory.view(), dtype=np.int16).reshape(SLOTS, 2, RING_FRAMES, -1)
        self.setup: wire.Setup | None = None
        self.hello: asyncio.Future[wire.Hello] = asyncio.get_running_loop().create_future()
        self.serving = False
        self._on_report = on_report
        self._on_lost = on_lost
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._alive = -1

    @property
    def pid(self) -> int | None:
        """Its process, where there is one."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Start the process. It says hello when it is there."""
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        here.setblocking(False)
        command = [sys.executable, "-m", "hw.sip.worker", str(there.fileno()), str(self.memory.fd), str(SLOTS)]
        with there:
            self._process = subprocess.Popen(
                command,
                pass_fds=(there.fileno(), self.memory.fd),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=os.environ | {"MALLOC_ARENA_MAX": "1"},  # One thread needs one arena.
            )
        self._socket = here
        loop = asyncio.get_running_loop()
        loop.add_reader(here, self._read)
        self._alive = -1
        self._timer = loop.call_later(_HANGS_SECONDS, self._watch)

    def set_up(self, setup: wire.Setup) -> None:
        """Set it up, now and whenever it starts again."""
        self.setup = setup
        self.send(setup)

    def send(self, command: wire.Command) -> None:
        """Tell it something. What a worker that has died cannot be told is lost; its calls are over anyway."""
        if self._socket is not None:
            try:
                self._socket.send(wire.pack(command))
            except OSError:
                self._lost()

    def tick(self) -> None:
        """A frame's time has come. One that cannot be told is left out."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.send(wire.TICK)

    async def close(self) -> None:
        """End the process, kindly at first."""
        process, self._process = self._process, None
        self.send(wire.Shutdown())
        self._disconnect()
        if process is not None:
            loop = asyncio.get_running_loop()
            late = loop.call_later(_END_SECONDS, process.kill)
            await loop.run_in_executor(None, process.wait)
            late.cancel()

    def _read(self) -> None:
        while self._socket is not None:
            try:
                data = self._socket.recv(wire.LARGEST)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            if not data:
                self._lost()
                return
            self._take(wire.unpack(data))

    def _take(self, report: Any) -> None:
        match report:
            case wire.Hello():
                if not self.hello.done():
                    self.hello.set_result(report)
                if self.setup is not None:
                    self.send(self.setup)
            case wire.Ready():
                self.serving = True
        self._on_report(self, report)

    def _watch(self) -> None:
        """A worker that does not count on hangs, and is ended; that it was lost is then seen as for any other."""
        alive = self.memory.alive.value
        if alive == self._alive and self._process is not None:
            self._process.kill()
        self._alive = alive
        self._timer = asyncio.get_running_loop().call_later(_HANGS_SECONDS, self._watch)

    def _lost(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()  # It is dead already, or dies of this at once.
        self._disconnect()
        after = _RESTART_SECONDS if self.serving else _RESTART_FAILED_SECONDS
        self.serving = False
        self._timer = asyncio.get_running_loop().call_later(after, self.start)
        self._on_lost(self)

    def _disconnect(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
            self._socket = None
