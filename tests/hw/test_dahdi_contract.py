"""The DAHDI card obeys the contract of line cards, through device files that are mounted for real, in virtual time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.hw.dahdiworld import dahdi_bench, mounts
from tests.hw.fxs_contract import of_two_changes_of_the_lamp_the_later_is_shown
from tests.hw.linecard_bench import Maker
from tests.hw.linecard_contract import RULES

pytestmark = mounts


LONG = {of_two_changes_of_the_lamp_the_later_is_shown}
"""Half of all the time of the contract."""


@pytest.mark.parametrize(
    "rule",
    [pytest.param(rule, marks=pytest.mark.proof) if rule in LONG else rule for rule in RULES],
    ids=lambda rule: rule.__name__,
)
async def test_the_dahdi_card(rule: Callable[[Maker], Awaitable[None]]) -> None:
    await rule(dahdi_bench)
