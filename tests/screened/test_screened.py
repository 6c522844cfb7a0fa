"""A small part of the trial that `make screened` makes: who presses no key is not connected, whatever is heard."""

from __future__ import annotations

from tests.screened.trial import try_calls

CALLS = 42
SEED = 21


async def test_nobody_is_connected_without_a_key_and_everybody_with_one() -> None:
    found = await try_calls(range(CALLS), SEED)
    assert found.calls == CALLS
    assert found.connected == []
    assert found.missed == []
    assert found.pressed >= 3
    assert len(found.kinds) >= 10
