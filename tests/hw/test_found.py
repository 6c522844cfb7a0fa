"""What a card finds of itself: what is wrong has a mend."""

from __future__ import annotations

import pytest

from hw.found import HEALTHY, Found


def test_what_is_healthy_has_no_mend_and_all_else_has_one():
    Found("dahdi", "dahdi-1", HEALTHY, "The line is well.")
    Found("dahdi", "dahdi-2", "no-battery", "The line has no voltage.", "Plug in the cord to the exchange.")
    with pytest.raises(ValueError, match="dahdi-3 is no-battery"):
        Found("dahdi", "dahdi-3", "no-battery", "The line has no voltage.")
    with pytest.raises(ValueError, match="dahdi-4 is healthy"):
        Found("dahdi", "dahdi-4", HEALTHY, "The line is well.", "Plug in the cord.")
