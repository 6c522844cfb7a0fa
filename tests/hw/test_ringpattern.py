"""Rings and their patterns, from bursts."""

from __future__ import annotations

import pytest

from hw.tones.ringpattern import is_splash, pattern_of
from hw.tones.toneplan import COUNTRIES, tone_plan

US, UK = (2.0, 4.0), (0.4, 0.2, 0.4, 2.0)


@pytest.mark.parametrize(
    ("bursts", "usual", "pattern"),
    [
        ((2.0,), US, "normal"),
        ((1.0,), US, "normal"),
        ((3.0,), US, "long"),
        ((0.8, 0.8), US, "double"),
        ((1.0, 1.0), US, "double"),
        ((0.4, 0.4, 0.8), US, "triple"),
        ((0.4, 0.4), UK, "normal"),
        ((1.0,), UK, "normal"),
        ((2.0,), UK, "long"),
        ((0.4, 0.4, 0.8), UK, "triple"),
    ],
)
def test_a_ring_is_named_by_its_bursts(bursts: tuple[float, ...], usual: tuple[float, ...], pattern: str) -> None:
    assert pattern_of(bursts, usual) == pattern


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_countrys_own_ring_is_normal_and_no_splash(country: str) -> None:
    ring = tone_plan(country).ring
    assert pattern_of(ring[0::2], ring) == "normal"
    assert not is_splash(ring[0::2])


def test_half_a_second_once_is_a_splash() -> None:
    assert is_splash((0.5,))
    assert not is_splash((0.4, 0.4))
    assert not is_splash((0.8,))
