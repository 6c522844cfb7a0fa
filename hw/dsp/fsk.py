"""Caller-ID modem: messages sent as 1200 baud FSK, and their receiver over spandsp (spandsp/adsi.h)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import numpy as np

from hw.audio import SAMPLE_RATE, Frame, Samples, decibels, sine_peak
from hw.dsp.library import ffi, readable, spandsp

ffi.cdef(
    """
    typedef struct adsi_rx_state_s adsi_rx_state_t;
    typedef void (*put_msg_func_t)(void *user_data, const uint8_t *msg, int len);
    adsi_rx_state_t *adsi_rx_init(adsi_rx_state_t *s, int standard, put_msg_func_t put_msg, void *user_data);
    int adsi_rx(adsi_rx_state_t *s, const int16_t *amp, int len);
    int adsi_rx_free(adsi_rx_state_t *s);
    """
)
_lib = spandsp()


class Fsk(Enum):
    """The signal on the line: (mark Hz, space Hz). JCLIP is V.23 in the frame of Japan's number display."""

    BELL202 = "bell202"
    V23 = "v23"
    JCLIP = "jclip"


_TONES = {Fsk.BELL202: (1200.0, 2200.0), Fsk.V23: (1300.0, 2100.0), Fsk.JCLIP: (1300.0, 2100.0)}
_BAUD = 1200.0
_TRAILING_BITS = 10

_GAIN = decibels(10)
"""The library's receiver is deaf below -30 dBm0 and this cannot be set, so it is given more."""

_ADSI_CLASS = 1
_ADSI_JCLIP = 4

_DLE, _SOH, _STX, _ETX = 0x10, 0x01, 0x02, 0x03


@ffi.callback("put_msg_func_t")  # type: ignore[untyped-decorator]
def _message_received(user_data: object, message: object, length: int) -> None:
    ffi.from_handle(user_data).append(bytes(ffi.buffer(message, length)))


class FskReceiver:
    """Receives messages of Bell 202 and V.23 alike, or with `jclip` of Japan's number display.

    Messages are (type, length, body): their checksum was verified and removed. A message with a wrong one is dropped.
    """

    def __init__(self, jclip: bool = False) -> None:
        self._jclip = jclip
        self._messages: list[bytes] = []
        self._handle = ffi.new_handle(self._messages)
        standard = _ADSI_JCLIP if jclip else _ADSI_CLASS
        self._state = ffi.gc(_lib.adsi_rx_init(ffi.NULL, standard, _message_received, self._handle), _lib.adsi_rx_free)

    def feed(self, frame: Frame) -> list[bytes]:
        """The messages that ended in this frame; usually none."""
        louder = np.clip(frame * np.float32(_GAIN), -32768, 32767).astype(np.int16)
        _lib.adsi_rx(self._state, readable(louder), len(louder))
        if not self._messages:
            return []
        messages, self._messages[:] = list(self._messages), []
        return [_unframed(message) for message in messages] if self._jclip else messages


def fsk_samples(
    message: bytes, standard: Fsk, dbm0: float = -13.5, seizure_bits: int = 300, mark_bits: int = 180
) -> Samples:
    """A message (type, length, body) as sound, its checksum added.

    dbm0: the level of the signal. seizure_bits: alternating bits before (0 off hook, 300 on hook), then mark_bits ones.
    JCLIP has no seizure whatever is asked, and 75 mark bits are usual.
    """
    if standard is Fsk.JCLIP:
        bits = [1] * mark_bits
        octets, stop_bits = _jclip_frame(message), 4
    else:
        bits = [i & 1 for i in range(seizure_bits)] + [1] * mark_bits
        octets, stop_bits = message + bytes([-sum(message) & 0xFF]), 1
    for octet in octets:
        bits += [0, *((octet >> i) & 1 for i in range(8)), *[1] * stop_bits]
    return fsk_signal(bits + [1] * _TRAILING_BITS, *_TONES[standard], dbm0=dbm0)


def fsk_signal(bits: list[int], mark_hz: float, space_hz: float, *, dbm0: float, baud: float = _BAUD) -> Samples:
    """These bits as continuous-phase FSK; ones are the mark."""
    count = int(len(bits) / baud * SAMPLE_RATE)
    which = np.asarray(bits)[(np.arange(count) * (baud / SAMPLE_RATE)).astype(np.int64)]
    phase = np.cumsum(np.where(which, mark_hz, space_hz)) * (2 * np.pi / SAMPLE_RATE)
    return np.clip(np.rint(sine_peak(dbm0) * np.sin(phase)), -32768, 32767).astype(np.int16)


def alert_samples(milliseconds: float = 85, dbm0: float = -17) -> Samples:
    """The dual tone 2130 + 2750 Hz that announces caller ID (DT-AS 88-110 ms, CAS 80-85 ms), dbm0 per tone."""
    seconds = np.arange(round(milliseconds * SAMPLE_RATE / 1000)) / SAMPLE_RATE
    wave = np.sin(2 * np.pi * 2130 * seconds) + np.sin(2 * np.pi * 2750 * seconds)
    return np.rint(sine_peak(dbm0) * wave).astype(np.int16)


def _jclip_frame(message: bytes) -> bytes:
    doubled = message.replace(bytes([_DLE]), bytes([_DLE, _DLE]))
    header = bytes([_DLE, _SOH, 0x07, _DLE, _STX])
    octets = [_even_parity(octet) for octet in (*header, *doubled, _DLE, _ETX)]
    return bytes(octets) + _crc16(octets[2:]).to_bytes(2, "little")


def _even_parity(octet: int) -> int:
    return octet & 0x7F | (octet.bit_count() & 1) << 7


def _crc16(octets: list[int]) -> int:
    """CRC-16 of ITU-T V.41, least significant bit first, from 0: what spandsp's JCLIP mode checks."""
    crc = 0
    for octet in octets:
        crc ^= octet
        for _ in range(8):
            crc = crc >> 1 ^ (0x8408 if crc & 1 else 0)
    return crc


def _unframed(frame: bytes) -> bytes:
    """The message between DLE STX and DLE ETX, doubled DLEs taken back."""
    return bytes(_content(frame))


def _content(frame: bytes) -> Iterator[int]:
    octets = iter(frame)
    inside = False
    for octet in octets:
        if octet == _DLE:
            octet = next(octets, _ETX)
            if octet == _STX and not inside:
                inside = True
                continue
            if octet == _ETX and inside:
                return
        if inside:
            yield octet
