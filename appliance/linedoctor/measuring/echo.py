"""How much of what is sent comes back, before and after cancelling."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Floats, Samples, sine_peak
from hw.dsp.echo import EchoCanceller

TAIL_MS = 64
PROBE_S = 3.0
PROBE_DBM0 = -20.0
_TAPS = TAIL_MS * SAMPLE_RATE // 1000
_SETTLED_S = 2.0
"""After so long the canceller has learned the path."""


@dataclass(frozen=True, slots=True)
class EchoMeasured:
    """return_loss_db: how much weaker than what is sent its echo is. after_db: the same behind the canceller.

    delay_ms: when the strongest part of it comes.
    """

    return_loss_db: float
    after_db: float
    delay_ms: float


def probe() -> Samples:
    """What is sent to hear its echo: noise of the level of speech, always the same."""
    rng = np.random.default_rng(1876)
    noise = rng.normal(size=round(PROBE_S * SAMPLE_RATE)) * sine_peak(PROBE_DBM0) / np.sqrt(2)
    sent: Samples = np.clip(np.rint(noise), -32768, 32767).astype(np.int16)
    return sent


def measure_echo(sent: Samples, received: Samples, latency_samples: int = 0) -> EchoMeasured | None:
    """received: what came in from when `sent` was handed to the port, as long or longer. None where it is too short.

    latency_samples: so much later it left the port; only what comes behind is echo.
    """
    count = min(len(sent), len(received) - latency_samples) // FRAME_SAMPLES * FRAME_SAMPLES
    if count < _TAPS * 4:
        return None
    late = received[latency_samples : latency_samples + count]
    path = _path(sent[:count].astype(np.float32), late.astype(np.float32))
    loss = -20 * float(np.log10(max(float(np.linalg.norm(path)), 1e-5)))
    canceller, clean = EchoCanceller(TAIL_MS), []
    for place in range(0, count, FRAME_SAMPLES):
        clean.append(canceller.cancel(late[place : place + FRAME_SAMPLES], sent[place : place + FRAME_SAMPLES]))
    rest = np.concatenate(clean)[round(_SETTLED_S * SAMPLE_RATE) :]
    left = _path(sent[count - len(rest) : count].astype(np.float32), rest.astype(np.float32))
    after = -20 * float(np.log10(max(float(np.linalg.norm(left)), 1e-5)))
    return EchoMeasured(loss, max(after, loss), 1000 * int(np.abs(path).argmax()) / SAMPLE_RATE)


def _path(sent: Floats, received: Floats) -> Floats:
    """The echo path: the filter that makes of what was sent most of what came back, by least squares."""
    size = 1 << (len(sent) + _TAPS).bit_length()
    spectrum = np.fft.rfft(sent, size)
    own = np.fft.irfft(np.abs(spectrum) ** 2, size)[:_TAPS]
    cross = np.fft.irfft(np.conj(spectrum) * np.fft.rfft(received, size), size)[:_TAPS]
    places = np.abs(np.arange(_TAPS)[:, None] - np.arange(_TAPS)[None, :])
    matrix = own[places]
    matrix[np.diag_indices(_TAPS)] *= 1.0001
    path: Floats = np.linalg.solve(matrix, cross).astype(np.float32)
    return path
