"""The modems for the pages of a fax: V.27ter, V.29 and V.17 (spandsp's v27ter_*.h, v29*.h and v17*.h)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import hw.dsp.fskmodem  # noqa: F401  (declares put_bit_func_t)
from hw.dsp.library import ffi, spandsp

ffi.cdef(
    """
    typedef int (*get_bit_func_t)(void *user_data);
    typedef void (*modem_status_func_t)(void *user_data, int status);

    typedef struct v27ter_rx_state_s v27ter_rx_state_t;
    v27ter_rx_state_t *v27ter_rx_init(v27ter_rx_state_t *s, int bit_rate, put_bit_func_t put_bit, void *user_data);
    int v27ter_rx_restart(v27ter_rx_state_t *s, int bit_rate, int old_train);
    void v27ter_rx_set_put_bit(v27ter_rx_state_t *s, put_bit_func_t put_bit, void *user_data);
    void v27ter_rx_set_modem_status_handler(v27ter_rx_state_t *s, modem_status_func_t handler, void *user_data);
    void v27ter_rx_signal_cutoff(v27ter_rx_state_t *s, float cutoff);
    int v27ter_rx(v27ter_rx_state_t *s, const int16_t amp[], int len);
    int v27ter_rx_fillin(v27ter_rx_state_t *s, int len);
    int v27ter_rx_free(v27ter_rx_state_t *s);
    typedef struct v27ter_tx_state_s v27ter_tx_state_t;
    v27ter_tx_state_t *v27ter_tx_init(
        v27ter_tx_state_t *s, int bit_rate, int tep, get_bit_func_t get_bit, void *user_data);
    int v27ter_tx_restart(v27ter_tx_state_t *s, int bit_rate, int tep);
    void v27ter_tx_set_get_bit(v27ter_tx_state_t *s, get_bit_func_t get_bit, void *user_data);
    int v27ter_tx(v27ter_tx_state_t *s, int16_t amp[], int len);
    int v27ter_tx_free(v27ter_tx_state_t *s);

    typedef struct v29_rx_state_s v29_rx_state_t;
    v29_rx_state_t *v29_rx_init(v29_rx_state_t *s, int bit_rate, put_bit_func_t put_bit, void *user_data);
    int v29_rx_restart(v29_rx_state_t *s, int bit_rate, int old_train);
    void v29_rx_set_put_bit(v29_rx_state_t *s, put_bit_func_t put_bit, void *user_data);
    void v29_rx_set_modem_status_handler(v29_rx_state_t *s, modem_status_func_t handler, void *user_data);
    void v29_rx_signal_cutoff(v29_rx_state_t *s, float cutoff);
    int v29_rx(v29_rx_state_t *s, const int16_t amp[], int len);
    int v29_rx_fillin(v29_rx_state_t *s, int len);
    int v29_rx_free(v29_rx_state_t *s);
    typedef struct v29_tx_state_s v29_tx_state_t;
    v29_tx_state_t *v29_tx_init(v29_tx_state_t *s, int bit_rate, int tep, get_bit_func_t get_bit, void *user_data);
    int v29_tx_restart(v29_tx_state_t *s, int bit_rate, int tep);
    void v29_tx_set_get_bit(v29_tx_state_t *s, get_bit_func_t get_bit, void *user_data);
    int v29_tx(v29_tx_state_t *s, int16_t amp[], int len);
    int v29_tx_free(v29_tx_state_t *s);

    typedef struct v17_rx_state_s v17_rx_state_t;
    v17_rx_state_t *v17_rx_init(v17_rx_state_t *s, int bit_rate, put_bit_func_t put_bit, void *user_data);
    int v17_rx_restart(v17_rx_state_t *s, int bit_rate, int short_train);
    void v17_rx_set_put_bit(v17_rx_state_t *s, put_bit_func_t put_bit, void *user_data);
    void v17_rx_set_modem_status_handler(v17_rx_state_t *s, modem_status_func_t handler, void *user_data);
    void v17_rx_signal_cutoff(v17_rx_state_t *s, float cutoff);
    int v17_rx(v17_rx_state_t *s, const int16_t amp[], int len);
    int v17_rx_fillin(v17_rx_state_t *s, int len);
    int v17_rx_free(v17_rx_state_t *s);
    typedef struct v17_tx_state_s v17_tx_state_t;
    v17_tx_state_t *v17_tx_init(v17_tx_state_t *s, int bit_rate, int tep, get_bit_func_t get_bit, void *user_data);
    int v17_tx_restart(v17_tx_state_t *s, int bit_rate, int tep, int short_train);
    void v17_tx_set_get_bit(v17_tx_state_t *s, get_bit_func_t get_bit, void *user_data);
    int v17_tx(v17_tx_state_t *s, int16_t amp[], int len);
    int v17_tx_free(v17_tx_state_t *s);
    """
)
_lib = spandsp()


@dataclass(frozen=True, slots=True)
class BitPipe:
    """Where the bits of a page without error correction go to, or come from: a C function, and its first argument."""

    function: Any
    user_data: Any


@ffi.callback("modem_status_func_t")  # type: ignore[untyped-decorator]
def _status_heard(user_data: object, status: int) -> None:
    ffi.from_handle(user_data)(status)


class PageModem:
    """One of the modems for pages. It is kept for the whole fax: V.17 trains shortly with what it learnt at length."""

    def __init__(self, name: str, bit_rate: int, status_told: object) -> None:
        self.name = name
        self._status_told = status_told
        self.receiver = ffi.gc(
            self._call("rx_init")(ffi.NULL, bit_rate, ffi.NULL, ffi.NULL), getattr(_lib, f"{name}_rx_free")
        )
        self.sender = ffi.gc(
            self._call("tx_init")(ffi.NULL, bit_rate, 0, ffi.NULL, ffi.NULL), getattr(_lib, f"{name}_tx_free")
        )
        self.receive = self._call("rx")
        self.send = self._call("tx")

    def receive_from_now(self, bit_rate: int, short: bool, bits: BitPipe, cutoff_dbm0: float) -> None:
        """Wait for a carrier above this level, and give its bits away. short: it trains shortly (V.17 alone can)."""
        self._call("rx_signal_cutoff")(self.receiver, cutoff_dbm0)
        self._call("rx_restart")(self.receiver, bit_rate, short if self.name == "v17" else 0)
        self._call("rx_set_put_bit")(self.receiver, bits.function, bits.user_data)
        self._call("rx_set_modem_status_handler")(self.receiver, _status_heard, self._status_told)

    def bridge(self, samples: int) -> None:
        """So many samples were lost on their way: go on as if the carrier had gone on."""
        self._call("rx_fillin")(self.receiver, samples)

    def lose_below(self, cutoff_dbm0: float) -> None:
        """From now on the carrier has gone once it is below this level."""
        self._call("rx_signal_cutoff")(self.receiver, cutoff_dbm0)

    def send_from_now(self, bit_rate: int, short: bool, bits: BitPipe) -> None:
        """Send these bits, behind the training."""
        training = (short,) if self.name == "v17" else ()
        self._call("tx_restart")(self.sender, bit_rate, 0, *training)
        self._call("tx_set_get_bit")(self.sender, bits.function, bits.user_data)

    def _call(self, what: str) -> Any:
        return getattr(_lib, f"{self.name}_{what}")
