"""A sample of the power cuts that `tests.store.powercuts_hearing` tries by the thousand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.powercuts_hearing import after_a_cut

CUTS = 25


@pytest.mark.parametrize("seed", range(CUTS))
def test_a_power_cut_while_messages_are_heard_forwarded_and_deleted_changes_nothing_that_was_told(
    tmp_path: Path, seed: int
) -> None:
    assert after_a_cut(tmp_path, seed) == []
