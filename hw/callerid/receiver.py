"""Caller ID from the samples of a line: modem or DTMF signal in, `CallerId` out."""

from __future__ import annotations

from hw.audio import FRAME_SECONDS, Frame
from hw.callerid.coding import CallerId, CallerIdError, decode_dtmf, decode_message
from hw.callerid.fsk import FskReceiver, JclipReceiver
from hw.dsp.dtmf import DtmfReceiver

_LONGEST_PAUSE_FRAMES = round(1.0 / FRAME_SECONDS)
"""Digits of one caller ID follow each other within 150 ms; after a second what came before is forgotten."""


class CallerIdReceiver:
    """Listens for caller ID of one of the tone plan's methods. Damaged messages give nothing."""

    def __init__(self, method: str) -> None:
        """method: `bell202`, `v23`, `dtmf` or `jclip`. ValueError for another."""
        if method not in ("bell202", "v23", "dtmf", "jclip"):
            raise ValueError(f"no caller ID method {method!r}")
        self._dtmf = DtmfReceiver() if method == "dtmf" else None
        self._modem = JclipReceiver() if method == "jclip" else FskReceiver()
        self._digits = ""
        self._quiet_frames = 0

    def feed(self, frame: Frame) -> CallerId | None:
        """The caller ID that ended in this frame; usually None."""
        if self._dtmf is not None:
            return self._digits_heard(self._dtmf.feed(frame))
        for message in self._modem.feed(frame):
            try:
                decoded = decode_message(message)
            except CallerIdError:
                continue
            if isinstance(decoded, CallerId):
                return decoded
        return None

    def _digits_heard(self, digits: str) -> CallerId | None:
        if not digits:
            self._quiet_frames += 1
            if self._quiet_frames >= _LONGEST_PAUSE_FRAMES:
                self._digits = ""
            return None
        self._quiet_frames = 0
        self._digits += digits
        caller_id = decode_dtmf(self._digits)
        if caller_id is not None:
            self._digits = ""
        return caller_id
