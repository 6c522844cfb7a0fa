from __future__ import annotations

import numpy as np

from hw.audio import SILENCE, Samples, level_dbm0
from hw.dsp.library import ffi, spandsp, writable
from hw.dsp.plc import Concealer
from tests.hw.signals import frames, noise, rounded, tone

VOWEL = tone((150, 300, 450), 1.0, -20)


def concealed(samples: Samples, lost: set[int]) -> list[Samples]:
    concealer = Concealer()
    return [
        concealer.missing() if index in lost else concealer.received(frame)
        for index, frame in enumerate(frames(samples))
    ]


def test_without_loss_every_sample_passes_unchanged() -> None:
    assert np.array_equal(np.concatenate(concealed(VOWEL, set())), VOWEL)


def test_one_lost_frame_is_bridged_with_the_sound_before_it() -> None:
    heard = concealed(VOWEL, {30})
    original = list(frames(VOWEL))
    assert level_dbm0(heard[30]) > level_dbm0(original[30]) - 4
    bridge, lost = heard[30].astype(np.float64), original[30].astype(np.float64)
    assert bridge @ lost / np.sqrt((bridge @ bridge) * (lost @ lost)) > 0.75


def test_the_joins_do_not_click() -> None:
    heard = np.concatenate(concealed(VOWEL, {20, 30, 31, 40, 41, 42, 43}))
    steepest = np.abs(np.diff(VOWEL.astype(np.int32))).max()
    assert np.abs(np.diff(heard.astype(np.int32))).max() < 1.3 * steepest


def test_the_frame_after_the_join_is_unchanged() -> None:
    heard = concealed(VOWEL, {30})
    assert np.array_equal(heard[32], VOWEL[32 * 160 : 33 * 160])


def test_a_long_loss_fades_to_silence() -> None:
    heard = concealed(VOWEL, set(range(20, 30)))
    levels = [level_dbm0(frame) for frame in heard[20:24]]
    assert levels == sorted(levels, reverse=True)
    assert [bool(frame.any()) for frame in heard[24:30]] == [False] * 6


def test_a_loss_before_anything_came_is_silence() -> None:
    assert np.array_equal(Concealer().missing(), SILENCE)


def test_what_the_library_is_told_late_makes_no_difference() -> None:
    """Against the library told of every frame when it comes."""
    library = spandsp()
    state = ffi.gc(library.plc_init(ffi.NULL), library.plc_free)
    lost = {0, 2, 3, 5, 20, 30, 31, 33, 36, 40, 41, 42, 43, 45}
    sound = rounded(noise(np.random.default_rng(4), 8000, -20))
    expected = [frame.copy() for frame in frames(sound)]
    for index, heard in enumerate(expected):
        (library.plc_fillin if index in lost else library.plc_rx)(state, writable(heard), len(heard))
    assert np.array_equal(np.concatenate(concealed(sound, lost)), np.concatenate(expected))


def test_a_frame_given_is_not_changed() -> None:
    concealer = Concealer()
    concealer.received(VOWEL[:160])
    concealer.missing()
    frame = VOWEL[320:480].copy()
    frame.setflags(write=False)
    assert len(concealer.received(frame)) == 160
