"""Names of a large office are spoken in the background, and what somebody wants to hear now comes first."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.calls.announcer import NOT_SPOKEN, Announcer
from appliance.calls.faults import Faults
from appliance.calls.sounds import Sounds
from appliance.office.phrase import phrase
from appliance.prompts.backlog import Backlog
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary
from appliance.prompts.synthesis import RunningSpeaker
from appliance.prompts.voice import Voice, espeak_voice
from appliance.store.sounds import SoundStore
from appliance.wav.clip import read_clip

pytestmark = pytest.mark.real_time

ENGLISH = language("en")
NOW = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)
NAMES = ["Ann Lee", "Bea Moss", "Cora Nye", "Dan Orr", "Eve Poe"]


def backlog(folder: Path, keep: Callable[[str], object], progress: Callable[[], None] = lambda: None) -> Backlog:
    """Of the plain voice, which is quick."""
    return Backlog(ENGLISH, espeak_voice(ENGLISH), lambda text: folder / f"{text}.wav", keep=keep, progress=progress)


async def test_all_are_spoken_one_after_the_other_and_what_is_wanted_first(tmp_path: Path) -> None:
    spoken: list[str] = []
    names = backlog(tmp_path, spoken.append)
    names.add(NAMES)
    while "Eve Poe" in names:  # A busy machine may need longer than somebody waits.
        await names.hurry(["Eve Poe", "nobody there"])
    assert (spoken[0], "Eve Poe" in names, names.total) == ("Eve Poe", False, len(NAMES))
    while names.left:
        await names.hurry(NAMES)
    assert (spoken, names.left) == (["Eve Poe", *NAMES[:-1]], 0)
    assert all(len(read_clip(tmp_path / f"{name}.wav")) > 1000 for name in NAMES)
    await names.close()


async def test_it_stops_when_the_unit_does(tmp_path: Path) -> None:
    spoken: list[str] = []
    begun = asyncio.Event()
    names = backlog(tmp_path, spoken.append, begun.set)
    names.add(NAMES)
    await begun.wait()
    await names.close()
    assert (len(spoken) < len(NAMES), names.left) == (True, 0)


async def test_calls_go_on_while_a_voice_that_is_done_leaves_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: asyncio.Queue[threading.Thread] = asyncio.Queue()
    close, loop = RunningSpeaker.close, asyncio.get_running_loop()

    def noted(speaker: RunningSpeaker) -> None:
        close(speaker)
        loop.call_soon_threadsafe(ended.put_nowait, threading.current_thread())

    monkeypatch.setattr(RunningSpeaker, "close", noted)
    names = backlog(tmp_path, lambda _text: None)
    names.add(NAMES[:1])
    assert await asyncio.wait_for(ended.get(), 60) is not threading.current_thread()
    names.add(NAMES[1:2])  # One that comes later has a speaker of its own.
    await ended.get()
    assert (names.left, names.total) == (0, 2)


@pytest.mark.parametrize("failing", [0, 1])
async def test_a_voice_that_fails_by_one_name_speaks_the_others(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak = RunningSpeaker.speak

    def fails_by_one(speaker: RunningSpeaker, text: str, path: Path) -> None:
        if text == NAMES[failing]:
            speaker.stop()
        speak(speaker, text, path)

    monkeypatch.setattr(RunningSpeaker, "speak", fails_by_one)
    spoken: list[str] = []
    names = backlog(tmp_path, spoken.append)
    names.add(NAMES[:3])
    while names.left:
        await names.hurry(NAMES[:3])
    assert spoken == [name for name in NAMES[:3] if name != NAMES[failing]]
    await names.close()


async def test_a_library_is_ready_before_the_names_are_spoken_and_says_them_in_the_end(
    full_cache: Path, voice: Voice, tmp_path: Path
) -> None:
    prompts, faults = PromptLibrary(full_cache, lambda _: voice, in_background=True), Faults()
    said = phrase("greeting-default", name="Ann Lee")
    done = asyncio.Event()
    prompts.on_progress = lambda: done.set() if prompts.progress == (2, 2) else None
    await prompts.prepare([], [ENGLISH], later=[said])
    assert prompts.progress == (0, 2)  # Inside a sentence, and at its end.
    rest = prompts.clips([said], NOW, ENGLISH)
    assert rest  # Of the sentence, without the name.
    await asyncio.wait_for(done.wait(), 60)
    announcer = Announcer(prompts, Sounds(SoundStore(tmp_path / "sounds")), faults)
    assert sum(map(len, await announcer.clips([said], NOW, "en"))) > sum(map(len, rest)) + 1000
    assert faults.now == []
    again = PromptLibrary(full_cache, lambda _: voice, in_background=True)
    await again.prepare([], [ENGLISH], later=[said])
    assert again.progress == (0, 0)


async def test_a_voice_that_fails_is_told_by_whoever_says_a_name(
    full_cache: Path, voice: Voice, tmp_path: Path
) -> None:
    broken = Voice(voice.engine, voice.name, "no-such-voice")
    prompts, faults = PromptLibrary(full_cache, lambda _: broken, in_background=True), Faults()
    said = phrase("greeting-default", name="Bea Moss")
    await prompts.prepare([], [ENGLISH], later=[said])
    announcer = Announcer(prompts, Sounds(SoundStore(tmp_path / "sounds")), faults)
    while prompts.progress != (2, 2):
        await announcer.clips([said], NOW, "en")
        await asyncio.sleep(0)  # Of its two texts one is said here; for the other nobody waits.
    assert await announcer.clips([said], NOW, "en") == []
    assert faults.now == [NOT_SPOKEN]
    await prompts.close()


async def test_a_new_version_takes_calls_while_its_new_prompts_are_still_spoken(tmp_path: Path) -> None:
    prompts, faults = PromptLibrary(tmp_path / "cache", espeak_voice, in_background=True), Faults()
    await asyncio.wait_for(prompts.prepare_within(0.2, [phrase("call-for", company="Roe")], ENGLISH), 5)
    spoken, of = prompts.progress
    assert of - spoken > 100
    await asyncio.wait_for(prompts.prepare([], [ENGLISH]), 5)  # As the unit does: it waits for none of them.
    assert prompts.progress[1] == of
    announcer = Announcer(prompts, Sounds(SoundStore(tmp_path / "sounds")), faults)
    async with asyncio.timeout(60):
        while not await announcer.clips([phrase("no-unit-address")], NOW, "en"):
            assert faults.now == [], "it is not missing, but waited for"
    assert prompts.progress[0] < of / 2, "what is wanted goes before all others"
    await prompts.close()
