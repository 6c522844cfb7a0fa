"""A call's sound, frame by frame, straight from and to memory.

The library's conference bridge would run a thread with a clock of its own and call Python for each frame of each
call. Instead the bridge is left without a clock, and the worker takes each frame from the call's stream, and gives it
one, at the unit's own tick, by the C functions that the bridge would have called (pjmedia/port.h). These two
functions and the frame's structure have been the same since PJSIP 1.0.
"""

from __future__ import annotations

import ctypes

from hw.sip.framememory import FRAME_BYTES, RING_FRAMES, FrameMemory, heard_offset, said_offset

_AUDIO = 1  # PJMEDIA_FRAME_TYPE_AUDIO
_COUNTER = 0xFFFFFFFF
_MOST_WAITING = 2
"""Frames said that may wait: one, and one early. More would only be delay."""


class _Frame(ctypes.Structure):
    """struct pjmedia_frame."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("buf", ctypes.c_void_p),
        ("size", ctypes.c_size_t),
        ("timestamp", ctypes.c_uint64),
        ("bit_info", ctypes.c_uint32),
    )


class StreamPort:
    """One call's audio stream, joined to its slot of the frame memory.

    library: the loaded library; pointer: the address of the stream's pjmedia_port. The structure of each frame is made
    beforehand, as a tick must cost little.
    """

    def __init__(self, library: ctypes.PyDLL, pointer: int, memory: FrameMemory, slot: int) -> None:
        self._get, self._put = library.pjmedia_port_get_frame, library.pjmedia_port_put_frame
        self._get.argtypes = self._put.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        self._pointer = pointer
        self._slot = slot
        self._heard_count, self._said_count = memory.heard, memory.said
        rings = memory.address()
        self._heard = [_frame(rings + heard_offset(slot, place)) for place in range(RING_FRAMES)]
        self._said = [_frame(rings + said_offset(slot, place)) for place in range(RING_FRAMES)]
        self._silence = _frame(memory.silence())
        self._played = memory.said[slot]

    def tick(self) -> None:
        """One frame each way: what was said goes out, and what the far end says next comes into its ring.

        Where nothing was said in time silence goes out; where nothing came, what the library makes up, or silence.
        """
        slot = self._slot
        waiting = (self._said_count[slot] - self._played) & _COUNTER
        if waiting > _MOST_WAITING:
            self._played += waiting - 1
        frame = self._said[self._played % RING_FRAMES] if waiting else self._silence
        self._played = (self._played + 1) & _COUNTER if waiting else self._played
        self._put(self._pointer, ctypes.byref(frame))
        count = self._heard_count[slot]
        frame = self._heard[count % RING_FRAMES]
        frame.type, frame.size = _AUDIO, FRAME_BYTES
        self._get(self._pointer, ctypes.byref(frame))
        if frame.type != _AUDIO:
            ctypes.memset(frame.buf, 0, FRAME_BYTES)
        self._heard_count[slot] = (count + 1) & _COUNTER


class StreamClock:
    """Asks a port for frames that nobody hears, as a clock would. pointer: the address of its pjmedia_port."""

    def __init__(self, library: ctypes.PyDLL, pointer: int) -> None:
        self._get = library.pjmedia_port_get_frame
        self._get.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        self._pointer = pointer
        self._room = ctypes.create_string_buffer(FRAME_BYTES)

    def tick(self) -> None:
        self._get(self._pointer, ctypes.byref(_frame(ctypes.addressof(self._room))))


def _frame(address: int) -> _Frame:
    return _Frame(_AUDIO, address, FRAME_BYTES, 0, 0)
