"""A fax is handed in, queued, dialled out over the exchange, received by a fax machine there, and proven."""

from __future__ import annotations

from pathlib import Path

from appliance.fax.making.orders import FileToSend
from appliance.fax.sending.handing import FaxWish
from appliance.fax.sending.proving import prove
from appliance.fax.sending.queued import FaxState
from tests.calls.hearing import until
from tests.calls.world import World, world
from tests.fax.machines import FaxOnTelephone, receiving
from tests.fax.papers import pages_of

LOCAL = "5550188"


async def test_a_text_goes_from_the_desk_over_the_exchange_to_a_machine_there_and_is_proven(tmp_path: Path) -> None:
    (tmp_path / "offer.txt").write_text("Twelve chairs, oak.\n")
    async with world() as here:
        sender = here.appliance.faxes_out
        wish = FaxWish("555-0188", [FileToSend(tmp_path / "offer.txt", "offer.txt")], coarse=True)
        there = here.subscriber(LOCAL)
        machine = FaxOnTelephone(there.telephone)
        (fax,) = await sender.intake.take(wish)
        await there.answers(within=30)
        machine.start(receiving(tmp_path / "received.tif"))
        await until(lambda: state(here, fax.id).over, within=120)
        over = sender.queue.fax(fax.id)
        assert over is not None
        assert over.state is FaxState.DELIVERED
        assert (over.number, over.pages, over.confirmed) == (LOCAL, 1, 1)
        (page,) = pages_of(tmp_path / "received.tif")
        assert page[20:].any()
        assert page[:20].any()
        prove(sender.queue.store, over, tmp_path / "proof.pdf", here.appliance.office)
        assert (tmp_path / "proof.pdf").read_bytes().startswith(b"%PDF")


def state(here: World, id: str) -> FaxState:
    fax = here.appliance.faxes_out.queue.fax(id)
    assert fax is not None
    return fax.state
