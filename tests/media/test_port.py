"""One port: gains, changes of source, echo."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from appliance.media.engine import Engine
from appliance.media.events import MediaEvent
from appliance.media.player import Loop, Player
from appliance.media.port import MediaPort
from appliance.media.sources import Silence
from hw.audio import FRAME_SAMPLES, SILENCE, Frame, Samples, level_dbm0, sine_peak
from hw.dsp.echo import EchoCanceller


def sine(seconds: float, hertz: float, dbm0: float) -> Samples:
    time = np.arange(round(seconds * 8000)) / 8000
    return np.rint(sine_peak(dbm0) * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def port_alone() -> tuple[MediaPort, list[Frame]]:
    written: list[Frame] = []
    return MediaPort("a", written.append, lambda _port: None), written


class Keeps:
    """A tap that keeps what it is fed."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def feed(self, frame: Frame) -> None:
        self.frames.append(frame)


async def test_without_gain_frames_are_passed_on_and_not_copied() -> None:
    port, written = port_alone()
    clip = sine(0.02, 500, -10)
    port.hear(Player([clip]))
    port.speak()
    assert np.shares_memory(written[0], clip)


@pytest.mark.parametrize("gain_db", [-12.0, -3.0, 6.0])
async def test_gains_change_the_level_of_their_direction_only(gain_db: float) -> None:
    port, written = port_alone()
    port.gain_out_db = gain_db
    port.hear(Player([sine(0.02, 500, -20)]))
    port.deliver(sine(0.02, 500, -20))
    port.take(1)
    port.speak()
    inward = level_dbm0(port.frame)
    port.gain_in_db, port.gain_out_db = gain_db, 0
    port.deliver(sine(0.02, 500, -20))
    port.take(2)
    inward_amplified, outward_amplified = level_dbm0(port.frame), level_dbm0(written[0])
    assert inward == pytest.approx(-20, abs=0.1)
    assert inward_amplified == pytest.approx(-20 + gain_db, abs=0.1)
    assert outward_amplified == pytest.approx(-20 + gain_db, abs=0.1)


async def test_too_much_gain_saturates_and_does_not_wrap_round() -> None:
    port, _written = port_alone()
    port.gain_in_db = 20
    port.deliver(np.linspace(-32768, 32767, FRAME_SAMPLES).astype(np.int16))
    port.take(1)
    assert np.all(np.diff(port.frame.astype(int)) >= 0)


async def test_a_change_of_source_makes_no_step() -> None:
    port, written = port_alone()
    # Each source is changed at its crest.
    for _ in range(4):
        for level in (12000, -12000):
            port.hear(Loop(np.full(FRAME_SAMPLES, level, dtype=np.int16)))
            port.speak()
            port.speak()
    port.hear(None)
    port.speak()
    heard = np.concatenate(written)
    assert np.abs(np.diff(heard.astype(int))).max() <= 24000 / 16 + 1
    assert not heard[-FRAME_SAMPLES + 16 :].any()


async def test_a_small_change_of_source_is_left_as_it_is() -> None:
    port, written = port_alone()
    for level in (100, -100):
        port.hear(Loop(np.full(FRAME_SAMPLES, level, dtype=np.int16)))
        port.speak()
    assert [frame.tolist() for frame in written] == [[100] * FRAME_SAMPLES, [-100] * FRAME_SAMPLES]


async def test_a_replaced_source_is_stopped_and_the_same_source_again_is_not() -> None:
    port, _written = port_alone()
    first, second = Silence(), Silence()
    port.hear(first)
    port.hear(first)
    before = first.done.done()
    port.hear(second)
    assert (before, first.done.done(), second.done.done()) == (False, True, False)


async def test_taps_and_detectors_that_are_taken_off_are_fed_no_more() -> None:
    port, _written = port_alone()
    kept, gone = Keeps(), Keeps()
    port.tap(kept)
    port.tap(gone)
    port.untap(gone)
    port.untap(gone)
    port.take(1)
    port.listen()
    assert (len(kept.frames), len(gone.frames)) == (1, 0)


class HybridCard:
    """A card that plays the frame written last during its next 20 ms and hears `loss_db` less of it come back."""

    def __init__(self, loss_db: float, extra_frames: int) -> None:
        self._factor = 10 ** (-loss_db / 20)
        self._queue = [SILENCE] * extra_frames
        self._history = np.zeros(FRAME_SAMPLES, dtype=np.int16)

    def write(self, frame: Frame) -> None:
        self._queue.append(frame)

    def next(self) -> Frame:
        playing = self._queue.pop(0) if self._queue else SILENCE
        line = np.concatenate([self._history, playing])
        self._history = playing
        # The hybrid and the loop smear the echo over some milliseconds.
        echo = 0.7 * line[FRAME_SAMPLES - 20 : -20] + 0.3 * line[FRAME_SAMPLES - 37 : -37]
        return (self._factor * echo).astype(np.int16)


@pytest.mark.parametrize("extra_frames", [0, 1])
async def test_the_echo_of_what_the_line_hears_is_taken_out(extra_frames: int) -> None:
    """The frame written in one tick comes back one tick later, or two with a frame in the card's queue."""
    card = HybridCard(12, extra_frames)
    engine = Engine()
    await engine.start()
    port = engine.open("a", card.write, echo_tail_ms=64)
    kept, came = Keeps(), Keeps()
    port.tap(kept)
    rng = np.random.default_rng(5)
    # Syllables of noise, like speech: 200 ms on, 100 ms off.
    talk = (rng.standard_normal(80000) * 3000 * ((np.arange(80000) // 800) % 3 < 2)).astype(np.int16)
    port.hear(Player([talk]))
    for _ in range(500):
        frame = card.next()
        came.feed(frame)
        port.deliver(frame)
        await asyncio.sleep(0.02)
    await engine.close()
    came_dbm0, kept_dbm0 = (level_dbm0(np.concatenate(tap.frames[250:])) for tap in (came, kept))
    assert came_dbm0 - kept_dbm0 > 20


async def test_a_fault_in_the_echo_canceller_is_told_and_leaves_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EchoCanceller, "cancel", lambda *_frames: 1 / 0)
    port = MediaPort("a", lambda _frame: None, lambda _port: None, echo_tail_ms=64)
    faults: list[str] = []
    port.on_fault = lambda error: faults.append(str(error))
    port.deliver(sine(0.02, 500, -10))
    port.take(1)
    assert (faults, port.frame is SILENCE) == (["division by zero"], True)


async def test_an_overlay_is_heard_over_the_source_until_it_is_over() -> None:
    port, written = port_alone()
    port.hear(Loop(np.full(FRAME_SAMPLES, 100, np.int16)))
    over = Player([np.full(2 * FRAME_SAMPLES, 30, np.int16)])
    port.speak()
    port.overlay(over)
    for _ in range(4):
        port.speak()
    assert over.done.done()
    assert [int(frame[-1]) for frame in written] == [100, 130, 130, 100, 100]


async def test_an_overlay_alone_mutes_the_source_which_goes_on_meanwhile() -> None:
    port, written = port_alone()
    steps = np.repeat(np.arange(1, 6, dtype=np.int16), FRAME_SAMPLES)
    port.hear(Player([steps]))
    port.speak()
    port.overlay(Player([np.full(2 * FRAME_SAMPLES, 30, np.int16)]), alone=True)
    for _ in range(4):
        port.speak()
    assert [int(frame[-1]) for frame in written] == [1, 30, 30, 4, 5]


async def test_an_overlay_saturates_and_is_stopped_by_another_and_by_the_end_of_the_port() -> None:
    port, written = port_alone()
    first, second = (Player([np.full(9 * FRAME_SAMPLES, 30_000, np.int16)]) for _ in range(2))
    port.hear(Loop(np.full(FRAME_SAMPLES, 30_000, np.int16)))
    port.overlay(first)
    port.speak()
    port.overlay(second)
    assert (first.done.done(), second.done.done()) == (True, False)
    port.close()
    late = Player([np.full(FRAME_SAMPLES, 1, np.int16)])
    port.overlay(late)
    assert (second.done.done(), late.done.done()) == (True, True)
    assert int(written[0][-1]) == 32767


def test_a_modems_sound_passes_as_it_is_and_no_detector_hears_it() -> None:
    sent: list[Frame] = []
    heard: list[Frame] = []
    told: list[bool] = []

    class Listener:
        def feed(self, frame: Frame) -> list[MediaEvent]:
            heard.append(frame)
            return []

    port = MediaPort("fxo-1", sent.append, lambda _port: None, echo_tail_ms=64)
    port.on_data = told.append
    port.listen_for(Listener())
    port.gain_in_db = port.gain_out_db = 6.0
    port.carry_data(True)
    frames = [np.full(160, 100 * number, dtype=np.int16) for number in range(1, 120)]
    taken = []
    for number, frame in enumerate(frames):
        port.deliver(frame)
        if number == 0:
            # One frame more than are taken: a voice would have two cross-faded into one by and by.
            continue
        port.take(number)
        port.listen()
        port.speak()
        taken.append(port.frame)
    assert all(map(np.array_equal, taken, frames))
    assert heard == []
    for number in range(2):
        port.take(number)
    assert not port.frame.any()
    port.carry_data(True)
    port.carry_data(False)
    assert told == [True, False]
