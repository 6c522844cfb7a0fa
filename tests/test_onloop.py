"""Coroutines as tests: on which clock they run, what they are given, and what fails them."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.clock import off_loop, run_virtual
from tests.onloop import LOWER, as_plain_function, may_hurry_again, run_in_real_time, run_in_virtual_time


@asynccontextmanager
async def room(log: list[str]) -> AsyncIterator[str]:
    log.append("entered")
    try:
        yield "the room"
    finally:
        await asyncio.sleep(1)
        log.append("left")


@pytest.fixture
def entered() -> AbstractAsyncContextManager[str]:
    return room([])


@pytest.mark.parametrize("days", [1, 2])
async def test_a_day_takes_no_time(days: int) -> None:
    await asyncio.sleep(days * 86_400)
    assert asyncio.get_running_loop().time() == days * 86_400


@pytest.mark.real_time
async def test_in_real_time_work_is_done_by_a_thread() -> None:
    assert await off_loop(threading.current_thread) is not threading.main_thread()


def test_what_is_calculated_makes_way_for_tests_in_real_time() -> None:
    own, during = os.getpriority(os.PRIO_PROCESS, 0), []

    async def calculated() -> None:
        during.append(os.getpriority(os.PRIO_PROCESS, 0))

    run_in_virtual_time(calculated)
    assert during == [min(own + LOWER, 19) if may_hurry_again() else own]
    assert os.getpriority(os.PRIO_PROCESS, 0) == own


@given(st.integers(1, 100_000))
async def test_every_example_has_a_clock_of_its_own(seconds: int) -> None:
    await asyncio.sleep(seconds)
    assert asyncio.get_running_loop().time() == seconds


async def test_a_fixture_is_entered(entered: str) -> None:
    assert entered == "the room"


def test_a_fixture_is_left_behind_a_test_that_fails_too() -> None:
    log: list[str] = []

    async def fails(here: str) -> None:
        assert here == "elsewhere"

    with pytest.raises(AssertionError):
        as_plain_function(fails, run_virtual)(here=room(log))
    assert log == ["entered", "left"]


def test_what_fails_in_a_callback_or_in_a_task_that_nobody_awaits_fails_the_test() -> None:
    async def in_callback() -> None:
        asyncio.get_running_loop().call_soon(int, "forty-two")
        await asyncio.sleep(1)

    async def in_task() -> None:
        async def fails() -> None:
            raise ValueError("forty-two")

        asyncio.get_running_loop().create_task(fails())
        await asyncio.sleep(1)

    for test in (in_callback, in_task):
        with pytest.raises(ExceptionGroup) as caught:
            as_plain_function(test, run_virtual)()
        assert [type(error) for error in caught.value.exceptions] == [ValueError]


def test_a_test_in_real_time_may_have_a_limit() -> None:
    async def waits() -> None:
        await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        run_in_real_time(waits, within=0.01)
