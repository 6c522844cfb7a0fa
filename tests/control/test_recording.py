"""Greetings recorded by a telephone that is rung for it, and heard over the control socket."""

from __future__ import annotations

import asyncio
import base64
from contextlib import AbstractAsyncContextManager

import pytest

from appliance.api.recording import offer_recording
from appliance.calls.greetingchoice import temporary_switch
from appliance.calls.mail import OwnRecording
from tests.calls.peopleoffice import with_departments
from tests.calls.world import World, world
from tests.control.offered import Offered


@pytest.fixture
def here() -> AbstractAsyncContextManager[World]:
    return world(with_departments)


def offered(here: World) -> Offered:
    made = Offered()
    offer_recording(made, here.appliance)
    return made


async def records(here: World) -> None:
    maria = here.phone("fxs-1")
    await maria.answers()
    await maria.hears("beep")
    await maria.says("This is Maria. I am away for a few days.")
    await maria.presses("#")
    await maria.presses("1", at="greeting-review-menu")
    await maria.hears("greeting-saved")
    maria.hangs_up()
    await here.all_is_free()


async def test_the_telephone_rings_and_what_is_recorded_there_is_heard(here: World) -> None:
    methods = offered(here)
    await methods.ask("greetings.ring", person="maria", kind="regular", at="maria")
    await records(here)
    path = await here.appliance.mail.own("maria", OwnRecording.GREETING)
    assert path is not None
    told = await methods.ask("greetings.sound", person="maria", kind="regular")
    assert path.read_bytes().startswith(base64.b64decode(told["piece"]))
    assert await methods.refused("greetings.sound", person="maria", kind="busy") == "no-recording"


async def test_a_temporary_greeting_is_in_use_until_its_last_day(here: World) -> None:
    await offered(here).ask("greetings.ring", person="maria", kind="temporary", at="maria", until="2026-03-05")
    await records(here)
    until = here.appliance.switches.until(temporary_switch("maria"))
    assert until is not None
    assert here.appliance.office.local(until).isoformat() == "2026-03-06T00:00:00-05:00"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"at": "office"}, "no-telephone"),
        ({"at": "nobody"}, "no-telephone"),
        ({"kind": "merry"}, "no-such-greeting"),
        ({"kind": "temporary"}, "not-understood"),
        ({"person": "nobody"}, "no-such-person"),
    ],
    ids=str,
)
async def test_what_cannot_be_recorded_rings_nothing(here: World, params: dict[str, str], code: str) -> None:
    assert (
        await offered(here).refused("greetings.ring", **{"person": "maria", "kind": "regular", "at": "maria"} | params)
        == code
    )
    assert not here.appliance.switchboard.ongoing


async def test_a_telephone_in_use_is_told(here: World) -> None:
    here.phone("fxs-1").lifts()
    await asyncio.sleep(1.0)
    assert await offered(here).refused("greetings.ring", person="maria", kind="regular", at="maria") == "telephone-busy"
