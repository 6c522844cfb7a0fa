"""A fax machine on a telephone line: the library's T.30 (spandsp/t30.h), with modems and frames that are ours.

    machine = T30(T30Set(calling=False, identity="+43 1 5550100", receive_into="/tmp/fax.tif"))
    machine.feed(frame); line.write(machine.next())     # every 20 ms, until machine.completion is not None

T.85 (JBIG) is not offered, as the library cuts off the bottom of pages with it (freeswitch/spandsp#25).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hw.audio import FRAME_SECONDS, Frame
from hw.dsp.faxmodems import FaxModems, FaxSignal, ModemStatus
from hw.dsp.library import ffi, spandsp
from hw.dsp.pagemodem import BitPipe
from hw.dsp.t30guard import FrameKind, kind_of, let_through

ffi.cdef(
    """
    typedef struct t30_state_s t30_state_t;
    typedef void (t30_set_handler_t)(void *user_data, int type, int bit_rate, int short_train, int use_hdlc);
    typedef void (t30_send_hdlc_handler_t)(void *user_data, const uint8_t msg[], int len);
    typedef int (t30_phase_b_handler_t)(t30_state_t *s, void *user_data, int result);
    typedef int (t30_phase_d_handler_t)(t30_state_t *s, void *user_data, int result);
    typedef void (t30_phase_e_handler_t)(t30_state_t *s, void *user_data, int completion_code);
    typedef struct {
        int bit_rate, error_correcting_mode, pages_tx, pages_rx, pages_in_file, x_resolution, y_resolution, width,
            length, image_size, encoding, bad_rows, longest_bad_row_run, error_correcting_mode_retries, current_status;
    } t30_stats_t;

    t30_state_t *t30_init(t30_state_t *s, int calling_party,
        t30_set_handler_t *set_rx_type_handler, void *set_rx_type_user_data,
        t30_set_handler_t *set_tx_type_handler, void *set_tx_type_user_data,
        t30_send_hdlc_handler_t *send_hdlc_handler, void *send_hdlc_user_data);
    int t30_restart(t30_state_t *s);
    int t30_free(t30_state_t *s);
    void t30_terminate(t30_state_t *s);
    void t30_front_end_status(void *user_data, int status);
    int t30_non_ecm_get_bit(void *user_data);
    void t30_non_ecm_put_bit(void *user_data, int bit);
    void t30_hdlc_accept(void *user_data, const uint8_t msg[], int len, int ok);
    void t30_timer_update(t30_state_t *s, int samples);
    void t30_get_transfer_statistics(t30_state_t *s, t30_stats_t *t);
    int t30_set_tx_ident(t30_state_t *s, const char *id);
    int t30_set_tx_sub_address(t30_state_t *s, const char *sub_address);
    int t30_set_tx_password(t30_state_t *s, const char *password);
    int t30_set_tx_page_header_info(t30_state_t *s, const char *info);
    const char *t30_get_rx_ident(t30_state_t *s);
    const char *t30_get_rx_sub_address(t30_state_t *s);
    void t30_set_rx_file(t30_state_t *s, const char *file, int stop_page);
    void t30_set_tx_file(t30_state_t *s, const char *file, int start_page, int stop_page);
    int t30_set_ecm_capability(t30_state_t *s, int enabled);
    int t30_set_rx_encoding(t30_state_t *s, int encoding);
    int t30_set_supported_modems(t30_state_t *s, int supported_modems);
    int t30_set_supported_compressions(t30_state_t *s, int supported_compressions);
    int t30_set_supported_resolutions(t30_state_t *s, int supported_resolutions);
    int t30_set_supported_image_sizes(t30_state_t *s, int supported_image_sizes);
    int t30_set_supported_t30_features(t30_state_t *s, int supported_t30_features);
    void t30_set_phase_b_handler(t30_state_t *s, t30_phase_b_handler_t *handler, void *user_data);
    void t30_set_phase_d_handler(t30_state_t *s, t30_phase_d_handler_t *handler, void *user_data);
    void t30_set_phase_e_handler(t30_state_t *s, t30_phase_e_handler_t *handler, void *user_data);
    const char *t30_completion_code_to_str(int result);
    """
)
_lib = spandsp()

_STEP_COMPLETE = 0
"""T30_FRONT_END_SEND_STEP_COMPLETE."""
_MODEMS = ((14400, 0x07), (9600, 0x03))
"""V.17, V.29 and V.27ter from a limit of 14400 bit/s on; V.29 and V.27ter from 9600 on."""
_V27TER = 0x01
_V27TER_BIT_RATE = 4800
_SPEEDS_AT, _SPEEDS = 4, 0x3C
"""Bits 11 to 14 of a DIS, in its frame. All zero: V.27ter at 2400 bit/s alone (ITU-T T.30 table 2), which the library
cannot be set to otherwise."""
_MH_MR_MMR = 0x02 | 0x04 | 0x08
_RESOLUTIONS = 0x01 | 0x02 | 0x04 | 0x20000
"""3.85, 7.7 and 15.4 lines/mm, each with 8 dots/mm."""
_SIZES = 0x01 | 0x10000 | 0x20000 | 0x80000 | 0x100000
"""215 mm wide; A4, letter and legal, and of any length."""
_FEATURES = 0x01 | 0x10
"""PWD and SUB."""
_GROUP_4 = 3
"""T4_COMPRESSION_ITU_T6: how received pages are written, however they came."""
_LONGEST_HEADER = 50

_CHECK_MISSED_S = 3.6
"""From the announcement of a training check, which lasts 3 s at the most with its training, to the answer that it has
failed. The sender waits for one for 3 s more."""
_LONGEST_UNHEARD_S = 300.0
"""A page without training is waited for to its end, but not for ever."""

DISCONNECT = bytes((0xFF, 0x13, FrameKind.DCN))
_NO_ANSWER_YET = bytes((0xFF, 0x13, 0xFF))
"""What the library says, which is nothing in T.30, when it is asked about the first page and has not noticed it. It
answers as it did before, and has not answered before."""
_CONFIRMATION = bytes((0xFF, 0x13, FrameKind.MCF))
_TRAINING = (FrameKind.DCS, FrameKind.CTC)
"""A fast modem trains at length behind these, however short the library would have it
(https://github.com/freeswitch/spandsp/issues/54), and shortly behind the answers to them."""
_PAGE_FOLLOWS = (FrameKind.CFR, FrameKind.CTR, FrameKind.MCF, FrameKind.RTP, FrameKind.PPR, FrameKind.ERR)
_TRAINED = (FrameKind.CFR, FrameKind.FTT, FrameKind.CTR)


@dataclass(frozen=True, slots=True)
class T30Set:
    """What one end of a fax is set to."""

    calling: bool
    """It begins with CNG and waits for the far end to say what that can; otherwise it begins with CED."""
    identity: str
    """CSI, TSI or CIG."""
    receive_into: str = ""
    """A TIFF file that is made; empty: nothing is received."""
    send_from: str = ""
    """A TIFF file; empty: nothing is sent."""
    header: str = ""
    """Of the line above each page that is sent; empty: none."""
    subaddress: str = ""
    """SUB that is sent."""
    password: str = ""
    """PWD that is sent."""
    ecm: bool = True
    """Errors are corrected, where the far end can."""
    most_bit_rate: int = 14400
    """bit/s."""


@dataclass(frozen=True, slots=True)
class T30Figures:
    """How far it is."""

    bit_rate: int
    """bit/s."""
    ecm: bool
    """Errors are corrected."""
    pages_sent: int
    """Of those, the far end has confirmed all."""
    pages_received: int
    """Of those, all are answered for or about to be."""
    pages_to_send: int
    """Of the whole file."""
    rows: int
    """Lines of the page that is sent or received, so far."""
    bad_rows: int
    """Lines of that page with errors."""


@ffi.callback("t30_set_handler_t")  # type: ignore[untyped-decorator]
def _receive(user_data: object, signal: int, bit_rate: int, short: int, framed: int) -> None:
    machine: T30 = ffi.from_handle(user_data)
    machine.modems.tell(lambda: machine.receive_next(FaxSignal(signal), bit_rate, bool(short), bool(framed)))


@ffi.callback("t30_set_handler_t")  # type: ignore[untyped-decorator]
def _send(user_data: object, signal: int, bit_rate: int, short: int, framed: int) -> None:
    machine: T30 = ffi.from_handle(user_data)
    machine.modems.tell(lambda: machine.send_next(FaxSignal(signal), bit_rate, short, bool(framed)))


@ffi.callback("t30_send_hdlc_handler_t")  # type: ignore[untyped-decorator]
def _send_frame(user_data: object, message: object, length: int) -> None:
    machine: T30 = ffi.from_handle(user_data)
    frame = bytes(ffi.buffer(message, length)) if length > 0 else b""
    machine.modems.tell(lambda: machine.send_frame(frame))


@ffi.callback("t30_phase_d_handler_t")  # type: ignore[untyped-decorator]
def _page_over(_state: object, user_data: object, _code: int) -> int:
    machine: T30 = ffi.from_handle(user_data)
    machine.modems.tell(lambda: machine.page_over(machine.figures))
    return 0


@ffi.callback("t30_phase_e_handler_t")  # type: ignore[untyped-decorator]
def _ended(_state: object, user_data: object, code: int) -> None:
    ffi.from_handle(user_data).ended(code)


class T30:
    """One end of a fax. Raises OSError where its library cannot even begin."""

    def __init__(self, settings: T30Set) -> None:
        self.completion: int | None = None
        """The library's T30_ERR_ code, once the procedure is over; 0: as it should be."""
        self.frame_heard: Callable[[FrameKind, bytes], None] = lambda _kind, _frame: None
        """Told of every good frame of the far end, before the library."""
        self.frame_to_send: Callable[[FrameKind, bytes], bytes] = lambda _kind, frame: frame
        """Asked before a frame is sent. It says what is sent: the frame, another one, or nothing."""
        self.page_lost: Callable[[], None] = lambda: None
        """Told when the carrier of a page without error correction has ended."""
        self.page_over: Callable[[T30Figures], None] = lambda _figures: None
        """Told when a page has been sent and answered, or received and is about to be answered."""
        self.modems = FaxModems()
        """What makes sound of frames and pages, and the other way round."""
        self.modems.frame_heard = self._frame_heard
        self.modems.status_heard = self._status_heard
        self.modems.step_sent = self._step_sent
        self._slowest = settings.most_bit_rate < _V27TER_BIT_RATE
        self._long_training = True
        self._waited = 0
        """Ticks for which a page or a training check has been waited for."""
        self._check_awaited = False
        """A training check was announced. Where the library does not notice it, it waits for ever, and ends the fax
        when the sender announces the next one: it is told that the check has come and was no good."""
        self._page_awaited = False
        """A page is to come, or a part of it, and nothing was said since. The library gives a page up while the sender
        is in the middle of it, and speaks over it, where it has not understood the training or has lost the carrier:
        its timers stand still while something is heard."""
        self._held = 0
        """Ticks for which they have."""
        self._statistics = ffi.new("t30_stats_t *")
        self._handle = handle = ffi.new_handle(self)
        self._state: Any = None
        state = _lib.t30_init(ffi.NULL, settings.calling, _receive, handle, _send, handle, _send_frame, handle)
        if not state:
            raise OSError("the library has made no fax machine")
        self._state = ffi.gc(state, _lib.t30_free)
        self.modems.pages_in = self._pipe("put_bit_func_t", "t30_non_ecm_put_bit")
        self.modems.pages_out = self._pipe("get_bit_func_t", "t30_non_ecm_get_bit")
        self._set(settings)

    def feed(self, frame: Frame) -> None:
        """Hear a frame of the line."""
        self.modems.feed(frame)
        self._waited = self._waited + 1 if self.modems.trained is False else 0
        self._held = self._held + 1 if self._page_awaited and self.modems.loud else 0
        if not 0 < self._held * FRAME_SECONDS < _LONGEST_UNHEARD_S:
            _lib.t30_timer_update(self._state, len(frame))
        if self._check_awaited and self._waited * FRAME_SECONDS >= _CHECK_MISSED_S and not self.modems.loud:
            self._check_awaited = False
            for status in (ModemStatus.TRAINING_SUCCEEDED, ModemStatus.CARRIER_DOWN):
                _lib.t30_non_ecm_put_bit(self._state, status)

    def next(self) -> Frame:
        """The frame for the line."""
        return self.modems.next()

    def terminate(self) -> None:
        """The line has gone."""
        _lib.t30_terminate(self._state)

    def disconnect(self) -> None:
        """End the procedure from this side: nothing is heard any more, and DCN is sent."""
        self.terminate()
        self.modems.frame_heard = lambda _frame: None
        self.modems.status_heard = lambda _status, _framed: None
        self.modems.step_sent = lambda: None
        self.modems.receive(FaxSignal.NONE)
        self.modems.send(FaxSignal.NONE)
        self.modems.send_frame(DISCONNECT)
        self.modems.send(FaxSignal.V21)
        self.modems.send_frame(b"")

    @property
    def figures(self) -> T30Figures:
        _lib.t30_get_transfer_statistics(self._state, self._statistics)
        now = self._statistics
        return T30Figures(
            now.bit_rate,
            bool(now.error_correcting_mode),
            now.pages_tx,
            now.pages_rx,
            now.pages_in_file,
            now.length,
            now.bad_rows,
        )

    @property
    def far_identity(self) -> str:
        """CSI, TSI or CIG of the far end, as it has come."""
        return _text(_lib.t30_get_rx_ident(self._state))

    @property
    def far_subaddress(self) -> str:
        """SUB of the far end, as it has come."""
        return _text(_lib.t30_get_rx_sub_address(self._state))

    # What the library calls

    def receive_next(self, signal: FaxSignal, bit_rate: int, short: bool, framed: bool) -> None:
        short = short and not self._long_training
        self.modems.receive(signal, bit_rate, short=short, framed=framed)

    def send_next(self, signal: FaxSignal, bit_rate: int, short: int, framed: bool) -> None:
        if signal is FaxSignal.PAUSE:
            self.modems.pause(short / 1000)
        else:
            self.modems.send(signal, bit_rate, short=bool(short) and not self._long_training, framed=framed)

    def send_frame(self, frame: bytes) -> None:
        frame = _CONFIRMATION if frame == _NO_ANSWER_YET else frame
        kind = kind_of(frame)
        if kind is None:
            self.modems.send_frame(frame)
            return
        self._passed(kind)
        self._page_awaited = kind in _PAGE_FOLLOWS
        if instead := self.frame_to_send(kind, frame):
            self.modems.send_frame(instead)

    def ended(self, code: int) -> None:
        self.completion = code

    def _frame_heard(self, frame: bytes | None) -> None:
        if frame is None:
            _lib.t30_hdlc_accept(self._state, b"", 0, 0)
        elif (given := let_through(frame)) is not None:
            kind = kind_of(given)
            assert kind is not None
            if kind is FrameKind.DIS and self._slowest:
                given = given[:_SPEEDS_AT] + bytes((given[_SPEEDS_AT] & ~_SPEEDS,)) + given[_SPEEDS_AT + 1 :]
            self._passed(kind)
            self._page_awaited = self._page_awaited and kind in (FrameKind.FCD, FrameKind.RCP)
            self.frame_heard(kind, given)
            _lib.t30_hdlc_accept(self._state, given, len(given), 1)

    def _status_heard(self, status: int, framed: bool) -> None:
        if status == ModemStatus.CARRIER_DOWN and not framed:
            self.page_lost()
        if framed:
            _lib.t30_hdlc_accept(self._state, ffi.NULL, status, 1)
        else:
            _lib.t30_non_ecm_put_bit(self._state, status)

    def _step_sent(self) -> None:
        _lib.t30_front_end_status(self._state, _STEP_COMPLETE)

    def _passed(self, kind: FrameKind) -> None:
        if kind in _TRAINING:
            self._long_training = True
            self._check_awaited = kind is FrameKind.DCS
        elif kind in _TRAINED:
            self._long_training = kind is not FrameKind.CFR
            self._check_awaited = False

    def _pipe(self, kind: str, function: str) -> BitPipe:
        return BitPipe(ffi.cast(kind, ffi.addressof(_lib, function)), self._state)

    def _set(self, settings: T30Set) -> None:
        state = self._state
        modems = next((modems for least, modems in _MODEMS if settings.most_bit_rate >= least), _V27TER)
        _lib.t30_set_tx_ident(state, _coded(settings.identity))
        _lib.t30_set_tx_page_header_info(state, _coded(settings.header, _LONGEST_HEADER))
        if settings.receive_into:
            _lib.t30_set_rx_file(state, settings.receive_into.encode(), -1)
        if settings.send_from:
            _lib.t30_set_tx_file(state, settings.send_from.encode(), -1, -1)
        if settings.subaddress:
            _lib.t30_set_tx_sub_address(state, _coded(settings.subaddress))
        if settings.password:
            _lib.t30_set_tx_password(state, _coded(settings.password))
        _lib.t30_set_ecm_capability(state, settings.ecm)
        _lib.t30_set_rx_encoding(state, _GROUP_4)
        _lib.t30_set_supported_modems(state, modems)
        _lib.t30_set_supported_compressions(state, _MH_MR_MMR)
        _lib.t30_set_supported_resolutions(state, _RESOLUTIONS)
        _lib.t30_set_supported_image_sizes(state, _SIZES)
        _lib.t30_set_supported_t30_features(state, _FEATURES)
        _lib.t30_set_phase_d_handler(state, _page_over, self._handle)
        _lib.t30_set_phase_e_handler(state, _ended, self._handle)


def completion_text(code: int) -> str:
    """What the library calls this way to end."""
    return _text(_lib.t30_completion_code_to_str(code))


def _coded(text: str, longest: int = 20) -> bytes:
    """As the library takes it, in ASCII: letters lose their accents, and what is left becomes a question mark."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).encode("ascii", "replace")[:longest]


def _text(pointer: Any) -> str:
    """What the far end has told. T.30 has digits and ASCII alone, but machines send accents in Latin 1; and some send
    what a terminal would obey."""
    text = ffi.string(pointer).decode("latin-1") if pointer else ""
    return "".join(letter for letter in text if letter.isprintable()).strip()
