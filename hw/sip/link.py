"""A worker process, as the unit sees it: started, set up, told what to do, and started again when it dies."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np

from hw.sip import wire
from hw.sip.call import FrameRings
from hw.sip.framememory import RING_FRAMES, FrameMemory

SLOTS = 32
"""The most calls of one worker, though its library could carry more."""

_RESTART_SECONDS = 0.2
"""How soon a worker that has died is started again."""
_RESTART_FAILED_SECONDS = 2.0
"""The same for one that died before it was at work, as it may do so again."""
_HANGS_SECONDS = 2.0
"""A worker that has not incremented `alive` for so long hangs."""
_END_SECONDS = 2.0
"""How long a worker may take to end its calls when the unit stops."""
_BEGIN_SECONDS = 60.0
"""How long loading the library may take. A Raspberry Pi that is starting up needs some seconds."""


class SipUnavailable(RuntimeError):
    """SIP cannot be had on this unit; the message says why."""


class ForkServer:
    """The process that the workers come from (`hw.sip.worker.forkserver`). It is started again when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def order(self, link: socket.socket, memory: FrameMemory) -> None:
        """Have a worker made that uses this link and this frame memory."""
        for again in (False, True):
            if self._socket is None:
                self._start()
            assert self._socket is not None
            try:
                socket.send_fds(self._socket, [str(memory.slots).encode()], [link.fileno(), memory.fd])
                return
            except OSError:
                self.close()
                if again:
                    raise

    def close(self) -> None:
        """End it. Its workers go on."""
        process, self._process = self._process, None
        here, self._socket = self._socket, None
        if here is not None:
            here.close()
        if process is not None:
            process.kill()
            process.wait()  # It ends as soon as its socket is closed.

    def _start(self) -> None:
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "hw.sip.worker.forkserver", str(there.fileno())],
                pass_fds=(there.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=os.environ | {"MALLOC_ARENA_MAX": "1"},  # One thread needs one arena.
            )
        self._socket = here


class WorkerLink:
    """One worker.

    on_report: told each report. on_lost: told that the process has died, or was killed because it hung. All its calls
    are over then, and another process is being started.
    """

    def __init__(
        self,
        fork_server: ForkServer,
        on_report: Callable[[WorkerLink, Any], None],
        on_lost: Callable[[WorkerLink], None],
    ) -> None:
        self.memory = FrameMemory.create(SLOTS)
        """The sound of the worker's calls."""
        self.rings: FrameRings = np.frombuffer(self.memory.view(), dtype=np.int16).reshape(SLOTS, 2, RING_FRAMES, -1)
        """The same memory as an array, see `FrameRings`."""
        self.setup: wire.Configure | None = None
        """What the worker is told when it is there; None until this is known."""
        self.hello: asyncio.Future[wire.Hello] = asyncio.get_running_loop().create_future()
        """The first report of the first process."""
        self.serving = False
        """The worker is set up, and takes calls."""
        self.pid: int | None = None
        """The process id of the present process; None while there is none."""
        self._fork_server = fork_server
        self._on_report = on_report
        self._on_lost = on_lost
        self._process: int | None = None
        self._socket: socket.socket | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._alive = -1

    def start(self) -> None:
        """Start the process. It says hello when it is there."""
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        here.setblocking(False)
        with there:
            self._fork_server.order(there, self.memory)
        self._socket = here
        loop = asyncio.get_running_loop()
        loop.add_reader(here, self._read)
        self._timer = loop.call_later(_BEGIN_SECONDS, self._lost)

    def set_up(self, setup: wire.Configure) -> None:
        """Set the worker up, now and whenever its process is started again."""
        self.setup = setup
        if self.pid is not None:
            self.send(setup)

    def begin_again(self, setup: wire.Configure) -> None:
        """Replace the process by another one that is set up like this; all calls are over."""
        self.setup = setup
        if self._process is not None:
            _kill(self._process)

    def send(self, command: wire.Command) -> None:
        """Tell it something. For a worker that has died it is dropped: its calls are over."""
        if self._socket is not None:
            try:
                self._socket.send(wire.pack(command))
            except OSError:
                self._lost()

    def tick(self) -> None:
        """Tell it that a frame is due. If the link is full, this tick is left out."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.send(wire.TICK)

    async def close(self) -> None:
        """Ask the process to end, kill it if it does not within 2 s, and free what it used."""
        self.send(wire.Shutdown())
        process, self._process = self._process, None
        self._disconnect()
        if process is not None:
            ended = asyncio.Event()
            loop = asyncio.get_running_loop()
            loop.add_reader(process, ended.set)
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), _END_SECONDS)
            loop.remove_reader(process)
            _kill(process)
            os.close(process)
        self.memory.close()

    def _read(self) -> None:
        while self._socket is not None:
            try:
                data = self._socket.recv(wire.LARGEST_MESSAGE)
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
            case wire.Hello(pid):
                self._greeted(pid)
                if not self.hello.done():
                    self.hello.set_result(report)
                if self.setup is not None:
                    self.send(self.setup)
            case wire.Ready():
                self.serving = True
        self._on_report(self, report)

    def _greeted(self, pid: int) -> None:
        self.pid = pid
        with suppress(OSError):  # The process may have died already; then the link is closed, and that is noticed.
            self._process = os.pidfd_open(pid)
        self._alive = -1
        self._watch()

    def _watch(self) -> None:
        """Kill the worker if it hangs: it has not incremented `alive` for 2 s. It is then restarted like any other."""
        if self._timer is not None:
            self._timer.cancel()
        alive = self.memory.alive.value
        if alive == self._alive and self._process is not None:
            _kill(self._process)
        self._alive = alive
        self._timer = asyncio.get_running_loop().call_later(_HANGS_SECONDS, self._watch)

    def _lost(self) -> None:
        if self._socket is None:
            return
        self._disconnect()
        process, self._process, self.pid = self._process, None, None
        if process is not None:
            _kill(process)
            os.close(process)
        if not self.hello.done():
            self.hello.set_exception(SipUnavailable("the SIP library cannot be loaded: is pjsua2 installed?"))
            return
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


def _kill(process: int) -> None:
    """Kill the process of this descriptor, unless it has ended."""
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(process, signal.SIGKILL)
