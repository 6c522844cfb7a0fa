"""What docs/adding.md says, tried: a destination and a card that are thrown away afterwards."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from unittest import mock

from appliance import cards
from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.flows.route import go
from appliance.office.destination import Destination
from appliance.office.model import Key, Office
from appliance.office.phrase import phrase
from hw.tones.toneplan import TonePlan, tone_plan
from tests.calls.farlines import ANNE, FarCard
from tests.calls.hearing import until
from tests.calls.world import example_office, world


@dataclass(frozen=True, slots=True)
class ToFarewell:
    """The class, which stands in office/destination.py."""

    def __str__(self) -> str:
        return "to the farewell"


async def farewell(call: Call) -> Outcome:
    """The flow, which has a file of its own in flows/."""
    await call.caller.play(phrase("thank-you-goodbye"))
    return Outcome.GOODBYE


async def go_there_too(call: Call, destination: Destination | ToFarewell) -> Outcome:
    """The case, which stands in flows/route.py."""
    match destination:
        case ToFarewell():
            return await farewell(call)
        case _:
            return await go(call, destination)


def with_a_key(office: Office) -> Office:
    keys = office.menu.keys | {"7": Key(ToFarewell())}  # type: ignore[arg-type]
    return replace(office, menu=replace(office.menu, keys=keys))


async def test_a_destination_is_a_class_a_case_and_a_flow() -> None:
    async with world(with_a_key) as here:
        here.appliance.switchboard.route = go_there_too  # type: ignore[assignment]
        caller = await here.greeted()
        await caller.presses("7")
        await here.ended(("main", "goodbye", "released"))
        assert here.told.on("main")[-1] == "thank-you-goodbye"
        (record,) = here.appliance.calls.recent(1)
        assert [step.what for step in record.steps] == ["to the menu", "to the farewell"]


def one_more_card(office: Office, plan: TonePlan) -> FarCard:
    """What makes it, which is an entry of KINDS in appliance/cards.py."""
    return FarCard()


async def test_a_card_is_a_driver_and_an_entry_in_the_list_of_kinds() -> None:
    office = example_office()
    with mock.patch.dict(cards.KINDS, {"lines far away": one_more_card}):
        exchange = mock.Mock(card="the exchange's")
        made = cards.office_cards(office, tone_plan(office.country), exchange)
    assert made.faults == ()
    _exchange, card = made.cards
    assert isinstance(card, FarCard)
    async with world(beside=card) as here:
        caller = card.trunk("gate-1")
        caller.calls(ANNE)
        await until(lambda: caller.off_hook)
        await asyncio.sleep(1)
        assert {"kind": "far"} in here.appliance.rack.status()


def test_a_card_that_cannot_be_made_is_told_and_the_others_are_there() -> None:
    def broken(_office: Office, _plan: TonePlan) -> FarCard:
        raise LookupError("no driver")

    office = example_office()
    with mock.patch.dict(cards.KINDS, {"lines far away": broken}):
        made = cards.office_cards(office, tone_plan(office.country), mock.Mock(card="the exchange's"))
    assert made.cards == ("the exchange's",)
    assert made.faults == ("lines far away cannot be used: LookupError",)
