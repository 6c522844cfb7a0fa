"""How much of a line's echo is cancelled, how soon, and what it costs."""

from __future__ import annotations

import time

import numpy as np

from hw.audio import FRAME_SECONDS, level_dbm0, seconds_of
from tests.bench.figure import Figure
from tests.hw.echoes import babble, cancelled, enhancement, hybrid, line
from tests.hw.signals import rounded

PATHS = 8
SECONDS = 8


def figures() -> list[Figure]:
    after: dict[int, list[float]] = {1: [], 3: []}
    kept, damage, spent = [], [], 0.0
    for seed in range(PATHS):
        sent, path = babble(SECONDS, seed), hybrid(seed, delay_ms=2.5 * seed)
        echo, received = line(sent, path)
        begun = time.perf_counter()
        left = cancelled(received, sent)
        spent += time.perf_counter() - begun
        for second, found in after.items():
            found.append(enhancement(echo, left, second + 1))
        # The near end begins to speak only when the echo path has been learned.
        near = babble(SECONDS, seed + 100)
        near[: SECONDS * 4000] = 0
        both, alone = cancelled(line(sent, path, near)[1], sent), cancelled(near, np.zeros_like(near))
        talking = slice(SECONDS * 4000, None)
        kept.append(level_dbm0(both[talking]) - level_dbm0(alone[talking]))
        damage.append(
            level_dbm0(alone[talking]) - level_dbm0(rounded(both[talking].astype(np.float64) - alone[talking]))
        )
    cost = spent / PATHS / seconds_of(sent) * FRAME_SECONDS * 1e6
    return [
        Figure("echo: ERLE after 1 s of speech, worst of 8 paths of 14 dB ERL", min(after[1]), "dB"),
        Figure("echo: ERLE after 3 s of speech, worst of 8 paths of 14 dB ERL", min(after[3]), "dB"),
        Figure("echo: ERLE after 3 s of speech, mean", float(np.mean(after[3])), "dB"),
        Figure("echo: level of the near end in double talk, greatest change", max(map(abs, kept)), "dB"),
        Figure("echo: near end over what double talk adds to it, worst", min(damage), "dB"),
        Figure("echo: cost of cancelling one frame", cost, "µs", "at most 60", cost <= 60),
    ]
