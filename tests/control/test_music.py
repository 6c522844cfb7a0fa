"""The office's own music on hold, over the control socket: heard by whoever is put on hold from then on."""

from __future__ import annotations

import asyncio
import base64
import io
from pathlib import Path

import numpy as np
import pytest

from appliance.api.music import offer_music
from appliance.media.music import LEVEL_DBM0, hold_music
from appliance.opening import open_music
from appliance.store import holdmusic
from appliance.wav.clip import clip_in, written_clip
from hw.audio import SAMPLE_RATE, Samples, level_dbm0
from tests.calls.hearing import until
from tests.calls.plainlines import hears_tone, on_hold, plain_world
from tests.control.offered import Offered

HALF_A_SECOND = 25
"""Frames."""


def tune(hertz: float, seconds: float = 3.0) -> Samples:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    made: Samples = (8000 * np.sin(2 * np.pi * hertz * time) * (1 + 0.3 * np.sin(9 * time))).astype(np.int16)
    return made


async def added(offered: Offered, title: str, content: bytes) -> str:
    upload = (await offered.ask("music.upload", piece=base64.b64encode(content).decode()))["upload"]
    id: str = (await offered.ask("music.add", upload=upload, title=title))["id"]
    return id


async def sound(offered: Offered, id: str) -> Samples:
    """What the page plays of a piece."""
    content, size = b"", 1
    while len(content) < size:
        told = await offered.ask("music.listen", id=id, at=len(content))
        content, size = content + base64.b64decode(told["piece"]), told["size"]
    return clip_in(io.BytesIO(content), id)


async def test_a_piece_is_heard_by_whoever_is_put_on_hold_from_then_on(tmp_path: Path) -> None:
    async with plain_world() as plain:
        offered, music = Offered(), plain.here.appliance.services.music
        offer_music(offered, music, tmp_path / "music", tmp_path)
        caller, maria = await plain.talking()
        maria.flashes()
        await hears_tone(maria, "recall")
        await on_hold(caller)
        maria.flashes()
        id = await added(offered, " Own  tune ", written_clip(tune(700)))
        own = await sound(offered, id)
        assert level_dbm0(own) == pytest.approx(LEVEL_DBM0, abs=0.2)
        assert (await offered.ask("music.list"))["pieces"][0]["title"] == "Own tune"

        def hears_own() -> bool:
            heard = np.concatenate(caller.frames[-HALF_A_SECOND:])
            rounds = np.resize(own, len(own) + len(heard))
            return any(np.array_equal(rounds[at : at + len(heard)], heard) for at in range(len(own)))

        await asyncio.sleep(2)
        maria.flashes()
        await hears_tone(maria, "recall")
        await until(hears_own, 5)
        maria.flashes()
        await offered.ask("music.remove", id=id)
        await asyncio.sleep(2)
        maria.flashes()
        await hears_tone(maria, "recall")
        await on_hold(caller)


async def test_several_are_played_in_turn_and_kept_over_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered, music = Offered(), open_music(tmp_path / "music")
    offer_music(offered, music, tmp_path / "music", tmp_path)
    assert np.array_equal(await sound(offered, ""), hold_music())
    first, second = (
        await added(offered, "one", written_clip(tune(500))),
        await added(offered, "", written_clip(tune(900))),
    )
    one, two = await sound(offered, first), await sound(offered, second)
    pause = np.zeros(SAMPLE_RATE, np.int16)
    expected = np.concatenate([one, pause, two, pause])

    def begins_with(samples: Samples, again: Samples) -> bool:
        return np.array_equal(samples, again[: len(samples)])

    for played in (music.loop(), open_music(tmp_path / "music").loop()):
        frames = np.concatenate([played.next() for _ in range(len(expected) // 160 + 2)])
        assert begins_with(expected, frames)
        assert begins_with(frames[len(expected) :], one)

    upload = (await offered.ask("music.upload", piece=base64.b64encode(b"no sound").decode()))["upload"]
    assert await offered.refused("music.add", upload=upload, title="x") == "no-sound"
    monkeypatch.setattr(holdmusic, "MOST_SECONDS", 7.0)
    upload = (await offered.ask("music.upload", piece=base64.b64encode(written_clip(tune(600))).decode()))["upload"]
    assert await offered.refused("music.add", upload=upload, title="x") == "too-much-music"
    assert await offered.refused("music.listen", id="../office") == "no-such-music"
    assert await offered.refused("music.remove", id="9") == "no-such-music"

    (tmp_path / "music" / f"{first}.wav").write_bytes(b"damaged")
    assert np.array_equal(open_music(tmp_path / "music").loop().next(), hold_music()[:160])
    await offered.ask("music.remove", id="")
    assert sorted(path.suffix for path in (tmp_path / "music").iterdir() if path.suffix == ".wav") == []
    assert np.array_equal(music.loop().next(), hold_music()[:160])
