"""Virtual time: it jumps, it runs blocking work in place, and it notices when nothing can ever happen again."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest

from appliance.clock import Deadlock, LoopClock, off_loop, run_virtual


async def test_a_day_of_waiting_takes_no_time_and_ends_at_the_right_one() -> None:
    await asyncio.sleep(86_400)
    assert asyncio.get_running_loop().time() == pytest.approx(86_400)


@pytest.mark.parametrize("days", [100, 195, 400, 4000])
async def test_timers_fire_however_long_it_has_been(days: int) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(days * 86_400.1)
    fired = loop.create_future()
    loop.call_later(0, fired.set_result, None)
    await fired
    for _ in range(50):
        await asyncio.sleep(0.02)
    assert loop.time() == pytest.approx(days * 86_400.1 + 1.0, abs=1e-6)


async def test_timers_fire_in_the_order_of_their_times() -> None:
    fired: list[str] = []
    loop = asyncio.get_running_loop()
    loop.call_later(3, fired.append, "third")
    loop.call_later(1, fired.append, "first")
    loop.call_later(2, fired.append, "second")
    await asyncio.sleep(5)
    assert fired == ["first", "second", "third"]


async def test_the_date_follows_the_loop() -> None:
    start = datetime(2026, 3, 3, 9, 15, tzinfo=UTC)
    clock = LoopClock(asyncio.get_running_loop(), start)
    await asyncio.sleep(90)
    assert clock.now() - start == timedelta(seconds=90)


async def test_blocking_work_is_done_in_place_and_its_errors_come_back() -> None:
    answer = await off_loop(int, "42")
    with pytest.raises(ValueError, match="invalid literal"):
        await off_loop(int, "forty-two")
    assert (answer, asyncio.get_running_loop().time()) == (42, 0.0)


def test_everybody_waiting_without_a_timer_fails_at_once_and_names_who_waits_where() -> None:
    async def waits_for_nobody() -> None:
        await asyncio.Event().wait()

    async def main() -> None:
        asyncio.get_running_loop().create_task(waits_for_nobody(), name="the forgotten one")
        await asyncio.sleep(1)
        await asyncio.Event().wait()

    with pytest.raises(Deadlock) as caught:
        run_virtual(main)
    assert "the forgotten one at " in str(caught.value)
    assert "in wait" in str(caught.value)


@pytest.mark.real_time
async def test_work_off_the_loop_goes_to_a_thread_in_real_time() -> None:
    assert await off_loop(threading.current_thread) is not threading.main_thread()
