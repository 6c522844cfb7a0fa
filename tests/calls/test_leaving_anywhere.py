"""Callers and telephones that hang up at any moment of any flow, or mash keys for hours: nothing is left behind."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.office.contact import Blocked, Gets
from appliance.office.document import parse_office
from appliance.office.model import Office
from hw.sim.telephone import Telephone
from tests.calls.world import MAIN, World, world
from tests.proofs import ALL

EXAMPLES = Path(__file__).parents[2] / "examples" / "offices"
APART_S = 2.3 if ALL else 4.7
"""Between two moments at which the same call is left. It was tried with 1.3 s, too."""

RANDOM_CALLS = 12
"""It was tried with 60, which are two hours."""

ENDING_S = 12.0
"""A line needs some seconds to tell that the caller has gone, and to be free again."""

EVERYTHING = {
    "menus": {
        "more": {
            "greeting": "More.",
            "keys": {
                "1": {"action": "information", "information": "told", "says": "To be told something, press 1."},
                "2": {"action": "directory", "says": "To find somebody by name, press 2."},
                "3": {"action": "same-person", "says": "For the same person again, press 3."},
                "4": {"action": "message", "says": "To leave a message, press 4."},
                "5": {"action": "fax", "says": "To send a fax, press 5."},
                "6": {"action": "outside", "number": "5551234", "says": "To reach us on the road, press 6."},
                "*": {"action": "back", "says": "To go back, press star."},
            },
        }
    },
    "information": {"told": {"says": "We are open from nine to five."}},
    "callers": {"ask_number": True},
}


def of_everything(office: Office) -> Office:
    document = json.loads((EXAMPLES / "riverside-dental.json").read_text(encoding="utf-8")) | EVERYTHING
    document["menu"]["keys"]["4"] = {"action": "menu", "menu": "more", "says": "For more, press 4."}
    document["people"][1]["manager"] = True
    assert office.country == document["country"]
    return parse_office(document)


@dataclass(frozen=True)
class Script:
    """Who calls, and what is pressed how many seconds after the call began; left at the latest after `lasts` s."""

    keys: tuple[tuple[float, str], ...]
    lasts: float
    inside: str = ""
    number: str = "4075550122"
    private: bool = False


SCRIPTS = {
    "a menu within a menu, and information told twice": Script(((10, "4"), (14, "1"), (22, "1"), (30, "*")), 38),
    "the directory": Script(((10, "42"), (20, "252"), (26, "1")), 40),
    "the same person again": Script(((10, "43"),), 20),
    "a message": Script(((10, "44"),), 40),
    "a fax": Script(((10, "45"),), 20),
    "an outside number": Script(((10, "46"),), 30),
    "asked for the number": Script(((14, "4075550123#"), (24, "101")), 40, private=True),
    "a challenge": Script(((12, "1"), (18, "1")), 26, number="4085550100"),
    "refused": Script((), 16, number="4095550100"),
    "the night mode by code": Script(((2, "*81"), (6, "7391"), (14, "3")), 22, inside="fxs-1"),
    "do not disturb by code": Script(((2, "*78"), (12, "2#")), 20, inside="fxs-1"),
    "forwarding by code": Script(((2, "*72"), (14, "102#"), (26, "1")), 36, inside="fxs-1"),
    "forwarding from outside": Script(((10, "*73"), (16, "101#"), (20, "7391#")), 28),
    "the last caller by code": Script(((2, "*60"), (10, "*")), 18, inside="fxs-1"),
}


async def carried_out(here: World, script: Script, leave_at: float) -> None:
    """The call, left after so many seconds."""
    telephone = here.exchange.telephones[script.inside] if script.inside else known(here, script)
    loop = asyncio.get_running_loop()
    began = loop.time()
    telephone.lift()
    if not script.inside:
        await asyncio.sleep(1.5)
        await telephone.press(MAIN)
    for at, keys in script.keys:
        if at >= leave_at:
            break
        await asyncio.sleep(max(0.0, began + at - loop.time()))
        await telephone.press(keys)
    await asyncio.sleep(max(0.0, began + leave_at - loop.time()))
    telephone.hang_up()
    await asyncio.sleep(ENDING_S)


def known(here: World, script: Script) -> Telephone:
    found = here.exchange.telephones.get(script.number)
    return found or here.exchange.subscriber(script.number, caller_id="private" if script.private else "shown")


@pytest.mark.parametrize("name", SCRIPTS)
async def test_whoever_leaves_at_any_moment_leaves_nothing_behind(name: str) -> None:
    script = SCRIPTS[name]
    async with world(of_everything) as here:
        here.exchange.subscriber("5551234", behaviour="rings-out")
        await here.appliance.contacts.block(Blocked("408*", Gets.CHALLENGE))
        await here.appliance.contacts.block(Blocked("409*"))
        leave_at = 3.0
        while leave_at < script.lasts:
            await carried_out(here, script, leave_at)
            assert here.trunk_states() == ["idle"] * 4, f"left after {leave_at:.1f} s"
            assert not here.appliance.switchboard.ongoing, f"left after {leave_at:.1f} s"
            assert all(outcome not in ("", "fault") for _, outcome, _ in here.outcomes()), (
                f"left after {leave_at:.1f} s"
            )
            leave_at += APART_S
        assert here.appliance.faults == []


async def test_hours_of_keys_pressed_at_random_leave_every_line_free() -> None:
    source = random.Random(9)
    async with world(of_everything) as here:
        caller = here.exchange.subscriber("4075550122")
        here.exchange.subscriber("5551234", behaviour="rings-out")
        for _ in range(RANDOM_CALLS):
            caller.lift()
            await asyncio.sleep(1.5)
            await caller.press(MAIN)
            for _ in range(source.randint(1, 25)):
                await asyncio.sleep(source.choice((0.2, 1.0, 4.0, 12.0)))
                await caller.press("".join(source.choices("0123456789*#", k=source.randint(1, 6))))
            caller.hang_up()
            await asyncio.sleep(ENDING_S)
            assert here.trunk_states() == ["idle"] * 4
        assert not here.appliance.switchboard.ongoing
        assert {outcome for _, outcome, _ in here.outcomes()} & {"", "fault"} == set()
        assert here.appliance.faults == []
