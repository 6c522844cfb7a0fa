"""Cards, gateways and SIP telephones in one office: which line is taken, and sound between clocks that differ."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from appliance.calls.linesout import lines_out
from appliance.office.model import Office, Trunk
from tests.calls.farlines import FarCard, far_office
from tests.calls.hearing import until
from tests.calls.world import MAIN, world


def mixed(office: Office) -> Office:
    """Lines of a card and of a gateway by turns, and telephones of both kinds."""
    lines = (
        Trunk("main", "fxo-1", "5550100"),
        Trunk("gate 1", "gate-1", "5550110"),
        Trunk("second", "fxo-2", "5550101"),
        Trunk("gate 2", "gate-2", "5550111"),
    )
    return replace(far_office(office), trunks=lines)


async def test_calls_go_out_by_the_order_of_the_document_whatever_card_a_line_is_on() -> None:
    async with world(mixed, FarCard()) as here:
        unit = here.appliance
        [way] = lines_out(unit.office, [one for one in unit.lines.trunks if one.facts.outside], "4075550199")
        ports = [trunk.port for trunk in way.trunks if not trunk.port.startswith("join")]
        assert ports == ["gate-2", "fxo-2", "gate-1", "fxo-1"]


async def test_a_line_that_is_dead_is_passed_over_for_one_of_another_card() -> None:
    card = FarCard()
    async with world(mixed, card) as here:
        card.trunk("gate-2").loses_battery(True)
        card.telephone("phone-2").lifts("94075550199")
        await until(lambda: here.trunk_states()[1] == "seized", within=5)
        assert card.trunk("gate-1").seized == card.trunk("gate-2").seized == []


async def test_a_talk_between_a_card_whose_clock_is_slow_and_a_telephone_on_the_network_has_no_gap() -> None:
    card = FarCard()
    async with world(mixed, card, clock_ppm=-100) as here:
        caller = await here.caller().dials(MAIN)
        await caller.presses("101", at="dial-extension-any-time")
        await card.telephone("phone-1").answers()
        await asyncio.sleep(2)
        trunk = next(port for port in here.appliance.engine.ports if port.name == "main")
        before = trunk.stats
        await asyncio.sleep(
            55
        )  # The engine ticks 5 ms behind the card at first, and without all this in step 50 s later.
        assert (trunk.stats, trunk.closed) == (before, False)
