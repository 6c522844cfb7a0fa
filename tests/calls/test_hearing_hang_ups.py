"""Somebody hangs up while messages are heard, forwarded and sent, at some of the moments of `hearinghangups`."""

from __future__ import annotations

import pytest

from tests.calls.hearinghangups import SCRIPTS, try_moments

EVERY = 9


@pytest.mark.parametrize("name", SCRIPTS)
async def test_no_draft_is_left_and_no_message_is_lost_whenever_somebody_hangs_up(name: str) -> None:
    moments, wrong = await try_moments(name, 1 + 3 * list(SCRIPTS).index(name), EVERY)
    assert moments > EVERY
    assert wrong == []
