"""Which faxes are tried, over which lines: alike for the same seed, and so spread that any number is a sample."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from tests.fax.papers import Page
from tests.fax.testpages import (
    FINE,
    STANDARD,
    SUPERFINE,
    dense,
    drawing,
    fine_text,
    half_tones,
    letter,
    long_page,
    white,
)
from tests.faxtrials.line import LineModel
from tests.faxtrials.session import FaxTrial

GOOD: Final = LineModel(snr_db=40.0)


@dataclass(frozen=True, slots=True)
class Impairment:
    """A kind of line. share: how many of 100 trials. ecm: whether errors are corrected; either, where None."""

    name: str
    lines: tuple[LineModel, ...]
    share: int
    ecm: bool | None = None


IMPAIRMENTS: Final = (
    Impairment("good line, ECM", (GOOD, replace(GOOD, loss_db=3.0), replace(GOOD, delay_ms=60.0)), 15, ecm=True),
    Impairment("good line, no ECM", (GOOD, replace(GOOD, loss_db=3.0), replace(GOOD, delay_ms=60.0)), 10, ecm=False),
    Impairment("loss of 16 to 26 dB", tuple(replace(GOOD, loss_db=loss) for loss in (16.0, 20.0, 23.0, 26.0)), 8),
    Impairment(
        "long loop",
        tuple(replace(GOOD, loss_db=14.0, loop_km=km, group_delay_ms=ms) for km, ms in ((4.0, 0.7), (7.0, 1.4))),
        8,
    ),
    Impairment("S/N 35 dB", (LineModel(snr_db=35.0),), 5),
    Impairment("S/N 32 dB", (LineModel(snr_db=32.0),), 5),
    Impairment("S/N 28 dB, ECM", (LineModel(snr_db=28.0),), 10, ecm=True),
    Impairment("S/N 28 dB, no ECM", (LineModel(snr_db=28.0),), 5, ecm=False),
    Impairment("S/N 24 dB", (LineModel(snr_db=24.0), LineModel(loss_db=16.0, snr_db=24.0)), 4),
    Impairment("S/N 20 dB", (LineModel(snr_db=20.0), LineModel(loss_db=16.0, snr_db=20.0)), 4),
    Impairment("near echo", tuple(replace(GOOD, near_echo_db=loss) for loss in (20.0, 12.0, 8.0)), 5),
    Impairment(
        "far echo",
        tuple(replace(GOOD, far_echo_db=loss, delay_ms=ms) for loss, ms in ((18.0, 30.0), (12.0, 60.0))),
        4,
    ),
    # Networks cancel it, as a caller would hear himself half a second later.
    Impairment("satellite, echo not cancelled", (replace(GOOD, far_echo_db=10.0, delay_ms=250.0),), 2),
    Impairment("clock of 100 ppm", (replace(GOOD, ppm=100.0), replace(GOOD, ppm=-100.0)), 6),
    Impairment("a frame lost a minute, ECM", (replace(GOOD, lost_a_minute=1.0),), 4, ecm=True),
    Impairment("a frame lost a minute, no ECM", (replace(GOOD, lost_a_minute=1.0),), 2, ecm=False),
    Impairment(
        "a little of all",
        (
            LineModel(
                *(10.0, 2.0, 0.5, 33.0),
                near_echo_db=16.0,
                far_echo_db=16.0,
                delay_ms=40.0,
                ppm=40.0,
            ),
        ),
        3,
    ),
)

MANY_PAGES: Final = 40
SPECIAL_EVERY: Final = 16
"""Of each kind of line, one fax of so many has MANY_PAGES, and one has a page of two metres."""
_MANY_TURN, _LONG_TURN = 2, 5

KINDS: Final[Mapping[str, Callable[[int], Page]]] = {
    "letter": letter,
    "fine text": fine_text,
    "drawing": drawing,
    "white": white,
    # A whole page of these takes a quarter of an hour on the line.
    "half tones": partial(half_tones, length_mm=30.0),
    "dense pattern": partial(dense, length_mm=15.0),
    "2 m": long_page,
}
_OFTEN: Final = ("letter", "letter", "letter", "fine text", "drawing", "white", "half tones", "dense pattern")
_SHORT: Final = ("letter", "letter", "drawing", "white")
_Y_DPI: Final = (STANDARD, FINE, FINE, FINE, SUPERFINE)
_BIT_RATES: Final = (14400, 14400, 14400, 14400, 9600)


def trials(calls: int, seed: int) -> Iterator[FaxTrial]:
    """So many faxes. The kinds of lines take turns by their shares, and each kind's lines take turns."""
    due = {one.name: 0.0 for one in IMPAIRMENTS}
    turns = dict.fromkeys(due, 0)
    for number in range(calls):
        for one in IMPAIRMENTS:
            due[one.name] += one.share / 100
        impairment = max(IMPAIRMENTS, key=lambda one: due[one.name])
        due[impairment.name] -= 1.0
        turn = turns[impairment.name]
        turns[impairment.name] += 1
        dice = random.Random(f"{seed} {number}")
        pages, y_dpi = _pages(turn, dice)
        yield FaxTrial(
            impairment=impairment.name,
            line=impairment.lines[turn % len(impairment.lines)],
            pages=pages,
            y_dpi=y_dpi,
            ecm=impairment.ecm if impairment.ecm is not None else turn // len(impairment.lines) % 3 != 2,
            bit_rate=dice.choice(_BIT_RATES),
            seed=dice.randrange(1 << 32),
        )


def charts(trial: FaxTrial) -> Sequence[Page]:
    """The pages that a trial names."""
    drawn = {kind: KINDS[kind](trial.y_dpi) for kind in set(trial.pages)}
    return [drawn[kind] for kind in trial.pages]


def _pages(turn: int, dice: random.Random) -> tuple[tuple[str, ...], int]:
    """The kinds of a fax's pages, and their lines an inch. turn: which one of its kind of line it is."""
    if turn % SPECIAL_EVERY == _MANY_TURN:
        return tuple(dice.choice(_SHORT) for _ in range(MANY_PAGES)), FINE
    if turn % SPECIAL_EVERY == _LONG_TURN:
        return ("2 m",), STANDARD
    return tuple(dice.choice(_OFTEN) for _ in range(dice.choice((1, 1, 2, 3)))), dice.choice(_Y_DPI)
