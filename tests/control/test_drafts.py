"""The shared draft: apart from what is live, brought along, and nothing overwritten unseen."""

from __future__ import annotations

import errno
from contextlib import asynccontextmanager

import numpy as np
import pytest

from appliance.control import ControlError
from appliance.store.disk import StoreFull
from appliance.wav.clip import written_clip
from hw.audio import SAMPLE_RATE
from tests.calls.world import world
from tests.control.officemethods import document, offered

GREETING = ["menu", "greetings", "morning"]
WAS = document()["menu"]["greetings"]["morning"]
SILENCE = np.zeros(SAMPLE_RATE, np.int16)
"""A recording of a second."""
KEYS = document()["menu"]["keys"]


@asynccontextmanager
async def drafting(folder):
    """The methods of a unit that has the example office."""
    async with world() as here:
        asked = offered(here.appliance, folder)
        await asked("office.load", document=document())
        yield asked


async def edit(ask, steps, was, becomes, by="ada"):
    return await ask("draft.edit", pieces=[[steps, was, becomes]], by=by)


async def test_a_draft_changes_nothing_until_it_goes_live_and_is_kept_meanwhile(tmp_path):
    async with drafting(tmp_path) as ask:
        assert (await ask("draft.get"))["at"] is None
        assert (await edit(ask, GREETING, WAS, "Hello."))["saved"]
        assert (await ask("office.get"))["document"] == document()
        draft = await ask("draft.get")
        assert draft["by"] == "ada"
        assert [one["path"] for one in draft["changes"]] == ["menu.greetings.morning"]
        await ask("draft.live", revision=draft["revision"], by="olga")
        assert (await ask("office.get"))["document"]["menu"]["greetings"]["morning"] == "Hello."
        assert (await ask("draft.get"))["at"] is None
        assert (await ask("versions.list"))["versions"][0]["by"] == "olga"


PLACE = "menu.keys.1.says"


async def test_what_is_recorded_for_a_draft_goes_live_with_it_and_back_with_an_undo(tmp_path):
    async with world() as here:
        sounds = here.appliance.sounds
        ask = offered(here.appliance, tmp_path)
        await ask("office.load", document=document())
        await sounds.add(PLACE, written_clip(SILENCE))
        old = sounds.at(PLACE).use
        with pytest.raises(ControlError, match="no draft"):
            await ask("draft.sound", place=PLACE, text=True)
        await edit(ask, GREETING, WAS, "Hello.")
        await sounds.draft_added(PLACE, written_clip(SILENCE))
        await edit(ask, GREETING, "Hello.", WAS)
        draft = await ask("draft.get")
        assert [(one["path"], one["kind"]) for one in draft["changes"]] == [(PLACE, "changed")]
        assert [(one["place"], one["in_use"], one["seconds"]) for one in draft["sounds"]] == [(PLACE, "recording", 1.0)]
        assert sounds.at(PLACE).use == old
        await ask("draft.live", revision=draft["revision"], by="olga")
        new = sounds.at(PLACE).use
        assert new not in ("", old)
        assert (await ask("draft.get"))["at"] is None
        first, second = (await ask("versions.list"))["versions"][:2]
        assert [one["path"] for one in first["changes"]] == [PLACE]
        await ask("versions.restore", version=second["version"], by="ada")
        assert sounds.at(PLACE).use == old
        await ask("versions.restore", version=first["version"], by="ada")
        assert sounds.at(PLACE).use == new


async def test_what_is_recorded_while_a_draft_goes_live_is_in_the_next(tmp_path, monkeypatch):
    async with world() as here:
        sounds, ask = here.appliance.sounds, offered(here.appliance, tmp_path)
        await ask("office.load", document=document())
        await sounds.draft_added(PLACE, written_clip(SILENCE))
        put = sounds.put

        async def put_while_somebody_records(wanted):
            replaced = await put(wanted)
            await sounds.draft_added("menu.keys.2.says", written_clip(SILENCE))
            return replaced

        monkeypatch.setattr(sounds, "put", put_while_somebody_records)
        await ask("draft.live", revision=(await ask("draft.get"))["revision"], by="olga")
        draft = await ask("draft.get")
        assert [(one["place"], one["seconds"]) for one in draft["sounds"]] == [("menu.keys.2.says", 1.0)]


async def test_what_is_recorded_for_a_draft_goes_with_it(tmp_path):
    async with world() as here:
        sounds, night = here.appliance.sounds, {"greeting": "Good night.", "keys": {}}
        ask = offered(here.appliance, tmp_path)
        await ask("office.load", document=document())
        await edit(ask, ["menus", "night"], None, night)
        await sounds.draft_added("menus.night.greeting", written_clip(SILENCE))
        await ask("draft.carry", **{"from": "menus.night", "to": "menus.evening"})
        assert list(sounds.drafted) == ["menus.evening.greeting"]
        recorded = sounds.draft_recording("menus.evening.greeting")
        assert recorded.exists()
        await ask("draft.discard", revision=(await ask("draft.get"))["revision"])
        assert (await ask("draft.get"))["sounds"] == []
        assert not recorded.exists()


async def test_a_full_disk_is_told_where_recordings_should_go_with_a_new_name(tmp_path, monkeypatch):
    async with world() as here:
        ask = offered(here.appliance, tmp_path)
        await ask("office.load", document=document())

        async def full(_before, _after):
            raise StoreFull(errno.ENOSPC, "no room")

        monkeypatch.setattr(here.appliance.sounds, "carry", full)
        with pytest.raises(ControlError, match="no room") as refused:
            await ask("draft.carry", **{"from": "menus.night", "to": "menus.evening"})
        assert refused.value.code == "disk-full"


async def test_a_draft_outlasts_a_restart(tmp_path):
    async with world() as here:
        ask = offered(here.appliance, tmp_path)
        await ask("office.load", document=document())
        await edit(ask, GREETING, WAS, "Hello.")
        again = offered(here.appliance, tmp_path)
        assert (await again("draft.get"))["document"]["menu"]["greetings"]["morning"] == "Hello."


async def test_what_was_changed_live_comes_into_the_draft(tmp_path):
    async with drafting(tmp_path) as ask:
        await edit(ask, GREETING, WAS, "Hello.")
        await ask("office.load", document=document() | {"name": "Riverside"})
        draft = await ask("draft.get")
        assert draft["document"]["name"] == "Riverside"
        assert [one["path"] for one in draft["brought"]] == ["name"]
        assert [one["path"] for one in draft["changes"]] == ["menu.greetings.morning"]
        assert (await ask("draft.get"))["brought"] == []


@pytest.mark.parametrize(("theirs", "heard"), [([], "Hello."), (["menu.greetings.morning"], "Good day.")])
async def test_what_both_have_changed_is_settled_field_by_field(tmp_path, theirs, heard):
    async with drafting(tmp_path) as ask:
        await edit(ask, GREETING, WAS, "Hello.")
        live = document()
        live["menu"]["greetings"]["morning"] = "Good day."
        await ask("office.load", document=live)
        draft = await ask("draft.get")
        (conflict,) = draft["conflicts"]
        assert (conflict["path"], conflict["before"], conflict["after"]) == (
            "menu.greetings.morning",
            "Hello.",
            "Good day.",
        )
        with pytest.raises(ControlError, match="settle"):
            await ask("draft.live", revision=draft["revision"], by="ada")
        settled = await ask("draft.settle", theirs=theirs, by="ada")
        assert settled["conflicts"] == []
        assert settled["document"]["menu"]["greetings"]["morning"] == heard


async def test_the_second_of_two_editors_is_told_and_overwrites_nothing(tmp_path):
    async with drafting(tmp_path) as ask:
        menu = document()["menu"]
        assert (await edit(ask, ["menu"], menu, menu | {"keys": KEYS | {"4": {"action": "operator"}}}, "ada"))["saved"]
        late = await edit(ask, ["menu"], menu, menu | {"silent_tries": 2}, "tom")
        assert late["saved"]
        assert [one["path"] for one in late["meanwhile"]] == ["menu.keys.4"]
        both = (await ask("draft.get"))["document"]["menu"]
        assert (both["silent_tries"], list(both["keys"])) == (2, ["1", "2", "3", "4"])
        refused = await edit(ask, ["menu"], menu, menu | {"silent_tries": 5}, "olga")
        assert not refused["saved"]
        assert [(one["path"], one["before"], one["after"]) for one in refused["conflicts"]] == [
            ("menu.silent_tries", "5", "2")
        ]


async def test_what_would_be_a_mistake_stays_out_of_the_draft(tmp_path):
    async with drafting(tmp_path) as ask:
        told = await edit(ask, ["menu", "keys", "1"], KEYS["1"], KEYS["1"] | {"person": "nobody"})
        assert not told["saved"]
        assert [one["path"] for one in told["mistakes"]] == ["menu.keys.1.person"]
        assert (await ask("draft.get"))["at"] is None


async def test_an_entry_of_a_list_goes_by_its_id(tmp_path):
    async with drafting(tmp_path) as ask:
        trunk = document()["trunks"][1]
        assert (await edit(ask, ["trunks", "fxo-2"], trunk, trunk | {"language": "sv"}))["saved"]
        assert (await ask("draft.get"))["document"]["trunks"][1]["language"] == "sv"
        with pytest.raises(ControlError, match="not there any more"):
            await edit(ask, ["trunks", "fxo-9"], trunk, trunk)


async def test_what_is_not_what_was_shown_is_neither_used_nor_dropped(tmp_path):
    async with drafting(tmp_path) as ask:
        await edit(ask, GREETING, WAS, "Hello.")
        for method in ("draft.live", "draft.discard"):
            with pytest.raises(ControlError, match="look at it again"):
                await ask(method, revision="0" * 16, **({"by": "ada"} if method == "draft.live" else {}))
        await ask("draft.discard", revision=(await ask("draft.get"))["revision"])
        assert (await ask("draft.get"))["document"] == document()


@pytest.mark.parametrize(
    "pieces", [[], [["menu", 1, 2]], [[[], 1, 2]], ["x"], [[[3], None, None]], [[["a"], 1, 1]] * 21]
)
async def test_what_are_no_pieces_is_refused(tmp_path, pieces):
    async with drafting(tmp_path) as ask:
        with pytest.raises(ControlError, match="pieces"):
            await ask("draft.edit", pieces=pieces, by="ada")
