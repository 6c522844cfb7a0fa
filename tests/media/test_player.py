"""Players, loops, tones and silence, frame by frame."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from appliance.media.engine import Engine
from appliance.media.player import Loop, Player
from appliance.media.sources import Silence, Source
from appliance.media.tone import ToneSource
from hw.audio import FRAME_SAMPLES, SILENCE, Frame, Samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import Segment, Tone, tone_plan


def to_the_end(source: Source) -> Samples:
    frames: list[Frame] = []
    while (frame := source.next()) is not None:
        assert len(frame) == FRAME_SAMPLES
        frames.append(frame)
    return np.concatenate(frames) if frames else np.zeros(0, dtype=np.int16)


def noise(count: int, seed: int = 1) -> Samples:
    return np.random.default_rng(seed).integers(-8000, 8000, count, dtype=np.int16)


@pytest.mark.parametrize(
    "lengths", [(160,), (1,), (159, 1), (161,), (500, 0, 3, 2, 7, 640), (0, 0, 5), (160, 160), (320, 1, 1, 1, 400)]
)
async def test_clips_follow_each_other_without_a_gap(lengths: tuple[int, ...]) -> None:
    clips = [noise(length, seed) for seed, length in enumerate(lengths)]
    played = to_the_end(Player(clips))
    wanted = np.concatenate(clips)
    assert len(played) == -(-len(wanted) // FRAME_SAMPLES) * FRAME_SAMPLES
    assert np.array_equal(played[: len(wanted)], wanted)
    assert not played[len(wanted) :].any()


@pytest.mark.parametrize("clips", [[], [np.zeros(0, dtype=np.int16)]])
async def test_a_player_with_nothing_to_play_is_over_at_once(clips: list[Samples]) -> None:
    assert Player(clips).done.done()


async def test_done_is_set_with_the_last_frame_so_that_the_next_clip_follows_without_a_gap() -> None:
    first, second = noise(400) | 1, noise(300, 2) | 1
    engine = Engine()
    await engine.start()
    frames: list[Frame] = []
    port = engine.open("a", frames.append)
    for clip in (first, second):
        player = Player([clip])
        port.hear(player)
        await player.done
    await asyncio.sleep(0.02)
    await engine.close()
    heard = np.concatenate(frames)
    # 400 samples fill two frames and a half, 300 not quite two.
    assert [int(frame.any()) for frame in heard.reshape(-1, FRAME_SAMPLES)] == [1, 1, 1, 1, 1, 0]
    assert np.array_equal(heard[16:400], first[16:])
    assert np.array_equal(heard[496:780], second[16:])


async def test_a_stopped_player_is_silent_from_the_next_frame_on() -> None:
    engine = Engine()
    await engine.start()
    heard: list[Frame] = []
    port = engine.open("a", heard.append)
    player = Player([np.full(8000, 9000, dtype=np.int16)])
    port.hear(player)
    await asyncio.sleep(0.1)
    port.hear(None)
    done = player.done.done()
    await asyncio.sleep(0.04)
    await engine.close()
    assert done
    assert [int(np.abs(frame[16:]).max()) for frame in heard] == [9000] * 5 + [0, 0]
    # 2 ms of fading, no step.
    assert np.all(np.diff(heard[5][:17].astype(int)) <= 0)
    assert 8000 < heard[5][0] <= 9000


@pytest.mark.parametrize("length", [1, 100, 160, 161, 1000])
async def test_a_loop_goes_round_without_a_seam(length: int) -> None:
    clip = noise(length)
    loop = Loop(clip)
    played = np.concatenate([loop.next() for _ in range(20)])
    assert np.array_equal(played, np.resize(clip, 20 * FRAME_SAMPLES))


async def test_a_loop_can_begin_anywhere_and_stop() -> None:
    loop = Loop(noise(1000), start=2300)
    assert np.array_equal(loop.next(), noise(1000)[300:460])
    loop.stop()
    assert loop.next() is None


async def test_an_empty_loop_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Loop(np.zeros(0, dtype=np.int16))


async def test_silence_lasts_as_long_as_asked() -> None:
    assert len(to_the_end(Silence(0.5))) == 4000
    endless = Silence()
    assert all(endless.next() is SILENCE for _ in range(100))


async def test_a_tone_plays_its_cadence_until_stopped() -> None:
    tone = tone_plan("us").busy
    source = ToneSource(tone)
    assert np.array_equal(np.concatenate([source.next() for _ in range(100)]), tone_samples(tone, 2.0))
    source.stop()
    assert source.next() is None


async def test_a_tone_that_ends_in_silence_is_over_with_its_last_sound() -> None:
    tone = Tone((Segment((950.0,), 0.33, -12.0), Segment((1400.0,), 0.33, -12.0), Segment((), None, -12.0)))
    assert len(to_the_end(ToneSource(tone))) == 33 * FRAME_SAMPLES
