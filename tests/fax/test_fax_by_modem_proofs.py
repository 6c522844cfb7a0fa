"""A unit sends and takes faxes through a modem beside its line: card, driver, efax and carriers, over the exchange.

In real time, as efax is, some 40 s each. `make proofs` runs them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.fax.job import FaxCause
from appliance.fax.making.orders import FileToSend
from appliance.fax.sending.handing import FaxWish
from appliance.fax.sending.queued import FaxState, QueuedFax
from appliance.linemodem import LineModem
from appliance.office.fax import OFFICE_BOX
from appliance.office.model import Office
from appliance.office.usbmodem import ModemUse, UsbModem
from hw.modem.usb import UsbModems
from hw.sim.modem.model import MODELS
from hw.sim.modem.standin import StandInModem
from hw.sim.modem.usb import UsbSocket
from tests.calls.around import only_trunks
from tests.calls.hearing import until
from tests.calls.world import MAIN, World, world
from tests.fax.machines import FaxOnTelephone, receiving, sending
from tests.fax.papers import pages_of, same, saved, text

pytestmark = [pytest.mark.proof, pytest.mark.real_time(within=240)]

PORT, LOCAL = "fxo-1", "5550188"


@dataclass
class Desk:
    """A unit with a modem in a USB socket, beside its first line."""

    here: World
    modem: StandInModem
    driver: LineModem

    @property
    def line(self) -> TrunkLine:
        return next(trunk for trunk in self.here.appliance.lines.trunks if trunk.port == PORT)

    @property
    def card_holds(self) -> bool:
        return next(port for port in self.here.exchange.card.fxo if port.name == PORT).off_hook

    def fax(self, id: str) -> QueuedFax:
        fax = self.here.appliance.faxes_out.queue.fax(id)
        assert fax is not None
        return fax

    async def modem_has_the_line(self) -> None:
        await until(lambda: self.modem.off_hook and not self.card_holds, within=60)
        assert (self.line.state, self.line.free) == (State.UP, False)


@asynccontextmanager
async def desk(folder: Path, change: Callable[[Office], Office] = replace) -> AsyncIterator[Desk]:
    def with_modem(office: Office) -> Office:
        return replace(change(office), modem=UsbModem(use=ModemUse.BOTH, line=PORT, receives=True))

    (folder / "dev").mkdir()
    async with world(with_modem) as here:
        unit = here.appliance
        modem = StandInModem(MODELS["usr5637"], here.exchange.lines[MAIN].loop, here.exchange.plan, folder / "modem")
        socket = UsbSocket(folder, "1-1.3", modem)
        socket.plug_in()
        driver = LineModem(UsbModems(folder), unit.trouble, lambda _port: None)
        unit.fax_desk.carriers.modem = lambda: driver.beside(lambda: unit.office.local(unit.now()))
        await driver.use(unit.office)
        await until(lambda: unit.fax_desk.carriers.modem() is not None, within=30)
        try:
            yield Desk(here, modem, driver)
        finally:
            await driver.close()
            socket.unplug()


async def test_a_text_is_sent_by_the_modem_to_a_machine_over_the_exchange(tmp_path: Path) -> None:
    (tmp_path / "offer.txt").write_text("Twelve chairs, oak.\n")
    async with desk(tmp_path) as at:
        there = at.here.subscriber(LOCAL)
        machine = FaxOnTelephone(there.telephone)
        wish = FaxWish("555-0188", [FileToSend(tmp_path / "offer.txt", "offer.txt")], coarse=True)
        (fax,) = await at.here.appliance.faxes_out.intake.take(wish)
        await there.answers(within=60)
        machine.start(receiving(tmp_path / "received.tif", ecm=False))
        await at.modem_has_the_line()
        await until(lambda: at.fax(fax.id).state.over, within=150)
        over = at.fax(fax.id)
        assert (over.state, over.confirmed, over.last and over.last.ecm) == (FaxState.DELIVERED, 1, False)
        assert not at.modem.off_hook
        await until(lambda: at.line.free, within=5)
        (call,) = at.here.appliance.calls.recent(1)
        assert (call.line, call.called, call.outcome) == (at.line.name, LOCAL, "fax-sent")
    (page,) = pages_of(tmp_path / "received.tif")
    assert page[20:].any()


async def test_a_fax_that_comes_in_is_taken_by_the_modem(tmp_path: Path) -> None:
    pages = [text(), text(80, seed=1)]
    async with desk(tmp_path) as at:
        caller = await at.here.caller().dials(MAIN)
        await until(lambda: at.here.trunk_states()[0] == "up", within=15)
        machine = FaxOnTelephone(caller.telephone)
        machine.start(sending(saved(tmp_path / "out.tif", pages), ecm=False))
        await at.modem_has_the_line()
        await until(lambda: machine.result is not None, within=120)
        assert machine.result is not None
        assert machine.result.cause is FaxCause.COMPLETE
        caller.hangs_up()
        await at.here.ended(("main", "fax-received", "released"))
        faxes = at.here.appliance.services.faxes
        fax = await faxes.fax(OFFICE_BOX, (await faxes.ids(OFFICE_BOX)).new[0])
        assert same(fax.path, pages)


async def test_an_emergency_call_gets_the_line_from_the_modem_in_the_middle_of_a_page(tmp_path: Path) -> None:
    async with desk(tmp_path, only_trunks(1)) as at:
        here = at.here
        there = here.subscriber(LOCAL)
        machine = FaxOnTelephone(there.telephone)
        (tmp_path / "long.txt").write_text("Twelve chairs, oak.\n" * 50)
        wish = FaxWish("555-0188", [FileToSend(tmp_path / "long.txt", "long.txt")])
        (fax,) = await here.appliance.faxes_out.intake.take(wish)
        await there.answers(within=60)
        machine.start(receiving(tmp_path / "received.tif", ecm=False))
        await at.modem_has_the_line()
        await asyncio.sleep(12)
        assert at.modem.off_hook
        front_desk, help_line = here.phone("fxs-1"), here.subscriber("911")
        await front_desk.dials("911")
        await until(lambda: not at.modem.off_hook, within=1)
        await help_line.rings(within=15)
        await help_line.answers()
        waits = at.fax(fax.id)
        assert (waits.state, waits.last and waits.last.counts) == (FaxState.WAITING, False)
