"""What would happen to a call, as the page asks it: sentences, and the way through the picture."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest

from appliance.control import ControlError
from appliance.office.contact import Blocked
from tests.calls.world import world
from tests.control.officemethods import document, offered


@asynccontextmanager
async def asking(folder):
    async with world() as here:
        asked = offered(here.appliance, folder)
        await asked("office.load", document=document())
        yield asked, here


def with_hours() -> dict[str, object]:
    """Open on weekdays; at other times callers meet a menu of their own."""
    office = document()
    office["hours"] = {
        "main": {
            "week": {"monday": ["09:00-17:00"], "friday": ["09:00-17:00"]},
            "closed": {"action": "menu", "menu": "night"},
        }
    }
    office["menus"] = {"night": {"greeting": "We are closed.", "keys": {"1": {"action": "mailbox", "person": "tom"}}}}
    return office


async def test_a_draft_is_explained_without_being_live(tmp_path):
    async with asking(tmp_path) as (ask, _here):
        told = await ask("office.explain", document=with_hours(), line="fxo-1", at="2026-12-04 18:05", keys="1")
        assert told["boxes"] == [
            "line trunks[0]",
            "hours trunks[0]",
            "ToMenu to the menu night",
            "ToMailbox a message for tom",
        ]
        assert told["arrows"] == ["trunks[0].hours", "hours.main.closed", "menus.night.keys.1"]
        assert "it is closed on Friday 2026-12-04 18:05" in " ".join(told["sentences"])
        live = await ask("office.explain", line="fxo-1", at="2026-12-04 18:05", keys="1")
        assert live["boxes"][1:] == ["ToMenu to the menu", "ToPerson to maria"]


async def test_who_calls_counts(tmp_path):
    async with asking(tmp_path) as (ask, here):
        await here.appliance.contacts.block(Blocked("4075550199"))
        told = await ask("office.explain", number="407 555 0199")
        assert told["sentences"][-1] == "The unit refuses the call politely."
        assert told["boxes"] == ["line trunks[0]"]


@pytest.mark.parametrize(
    ("params", "reason"),
    [({"line": "attic"}, "there is no line"), ({"at": "soon"}, "no date and time"), ({"number": "x"}, "number")],
)
async def test_what_is_not_understood_is_said(tmp_path, params, reason):
    async with asking(tmp_path) as (ask, _here):
        with pytest.raises(ControlError, match=reason):
            await ask("office.explain", **params)


async def test_keys_lead_back_and_those_that_a_menu_lacks_end_the_way(tmp_path):
    office = with_hours()
    office["menus"]["night"]["keys"] |= {"2": {"action": "menu", "menu": "main"}}
    office["menu"]["keys"] |= {"*": {"action": "back", "says": "Star: back."}}
    async with asking(tmp_path) as (ask, _here):
        told = await ask("office.explain", document=office, at="2026-12-04 18:05", keys="2*2799")
        assert told["arrows"][2:] == ["menus.night.keys.2", "menu.keys.*", "menus.night.keys.2"]
