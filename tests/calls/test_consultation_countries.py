"""Recall dial tone, busy tone and flashes of other countries: the exchange's answers are told apart there, too."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from appliance.calls.call import Call
from appliance.calls.consultation import Consultation, Consulted
from appliance.office.phrase import phrase
from tests.calls.around import lines_off_hook
from tests.calls.hearing import until
from tests.calls.ownline import BOB, caller_for_bob, calls_bob, connected, until_connected
from tests.calls.world import MAIN, world

COUNTRIES = ["uk", "de", "fr", "it", "br", "in", "za"]


@pytest.mark.parametrize("country", COUNTRIES)
async def test_a_caller_is_transferred(country: str) -> None:
    async def transfers_when_it_rings(_call: Call, consultation: Consultation) -> None:
        told.append(await consultation.alerting(15))
        told.append(await consultation.transfer())

    async with world(lambda office: replace(office, country=country)) as here:
        bob = here.subscriber(BOB, "BOB ROE")
        told = calls_bob(here, transfers_when_it_rings)
        caller = await caller_for_bob(here)
        await told.until(Consulted.ALERTING, True)
        bob.lifts()
        await until_connected(here, caller, BOB)
        assert here.appliance.faults == []


@pytest.mark.parametrize("country", COUNTRIES)
async def test_a_caller_is_talked_to_again_where_the_callee_is_busy(country: str) -> None:
    async def waits(call: Call, consultation: Consultation) -> None:
        told.append(await consultation.answered(30))
        told.append(await call.caller.read_key(phrase("goodbye"), first=10))

    async with world(lambda office: replace(office, country=country)) as here:
        here.subscriber(BOB, "BOB ROE", behaviour="busy")
        told = calls_bob(here, waits)
        caller = await caller_for_bob(here)
        await caller.hears("goodbye", within=12)
        assert connected(here, caller) == [MAIN]
        await caller.presses("5")
        await told.until(Consulted.BUSY, "5")
        assert here.appliance.faults == []


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("ends_by", ["back", "join"])
async def test_a_caller_who_left_while_the_callee_talked_is_missed_and_the_callee_is_hung_up_on(
    country: str, ends_by: str
) -> None:
    async def talks_a_while(_call: Call, consultation: Consultation) -> None:
        told.append(await consultation.answered(30))
        await asyncio.sleep(4)
        told.append(await (consultation.back() if ends_by == "back" else consultation.join()))

    async with world(lambda office: replace(office, country=country)) as here:
        bob = here.subscriber(BOB, "BOB ROE")
        told = calls_bob(here, talks_a_while)
        caller = await caller_for_bob(here)
        await bob.answers()
        await bob.says("Hello?")
        await asyncio.sleep(1)
        caller.hangs_up()
        await told.until(Consulted.ANSWERED, False)
        await until(lambda: here.trunk_states()[0] == "idle")
        await asyncio.sleep(10)
        assert here.outcomes() == [("main", "connected", "left-on-hold")]
        assert lines_off_hook(here) == []
