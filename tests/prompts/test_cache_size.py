"""The folder of a unit's own clips does not grow without end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from appliance.prompts import cachesize
from appliance.prompts.cachesize import MOST_BYTES, make_room, most_bytes
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary
from appliance.prompts.voice import Voice

CLIP = 1000


def clips(folder: Path, *names: str) -> None:
    """Clips that were spoken one after another, in this order."""
    for second, name in enumerate(names):
        (folder / name).write_bytes(bytes(CLIP))
        os.utime(folder / name, (second, second))


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_was_spoken_longest_ago_is_removed_first_and_no_more_than_needed(tmp_path: Path) -> None:
    clips(tmp_path, "c.wav", "a.wav", "d.wav", "b.wav")
    assert make_room(tmp_path, (), 2 * CLIP) == ["c.wav", "a.wav"]
    assert left(tmp_path) == ["b.wav", "d.wav"]


def test_what_the_office_says_stays_however_much_it_is(tmp_path: Path) -> None:
    clips(tmp_path, "a.wav", "b.wav", "c.wav")
    assert make_room(tmp_path, {"a.wav", "b.wav"}, CLIP) == ["c.wav"]


def test_where_there_is_room_nothing_is_removed(tmp_path: Path) -> None:
    clips(tmp_path, "a.wav")
    (tmp_path / "notes.txt").write_bytes(bytes(9 * CLIP))
    assert make_room(tmp_path, (), CLIP) == []
    assert left(tmp_path) == ["a.wav", "notes.txt"]


def test_a_small_card_has_a_small_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = os.statvfs(tmp_path)
    for share, most in ((told.f_blocks * told.f_frsize, 1), (1, MOST_BYTES)):
        monkeypatch.setattr("appliance.prompts.cachesize.SHARE", share)
        assert most_bytes(tmp_path) == most


async def test_a_library_keeps_what_it_can_say(full_cache: Path, voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    prompts = PromptLibrary(full_cache, lambda _: voice)
    await prompts.prepare([], [language("en")])
    whole = left(full_cache)
    clips(full_cache, "of-an-office-that-was.wav")
    monkeypatch.setattr(cachesize, "most_bytes", lambda folder: 0)
    await prompts.make_room()
    assert [name for name in whole if name not in left(full_cache)] == []
    assert "of-an-office-that-was.wav" not in left(full_cache)
