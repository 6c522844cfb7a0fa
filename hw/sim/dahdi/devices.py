"""The device files of the stand-in, as a file system in user space: the one module that imports mfusepy.

`/channel` becomes the channel that SPECIFY names, `/ctl` answers about all of them, and `/1`, `/2`… are channels.
FUSE hands on open, read, write, poll (EPOLLPRI, too) and the error 500 as they are. Of an ioctl it passes as many bytes
as its request code says, so requests that have more behind a pointer (ECHOCANCEL_PARAMS, LOADZONE) cannot be answered.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import os
import select
import signal
import stat
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mfusepy  # type: ignore[import-untyped]

from hw.dahdi.abi import INTEGER, ChannelParams, Ioctl
from hw.sim.dahdi.channel import StandInChannel
from hw.sim.dahdi.faults import CallFaults

BY_FORCE = 'umount -f -l "$0" 2>/dev/null || fusermount3 -u -z "$0"'
"""Unmounts even if a program has a file open; where this user may, all that waits for an answer fails then."""
GUARD = f'while [ -d "$1" ]; do sleep 1; done; {BY_FORCE} 2>/dev/null'
"""Unmounts by force once the thread that answers is gone, whose folder in /proc this is told. A process that is killed
may have other threads that wait for an answer, and none of them, nor the process, would ever end."""

MOUNTED_S = 10.0
IN_STEP_S = 10.0


class CannotMount(RuntimeError):
    """This machine mounts no file systems of users."""


class OpenFile:
    """A device file that a program has open."""

    def __init__(self, channel: StandInChannel | None) -> None:
        self.channel = channel
        self.gone = False
        """Its card was unplugged: every call fails with ENODEV from now on."""
        self.waiting: int | None = None
        """The kernel's handle by which whoever polls it is woken."""
        self.seen = True
        """It was polled, and had nothing, since something new came."""


class DeviceFiles(mfusepy.Operations):  # type: ignore[misc]
    """channels: those that there are, by number; they may change at any time. faults: what goes wrong with calls."""

    use_ns = True

    def __init__(self, channels: Mapping[int, StandInChannel], faults: CallFaults) -> None:
        self.there = True
        """The kernel module is loaded. Without it there is no device file at all."""
        self._channels = channels
        self._faults = faults
        self._files: dict[int, OpenFile] = {}
        self._next = 1
        self._mounted = threading.Event()
        self._polled = threading.Condition()
        self._handles = threading.Lock()
        self._library = ctypes.CDLL(ctypes.util.find_library("fuse3") or "libfuse3.so.3")
        self._thread: threading.Thread | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self._folder = Path()

    def mount(self, folder: Path) -> None:
        """Mount them here, in a thread of their own. CannotMount where this machine does not let us."""
        self._folder = folder
        options = {"foreground": True, "nothreads": True, "raw_fi": True, "fsname": "dahdi-stand-in"}
        self._thread = threading.Thread(
            target=lambda: mfusepy.FUSE(self, str(folder), **options), name="dahdi stand-in", daemon=True
        )
        self._thread.start()
        answering = f"/proc/{os.getpid()}/task/{self._thread.native_id}"
        guard = ["sh", "-c", GUARD, str(folder), answering]
        self._guard = subprocess.Popen(
            guard, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
        if not self._mounted.wait(MOUNTED_S):
            raise CannotMount("no file system could be mounted: is there /dev/fuse, and may this user mount?")
        _signals_are_ours()

    def unmount(self) -> None:
        """Take them away. Programs that have a file open get errors from now on."""
        folder = str(self._folder)
        if subprocess.run(["fusermount3", "-u", folder], stderr=subprocess.DEVNULL).returncode != 0:
            subprocess.run(["sh", "-c", BY_FORCE, folder], check=True)
        if self._thread is not None:
            self._thread.join(MOUNTED_S)
        if self._guard is not None:
            self._guard.kill()
            self._guard.wait()

    def new(self, channel: StandInChannel) -> None:
        """Wake whoever polls this channel: it has something new, or was unplugged."""
        for file in list(self._files.values()):
            if file.channel is channel:
                file.seen = False
                self._wake(file)

    def unplug(self, channel: StandInChannel) -> None:
        """Files that have this channel open fail from now on."""
        for file in list(self._files.values()):
            if file.channel is channel and not file.gone:
                file.gone = True
                self._wake(file)

    @property
    def gone_but_open(self) -> bool:
        """A program has not noticed yet that a card is gone."""
        return any(file.gone for file in list(self._files.values()))

    def wait_until_seen(self) -> None:
        """Wait until all that is new was taken by whoever polls. RuntimeError if it is not: the reader is stuck."""
        with self._polled:
            if not self._polled.wait_for(self._all_seen, IN_STEP_S):
                raise RuntimeError("nobody reads the stand-in's channels")

    def _all_seen(self) -> bool:
        return all(file.seen or file.waiting is None or file.gone for file in list(self._files.values()))

    def _wake(self, file: OpenFile) -> None:
        with self._handles:
            if file.waiting is not None:
                self._library.fuse_notify_poll(ctypes.c_void_p(file.waiting))

    # What the kernel asks.

    def init(self, path: str) -> None:
        self._mounted.set()

    def getattr(self, path: str, fh: Any = None) -> dict[str, Any]:
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o755, "st_nlink": 2}
        if path[1:] not in self._names():
            raise mfusepy.FuseOSError(errno.ENOENT)
        return {"st_mode": stat.S_IFREG | 0o660, "st_nlink": 1, "st_size": 0}

    def readdir(self, path: str, fh: Any) -> list[str]:
        return [".", "..", *self._names()]

    def open(self, path: str, info: Any) -> int:
        name = path[1:]
        if name not in self._names():
            raise mfusepy.FuseOSError(errno.ENOENT)
        channel = self._channels[int(name)] if name.isdigit() else None
        if channel is not None:
            channel.opened()
        info.direct_io, info.nonseekable, info.fh = 1, 1, self._next
        if hasattr(info, "noflush"):  # A program that ends would wait for an answer, which it may have to give itself.
            info.noflush = 1
        self._files[self._next] = OpenFile(channel)
        self._next += 1
        return 0

    def release(self, path: str, info: Any) -> int:
        with self._polled:
            file = self._files.pop(info.fh)
            self._polled.notify_all()
        self._wait_by(file, None)
        if file.channel is not None and not file.gone:
            file.channel.closed()
        return 0

    def flush(self, path: str, info: Any) -> int:
        return 0

    def read(self, path: str, size: int, offset: int, info: Any) -> bytes:
        channel = self._channel(info)
        self._faults.before_call()
        data = channel.read(size)
        part = self._faults.part(len(data))
        channel.unread(data[part:])
        return data[:part]

    def write(self, path: str, data: bytes, offset: int, info: Any) -> int:
        channel = self._channel(info)
        self._faults.before_call()
        return channel.write(data)

    def ioctl(self, path: str, code: int, argument: Any, info: Any, flags: int, data: Any) -> int:
        code &= 0xFFFFFFFF
        size = code >> 16 & 0x3FFF
        given = ctypes.string_at(data, size) if data and size else b""
        self._faults.before_call(interrupts_only=True)
        answer = self._answer(self._file(info), path, code, given)
        if answer:
            ctypes.memmove(data, answer, len(answer))
        return 0

    def poll(self, path: str, info: Any, handle: int | None, told: Any) -> int:
        file = self._files[info.fh]
        if handle:
            self._wait_by(file, handle)
        told[0] = self._ready(file)
        if not told[0] & (select.POLLIN | select.POLLPRI):
            with self._polled:
                file.seen = True
                self._polled.notify_all()
        return 0

    def _wait_by(self, file: OpenFile, handle: int | None) -> None:
        """Whoever polls this file is woken by this handle of the library's, and no longer by the one before."""
        with self._handles:
            if file.waiting is not None:
                self._library.fuse_pollhandle_destroy(ctypes.c_void_p(file.waiting))
            file.waiting = handle

    def _ready(self, file: OpenFile) -> int:
        if file.gone:
            return select.POLLERR | select.POLLHUP | select.POLLPRI
        channel = file.channel
        if channel is None:
            return 0
        ready = select.POLLIN if channel.readable else 0
        return ready | (select.POLLPRI if channel.has_event else 0) | select.POLLOUT

    def _answer(self, file: OpenFile, path: str, code: int, given: bytes) -> bytes:
        if file.channel is not None:
            return file.channel.request(code, given)
        if path == "/channel" and code == Ioctl.SPECIFY:
            channel = self._channels.get(INTEGER.unpack(given)[0])
            if channel is None:
                raise mfusepy.FuseOSError(errno.EINVAL)
            channel.opened()
            file.channel = channel
            return b""
        if code == Ioctl.GET_PARAMS:
            asked = self._channels.get(ChannelParams.unpack(given).channel)
            if asked is None:
                raise mfusepy.FuseOSError(errno.EINVAL)
            return asked.params()
        raise mfusepy.FuseOSError(errno.ENOTTY)

    def _names(self) -> list[str]:
        return ["ctl", "channel", *map(str, self._channels)] if self.there else []

    def _file(self, info: Any) -> OpenFile:
        file = self._files[info.fh]
        if file.gone:
            raise mfusepy.FuseOSError(errno.ENODEV)
        return file

    def _channel(self, info: Any) -> StandInChannel:
        channel = self._file(info).channel
        if channel is None:
            raise mfusepy.FuseOSError(errno.ENODEV)
        return channel


def _signals_are_ours() -> None:
    """Undo that the library takes SIGTERM and SIGHUP for a wish to unmount: they end the program, as always."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.getsignal(number) or signal.SIG_DFL)


def can_mount() -> bool:
    """Whether this machine has what mounting takes."""
    return os.access("/dev/fuse", os.R_OK | os.W_OK)
