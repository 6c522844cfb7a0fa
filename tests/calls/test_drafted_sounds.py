"""Recordings of a draft, changed by several at once: nothing that somebody has recorded is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from appliance.calls.sounds import Sounds
from appliance.store.sounds import SoundStore

pytestmark = pytest.mark.real_time

ONE, OTHER = "menu.keys.1.says", "menu.keys.2.says"
CONTENT = b"a recording"


async def opened(folder: Path) -> Sounds:
    sounds = Sounds(SoundStore(folder))
    assert await sounds.open() == ""
    return sounds


async def test_a_recording_stays_that_is_kept_while_another_place_is_changed(tmp_path: Path) -> None:
    sounds = await opened(tmp_path)
    await asyncio.gather(sounds.draft_added(ONE, CONTENT), sounds.draft_text(OTHER))
    recorded = sounds.draft_recording(ONE)
    assert recorded is not None
    assert (recorded.read_bytes(), sounds.drafted[OTHER]) == (CONTENT, "")
    await asyncio.gather(sounds.draft_added(OTHER, CONTENT), sounds.leave_as_live(ONE))
    assert list(sounds.drafted) == [OTHER]


async def test_what_is_recorded_while_a_draft_is_dropped_stays(tmp_path: Path) -> None:
    sounds = await opened(tmp_path)
    await sounds.draft_added(ONE, CONTENT)
    await sounds.draft_text(OTHER)
    known = dict(sounds.drafted)
    await sounds.draft_added(ONE, b"a better one")
    await sounds.drop_draft(known)
    recorded = sounds.draft_recording(ONE)
    assert recorded is not None
    assert (recorded.read_bytes(), list(sounds.drafted)) == (b"a better one", [ONE])


async def test_a_menu_that_gets_its_name_back_has_nothing_changed(tmp_path: Path) -> None:
    store = SoundStore(tmp_path)
    store.load()
    store.allot(["menus.night.greeting"])
    store.add("menus.night.greeting", CONTENT)
    sounds = await opened(tmp_path)
    await sounds.carry("menus.night", "menus.evening")
    assert sounds.drafted == {"menus.evening.greeting": store.places["menus.night.greeting"].use}
    await sounds.carry("menus.evening", "menus.night")
    assert sounds.drafted == {}
