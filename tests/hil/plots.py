"""Pictures for the report, drawn as SVG text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 34
COLOURS = ("#1f6f9f", "#b5541c", "#3f7d3a", "#7a4a9c")
LIMIT_COLOUR = "#c0392b"
COLUMNS = 600


def curves(
    series: Mapping[str, Sequence[tuple[float, float]]],
    x: str,
    y: str,
    *,
    limit: float | None = None,
    points: bool = False,
) -> str:
    """Curves over one another, by name; `points` marks each value, `limit` is a dashed line. Empty for no values."""
    places = [place for values in series.values() for place in values if all(map(math.isfinite, place))]
    if not places:
        return ""
    across = _scale([place[0] for place in places], LEFT, WIDTH - RIGHT)
    heights = [place[1] for place in places] + ([limit] if limit is not None else [])
    up = _scale(heights, HEIGHT - BOTTOM, TOP, room=0.05)
    drawn = [_axes(across, up, x, y)]
    for number, (name, values) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        at = [(across.place(a), up.place(b)) for a, b in values if math.isfinite(a) and math.isfinite(b)]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in at)
        drawn.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.4"/>')
        if points:
            drawn += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="2.5" fill="{colour}"/>' for a, b in at]
        drawn.append(_text(LEFT + 10 + 150 * number, TOP + 10, name, colour=colour, anchor="start"))
    if limit is not None:
        drawn.append(_dashed(up.place(limit)))
    return _svg(drawn)


def bars(values: Mapping[str, float], y: str, *, limit: float | None = None) -> str:
    """A bar for each name."""
    if not values:
        return ""
    up = _scale([0.0, *values.values(), *([limit] if limit is not None else [])], HEIGHT - BOTTOM, TOP, room=0.05)
    across = _Scale(0, len(values), LEFT, WIDTH - RIGHT)
    drawn = [_axes(None, up, "", y)]
    wide = (WIDTH - LEFT - RIGHT) / len(values) * 0.7
    for number, (name, value) in enumerate(values.items()):
        middle, top, zero = across.place(number + 0.5), up.place(value), up.place(0)
        drawn.append(
            f'<rect x="{middle - wide / 2:.1f}" y="{min(top, zero):.1f}" width="{wide:.1f}" '
            f'height="{abs(zero - top):.1f}" fill="{COLOURS[0]}"/>'
        )
        drawn.append(_text(middle, HEIGHT - BOTTOM + 15, name))
        drawn.append(_text(middle, min(top, zero) - 3, f"{value:.4g}"))
    if limit is not None:
        drawn.append(_dashed(up.place(limit)))
    return _svg(drawn)


def waves(sounds: Mapping[str, npt.NDArray[Any]], rate: int = 8000) -> str:
    """Sounds over one another as their highest and lowest samples, over seconds."""
    longest = max((len(sound) for sound in sounds.values()), default=0)
    if not longest:
        return ""
    peak = max(float(np.max(np.abs(sound))) for sound in sounds.values() if len(sound)) or 1.0
    across = _Scale(0, longest / rate, LEFT, WIDTH - RIGHT)
    up = _Scale(-peak, peak, HEIGHT - BOTTOM, TOP)
    drawn = [_axes(across, up, "s", "sample")]
    size = max(-(-longest // COLUMNS), 1)
    for number, (name, sound) in enumerate(sounds.items()):
        colour = COLOURS[number % len(COLOURS)]
        whole = sound[: len(sound) // size * size].reshape(-1, size)
        lines = "".join(
            f"M{across.place(column * size / rate):.1f} {up.place(float(part.max())):.1f}"
            f"V{up.place(float(part.min())):.1f}"
            for column, part in enumerate(whole)
        )
        drawn.append(f'<path d="{lines}" stroke="{colour}" stroke-width="1.2" opacity="0.75"/>')
        drawn.append(_text(LEFT + 10 + 150 * number, TOP + 10, name, colour=colour, anchor="start"))
    return _svg(drawn)


class _Scale:
    """Maps the values from low to high to the places from one to another."""

    def __init__(self, low: float, high: float, first: float, last: float) -> None:
        self.low, self.high = low, high if high > low else low + 1
        self._first, self._last = first, last

    def place(self, value: float) -> float:
        return self._first + (value - self.low) / (self.high - self.low) * (self._last - self._first)

    def marks(self) -> list[float]:
        """Four to nine round values."""
        rough = (self.high - self.low) / 5
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
        first = math.ceil(self.low / step - 1e-9)
        return [number * step for number in range(first, math.floor(self.high / step + 1e-9) + 1)]


def _scale(values: Sequence[float], first: float, last: float, room: float = 0.0) -> _Scale:
    low, high = min(values), max(values)
    more = room * ((high - low) or abs(high) or 1)
    return _Scale(low - more if low else low, high + more, first, last)


def _axes(across: _Scale | None, up: _Scale, x: str, y: str) -> str:
    drawn = [f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#888"/>']
    for value in up.marks():
        at = up.place(value)
        drawn.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        drawn.append(_text(LEFT - 5, at + 4, f"{value:.4g}", anchor="end"))
    for value in across.marks() if across is not None else ():
        drawn.append(_text(across.place(value), HEIGHT - BOTTOM + 15, f"{value:.4g}") if across is not None else "")
    drawn.append(_text(WIDTH - RIGHT, HEIGHT - 4, x, anchor="end"))
    drawn.append(_text(4, TOP + 2, y, anchor="start"))
    return "".join(drawn)


def _dashed(at: float) -> str:
    return f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="{LIMIT_COLOUR}" stroke-dasharray="6 4"/>'


def _text(x: float, y: float, text: str, *, colour: str = "#333", anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(drawn: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'{head} font-family="sans-serif" font-size="11">{"".join(drawn)}</svg>'
