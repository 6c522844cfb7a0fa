"""A fax modem of Class 1 (ITU-T T.31): commands in, sound out, and the other way round. spandsp's (spandsp/t31.h).

The far end of the commands is whoever has the modem, and the far end of the sound is the line. The library does the
carriers, the HDLC frames and the commands of class 1. What hook and line do is asked of its user (`LineRequest`), and
told to it (`CallEvent`).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

import numpy as np

from hw.audio import FRAME_SAMPLES, Frame
from hw.dsp.library import ffi, readable, spandsp, writable

ffi.cdef(
    """
    typedef struct t31_state_s t31_state_t;
    typedef int (*t31_at_tx_t)(void *at, void *user_data, const uint8_t *buf, size_t len);
    typedef int (*t31_control_t)(t31_state_t *s, void *user_data, int op, const char *num);
    typedef int (*t31_packet_t)(void *t38, void *user_data, const uint8_t *buf, int len, int count);
    t31_state_t *t31_init(
        t31_state_t *s, t31_at_tx_t at_tx, void *at_tx_user_data, t31_control_t control, void *control_user_data,
        t31_packet_t packet, void *packet_user_data);
    int t31_free(t31_state_t *s);
    void t31_call_event(t31_state_t *s, int event);
    int t31_at_rx(t31_state_t *s, const char *t, int len);
    int t31_rx(t31_state_t *s, int16_t *amp, int len);
    int t31_tx(t31_state_t *s, int16_t *amp, int max_len);
    void t31_set_transmit_on_idle(t31_state_t *s, int transmit_on_idle);
    """
)
_lib = spandsp()


class CallEvent(IntEnum):
    """What has become of a call (`enum at_call_event_e`)."""

    ALERTING = 1
    CONNECTED = 2
    """A number was dialled: CNG is sent, and an answer listened for."""
    ANSWERED = 3
    BUSY = 4
    NO_DIALTONE = 5
    NO_ANSWER = 6
    HANGUP = 7


class LineRequest(IntEnum):
    """What the modem wants of the line, or of whoever sends it commands (`enum at_modem_control_operation_e`)."""

    CALL = 0
    """Dial this number."""
    ANSWER = 1
    HANGUP = 2
    OFFHOOK = 3
    ONHOOK = 4
    DTR = 5
    RTS = 6
    CTS = 7
    """0: send no more data; 1: go on."""
    CAR = 8
    RNG = 9
    DSR = 10
    SETID = 11
    RESTART = 12
    DTE_TIMEOUT = 13


AT_ONCE = 512
"""Bytes that are handed over at once: the library has room for 1024 more when it asks for a pause (T31_TX_BUF_LEN less
T31_TX_BUF_HIGH_TIDE)."""


class _User:
    """Who has the modem."""

    def __init__(self, told: Callable[[bytes], None], asked: Callable[[LineRequest, str], None]) -> None:
        self.told = told
        self.asked = asked


@ffi.callback("t31_at_tx_t")  # type: ignore[untyped-decorator]
def _at_tx(_at: object, user_data: object, data: Any, length: int) -> int:
    ffi.from_handle(user_data).told(bytes(ffi.buffer(data, length)))
    return 0


@ffi.callback("t31_control_t")  # type: ignore[untyped-decorator]
def _control(_modem: object, user_data: object, operation: int, number: Any) -> int:
    """`number` is text for CALL and SETID alone. For all else it is a whole number in place of an address."""
    request = LineRequest(operation)
    if request in (LineRequest.CALL, LineRequest.SETID):
        value = ffi.string(number).decode("latin-1") if number else ""
    else:
        value = str(int(ffi.cast("intptr_t", number)))
    ffi.from_handle(user_data).asked(request, value)
    return 0


@ffi.callback("t31_packet_t")  # type: ignore[untyped-decorator]
def _no_packet(_t38: object, _user_data: object, _data: object, _length: int, _count: int) -> int:
    """The modem is on a line, and sends no packets of T.38."""
    return 0


class T31:
    """The modem. told: each piece of what it says to whoever commands it; a result code comes as a piece of its own,
    between two of CR LF. asked: what it wants, with the number or the value of it. Both are called from within
    `command`, `event`, `feed` and `next`.
    """

    def __init__(self, told: Callable[[bytes], None], asked: Callable[[LineRequest, str], None]) -> None:
        self._user = ffi.new_handle(_User(told, asked))
        user = self._user
        made = _lib.t31_init(ffi.NULL, _at_tx, user, _control, user, _no_packet, ffi.NULL)
        self._state = ffi.gc(made, _lib.t31_free)
        _lib.t31_set_transmit_on_idle(self._state, 1)

    def command(self, data: bytes) -> None:
        """Commands, or data to be sent: `AT_ONCE` bytes at most. ValueError for more."""
        if len(data) > AT_ONCE:
            raise ValueError(f"{len(data)} bytes at once")
        _lib.t31_at_rx(self._state, ffi.from_buffer("char[]", data), len(data))

    def event(self, event: CallEvent) -> None:
        """Tell it what has become of the call."""
        _lib.t31_call_event(self._state, event)

    def feed(self, frame: Frame) -> None:
        """20 ms of what is heard on the line."""
        _lib.t31_rx(self._state, readable(frame), len(frame))

    def next(self) -> Frame:
        """20 ms of what it sends."""
        frame = np.zeros(FRAME_SAMPLES, dtype=np.int16)
        _lib.t31_tx(self._state, writable(frame), FRAME_SAMPLES)
        return frame
