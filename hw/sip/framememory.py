"""The sound of a worker's calls, in memory that the unit and the worker share.

Each call has a slot with two rings of eight frames, one for each direction. Each ring has a counter of the frames
written to it so far; frame n is at place n % 8. Only one side ever writes a ring and its counter, and it writes the
frame first, so that neither side waits for the other. The memory has no name: it is gone when the last process that
uses it ends.
"""

from __future__ import annotations

import ctypes
import mmap
import os

FRAME_BYTES = 320
RING_FRAMES = 8
RING_BYTES = FRAME_BYTES * RING_FRAMES
_HEAD_BYTES = 4096


class FrameMemory:
    """This many slots in the memory of a file descriptor. `create` makes a new one.

    heard, said: the counters, by slot, of the frames that came from the far ends and of those sent to them.
    alive: a counter that the worker increments regularly, so that the unit notices when it hangs.
    """

    def __init__(self, fd: int, slots: int) -> None:
        self.fd = fd
        self.slots = slots
        self._map = mmap.mmap(fd, _size(slots))
        counters = ctypes.c_uint32 * slots
        self.heard = counters.from_buffer(self._map, 0)
        self.said = counters.from_buffer(self._map, 4 * slots)
        self.alive = ctypes.c_uint32.from_buffer(self._map, 8 * slots)

    @classmethod
    def create(cls, slots: int) -> FrameMemory:
        """New memory, all counters 0. Child processes get the descriptor only if it is passed to them expressly."""
        fd = os.memfd_create("copperdesk-sip", os.MFD_CLOEXEC)
        os.ftruncate(fd, _size(slots))
        return cls(fd, slots)

    def view(self) -> memoryview:
        """All rings: slot by slot the ring of frames heard, then that of frames said."""
        return memoryview(self._map)[_HEAD_BYTES : _HEAD_BYTES + self.slots * 2 * RING_BYTES]

    def address(self) -> int:
        """The address at which the rings begin in this process."""
        return ctypes.addressof(ctypes.c_char.from_buffer(self._map, _HEAD_BYTES))

    def silence(self) -> int:
        """The address of a frame of silence in this process; it is after the rings."""
        return self.address() + self.slots * 2 * RING_BYTES

    def close(self) -> None:
        """Close the descriptor. The memory stays mapped until no array refers to it any more."""
        os.close(self.fd)


def heard_offset(slot: int, count: int) -> int:
    """The place of frame number `count` that this slot has heard, in bytes from the beginning of the rings."""
    return 2 * slot * RING_BYTES + count % RING_FRAMES * FRAME_BYTES


def said_offset(slot: int, count: int) -> int:
    """The place of frame number `count` that this slot has said, in bytes from the beginning of the rings."""
    return (2 * slot + 1) * RING_BYTES + count % RING_FRAMES * FRAME_BYTES


def _size(slots: int) -> int:
    return _HEAD_BYTES + slots * 2 * RING_BYTES + FRAME_BYTES
