"""All the clips a party might hear, and the search for where in them a short stretch of sound comes from.

All clips are joined to one long tape, with gaps between them. The spectra of the tape are computed once, in pages. A
search is one multiplication and one inverse transform of all pages (a fast correlation), so that it finds the
beginning, the middle or the end of any clip alike. It works at a sampling rate of 4 kHz, on the band below 1.8 kHz; the
caller checks what it finds on the full band.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from appliance.ear.searched import Searched
from hw.audio import SAMPLE_RATE, Floats, Samples

QUERY_SECONDS = 0.32
CONTEXT = 32
"""Samples at 8 kHz which `search` wants on each side of the query, for its filter."""

_AS_LIKELY = 0.9
"""A place this close to the likeliest is as likely: a language begins most of its menu lines with the same words."""

_UNSURE, _SURE = 0.4, 0.9
"""A search whose best likeness is between these is repeated with the query moved by one sample at 8 kHz. That is half a
sample at 4 kHz: where a hiss begins a word, the right clip would be no more like it than others are."""

_QUERY = int(QUERY_SECONDS * SAMPLE_RATE) // 2
_PAGE = 8192
_HOP = _PAGE - _QUERY
_SECTION = 432
_AT_ONCE = 32
"""Pages that are transformed together, few enough for their numbers to stay in the processor's cache."""

PRE_EMPHASIS = 0.9
"""The sample before, times this, is subtracted from each sample. That lifts the high frequencies, so that every formant
of speech weighs in a correlation."""


def lift(samples: npt.NDArray[np.generic]) -> Floats:
    """Pre-emphasise; the result is as long as the input."""
    wide = samples.astype(np.float32)
    wide[1:] -= PRE_EMPHASIS * wide[:-1]
    return wide


def _low_pass() -> Floats:
    n = np.arange(-20, 21)
    taps = np.sinc(n * 2 * 1750 / SAMPLE_RATE) * np.hamming(len(n))
    low: Floats = (taps / taps.sum()).astype(np.float32)
    return low


_TAPS = _low_pass()


def _halve(sound: Floats) -> Floats:
    """The sound at half its sampling rate, without the frequencies that this rate cannot hold."""
    half: Floats = np.convolve(sound, _TAPS, "same")[::2]
    return half


@dataclass(frozen=True, slots=True)
class KnownClip:
    """A clip that can be recognised. sound: after pre-emphasis. `first` and `last` bound what is audible of it, in
    samples; `level` is its mean square there."""

    text: str
    sound: Floats
    first: int
    last: int
    level: float


@dataclass(frozen=True, slots=True)
class FoundClip:
    """The query begins `offset` samples (8 kHz) into this clip; likeness is the normalised correlation, 0 to 1."""

    clip: KnownClip
    offset: int
    likeness: float


def make_clip(text: str, samples: Samples) -> KnownClip:
    sound = lift(samples)
    blocks = len(sound) // 80
    if not blocks:
        raise ValueError(f"a clip must be at least 10 ms long: {text!r}")
    power = (sound[: blocks * 80].reshape(blocks, 80) ** 2).mean(axis=1)
    audible = np.flatnonzero(power > power.max() * 1e-3)
    level = float(power[power > power.max() * 0.02].mean())
    return KnownClip(text, sound, int(audible[0]) * 80, min(int(audible[-1] + 1) * 80, len(sound)), level)


class ClipBook:
    """Known clips, to which more can be added at any time. One book serves any number of `Ear`s.

    base: another book that is searched as well; it holds once the clips that many books share.
    """

    def __init__(self, base: ClipBook | None = None) -> None:
        self._base = base
        self._clips: list[KnownClip] = []
        self._starts: list[int] = []
        self._spectra: npt.NDArray[np.complex64] | None = None
        self._weights: Floats = np.zeros((0, 0), np.float32)
        self._searched: dict[tuple[int, int], Searched[list[FoundClip]]] = {}

    @property
    def clips(self) -> tuple[KnownClip, ...]:
        """All of them, those of the base first."""
        return (*(self._base.clips if self._base is not None else ()), *self._clips)

    def add(self, text: str, samples: Samples) -> None:
        """Add a clip; one with no sound in it is ignored, and so is the same text with the same samples again."""
        if len(samples) < 400 or not samples.any():
            return
        clip = make_clip(text, samples)
        if any(old.text == text and np.array_equal(old.sound, clip.sound) for old in self.clips):
            return
        self._clips.append(clip)
        self._spectra = None
        self._searched.clear()

    def search(self, query: Floats, most: int = 6) -> list[FoundClip]:
        """The places from which this stretch may come, likeliest first: `most`, and more if as likely as the best.

        query: QUERY_SECONDS of sound at 8 kHz after pre-emphasis, with CONTEXT samples more on both sides.
        """
        found = self._found(query, most, 0)
        if found and _UNSURE < found[0].likeness < _SURE:
            found = sorted([*found, *self._found(query, most, 1)], key=lambda one: -one.likeness)
        alike = sum(one.likeness > _AS_LIKELY * found[0].likeness for one in found)
        return found[: max(most, alike)]

    def _found(self, query: Floats, most: int, moved: int) -> list[FoundClip]:
        """What is found here and in the base. moved: how many samples of the query, 0 or 1, are passed over."""
        found = self._base._found(query, most, moved) if self._base is not None else []
        if self._clips:
            found = sorted([*found, *self._own(query, most, moved)], key=lambda one: -one.likeness)
        return found

    def _own(self, query: Floats, most: int, moved: int) -> list[FoundClip]:
        """What is found here, without the base: remembered, or searched for."""
        low = _halve(query[moved:])[CONTEXT // 2 :][:_QUERY]
        energy = float(np.dot(low, low))
        if energy <= 0:
            return []
        low *= energy**-0.5
        searched = self._searched.setdefault((most, moved), Searched())
        found = searched.result(low)
        if found is None:
            found = self._search(low, most, moved)
            searched.remember(low, found)
        return found

    def _search(self, low: Floats, most: int, moved: int) -> list[FoundClip]:
        """Search for a stretch at the tape's sampling rate, whose energy is 1."""
        if self._spectra is None:
            self._lay_tape()
        assert self._spectra is not None
        spectrum = np.conj(np.fft.rfft(low, _PAGE)).astype(np.complex64)
        peaks = self._peaks(spectrum)
        best = np.argsort(peaks)[::-1][: max(most, int((peaks > _AS_LIKELY * peaks.max()).sum()))]
        found = []
        for section in best:
            page, within = divmod(int(section), _HOP // _SECTION)
            place = self._match(spectrum, slice(page, page + 1))[0, within].argmax()
            at = int(section) * _SECTION + int(place)
            number = int(np.searchsorted(self._starts, at, side="right")) - 1
            in_gap = number < 0 or (at - self._starts[number]) * 2 >= len(self._clips[number].sound)
            if in_gap and number + 1 < len(self._clips):
                # The query begins before the next clip does.
                number += 1
            offset = at - self._starts[number]
            found.append(FoundClip(self._clips[number], offset * 2 - moved, float(peaks[section])))
        return found

    def _peaks(self, spectrum: npt.NDArray[np.complex64]) -> Floats:
        """How alike the likeliest place of each section is."""
        assert self._spectra is not None
        peaks = np.empty((len(self._spectra), _HOP // _SECTION), np.float32)
        for first in range(0, len(peaks), _AT_ONCE):
            pages = slice(first, first + _AT_ONCE)
            self._match(spectrum, pages).max(axis=2, out=peaks[pages])
        return peaks.reshape(-1)

    def _match(self, spectrum: npt.NDArray[np.complex64], pages: slice) -> Floats:
        """How alike each place is, by page and section."""
        assert self._spectra is not None
        products = np.fft.irfft(self._spectra[pages] * spectrum, _PAGE).astype(np.float32, copy=False)
        match = products[:, :_HOP] * self._weights[pages]
        sections: Floats = match.reshape(len(match), -1, _SECTION)
        return sections

    def _lay_tape(self) -> None:
        """Make the tape. A gap as long as a query is around each clip, so that no window holds two clips."""
        gap = np.zeros(_QUERY, np.float32)
        parts = [gap]
        self._starts = []
        at = _QUERY
        for clip in self._clips:
            low = _halve(clip.sound)
            self._starts.append(at)
            parts += [low, gap]
            at += len(low) + _QUERY
        pages = -(-at // _HOP)
        tape = np.zeros(pages * _HOP + _QUERY, np.float32)
        tape[:at] = np.concatenate(parts)
        views = np.lib.stride_tricks.as_strided(tape, (pages, _PAGE), (_HOP * 4, 4))
        self._spectra = np.fft.rfft(views, _PAGE).astype(np.complex64)
        total = np.concatenate([[0.0], np.cumsum(tape.astype(np.float64) ** 2)])
        energies = (total[_QUERY:] - total[:-_QUERY])[: pages * _HOP]
        # A window that holds next to nothing would match anything, so its energy counts as a tenth of the usual one.
        floor = 0.1 * float(np.median(energies[energies > energies.max() * 1e-4]))
        self._weights = (1 / np.sqrt(np.maximum(energies, floor))).astype(np.float32).reshape(pages, _HOP)
