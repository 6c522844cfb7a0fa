"""What a cellular network makes of the keys of a telephone: short tones, unequal, coded as speech, and echoed."""

from __future__ import annotations

import numpy as np

from hw.audio import Samples
from hw.dsp.dtmf import dtmf_samples
from hw.dsp.gsm import gsm_coded

KEY_MS = 35.0
"""The network makes a tone of its own of a key, as short as this, however long the key is pressed."""
TWIST_DB = 6.0
"""How much weaker the higher tone of each digit is than the lower."""
ECHO_AFTER_MS = 60.0
"""The pause between a digit and its echo."""
ECHO_LOSS_DB = 8.0
"""How much weaker the echo is: it has passed the coder and a hybrid once more."""
SHORTEST_CYCLE_MS = 200.0
"""From one digit to the next, at the least: its echo is over by then."""
JITTER_MS = 3.0
"""How much longer that is, so that no two digits in a row lie alike in the coder's frames."""


def cellular_keys(digits: str, dbm0: float, cycle_ms: float) -> Samples:
    """These keys as they leave a cellular network. dbm0: the level of the lower tones. ValueError for no DTMF digit."""
    echo_dbm0 = dbm0 - ECHO_LOSS_DB
    rest_ms = max(cycle_ms, SHORTEST_CYCLE_MS) + JITTER_MS - 2 * KEY_MS - ECHO_AFTER_MS
    parts: list[Samples] = []
    for digit in digits:
        parts.append(dtmf_samples(digit, dbm0, dbm0 - TWIST_DB, KEY_MS, ECHO_AFTER_MS))
        parts.append(dtmf_samples(digit, echo_dbm0, echo_dbm0 - TWIST_DB, KEY_MS, rest_ms))
    return gsm_coded(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int16)
