"""What docs/finding.md shows of a call's record is what the log has of such a call."""

from __future__ import annotations

import asyncio
from pathlib import Path

from appliance.office.forwarding import ForwardWhen, Way
from tests.calls.cellphones import CELL, caller_for_ruth, forwarded, record_of, steps
from tests.calls.world import world

PAGE = (Path(__file__).parents[2] / "docs" / "finding.md").read_text(encoding="utf-8")


async def test_the_steps_on_the_page_are_those_of_a_call_that_is_forwarded_when_nobody_answers() -> None:
    shown = PAGE.split("outcome\n", 1)[1].split("```")[0].splitlines()[1:]
    async with world(forwarded(Way.TWO_LINES, when=ForwardWhen.NO_ANSWER)) as here:
        cell = here.subscriber(CELL)
        caller = await caller_for_ruth(here)
        await cell.rings(within=60)
        await asyncio.sleep(6)
        cell.lifts()
        await cell.says("Ruth Olsen.")
        await asyncio.sleep(4)
        await cell.presses("1")
        await asyncio.sleep(30)
        record = await record_of(here, caller)
        cell.hangs_up()
    assert [line.split("  ")[-1] for line in shown if not line.endswith("  answered")] == steps(record)
