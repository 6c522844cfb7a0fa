"""Somebody hangs up while a message is left or a greeting recorded, at some of the moments of `leavinghangups`."""

from __future__ import annotations

import pytest

from tests.calls.leavinghangups import CONVERSATIONS, LATER_SECONDS, try_moments

EVERY = 9


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_nothing_is_left_whenever_somebody_hangs_up(name: str) -> None:
    place = list(CONVERSATIONS).index(name)
    moments, wrong = await try_moments(name, 1 + place * 2, EVERY, LATER_SECONDS if place % 2 else 0.0)
    assert moments > EVERY
    assert wrong == []
