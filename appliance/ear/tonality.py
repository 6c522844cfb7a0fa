"""Which stretches of sound are steady tones: one, two or four frequencies that stay where they are."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Floats, Samples
from hw.tones.sounds import sound_of
from hw.tones.toneplan import TonePlan

BATCH = 5
"""How many frames are fed at a time."""

_WINDOW = np.hanning(2 * FRAME_SAMPLES + 1)[: 2 * FRAME_SAMPLES].astype(np.float32)
_SIZE = 512
_HZ = SAMPLE_RATE / _SIZE
_PURE = 0.93
"""The least share of the energy in a few frequencies for two frames to be a tone."""
_STEADY_HZ = 20.0
"""The frequencies of a steady tone differ by less from frame to frame."""
_SHORTEST_FRAMES = 4
"""A steady tone lasts at least so long."""
_HOWLER_FRAMES = 25
"""How many frames of howler within two seconds tell it from other sounds."""
_IN_PLAN = 0.85
"""The least share of the energy in the frequencies of a tone of the plan."""


class _Overlapping:
    """The last BATCH pairs of frames, each pair beginning with the frame that ends the one before."""

    def __init__(self) -> None:
        self._sound = np.zeros((BATCH + 1) * FRAME_SAMPLES, np.float32)
        self.pairs: Floats = np.lib.stride_tricks.sliding_window_view(self._sound, 2 * FRAME_SAMPLES)[::FRAME_SAMPLES]
        """They change with each `feed`; shape (BATCH, 320)."""

    def feed(self, samples: Samples) -> None:
        """Take BATCH frames."""
        self._sound[:FRAME_SAMPLES] = self._sound[-FRAME_SAMPLES:]
        self._sound[FRAME_SAMPLES:] = samples


@dataclass(frozen=True, slots=True)
class Stretch:
    """A steady tone, from one frame number up to (not including) another. `hz`: its frequencies, rising; 4 at most."""

    first: int
    end: int
    hz: tuple[float, ...]


class Tonality:
    """Finds steady tones. Frames are fed in batches; a tone is added to `stretches` once it was steady for 80 ms."""

    def __init__(self) -> None:
        self._heard = _Overlapping()
        self._frame = 0
        self._run: Stretch | None = None
        self.stretches: list[Stretch] = []

    def feed(self, samples: Samples, loud: list[bool]) -> None:
        """Take BATCH frames; loud: which of them are above the silence threshold."""
        self._heard.feed(samples)
        if not any(loud):
            for _ in loud:
                self._next(())
            return
        power = np.abs(np.fft.rfft(self._heard.pairs * _WINDOW, _SIZE)) ** 2
        power[:, :8] = 0
        for row, is_loud in zip(power, loud, strict=True):
            self._next(_peaks(row) if is_loud else ())

    def is_tone(self, frame: int) -> bool:
        """Whether this frame lies in a steady tone or right at its edge."""
        return any(one.first - 1 <= frame <= one.end for one in reversed(self.stretches[-4:]))

    def over(self, since: int) -> list[Stretch]:
        """The tones that ended after frame `since`, without those still going on."""
        return [one for one in self.stretches if one.end > since and one.end < self._frame]

    def _next(self, hz: tuple[float, ...]) -> None:
        frame = self._frame
        self._frame += 1
        run = self._run
        if run is not None and _same(run.hz, hz):
            known = bool(self.stretches) and self.stretches[-1].first == run.first
            self._run = run = Stretch(run.first, frame + 1, run.hz)
            if known:
                self.stretches[-1] = run
            elif run.end - run.first >= _SHORTEST_FRAMES:
                self.stretches.append(run)
                del self.stretches[:-40]
        else:
            self._run = Stretch(frame, frame + 1, hz) if hz else None


def _same(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < _STEADY_HZ for a, b in zip(one, other, strict=True))


def _peaks(power: np.ndarray[tuple[int], np.dtype[np.float32]]) -> tuple[float, ...]:
    """The frequencies that hold nearly all of this spectrum, or none where it is not a tone."""
    total = float(power.sum())
    if total <= 0:
        return ()
    left, found = power.copy(), []
    held = 0.0
    for count in range(1, 5):
        top = int(left.argmax())
        lo, hi = max(top - 3, 0), top + 4
        part = left[lo:hi]
        energy = float(part.sum())
        found.append(float(np.dot(np.arange(lo, lo + len(part)), part)) / energy * _HZ if energy > 0 else 0.0)
        held += energy
        left[lo:hi] = 0
        if held >= _PURE * total and count != 3:
            return tuple(sorted(found))
    return ()


class PlanTones:
    """Knows the frequencies of a tone plan: which frames hold one of its tones, and whether the howler sounds.

    Each set of frequencies spans a few of the 320 dimensions of two frames; speech hardly ever lies in them wholly.
    """

    def __init__(self, plan: TonePlan) -> None:
        tones = (plan.dial, plan.recall, plan.stutter, plan.ringback, plan.busy, plan.reorder, plan.call_waiting)
        sets = {sound_of(segment).lines for tone in (*tones, plan.sit, plan.confirmation) for segment in tone.segments}
        sets.discard(())
        howler = tuple(hz for segment in plan.howler.segments for hz in sound_of(segment).lines)
        spans = [_span(hz) for hz in (*sorted(sets), howler)]
        self._spans = np.concatenate(spans, axis=1)
        self._firsts = np.cumsum([0, *(span.shape[1] for span in spans[:-1])])
        self._heard = _Overlapping()
        self._howls: list[bool] = []
        self._flags = bytearray()

    @property
    def howling(self) -> bool:
        """Whether there was half a second of howler or more within the last two seconds."""
        return sum(self._howls) >= _HOWLER_FRAMES

    def feed(self, samples: Samples, loud: list[bool]) -> None:
        """Take BATCH frames; loud: which of them are above the silence threshold."""
        self._heard.feed(samples)
        if not any(loud):
            self._flags.extend(bytes(BATCH))
            self._howls = [*self._howls[-95:], *(False for _ in loud)]
            return
        pairs = self._heard.pairs
        enough = _IN_PLAN * (np.einsum("ij,ij->i", pairs, pairs) + 1.0)
        held = np.add.reduceat((pairs @ self._spans) ** 2, self._firsts, axis=1)
        self._flags.extend((held[:, :-1].max(axis=1) > enough) & np.array(loud))
        self._howls = [*self._howls[-95:], *((held[:, -1] > enough) & np.array(loud)).tolist()]

    def is_tone(self, frame: int) -> bool:
        """Whether this frame or one beside it holds a tone of the plan."""
        return any(self._flags[max(frame - 1, 0) : frame + 2])

    def beginning(self, since: int, longest_pause: int) -> int | None:
        """The first frame of the latest row of tones with no pause (in frames) longer than this, not before `since`."""
        first: int | None = None
        for frame in range(len(self._flags) - 1, max(since, 0) - 1, -1):
            if self._flags[frame]:
                first = frame
            elif first is not None and first - frame > longest_pause:
                break
        return first


@functools.cache
def _span(hz: tuple[float, ...]) -> npt.NDArray[np.float32]:
    """An orthonormal basis of all sounds of these frequencies, whatever their levels and phases: shape (320, n)."""
    angles = 2 * np.pi / SAMPLE_RATE * np.outer(np.arange(2 * FRAME_SAMPLES), sorted(set(hz)))
    values = np.concatenate([np.cos(angles), np.sin(angles)], axis=1)
    left, strengths, _ = np.linalg.svd(values, full_matrices=False)
    basis: npt.NDArray[np.float32] = left[:, strengths > 0.05 * strengths[0]].astype(np.float32)
    return basis
