"""Moves a call's sound, frame by frame, between the library's stream and the memory shared with the unit.

The library's conference bridge would run a thread with a clock of its own and call Python for each frame of each
call. Instead, at each tick of the unit, the worker itself takes a frame from the call's stream and gives it one, by the
C functions that the bridge would have called (pjmedia/port.h). These two functions and the frame's structure have been
the same since PJSIP 1.0.

How much sound a stream takes and gives at a time is not ours to choose. The far end asks for it as the length of its
packets (a=ptime), and the library writes that much to wherever it is told to. So a stream whose frames are not 20 ms
long has two queues in between.

The library's jitter buffer adapts itself: where a packet is late it makes 10 ms of sound up, and later it leaves 10 ms
out again. A voice bears that. Of a fax each such slip costs lines, or the whole page: a modem loses its timing. The
library has no call by which its buffer is fixed while a stream goes on. So while a call carries data the buffer is
emptied at each tick, and asked for nothing when it is empty: it has nothing to adapt then. Whoever takes the sound
keeps the store that evens the delays out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

from hw.sip.framememory import FRAME_BYTES, RING_FRAMES, FrameMemory, heard_offset, said_offset

_AUDIO = 1  # PJMEDIA_FRAME_TYPE_AUDIO
_COUNTER = 0xFFFFFFFF
_LONGEST_FRAME_US = 1_000_000
_MOST_WAITING = 4
"""How many frames of ours may wait to be sent: as many as the engine makes at once where it makes up for late ticks, as
it then sends as many ticks, too. More would only delay."""
_LIBRARY_FRAME_BYTES = 160
"""The library's jitter buffer has G.711 in frames of 10 ms, whatever the length of the packets."""
_MOST_HANDED_ON = 2
"""How many frames of a modem are handed on in one tick at the most: the ring holds those of four ticks, which the
engine may make up for at once."""


class _Frame(ctypes.Structure):
    """struct pjmedia_frame."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("buf", ctypes.c_void_p),
        ("size", ctypes.c_size_t),
        ("timestamp", ctypes.c_uint64),
        ("bit_info", ctypes.c_uint32),
    )


class _PortInfo(ctypes.Structure):
    """The beginning of struct pjmedia_port: what kind of sound it takes and gives."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("name_length", ctypes.c_ssize_t),
        ("signature", ctypes.c_uint32),
        ("direction", ctypes.c_int),
        ("format_id", ctypes.c_uint32),
        ("format_type", ctypes.c_int),
        ("detail_type", ctypes.c_int),
        ("clock_rate", ctypes.c_uint),
        ("channels", ctypes.c_uint),
        ("frame_us", ctypes.c_uint),
        ("bits", ctypes.c_uint),
    )


def frame_bytes(pointer: int) -> int:
    """How many bytes of 16-bit samples the pjmedia_port at this address takes and gives at a time.

    RuntimeError where it is no port of sound at 8 kHz, or one of another build of the library.
    """
    info = _PortInfo.from_address(pointer)
    if (info.clock_rate, info.channels, info.bits) != (8000, 1, 16) or not 0 < info.frame_us <= _LONGEST_FRAME_US:
        raise RuntimeError("this build of pjsua2 tells of its streams' frames in another way")
    return int(2 * info.clock_rate * info.frame_us) // 1_000_000


class StreamPort:
    """One call's audio stream, joined to its slot of the frame memory.

    library: the loaded library. pointer: the address of the stream's pjmedia_port. The structures that describe the
    frames of the memory are made beforehand, so that a tick costs little.
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
        self._stream_bytes = frame_bytes(pointer)
        self._room = ctypes.create_string_buffer(self._stream_bytes)
        self._to_say, self._to_hear = bytearray(), bytearray()
        """Sound on its way to and from a stream whose frames are not as long as ours."""
        self.in_library: Callable[[], int] | None = None
        """Says how many frames of 10 ms the library holds; None for a voice, which gets a frame a tick whatever it
        holds."""

    def tick(self) -> None:
        """Move one frame each way: the unit's next frame goes out, and the far end's next one comes into its ring.

        If the unit has written none in time, silence goes out. If none has come from the far end, the ring gets what
        the library's concealment gives, or silence; a modem's sound is handed on as it has come.
        """
        slot = self._slot
        waiting = (self._said_count[slot] - self._played) & _COUNTER
        if waiting > _MOST_WAITING:
            self._played += waiting - 1
        frame = self._said[self._played % RING_FRAMES] if waiting else self._silence
        self._played = (self._played + 1) & _COUNTER if waiting else self._played
        if self._stream_bytes == FRAME_BYTES:
            self._put(self._pointer, ctypes.byref(frame))
        else:
            self._say(frame)
        for _ in range(self._due()):
            count = self._heard_count[slot]
            heard = self._heard[count % RING_FRAMES]
            if self._stream_bytes == FRAME_BYTES:
                self._take(heard)
            else:
                self._hear(heard)
            self._heard_count[slot] = (count + 1) & _COUNTER

    def _due(self) -> int:
        """How many frames are to be handed on in this tick."""
        if self.in_library is None:
            return 1
        come = self.in_library() * _LIBRARY_FRAME_BYTES // self._stream_bytes * self._stream_bytes
        return min((len(self._to_hear) + come) // FRAME_BYTES, _MOST_HANDED_ON)

    def _take(self, frame: _Frame) -> None:
        """Let the stream fill a frame with what was heard, or with silence."""
        frame.type, frame.size = _AUDIO, self._stream_bytes
        self._get(self._pointer, ctypes.byref(frame))
        if frame.type != _AUDIO:
            ctypes.memset(frame.buf, 0, self._stream_bytes)

    def _say(self, frame: _Frame) -> None:
        """Queue a frame of ours, and give the stream all whole frames of its own length that are in the queue."""
        self._to_say += ctypes.string_at(frame.buf, FRAME_BYTES)
        while len(self._to_say) >= self._stream_bytes:
            ctypes.memmove(self._room, bytes(self._to_say[: self._stream_bytes]), self._stream_bytes)
            del self._to_say[: self._stream_bytes]
            own = _Frame(_AUDIO, ctypes.addressof(self._room), self._stream_bytes, 0, 0)
            self._put(self._pointer, ctypes.byref(own))

    def _hear(self, frame: _Frame) -> None:
        """Fill a frame of ours from the queue; ask the stream as often as is needed to have enough in it."""
        while len(self._to_hear) < FRAME_BYTES:
            self._take(own := _Frame(_AUDIO, ctypes.addressof(self._room), self._stream_bytes, 0, 0))
            self._to_hear += ctypes.string_at(own.buf, self._stream_bytes)
        ctypes.memmove(frame.buf, bytes(self._to_hear[:FRAME_BYTES]), FRAME_BYTES)
        del self._to_hear[:FRAME_BYTES]


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
