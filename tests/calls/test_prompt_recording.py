"""Recording by telephone what callers hear: hanging up at every stage, wrong numbers, full disks, broken recordings."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest

from appliance.calls.announcer import unplayable
from appliance.calls.sounds import StoreFull
from appliance.office.model import Office
from appliance.office.phrase import Words
from appliance.wav.clip import write_clip, written_clip
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import ENGLISH, MORNING, World, mute, world

GREETING = "menu.greetings.morning"
ANNOUNCEMENT = "announcement.says"
NEW = "Hello from all of us."
SPEAKS = "speaks"
"""In place of keys: says the new greeting, then #."""

Steps = Sequence[tuple[str, str]]

RECORDS: Steps = [
    ("enter-pin", "7391"),
    ("enter-prompt-number", "1#"),
    ("prompt-menu", "2"),
    ("record-prompt-after-tone", SPEAKS),
    ("prompt-review-menu", "2"),
    ("recording", ""),
    ("prompt-review-menu", "1"),
    ("prompt-saved", ""),
    ("prompt-menu", "*"),
    ("enter-prompt-number", "*"),
    ("goodbye", ""),
]
KEPT = 7
"""The step from which on the new recording is in use."""

ANNOUNCES: Steps = [
    ("enter-pin", "7391"),
    ("announcement-menu", "4"),
    ("record-prompt-after-tone", SPEAKS),
    ("prompt-review-menu", "1"),
    ("prompt-saved", ""),
    ("announcement-menu", "1"),
    ("announcement-menu", "2"),
    ("announcement-menu", "5"),
]


def with_a_manager(office: Office) -> Office:
    return replace(office, people=tuple(replace(person, manager=person.id == "maria") for person in office.people))


async def goes(telephone: Phone, steps: Steps) -> None:
    """Each phrase is waited for, and then these keys are pressed."""
    for phrase, keys in steps:
        await telephone.hears(phrase)
        if keys == SPEAKS:
            await telephone.hears("beep")
            await telephone.says(NEW)
            await telephone.presses("#")
        elif keys:
            await telephone.presses(keys)


async def idle(here: World) -> None:
    await until(lambda: not here.appliance.switchboard.ongoing, within=30)


def drafts(data: Path) -> list[Path]:
    """What was recorded and neither kept nor dropped."""
    return list(data.glob("sounds/tmp/*"))


def sound_of(seconds: float) -> bytes:
    at = np.arange(round(seconds * 8000)) / 8000
    return written_clip((3000 * np.sin(2 * np.pi * 440 * at)).astype(np.int16))


async def heard(here: World, place: str) -> float:
    """How many seconds callers hear there."""
    clips = await here.appliance.services.announcer.clips([Words("Goodbye.", "en", place)], MORNING, "en")
    return sum(map(len, clips)) / 8000


async def spoken_seconds(here: World) -> float:
    return len(np.concatenate(here.prompts.clips([Words("Goodbye.")], MORNING, ENGLISH))) / 8000


@pytest.mark.parametrize("stage", range(len(RECORDS)))
async def test_hanging_up_at_any_stage_keeps_what_was_kept_and_leaves_nothing_behind(stage: int) -> None:
    folder: list[Path] = []
    async with world(with_a_manager, spoil=folder.append) as here:
        maria = await here.phone("fxs-1").dials("*82")
        await goes(maria, [*RECORDS[:stage], (RECORDS[stage][0], "")])
        maria.hangs_up()
        await idle(here)
        assert (here.appliance.sounds.recording(GREETING) is not None) == (stage >= KEPT)
        assert drafts(folder[0]) == []
        (record,) = here.appliance.calls.recent(1)
        assert record.outcome == ("changed" if stage >= KEPT else record.outcome)
        assert here.appliance.faults == []


async def test_hanging_up_in_the_middle_of_recording_changes_nothing() -> None:
    folder: list[Path] = []
    async with world(with_a_manager, spoil=folder.append) as here:
        maria = await here.phone("fxs-1").dials("*82")
        await goes(maria, [*RECORDS[:3], ("record-prompt-after-tone", "")])
        await asyncio.sleep(5)
        await maria.says(NEW)
        maria.hangs_up()
        await idle(here)
        assert here.appliance.sounds.recording(GREETING) is None
        assert drafts(folder[0]) == []


@pytest.mark.parametrize("stage", range(len(ANNOUNCES)))
async def test_hanging_up_at_any_stage_leaves_the_announcement_as_it_was_told_last(stage: int) -> None:
    folder: list[Path] = []
    async with world(with_a_manager, spoil=folder.append) as here:
        maria = await here.phone("fxs-1").dials("*83")
        await goes(maria, [*ANNOUNCES[:stage], (ANNOUNCES[stage][0], "")])
        maria.hangs_up()
        await idle(here)
        assert (here.appliance.sounds.recording(ANNOUNCEMENT) is not None) == (stage >= 4)
        assert here.appliance.switches.announced == (stage == 6)
        assert drafts(folder[0]) == []


async def test_three_wrong_numbers_of_prompts_end_the_call() -> None:
    async with world(with_a_manager) as here:
        maria = await here.phone("fxs-1").dials("*82")
        wrong = [("enter-prompt-number", "9999#"), ("no-such-prompt", "")]
        await goes(maria, [("enter-pin", "7391"), *wrong, *wrong, *wrong, ("goodbye", "")])
        maria.hangs_up()
        await idle(here)
        assert here.appliance.calls.recent(1)[0].outcome == "abandoned"


async def test_silence_at_every_question_ends_the_call() -> None:
    async with world(with_a_manager) as here:
        maria = await here.phone("fxs-1").dials("*82")
        await goes(maria, RECORDS[:2])
        await maria.hears("goodbye", within=200)
        asked = ["prompt-menu"] * 3 + ["enter-prompt-number", "did-not-hear"] * 3
        assert maria.heard == ["enter-pin", "enter-prompt-number", *asked, "goodbye"]


async def test_a_recording_without_words_is_not_kept() -> None:
    folder: list[Path] = []
    async with world(with_a_manager, spoil=folder.append) as here:
        maria = await here.phone("fxs-1").dials("*82")
        await goes(maria, [*RECORDS[:3], ("record-prompt-after-tone", "")])
        await asyncio.sleep(6)
        await maria.presses("#")
        await goes(maria, [("prompt-too-short", "")])
        maria.hangs_up()
        await idle(here)
        assert here.appliance.sounds.recording(GREETING) is None
        assert drafts(folder[0]) == []


async def test_where_nothing_was_before_that_is_said() -> None:
    async with world(with_a_manager) as here:
        maria = await here.phone("fxs-1").dials("*82")
        await goes(maria, [*RECORDS[:2], ("prompt-menu", "3"), ("no-version-before", "")])
        maria.hangs_up()
        await idle(here)


def full(*_: Any) -> None:
    raise StoreFull(28, "the disk is full: no room for a recording")


async def test_a_full_disk_is_told_and_callers_hear_the_old() -> None:
    async with world(with_a_manager) as here:
        with mock.patch("appliance.store.sounds.SoundStore.use", full):
            maria = await here.phone("fxs-1").dials("*82")
            await goes(maria, [*RECORDS[:5], ("prompt-review-menu", "1"), ("not-changed", "")])
            maria.hangs_up()
            await idle(here)
        assert here.appliance.sounds.recording(GREETING) is None


async def test_a_disk_without_room_to_begin_is_told() -> None:
    async with world(with_a_manager) as here:
        with mock.patch("appliance.store.sounds.SoundStore.begin", full):
            maria = await here.phone("fxs-1").dials("*82")
            await goes(maria, [*RECORDS[:3], ("message-not-recorded", "")])
            maria.hangs_up()
            await idle(here)
        assert here.appliance.faults == ["the disk is full: no room for a recording"]


async def test_callers_hear_a_recording_from_the_next_prompt_on_and_the_text_again() -> None:
    async with world() as here:
        text = await spoken_seconds(here)
        assert await heard(here, GREETING) == text
        await here.appliance.sounds.add(GREETING, sound_of(2.0))
        assert await heard(here, GREETING) == pytest.approx(2.22)
        await here.appliance.sounds.back(GREETING)
        assert await heard(here, GREETING) == text


@pytest.mark.parametrize("content", [b"", b"nonsense", sound_of(1.0)[:4000]])
async def test_in_place_of_a_broken_recording_the_text_is_spoken_and_people_are_told(content: bytes) -> None:
    async with world() as here:
        await here.appliance.sounds.add(GREETING, sound_of(2.0))
        path = here.appliance.sounds.recording(GREETING)
        assert path is not None
        path.write_bytes(content)
        assert await heard(here, GREETING) == await spoken_seconds(here)
        assert here.appliance.faults == [unplayable(GREETING)]
        await here.appliance.sounds.add(GREETING, sound_of(1.0))
        assert here.appliance.faults == []
        assert await heard(here, GREETING) == pytest.approx(1.22)


async def test_a_recording_is_heard_where_the_voice_has_failed() -> None:
    async with world(prompts=mute) as here:
        await here.appliance.sounds.add(GREETING, sound_of(2.0))
        assert await heard(here, GREETING) == pytest.approx(2.22)


async def test_recordings_and_numbers_outlast_another_office() -> None:
    async with world() as here:
        await here.appliance.sounds.add("menu.keys.1.says", sound_of(2.0))
        before = here.appliance.office
        keys = {digit: key for digit, key in before.menu.keys.items() if digit != "1"}
        await here.appliance.use(replace(before, menu=replace(before.menu, keys=keys)))
        assert "menu.keys.1.says" not in here.appliance.places
        await here.appliance.use(before)
        found = here.appliance.sounds.at("menu.keys.1.says")
        assert found is not None
        assert found.number == 4
        assert await heard(here, "menu.keys.1.says") == pytest.approx(2.22)


def test_a_clip_in_memory_is_the_clip_in_a_file(tmp_path: Path) -> None:
    samples = np.arange(800, dtype=np.int16)
    write_clip(tmp_path / "a.wav", samples)
    assert (tmp_path / "a.wav").read_bytes() == written_clip(samples)
