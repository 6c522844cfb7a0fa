"""Somebody hangs up while a cell phone is called, at some of the moments of `searchhangups`: nothing is left."""

from __future__ import annotations

import pytest

from tests.calls.searchhangups import AT_ONCE, HangUp, try_moments
from tests.proofs import some

EVERY = 12
"""Of the 18 to 50 moments of a call; which of them is different for each kind."""


@pytest.mark.parametrize("kind", some(AT_ONCE, 3), ids=lambda kind: kind.name)
async def test_nothing_is_left_and_nobody_hears_silence_whenever_somebody_hangs_up(kind: HangUp) -> None:
    moments, wrong = await try_moments(kind, 1 + AT_ONCE.index(kind) * 5 % EVERY, EVERY)
    assert moments > EVERY
    assert wrong == []
