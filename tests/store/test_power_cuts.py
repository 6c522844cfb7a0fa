"""Some of the power cuts of `python -m tests.store.powercuts`, of each kind."""

from __future__ import annotations

import pytest

from tests.store.powercuts import KINDS, wrong_in


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_somebody_was_told_of_is_lost(kind: str) -> None:
    assert wrong_in(KINDS[kind], range(40)) == []
