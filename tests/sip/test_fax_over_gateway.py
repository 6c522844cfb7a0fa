"""A whole unit whose only line is a gateway's: two pages come in under the greeting, and two go out of the queue."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.fax.job import FaxCause
from appliance.fax.making.orders import FileToSend
from appliance.fax.sending.handing import FaxWish
from appliance.fax.sending.queued import QueuedFax
from appliance.office.fax import OFFICE_BOX
from appliance.scenario.faxmachine import be_a_fax_machine
from hw.sim.exchange import Exchange
from hw.sim.gateway.gateway import Gateway
from hw.sim.gateway.settings import FxoLine
from hw.sim.telephone import Telephone
from hw.sip.profile import profile
from hw.tones.toneplan import tone_plan
from tests.fax.machines import receiving, sending
from tests.fax.papers import pages_of, same, saved, text
from tests.sip.here import RunningUnit, document, own_address, unit, until

pytestmark = [pytest.mark.proof, pytest.mark.waits_long]

US = tone_plan("us")
LINE, JANE = "5550100", "5550188"
MODEL = "grandstream-ht813"


@dataclass
class Place:
    """The unit, and the telephone of whoever sends it faxes."""

    at: RunningUnit
    jane: Telephone


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    here, there = own_address(), own_address()
    outside = Exchange(US, lambda: datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    outside.add_trunk("line", LINE)
    jane = outside.subscriber(JANE, "JANE ROE")
    gateways = [{"name": "front", "model": MODEL, "address": there, "trunks": [{"port": "front", "user": "801"}]}]
    office = document({"address": here, "gateways": gateways}, {"front": {"number": LINE}}, {})
    await outside.start()
    async with unit(office, folder) as at:
        line = FxoLine(outside.card.fxo[0], "801", at.at("front"))
        gateway = Gateway(US, profile(MODEL), there, [line])
        await gateway.start()
        try:
            yield Place(at, jane)
        finally:
            await gateway.close()
            await outside.close()


@pytest.mark.real_time(within=300)
async def test_two_pages_that_come_over_a_gateway_are_in_the_box_of_the_office(tmp_path: Path) -> None:
    pages = [text(1100, seed=1), text(1100, seed=2)]
    async with place(tmp_path / "data") as here:
        here.jane.lift()
        await asyncio.sleep(1)
        await here.jane.press(LINE)
        sent = await be_a_fax_machine(here.jane, sending(saved(tmp_path / "out.tif", pages)))
        assert sent is not None
        assert sent.cause is FaxCause.COMPLETE, sent
        room = here.at.appliance.fax_desk.room
        await until(lambda: room.counts(OFFICE_BOX).new, "fax in the box")
        (id,) = (await room.ids(OFFICE_BOX)).new
        fax = await room.fax(OFFICE_BOX, id)
        assert (fax.sheet.pages, fax.sheet.ecm, fax.sheet.cause) == (2, True, FaxCause.COMPLETE.value)
        assert fax.sheet.bit_rate >= 7200
        assert same(fax.path, pages)


@pytest.mark.real_time(within=300)
async def test_two_pages_of_the_queue_go_out_over_a_gateway(tmp_path: Path) -> None:
    (tmp_path / "offer.txt").write_text("".join(f"{number}. Twelve chairs, oak.\n" for number in range(1, 81)))
    wish = FaxWish("555-0188", [FileToSend(tmp_path / "offer.txt", "offer.txt")])
    async with place(tmp_path / "data") as here:
        sender = here.at.appliance.faxes_out
        (queued,) = await sender.intake.take(wish)
        assert queued.pages == 2
        await until(lambda: here.jane.ringing, "ring", 60)
        here.jane.lift()
        received = await be_a_fax_machine(here.jane, receiving(tmp_path / "come.tif"))
        assert received is not None
        assert (received.cause, received.pages, received.ecm) == (FaxCause.COMPLETE, 2, True), received
        assert received.bit_rate >= 7200

        def over() -> QueuedFax | None:
            fax = sender.queue.fax(queued.id)
            return fax if fax is not None and fax.state.over else None

        fax = await until(over, "end of the fax")
        assert (fax.state.value, fax.confirmed) == ("delivered", 2)
        assert [page.any() for page in pages_of(tmp_path / "come.tif")] == [True, True]
