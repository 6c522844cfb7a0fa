"""Work beside the calls: one task that fails is told, and ends nothing else."""

from __future__ import annotations

import asyncio

import pytest

from appliance.calls.faults import Faults
from appliance.calls.tasks import Tasks


async def fails() -> None:
    raise ValueError("4075550123")


async def test_a_failure_is_logged_without_its_text_and_told(caplog: pytest.LogCaptureFixture) -> None:
    faults, ended = Faults(), []
    tasks = Tasks(faults, lambda: ended.append(True))
    other = tasks.begin("something else", asyncio.sleep(1.0))
    await asyncio.wait([tasks.begin("a letter", fails())])
    assert faults.now == ["something inside the unit failed: a letter (ValueError)"]
    assert ["a letter failed: ValueError at" in text for text in caplog.messages] == [True]
    assert "4075550123" not in caplog.text
    await other
    assert ended == [True, True]


async def test_what_does_not_end_in_time_is_cancelled_and_no_fault() -> None:
    faults = Faults()
    tasks = Tasks(faults)
    quick, slow = tasks.begin("quick", asyncio.sleep(1.0)), tasks.begin("slow", asyncio.sleep(60.0))
    await tasks.close(patience_seconds=3.0)
    assert (quick.cancelled(), slow.cancelled(), faults.now) == (False, True, [])
