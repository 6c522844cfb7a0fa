"""The modems of a fax machine, one way at a time: V.21 for what both ends say to each other (spandsp's
fsk.h and hdlc.h), V.27ter, V.29 and V.17 for pages (`hw.dsp.pagemodem`).

The library has a front end like this one (fax.h), but gives every frame that it hears straight to its T.30. Here they
come by, so that they can be looked at first (`hw.dsp.t30guard`). Bits go from the library's modems to its T.30 without
a detour through Python.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from enum import IntEnum
from typing import Any

import numpy as np

import hw.dsp.fskmodem  # noqa: F401  (declares the receiving half of V.21)
from hw.audio import FRAME_SAMPLES, FULL_SCALE, SAMPLE_RATE, Frame, Samples, decibels, level_dbm0
from hw.dsp.library import ffi, readable, spandsp, writable
from hw.dsp.pagemodem import BitPipe, PageModem

ffi.cdef(
    """
    typedef void (*hdlc_frame_handler_t)(void *user_data, const uint8_t *pkt, int len, int ok);
    typedef void (*hdlc_underflow_handler_t)(void *user_data);

    extern const fsk_spec_t preset_fsk_specs[];
    float fsk_rx_signal_power(fsk_rx_state_t *s);
    int fsk_rx_restart(fsk_rx_state_t *s, const fsk_spec_t *spec, int framing_mode);
    typedef struct fsk_tx_state_s fsk_tx_state_t;
    fsk_tx_state_t *fsk_tx_init(
        fsk_tx_state_t *s, const fsk_spec_t *spec, get_bit_func_t get_bit, void *user_data);
    int fsk_tx_restart(fsk_tx_state_t *s, const fsk_spec_t *spec);
    int fsk_tx(fsk_tx_state_t *s, int16_t amp[], int len);
    int fsk_tx_free(fsk_tx_state_t *s);

    typedef struct hdlc_rx_state_s hdlc_rx_state_t;
    hdlc_rx_state_t *hdlc_rx_init(hdlc_rx_state_t *s, int crc32, int report_bad_frames, int framing_ok_threshold,
        hdlc_frame_handler_t handler, void *user_data);
    int hdlc_rx_restart(hdlc_rx_state_t *s);
    void hdlc_rx_put_bit(hdlc_rx_state_t *s, int new_bit);
    int hdlc_rx_free(hdlc_rx_state_t *s);
    typedef struct hdlc_tx_state_s hdlc_tx_state_t;
    hdlc_tx_state_t *hdlc_tx_init(hdlc_tx_state_t *s, int crc32, int inter_frame_flags, int progressive,
        hdlc_underflow_handler_t handler, void *user_data);
    int hdlc_tx_frame(hdlc_tx_state_t *s, const uint8_t *frame, size_t len);
    int hdlc_tx_flags(hdlc_tx_state_t *s, int len);
    int hdlc_tx_get_bit(hdlc_tx_state_t *s);
    int hdlc_tx_free(hdlc_tx_state_t *s);

    typedef struct silence_gen_state_s silence_gen_state_t;
    silence_gen_state_t *silence_gen_init(silence_gen_state_t *s, int silent_samples);
    void silence_gen_alter(silence_gen_state_t *s, int silent_samples);
    int silence_gen(silence_gen_state_t *s, int16_t *amp, int max_len);
    int silence_gen_free(silence_gen_state_t *s);
    typedef struct modem_connect_tones_tx_state_s modem_connect_tones_tx_state_t;
    modem_connect_tones_tx_state_t *modem_connect_tones_tx_init(modem_connect_tones_tx_state_t *s, int tone_type);
    int modem_connect_tones_tx(modem_connect_tones_tx_state_t *s, int16_t amp[], int len);
    int modem_connect_tones_tx_free(modem_connect_tones_tx_state_t *s);
    """
)
_lib = spandsp()


class FaxSignal(IntEnum):
    """What is sent or waited for, as the library's T.30 numbers it (T30_MODEM_ of t30.h)."""

    NONE = 0
    PAUSE = 1
    CED = 2
    CNG = 3
    V21 = 4
    V27TER = 5
    V29 = 6
    V17 = 7
    DONE = 9


class ModemStatus(IntEnum):
    """What a modem tells between its bits (SIG_STATUS_ of async.h)."""

    CARRIER_DOWN = -1
    CARRIER_UP = -2
    TRAINING_SUCCEEDED = -4
    TRAINING_FAILED = -5
    FRAMING_OK = -6


FAST = (FaxSignal.V27TER, FaxSignal.V29, FaxSignal.V17)

_GAP_SECONDS = 0.075
"""Between two signals of different kinds (ITU-T T.30 §5.3.2.2: 75 ± 20 ms)."""
_PREAMBLE_FLAGS = 37
"""1 s of flags at 300 bit/s comes before what is said by V.21 (ITU-T T.30 §5.3.1: 1 s ± 15 %)."""
_FAST_FLAGS_SECONDS = 0.2
"""Flags before the frames of a page with error correction (ITU-T T.30 A.3.1: 200 ms)."""
_FRAMING_FLAGS = 8
"""So many flags, one behind the other, are no accident."""
_FIRST_CUTOFF_DBM0 = -45.5
"""A carrier below is none, before the far end was heard: T.30 has machines hear -43 dBm0."""
_NOMINAL_DBM0 = -17.7
"""What the library measures of V.21 at -14 dBm0. Once the far end was heard, all of it is amplified to that level, as
the library's V.17 does not get through its short training with anything much weaker."""
_LEAST_GAIN_DB, _MOST_GAIN_DB = -6.0, 32.0
_SAME_LEVEL_DB = 3.0
_CUTOFF_DBM0 = -28.0
"""A carrier below is none from then on: the noise of a bad line must not be one that never ends."""
_TRAINING_CUTOFF_DBM0 = -33.5
"""The same for a page before the modem has trained. V.17 does not get through its short training where it notices the
carrier a moment later, and takes noise for it with less."""
_MOST_LOST = 2
"""Frames, 40 ms: gateways lose packets of 20 and 30 ms."""
_V21_CHANNEL_2 = 1
_SYNCHRONOUS = 1
"""The library's FSK_FRAME_MODE_SYNC."""
_TONES = {FaxSignal.CNG: 1, FaxSignal.CED: 2}
"""The library's numbers of them (modem_connect_tones.h)."""


@ffi.callback("hdlc_frame_handler_t")  # type: ignore[untyped-decorator]  # cffi has no types
def _frame_heard(user_data: object, packet: object, length: int, good: int) -> None:
    handler = ffi.from_handle(user_data)
    if length < 0:
        handler(length)
    else:
        handler(bytes(ffi.buffer(packet, length)) if good else None)


@ffi.callback("hdlc_underflow_handler_t")  # type: ignore[untyped-decorator]  # cffi has no types
def _underflow(user_data: object) -> None:
    ffi.from_handle(user_data)()


class FaxModems:
    """Both directions of a fax machine's line, 20 ms by 20 ms: first `feed`, then `next`."""

    def __init__(self) -> None:
        self.pages_in = BitPipe(ffi.NULL, ffi.NULL)
        """Where the bits of pages without error correction go to."""
        self.pages_out = BitPipe(ffi.NULL, ffi.NULL)
        """Where they come from."""
        self.frame_heard: Callable[[bytes | None], None] = lambda _frame: None
        """Told of every frame that has come, without its check sequence; None: of one with errors."""
        self.status_heard: Callable[[int, bool], None] = lambda _status, _framed: None
        """Told of carrier, training and flags; True: of a receiver of frames, False: of one of a page's bits."""
        self.step_sent: Callable[[], None] = lambda: None
        """Told when what was to be sent is sent."""
        self.loud = False
        """The last frame of the line was as loud as a carrier."""
        self.receiving = FaxSignal.NONE
        """What is waited for."""
        self.sending = FaxSignal.NONE
        """What is sent."""
        self._cutoff_dbm0 = self._training_cutoff_dbm0 = _FIRST_CUTOFF_DBM0
        self._gain_db = 0.0
        self._lost = 0
        """Frames of a page that were lost, one behind the other."""
        self._framed = False
        """What is waited for consists of frames."""
        self._trained = False
        """The fast modem has understood its training, and is the only one that listens."""
        self._v21_alone = False
        """A frame was heard by V.21 where a page was waited for: the far end repeats what it had said."""
        self._steps: deque[tuple[Any, Any]] = deque()
        self._handles = {
            name: ffi.new_handle(told)
            for name, told in {
                "v21": self._v21_heard,
                "fast": self._fast_heard,
                "status": self._fast_status,
                "sent": lambda: self.tell(lambda: self.step_sent()),
            }.items()
        }
        self._v21_frames = self._frame_receiver("v21")
        self._fast_frames = self._frame_receiver("fast")
        self._frames_out = ffi.gc(
            _lib.hdlc_tx_init(ffi.NULL, 0, 1, 0, _underflow, self._handles["sent"]), _lib.hdlc_tx_free
        )
        self._put_bit = ffi.cast("put_bit_func_t", ffi.addressof(_lib, "hdlc_rx_put_bit"))
        self._get_bit = ffi.cast("get_bit_func_t", ffi.addressof(_lib, "hdlc_tx_get_bit"))
        self._v21 = _lib.preset_fsk_specs + _V21_CHANNEL_2
        self._v21_receiver = self._slow_receiver()
        self._v21_sender = ffi.gc(
            _lib.fsk_tx_init(ffi.NULL, self._v21, self._get_bit, self._frames_out), _lib.fsk_tx_free
        )
        self._fast = {
            FaxSignal.V27TER: PageModem("v27ter", 4800, self._handles["status"]),
            FaxSignal.V29: PageModem("v29", 9600, self._handles["status"]),
            FaxSignal.V17: PageModem("v17", 14400, self._handles["status"]),
        }
        self._silence = ffi.gc(_lib.silence_gen_init(ffi.NULL, 0), _lib.silence_gen_free)
        self._tone: Any = None
        self._failed: Exception | None = None

    def receive(self, signal: FaxSignal, bit_rate: int = 0, *, short: bool = False, framed: bool = True) -> None:
        """Wait for this signal from now on. short: its training is the short one. framed: it consists of frames."""
        if signal is self.receiving:
            return
        self.receiving = signal
        self._framed = framed
        self._trained = self._v21_alone = False
        _lib.hdlc_rx_restart(self._v21_frames)
        _lib.hdlc_rx_restart(self._fast_frames)
        if signal in FAST or signal is FaxSignal.V21:
            _lib.fsk_rx_restart(self._v21_receiver, self._v21, _SYNCHRONOUS)
            _lib.fsk_rx_signal_cutoff(self._v21_receiver, self._cutoff_dbm0)
        if signal in FAST:
            into = BitPipe(self._put_bit, self._fast_frames) if framed else self.pages_in
            self._fast[signal].receive_from_now(bit_rate, short, into, self._training_cutoff_dbm0)

    def send(self, signal: FaxSignal, bit_rate: int = 0, *, short: bool = False, framed: bool = True) -> None:
        """Send this signal from now on, after the gap that T.30 wants. A frame may wait already: it comes behind the
        flags."""
        if signal is self.sending:
            return
        self.sending = signal
        self._steps.clear()
        gap = round(_GAP_SECONDS * SAMPLE_RATE)
        if signal is FaxSignal.V21:
            _lib.hdlc_tx_flags(self._frames_out, _PREAMBLE_FLAGS)
            _lib.fsk_tx_restart(self._v21_sender, self._v21)
            self._pause(gap)
            self._steps.append((_lib.fsk_tx, self._v21_sender))
        elif signal in FAST:
            if framed:
                _lib.hdlc_tx_flags(self._frames_out, round(bit_rate * _FAST_FLAGS_SECONDS / 8))
            modem = self._fast[signal]
            modem.send_from_now(bit_rate, short, BitPipe(self._get_bit, self._frames_out) if framed else self.pages_out)
            self._pause(gap)
            self._steps.append((modem.send, modem.sender))
        elif signal in _TONES:
            self._tone = ffi.gc(
                _lib.modem_connect_tones_tx_init(ffi.NULL, _TONES[signal]), _lib.modem_connect_tones_tx_free
            )
            self._steps.append((_lib.modem_connect_tones_tx, self._tone))

    def pause(self, seconds: float) -> None:
        """Send nothing for so long."""
        self.sending = FaxSignal.PAUSE
        self._steps.clear()
        self._pause(round(seconds * SAMPLE_RATE))

    def send_frame(self, frame: bytes) -> None:
        """Send a frame behind the flags or frames that are being sent; an empty one ends them."""
        _lib.hdlc_tx_frame(self._frames_out, frame or ffi.NULL, len(frame))

    def feed(self, frame: Frame) -> None:
        """Hear a frame of the line. Raises what a listener has raised."""
        levelled = self._levelled(frame)
        self.loud = level_dbm0(levelled) > self._cutoff_dbm0
        samples = readable(levelled)
        modem = self._fast.get(self.receiving)
        if modem is not None and not self._v21_alone:
            if self._was_lost(frame):
                modem.bridge(len(frame))
            else:
                modem.receive(modem.receiver, samples, len(frame))
        if (modem is not None and not self._trained) or self.receiving is FaxSignal.V21:
            _lib.fsk_rx(self._v21_receiver, samples, len(frame))
        self._raise()

    def next(self) -> Frame:
        """The frame for the line. Raises what a listener has raised."""
        frame: Samples = np.zeros(FRAME_SAMPLES, dtype=np.int16)
        amplitudes = writable(frame)
        sent = 0
        while self._steps:
            function, state = self._steps[0]
            steps = self._steps
            sent += function(state, amplitudes + sent, FRAME_SAMPLES - sent)
            if sent >= FRAME_SAMPLES:
                break
            if self._steps and self._steps[0][1] is state and steps is self._steps:
                self._steps.popleft()
                if not self._steps and self.sending not in (FaxSignal.NONE, FaxSignal.DONE):
                    self.step_sent()
        self._raise()
        return frame

    @property
    def trained(self) -> bool | None:
        """Whether the modem that waits for a page has understood its training; None: no page is waited for."""
        return self._trained if self.receiving in FAST else None

    @property
    def silent(self) -> bool:
        """Nothing is being sent."""
        return not self._steps

    def _was_lost(self, frame: Frame) -> bool:
        """Whether this is a packet that was lost in the middle of a page. A line that is only quiet is not silent to
        the last bit; one that is for longer is no accident: the carrier has ended."""
        self._lost = self._lost + 1 if self._trained and not frame.any() else 0
        return 0 < self._lost <= _MOST_LOST

    def _levelled(self, frame: Frame) -> Frame:
        if not self._gain_db:
            return frame
        louder: Frame = np.clip(frame * np.float32(decibels(self._gain_db)), -FULL_SCALE, FULL_SCALE).astype(np.int16)
        return louder

    def _pause(self, samples: int) -> None:
        _lib.silence_gen_alter(self._silence, samples)
        self._steps.append((_lib.silence_gen, self._silence))

    def _frame_receiver(self, handle: str) -> Any:
        return ffi.gc(
            _lib.hdlc_rx_init(ffi.NULL, 0, 1, _FRAMING_FLAGS, _frame_heard, self._handles[handle]), _lib.hdlc_rx_free
        )

    def _slow_receiver(self) -> Any:
        receiver = ffi.gc(
            _lib.fsk_rx_init(ffi.NULL, self._v21, _SYNCHRONOUS, self._put_bit, self._v21_frames), _lib.fsk_rx_free
        )
        _lib.fsk_rx_signal_cutoff(receiver, self._cutoff_dbm0)
        return receiver

    def _v21_heard(self, heard: bytes | int | None) -> None:
        if self._trained:
            return
        page_awaited = self.receiving in FAST and not self._v21_alone
        if isinstance(heard, int):
            if not (page_awaited and heard in (ModemStatus.CARRIER_UP, ModemStatus.CARRIER_DOWN)):
                self.tell(lambda: self.status_heard(heard, True))
        elif heard is not None or not page_awaited:
            if heard is not None:
                self._heard_at(_lib.fsk_rx_signal_power(self._v21_receiver))
            self._v21_alone = self.receiving in FAST
            self.tell(lambda: self.frame_heard(heard))

    def _heard_at(self, dbm0: float) -> None:
        """Level with what the far end was heard at. What lies within 3 dB stays as it is: V.17 trains shortly with what
        it has learnt of the level."""
        missing = _NOMINAL_DBM0 - dbm0
        if self._cutoff_dbm0 == _FIRST_CUTOFF_DBM0 or abs(missing) > _SAME_LEVEL_DB:
            self._gain_db = min(max(self._gain_db + missing, _LEAST_GAIN_DB), _MOST_GAIN_DB)
            self._cutoff_dbm0, self._training_cutoff_dbm0 = _CUTOFF_DBM0, _TRAINING_CUTOFF_DBM0
            _lib.fsk_rx_signal_cutoff(self._v21_receiver, _CUTOFF_DBM0)

    def _fast_heard(self, heard: bytes | int | None) -> None:
        if isinstance(heard, int):
            self.tell(lambda: self.status_heard(heard, True))
        else:
            self.tell(lambda: self.frame_heard(heard))

    def _fast_status(self, status: int) -> None:
        if status == ModemStatus.TRAINING_SUCCEEDED:
            self._trained = True
            self._fast[self.receiving].lose_below(self._cutoff_dbm0)
        self.tell(lambda: self.status_heard(status, self._framed))

    def tell(self, telling: Callable[[], None]) -> None:
        """Tell a listener. What it raises must not be lost in the C function that is running: `feed` and `next` raise
        it."""
        try:
            telling()
        except Exception as error:
            self._failed = self._failed or error

    def _raise(self) -> None:
        if self._failed is not None:
            error, self._failed = self._failed, None
            raise error
