"""A call's sound, frame by frame, straight from and to memory.

The library's conference bridge would run a thread with a clock of its own and call Python for each frame of each
call. Instead the bridge is left without a clock, and the worker takes each frame from the call's stream, and gives it
one, at the unit's own tick, by the C functions that the bridge would have called (pjmedia/port.h). These two
functions and the frame's structure have been the same since PJSIP 1.0.
"""

from __future__ import annotations

import ctypes

from hw.sip.framememory import FRAME_BYTES

_AUDIO = 1  # PJMEDIA_FRAME_TYPE_AUDIO


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
    """The port of one audio stream. `library`: the loaded library; pointer: the address of its pjmedia_port."""

    def __init__(self, library: ctypes.CDLL, pointer: int) -> None:
        self._get, self._put = library.pjmedia_port_get_frame, library.pjmedia_port_put_frame
        self._get.argtypes = self._put.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        self._pointer = pointer
        self._frame = _Frame()
        self._reference = ctypes.byref(self._frame)
        self._samples = 0

    def put(self, address: int) -> None:
        """Send the frame at this address to the far end."""
        frame = self._frame
        frame.type, frame.buf, frame.size, frame.timestamp = _AUDIO, address, FRAME_BYTES, self._samples
        self._samples += FRAME_BYTES // 2
        self._put(self._pointer, self._reference)

    def get(self, address: int) -> None:
        """Write what the far end says next to this address: 20 ms, made up or silent where nothing has come."""
        frame = self._frame
        frame.type, frame.buf, frame.size = _AUDIO, address, FRAME_BYTES
        self._get(self._pointer, self._reference)
        if frame.type != _AUDIO:
            ctypes.memset(address, 0, FRAME_BYTES)
