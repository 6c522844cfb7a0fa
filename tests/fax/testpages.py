"""Pages to try faxes with, of the kinds of the ITU-T's test charts (T.20 to T.24), drawn anew and always alike.

They have the size of paper; `papers` has small ones, and writes and reads files of pages.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from tests.fax.papers import WIDTH, Page

X_DPI = 204
STANDARD, FINE, SUPERFINE = 98, 196, 391
"""Lines an inch: 3.85, 7.7 and 15.4 a mm."""
A4_LINES = {STANDARD: 1143, FINE: 2287, SUPERFINE: 4573}
_LETTERS = 64


def white(y_dpi: int = FINE, length_mm: float = 297.0) -> Page:
    """Nothing but paper: some octets a page, and the quickest there is."""
    return np.zeros((_lines(y_dpi, length_mm), WIDTH), dtype=bool)


def letter(y_dpi: int = FINE, length_mm: float = 297.0, *, seed: int = 1) -> Page:
    """A business letter: some paragraphs of 10 points, between wide margins."""
    return _text(y_dpi, length_mm, 10.0, seed, margin=200, filled=0.4)


def fine_text(y_dpi: int = FINE, length_mm: float = 297.0, *, seed: int = 2) -> Page:
    """All of the page full of letters of 6 points."""
    return _text(y_dpi, length_mm, 6.0, seed, margin=64, filled=1.0)


def half_tones(y_dpi: int = FINE, length_mm: float = 297.0) -> Page:
    """All greys from white to black and back, in waves, as dots of an ordered screen of 8 by 8."""
    lines = _lines(y_dpi, length_mm)
    down, across = np.arange(lines)[:, None] / y_dpi, np.arange(WIDTH)[None, :] / X_DPI
    grey = 0.5 + 0.5 * np.sin(2 * np.pi * (0.21 * across + 0.13 * down)) * np.cos(2 * np.pi * 0.17 * down)
    screen = np.array([[0]])
    for _ in range(3):
        screen = np.block([[4 * screen, 4 * screen + 2], [4 * screen + 3, 4 * screen + 1]])
    tiled = np.tile((screen + 0.5) / 64, (-(-lines // 8), WIDTH // 8))[:lines]
    return np.asarray(grey > tiled)


def dense(y_dpi: int = FINE, length_mm: float = 297.0) -> Page:
    """Every other pixel black, each line other than the one before: nothing is worse to code."""
    lines = _lines(y_dpi, length_mm)
    return np.asarray((np.arange(WIDTH)[None, :] + np.arange(lines)[:, None]) % 2 == 0)


def drawing(y_dpi: int = FINE, length_mm: float = 297.0) -> Page:
    """Thin lines in all directions, circles, and a scale."""
    lines = _lines(y_dpi, length_mm)
    down, across = np.arange(lines)[:, None] / y_dpi, np.arange(WIDTH)[None, :] / X_DPI
    radius = np.hypot(across - 4.2, down - 4.0)
    page = (radius % 0.35) * X_DPI < 2
    page |= np.abs((across - down) % 1.0) * X_DPI < 2
    page |= (np.abs((across + 0.2 * down) % 1.5) * X_DPI < 2) & (down > 6)
    page[::y_dpi] = True
    return np.asarray(page)


def long_page(y_dpi: int = FINE) -> Page:
    """Two metres of paper, as a roll of a heart's curve is, with a line of text here and there."""
    page = letter(y_dpi, 2000.0, seed=5)
    lines = np.arange(len(page))
    curve = (864 + 600 * np.sin(lines / y_dpi * 3) * np.sin(lines / y_dpi * 0.2)).astype(int)
    for breadth in range(3):
        page[lines, curve + breadth] = True
    return page


CHARTS: dict[str, Callable[[int], Page]] = {
    "letter": letter,
    "fine text": fine_text,
    "half tones": half_tones,
    "dense pattern": dense,
    "drawing": drawing,
    "white": white,
}
"""The kinds, each of the length of A4."""


def _lines(y_dpi: int, length_mm: float) -> int:
    return A4_LINES[y_dpi] if length_mm == 297.0 else round(length_mm / 25.4 * y_dpi)


def _text(y_dpi: int, length_mm: float, points: float, seed: int, *, margin: int, filled: float) -> Page:
    """Lines of words in an alphabet of strokes that nobody can read, as light and as ragged as letters are."""
    dice = np.random.default_rng(seed)
    high, broad = round(points / 72 * y_dpi), round(points / 72 * X_DPI * 0.6)
    alphabet = _alphabet(dice, high, broad)
    page = white(y_dpi, length_mm)
    step = round(high * 1.5)
    for top in range(step * 2, len(page) - step * 2, step):
        if dice.random() > filled:
            continue
        signs = (WIDTH - 2 * margin) // broad
        line = alphabet[dice.integers(0, _LETTERS, signs)]
        line[dice.random(signs) < 0.17] = False  # between words
        page[top : top + high, margin : margin + signs * broad] = np.hstack(list(line))
    return page


def _alphabet(dice: np.random.Generator, high: int, broad: int) -> npt.NDArray[np.bool_]:
    """Signs of two or three strokes each."""
    signs = np.zeros((_LETTERS, high, broad), dtype=bool)
    stroke = max(1, broad // 6)
    for sign in signs:
        for _ in range(dice.integers(2, 4)):
            if dice.random() < 0.5:
                at = dice.integers(0, broad - 2 * stroke)
                sign[dice.integers(0, high // 3) :, at : at + stroke] = True
            else:
                at = dice.integers(0, high - stroke)
                sign[at : at + stroke, : broad - 2 * stroke] = True
    return signs
