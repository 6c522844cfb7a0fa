"""A telephone of the office says where browsers find the unit."""

from __future__ import annotations

import socket

import pytest

from appliance.machine import whereabouts
from appliance.provisioning.notes import ProvisioningNotes, write_notes
from tests.calls.world import World, world


@pytest.fixture(autouse=True)
def addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found = ["192.168.1.20"]
    monkeypatch.setattr(whereabouts, "addresses_now", lambda: found)
    monkeypatch.setattr(socket, "gethostname", lambda: "front-desk.example")
    return found


@pytest.mark.parametrize("dialled", ["**1", "7701"])
async def test_a_telephone_says_address_and_name(here: World, dialled: str) -> None:
    maria = await here.phone("fxs-1").dials(dialled)
    await maria.hears(*["unit-address", "unit-name"] * 3, "goodbye")
    maria.hangs_up()
    await here.all_is_free()


async def test_without_a_network_that_is_said(here: World, addresses: list[str]) -> None:
    addresses.clear()
    maria = await here.phone("fxs-1").dials("**1")
    await maria.hears("no-unit-address", "goodbye")
    maria.hangs_up()
    await here.all_is_free()


async def test_mistakes_of_the_card_are_told_before_the_address() -> None:
    notes = ProvisioningNotes(mistakes=("line 1: name: is missing",))
    async with world(spoil=lambda data: write_notes(data, notes)) as here:
        maria = await here.phone("fxs-1").dials("**1")
        await maria.hears("unit-mistakes", "unit-address")
        maria.hangs_up()
        await here.all_is_free()
        assert any("line 1: name: is missing" in fault for fault in here.appliance.faults)
