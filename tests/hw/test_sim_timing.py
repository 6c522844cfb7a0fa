"""The simulation's ticks, scripts, buffers and lights."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from hw.panel.led import GpioLed, LedError, LedPattern
from hw.port.playing import PlayOut, SamplePlayer
from hw.port.timing import Script
from hw.sim.led import SimLed
from hw.sim.loop import Fir, LineQuality, Noise, SubscriberLoop
from hw.ticker import Ticker
from tests.hw.simworld import now, sine


def frames(*values: int) -> list[np.ndarray]:
    return [np.full(160, value, dtype=np.int16) for value in values]


async def test_ticks_come_every_20_ms_without_drift_until_told_to_stop() -> None:
    times: list[float] = []

    def tick() -> bool:
        times.append(now())
        return len(times) < 5000

    ticker = Ticker(tick)
    await asyncio.sleep(1.007)
    ticker.wake()
    ticker.wake()
    await asyncio.sleep(200)
    assert times == pytest.approx([1.007 + 0.02 * index for index in range(5000)], abs=1e-9)


async def test_a_clock_that_is_fast_by_100_ppm_gains_a_tick_in_200_s() -> None:
    times: list[float] = []

    def tick() -> bool:
        times.append(now())
        return True

    ticker = Ticker(tick, ppm=100)
    ticker.wake()
    await asyncio.sleep(200.001)
    ticker.stop()
    assert len(times) == 10002


@pytest.mark.parametrize(("late", "ticks"), [(0.05, 2), (3.0, 5)])
async def test_late_ticks_are_caught_up_and_a_long_delay_is_skipped(
    monkeypatch: pytest.MonkeyPatch, late: float, ticks: int
) -> None:
    count = 0

    def tick() -> bool:
        nonlocal count
        count += 1
        return True

    ticker = Ticker(tick)
    ticker.wake()
    await asyncio.sleep(0.001)
    loop = asyncio.get_running_loop()
    real = loop.time
    monkeypatch.setattr(loop, "time", lambda: real() + late)
    count = 0
    await asyncio.sleep(0.001)
    ticker.stop()
    assert count == ticks


async def test_a_script_is_ended_by_the_next_but_not_by_itself() -> None:
    done: list[str] = []
    script = Script("test")

    async def first() -> None:
        await asyncio.sleep(1)
        done.append("first")

    async def second() -> None:
        script.stop()
        await asyncio.sleep(1)
        done.append("second")

    script.run(first())
    await asyncio.sleep(0.5)
    script.run(second())
    await asyncio.sleep(0.5)
    assert script.running
    await asyncio.sleep(2)
    assert (done, script.running) == (["second"], False)


def test_what_is_written_comes_out_in_order_and_at_most_three_wait() -> None:
    play_out = PlayOut()
    first, second, third, fourth = frames(1, 2, 3, 4)
    assert play_out.next() is None
    for frame in (first, second, third, fourth):
        play_out.write(frame)
    assert [play_out.next() for _ in range(4)] == [second, third, fourth, None]


def test_a_frame_too_many_in_a_sound_without_pause_is_used_up_within_8_s_without_a_click() -> None:
    play_out = PlayOut()
    written = sine(1010, 10).reshape(-1, 160)
    play_out.write(written[0])
    played = []
    for frame in written[1:400]:
        play_out.write(frame)
        taken = play_out.next()
        assert taken is not None
        played.append(taken)
    assert play_out.next() is None
    heard = np.concatenate(played).astype(float)
    assert np.abs(np.diff(heard, 2)).max() < 1.05 * np.abs(np.diff(written.ravel().astype(float), 2)).max()
    assert np.array_equal(heard[-160:], written[399])


def test_a_frame_too_many_is_left_out_in_the_next_pause_between_words() -> None:
    play_out = PlayOut()
    written = sine(1010, 4).reshape(-1, 160).copy()
    written[70:75] = 3
    play_out.write(written[0])
    played = []
    for frame in written[1:]:
        play_out.write(frame)
        played.append(play_out.next())
    assert play_out.next() is None
    assert np.array_equal(np.concatenate(played), np.concatenate([*written[:70], *written[71:]]))


def test_a_writer_that_stops_early_is_heard_to_its_last_sample() -> None:
    play_out = PlayOut()
    for _ in range(2):
        play_out.write(np.full(160, 700, dtype=np.int16))
    for _ in range(210):
        play_out.write(np.full(160, 700, dtype=np.int16))
        assert play_out.next() is not None
    left = [play_out.next() for _ in range(3)]
    assert [None if frame is None else int(np.count_nonzero(frame)) for frame in left] == [160, 147, None]


async def test_a_clip_ends_in_whole_frames_and_says_so() -> None:
    clip = SamplePlayer(np.ones(200, dtype=np.int16))
    first, second = clip.next(), clip.next()
    assert first is not None
    assert second is not None
    assert (int(first.sum()), int(second.sum()), clip.done.done()) == (160, 40, False)
    assert (clip.next(), clip.done.done()) == (None, True)


def test_an_echo_continues_over_the_frames_and_dies_away() -> None:
    rng = np.random.default_rng(1)
    taps = rng.normal(size=12).astype(np.float32)
    sent = rng.normal(size=480).astype(np.float32)
    fir = Fir(taps, delay=4)
    parts = [fir.echo(sent[start : start + 160]) for start in (0, 160, 320)]
    whole = np.convolve(np.concatenate([np.zeros(4, dtype=np.float32), sent]), taps)[:480]
    assert np.allclose(np.concatenate([part for part in parts if part is not None]), whole, atol=1e-5)
    assert fir.echo(None) is not None
    assert fir.echo(None) is None


async def test_a_loop_tells_changes_once_and_hides_them_from_nobody() -> None:
    rng = np.random.default_rng(1)
    loop = SubscriberLoop("x", LineQuality(), rng, Noise(-65, rng))
    told: list[tuple[bool, int]] = []
    loop.source_watchers.append(lambda: told.append((loop.closed, loop.polarity)))
    loop.close("telephone", True)
    loop.close("telephone", True)
    loop.close("extension", True)
    assert (loop.closed_by_another("telephone"), loop.closed_by_another("extension")) == (True, True)
    loop.close("telephone", False)
    loop.set_cut(True)
    loop.set_cut(False)
    loop.close("extension", False)
    loop.open_for(0.1)
    await asyncio.sleep(1)
    assert told == [(True, 1), (True, 1), (True, 1), (False, 0), (True, 1), (False, 1), (False, 0), (False, 1)]


async def test_a_simulated_led_remembers_its_changes() -> None:
    led = SimLed()
    for pattern in (LedPattern.OFF, LedPattern.SLOW, LedPattern.SLOW, LedPattern.OFF):
        led.show(pattern)
        await asyncio.sleep(1)
    assert (led.pattern, led.changes) == (LedPattern.OFF, [(1.0, LedPattern.SLOW), (3.0, LedPattern.OFF)])


def test_a_gpio_led_drives_its_pin(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[object, ...]] = []

    class Gpio:
        BCM, OUT = "bcm", "out"

        def setmode(self, mode: str) -> None:
            written.append(("mode", mode))

        def setup(self, pin: int, direction: str, initial: bool) -> None:
            written.append(("setup", pin, direction, initial))

        def output(self, pin: int, high: bool) -> None:
            written.append(("output", pin, high))

        def cleanup(self, pin: int) -> None:
            written.append(("cleanup", pin))

    monkeypatch.setattr("importlib.import_module", lambda name: Gpio())
    led = GpioLed(17, active_low=True)
    led.show(LedPattern.SLOW)
    assert led.pattern is LedPattern.SLOW
    led.close()
    assert written == [
        ("mode", "bcm"),
        ("setup", 17, "out", True),
        ("output", 17, False),
        ("output", 17, True),
        ("cleanup", 17),
    ]


def test_a_machine_without_gpio_says_which_led_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr("importlib.import_module", missing)
    with pytest.raises(LedError, match="GPIO 17"):
        GpioLed(17)
