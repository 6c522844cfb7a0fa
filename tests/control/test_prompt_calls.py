"""A telephone rings so that somebody records a text into it, as an administrator has asked."""

from __future__ import annotations

import asyncio
import base64
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from appliance.api.prompts import offer_prompts
from appliance.control import ControlError
from appliance.prompts.trying import Trial
from appliance.store.versions import KeptDraft, VersionStore
from appliance.wav.clip import clip_in
from tests.calls.hearing import until
from tests.calls.world import world
from tests.control.officemethods import Asked, document

PLACE = "menu.greetings.morning"
NEW = "Hello from all of us."


@asynccontextmanager
async def recording(folder, *, drafted=False):
    """drafted: there is a draft of the office."""
    async with world() as here:
        asked = Asked()
        versions = VersionStore.open(folder / "versions.sqlite")
        if drafted:
            versions.put_draft(KeptDraft(document(), document(), datetime(2026, 3, 3, tzinfo=UTC), "ada"))
        calls = offer_prompts(asked, here.appliance, Trial(here.prompts, folder), folder, versions)
        yield here, asked
        await calls.close()


@pytest.mark.parametrize("drafted", [False, True])
async def test_whoever_lifts_records_it_and_callers_hear_it_at_once_or_with_the_draft(tmp_path, drafted):
    async with recording(tmp_path, drafted=drafted) as (here, ask):
        assert (await ask("prompts.ring", place=PLACE, station="front desk"))["state"] == "ringing"
        telephone = here.phone("fxs-1")
        await telephone.rings()
        telephone.lifts()
        await telephone.hears("record-prompt-after-tone")
        await telephone.hears("beep")
        await telephone.says(NEW)
        await telephone.presses("#")
        await telephone.hears("prompt-review-menu")
        await telephone.presses("1")
        await telephone.hears("prompt-saved")
        telephone.hangs_up()
        await until(lambda: not here.appliance.switchboard.ongoing, within=30)
        assert await ask("prompts.rung", place=PLACE) == {"state": "saved"}
        sounds = here.appliance.sounds
        recorded = sounds.draft_recording(PLACE) if drafted else sounds.recording(PLACE)
        assert recorded is not None
        assert (sounds.recording(PLACE) is None) == drafted
        told = await ask("prompts.listen", place=PLACE, draft=drafted)
        assert told["after"] is None
        assert base64.b64decode(told["wav"]) == recorded.read_bytes()
        with recorded.open("rb") as opened:
            assert 1.0 < len(clip_in(opened, "it")) / 8000 < 4.0


async def test_a_telephone_that_nobody_lifts_changes_nothing(tmp_path):
    async with recording(tmp_path) as (here, ask):
        await ask("prompts.ring", place=PLACE, station="front desk")
        await here.phone("fxs-1").rings()
        with pytest.raises(ControlError, match="in use"):
            await ask("prompts.ring", place=PLACE, station="front desk")
        await asyncio.sleep(60)
        assert await ask("prompts.rung", place=PLACE) == {"state": "not-lifted"}
        assert here.appliance.sounds.recording(PLACE) is None


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"place": "menu.nothing", "station": "front desk"}, "nothing there"),
        ({"place": PLACE, "station": "attic"}, "no telephone attic"),
    ],
)
async def test_what_cannot_be_rung_is_said(tmp_path, params, reason):
    async with recording(tmp_path) as (_here, ask):
        with pytest.raises(ControlError, match=reason):
            await ask("prompts.ring", **params)
