"""Pictures of a sound as SVG: its loudness over time, and its frequencies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from hw.audio import FULL_SCALE, FULL_SCALE_SINE_DBM0, SAMPLE_RATE, Samples, seconds_of

STYLE = """
svg text { font: 11px system-ui, sans-serif; fill: #5b6775; } .grid { stroke: #d5dbe2; }
.curve { fill: none; stroke: #1c6dd0; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
  svg text { fill: #9aa7b5; } .grid { stroke: #303943; } .curve { stroke: #7ab5ff; }
}
"""
"""The looks of the plots, wherever they stand."""

Curve = npt.NDArray[np.floating[Any]]
"""Values along one axis of a plot."""

WIDTH, HEIGHT = 620, 120
NARROW = 360
"""The width of a plot that is also shown on a telephone, where the letters of a wider one could not be read."""
LEFT, BOTTOM = 44, 22
LABEL = 32
"""The longest label of an axis is so wide: 12.5 s."""
QUIETEST_DBM0, LOUDEST_DBM0 = -70.0, 0.0
HIGHEST_HZ = 3500.0
_POINTS = 400


def loudness(samples: Samples, width: int = WIDTH, title: str = "Level over time") -> str:
    """The level in dBm0 over the seconds. title: for whoever cannot see it, as HTML."""
    block = max(40, len(samples) // _POINTS)
    blocks = samples[: len(samples) // block * block].astype(np.float64).reshape(-1, block)
    levels = _dbm0(np.sqrt((blocks * blocks).mean(axis=1) * 2)) if len(blocks) else np.zeros(0)
    seconds = seconds_of(samples)
    step = next(one for one in (0.5, 1, 2, 5, 10, 30) if seconds / one <= 10 or one == 30)
    ticks = [(at, f"{at:g} s") for at in np.arange(0, seconds + 1e-9, step)]
    return _plot(np.linspace(0, seconds, len(levels)), levels, max(seconds, 0.1), ticks, title, width)


def frequencies(samples: Samples, width: int = WIDTH, title: str = "Frequencies") -> str:
    """The level in dBm0 of each frequency up to 3500 Hz, in the loudest second. title: as for `loudness`."""
    size = min(len(samples), SAMPLE_RATE)
    loudest = _loudest(samples, size)
    window = np.hanning(max(len(loudest), 1))
    spectrum = np.abs(np.fft.rfft(loudest * window)) * 2 / max(float(window.sum()), 1e-9)
    hertz = np.fft.rfftfreq(max(len(loudest), 1), 1 / SAMPLE_RATE)
    shown = hertz <= HIGHEST_HZ
    ticks = [(float(at), f"{at} Hz" if at == 0 else str(at)) for at in range(0, 3501, 500)]
    return _plot(hertz[shown], _dbm0(spectrum[shown]), HIGHEST_HZ, ticks, title, width)


def picture(plot: str) -> str:
    """A plot as a file of its own, with its looks."""
    return plot.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(
        "<title>", f"<style>{STYLE}</style><title>", 1
    )


def _loudest(samples: Samples, size: int) -> Samples:
    if len(samples) <= size:
        return samples
    starts = range(0, len(samples) - size + 1, size // 2)
    wide = samples.astype(np.float64)
    best = max(starts, key=lambda start: float((wide[start : start + size] ** 2).sum()))
    return samples[best : best + size]


def _dbm0(peaks: Curve) -> Curve:
    levels: Curve = 20 * np.log10(np.maximum(peaks, 0.5) / FULL_SCALE) + FULL_SCALE_SINE_DBM0
    clipped: Curve = np.clip(levels, QUIETEST_DBM0, LOUDEST_DBM0)
    return clipped


def _plot(
    xs: Curve,
    levels: Curve,
    most: float,
    ticks: Sequence[tuple[float, str]],
    title: str,
    width: int,
) -> str:
    inner_width, inner_height = width - LEFT - 8, HEIGHT - BOTTOM - 8

    def across(value: float) -> float:
        return LEFT + inner_width * value / most

    def down(level: float) -> float:
        return 8 + inner_height * (LOUDEST_DBM0 - level) / (LOUDEST_DBM0 - QUIETEST_DBM0)

    points = " ".join(f"{across(x):.1f},{down(level):.1f}" for x, level in zip(xs, levels, strict=True))
    grid = [
        f'<line x1="{LEFT}" x2="{width - 8}" y1="{down(level):.1f}" y2="{down(level):.1f}" class="grid"/>'
        f'<text x="{LEFT - 6}" y="{down(level) + 4:.1f}" text-anchor="end">{level}</text>'
        for level in (0, -20, -40, -60)
    ]
    edge = width - 8 - LABEL / 2  # What is centred behind it would be cut off at the picture's border.
    marks = [
        f'<text x="{across(at):.1f}" y="{HEIGHT - 6}" text-anchor="{"middle" if across(at) < edge else "end"}">{text}'
        "</text>"
        for at, text in ticks
    ]
    return (
        f'<svg viewBox="0 0 {width} {HEIGHT}" role="img" aria-label="{title}, dBm0"><title>{title}</title>'
        f'{"".join(grid)}{"".join(marks)}<polyline points="{points}" class="curve"/></svg>'
    )
