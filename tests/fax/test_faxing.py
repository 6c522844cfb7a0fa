"""Faxes on a line of the unit, over the simulated exchange, from and to a machine at the other end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from appliance.calls.call import Call
from appliance.calls.faxing import receive_fax, send_fax
from appliance.calls.outcome import Outcome
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, Receiving, Sending
from appliance.flows.route import go
from appliance.office.destination import Destination
from appliance.office.model import Key, Office
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import World, world
from tests.fax.machines import OURS, THEIRS, FaxOnTelephone, receiving, sending
from tests.fax.papers import same, saved, text


@dataclass(frozen=True, slots=True)
class ToFax:
    """A destination of this test: the unit receives or sends a fax on the caller's line."""


class Fax:
    """The flow, and what came of it."""

    def __init__(self, job: Sending | Receiving) -> None:
        self.job = job
        self.told: list[FaxProgress] = []
        self.result: FaxResult | None = None

    async def route(self, call: Call, destination: Destination | ToFax) -> Outcome:
        if not isinstance(destination, ToFax):
            return await go(call, destination)
        if isinstance(self.job, Sending):
            self.result = await send_fax(call.caller, self.job, self.told.append)
        else:
            self.result = await receive_fax(call.caller, self.job, self.told.append)
        return Outcome.GOODBYE


def with_a_key(office: Office) -> Office:
    keys = office.menu.keys | {"7": Key(ToFax())}  # type: ignore[arg-type]
    return replace(office, menu=replace(office.menu, keys=keys))


async def on_the_line(
    here: World, ours: Sending | Receiving, theirs: Sending | Receiving
) -> tuple[Fax, FaxOnTelephone, Phone]:
    """A caller's machine and the unit, which has just begun."""
    fax = Fax(ours)
    here.appliance.switchboard.route = fax.route  # type: ignore[assignment]
    caller = await here.greeted()
    machine = FaxOnTelephone(caller.telephone)
    await caller.presses("7")
    machine.start(theirs)
    return fax, machine, caller


@pytest.mark.parametrize("ecm", [True, False])
async def test_a_page_is_received_on_a_line(tmp_path: Path, ecm: bool) -> None:
    pages = [text()]
    async with world(with_a_key) as here:
        fax, machine, _caller = await on_the_line(
            here, receiving(tmp_path / "in.tif"), sending(saved(tmp_path / "out.tif", pages), ecm=ecm)
        )
        await until(lambda: fax.result is not None and machine.result is not None, within=120)
        assert fax.result is not None
        assert machine.result is not None
        assert (fax.result.cause, machine.result.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE)
        assert (fax.result.pages, fax.result.far_identity, fax.result.ecm) == (1, THEIRS, ecm)
        assert fax.told[-1].page == 1
        assert same(tmp_path / "in.tif", pages)


async def test_a_page_is_sent_on_a_line(tmp_path: Path) -> None:
    pages = [text()]
    async with world(with_a_key) as here:
        fax, machine, _caller = await on_the_line(
            here, sending(saved(tmp_path / "out.tif", pages)), receiving(tmp_path / "in.tif")
        )
        await until(lambda: fax.result is not None and machine.result is not None, within=120)
        assert fax.result is not None
        assert (fax.result.cause, fax.result.pages, fax.result.far_identity) == (FaxCause.COMPLETE, 1, OURS)
        assert same(tmp_path / "in.tif", pages)


async def test_a_caller_who_hangs_up_in_the_middle_of_a_page_ends_the_fax(tmp_path: Path) -> None:
    pages = [text(), text(2000)]
    async with world(with_a_key) as here:
        fax, _machine, caller = await on_the_line(
            here, receiving(tmp_path / "in.tif"), sending(saved(tmp_path / "out.tif", pages))
        )
        await until(lambda: bool(fax.told) and fax.told[-1].page == 1, within=120)
        await asyncio.sleep(3)
        caller.hangs_up()
        await until(lambda: fax.result is not None, within=5)
        assert fax.result is not None
        assert (fax.result.cause, fax.result.pages) == (FaxCause.LINE_CUT, 1)
        assert same(tmp_path / "in.tif", pages[:1])
