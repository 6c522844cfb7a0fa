"""Faxes through the modem beside a line, which takes over the card's call. The modem is a double; in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from appliance.calls.modemfaxing import ModemBeside
from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.fax.choosing import OUT_OF_ORDER
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, FaxTold, Receiving, Sending
from appliance.fax.sending.queued import FaxState
from tests.calls.around import only_trunks
from tests.calls.faxmachines import Engine
from tests.calls.hearing import until
from tests.calls.world import MAIN, World, world
from tests.fax.machines import FaxOnTelephone, sending
from tests.fax.papers import saved, text
from tests.fax.queueworld import NUMBER, PAGE_SECONDS, FaxWorld, count_pages, fax_world

PORT = "fxo-1"
STARTS_SECONDS = 2.0
"""Until a modem's port is open and the modem set up."""
FAILED = FaxResult(FaxCause.ENGINE, 0)
NOT_TRAINED = FaxResult(FaxCause.TRAINING, 0)


@dataclass
class Modem:
    """A modem at the line of `PORT`, in parallel with the card. It is off hook as long as a fax goes on."""

    here: World
    ends: list[FaxResult] = field(default_factory=list)
    """How the next faxes end, the next one first; then all are complete."""
    dead: bool = False
    """It never comes on the line."""
    there: bool = True
    """It is ready for a fax."""
    receives: bool = False
    asked: list[str] = field(default_factory=list)
    off_hook: bool = False

    def beside(self) -> ModemBeside | None:
        return ModemBeside(PORT, self, self.receives) if self.there else None

    async def send(self, number: str, sending: Sending, told: FaxTold, on_line: Callable[[], None]) -> FaxResult:
        self.asked.append(f"send {number}".strip())
        return await self._fax(count_pages(sending.pages), told, on_line)

    async def receive(self, receiving: Receiving, told: FaxTold, on_line: Callable[[], None]) -> FaxResult:
        self.asked.append("receive")
        result = await self._fax(1, told, on_line)
        if result.pages:
            saved(receiving.into, [text()])
        return result

    async def _fax(self, pages: int, told: FaxTold, on_line: Callable[[], None]) -> FaxResult:
        await asyncio.sleep(STARTS_SECONDS)
        if self.dead:
            return FAILED
        on_line()
        self._lift(True)
        try:
            result = self.ends.pop(0) if self.ends else FaxResult(FaxCause.COMPLETE, pages, "+1 407 555 0188")
            for page in range(1, pages + 1):
                await asyncio.sleep(PAGE_SECONDS)
                if page <= result.pages:
                    told(FaxProgress(page, "+1 407 555 0188", 14400, ecm=False))
            return result
        finally:
            self._lift(False)

    def _lift(self, lifted: bool) -> None:
        self.off_hook = lifted
        self.here.exchange.fault(PORT, "in-use" if lifted else "free")


@asynccontextmanager
async def with_modem(**further: object) -> AsyncIterator[tuple[FaxWorld, Modem]]:
    async with fax_world(**further) as faxes:  # type: ignore[arg-type]
        modem = Modem(faxes.here)
        faxes.carriers.modem = modem.beside
        yield faxes, modem


def line(here: World) -> TrunkLine:
    return next(trunk for trunk in here.appliance.lines.trunks if trunk.port == PORT)


def card_holds(here: World) -> bool:
    return next(port for port in here.exchange.card.fxo if port.name == PORT).off_hook


async def test_a_fax_is_dialled_on_the_modem_s_line_and_the_modem_takes_the_call_over() -> None:
    async with with_modem() as (faxes, modem):
        machine = faxes.machine_outside()
        fax = await faxes.put(2)
        await until(lambda: modem.off_hook, within=40)
        assert card_holds(faxes.here), "the call would end before the modem has the line"
        await asyncio.sleep(1)
        trunk = line(faxes.here)
        assert (card_holds(faxes.here), trunk.state, trunk.free) == (False, State.UP, False)
        assert machine.off_hook
        over = await faxes.over(fax)
        assert (over.state, over.confirmed) == (FaxState.DELIVERED, 2)
        assert (modem.asked, faxes.machine.sent) == (["send"], [])
        call = faxes.here.appliance.calls.recent(1)[0]
        assert (call.line, call.called, call.outcome) == (trunk.name, NUMBER, "fax-sent")
        await until(lambda: trunk.free, within=5)


async def test_a_modem_that_does_not_take_the_line_leaves_the_call_to_the_sound_and_rests_for_an_hour() -> None:
    async with with_modem() as (faxes, modem):
        modem.dead = True
        faxes.machine_outside()
        assert (await faxes.over(await faxes.put())).state is FaxState.DELIVERED
        assert len(faxes.here.appliance.calls.recent(9)) == 1
        await faxes.over(await faxes.put())
        assert (modem.asked, len(faxes.machine.sent)) == (["send"], 2)
        await asyncio.sleep(OUT_OF_ORDER.total_seconds())
        modem.dead = False
        await faxes.over(await faxes.put())
        assert (modem.asked, len(faxes.machine.sent)) == (["send", "send"], 2)


async def test_a_number_with_which_the_modem_fails_twice_gets_the_sound_and_others_still_the_modem() -> None:
    async with with_modem() as (faxes, modem):
        modem.ends = [NOT_TRAINED, NOT_TRAINED]
        faxes.machine_outside()
        faxes.machine_outside("4075550187")
        fax = await faxes.over(await faxes.put())
        assert [one.cause for one in fax.tries] == [FaxCause.TRAINING, FaxCause.TRAINING, FaxCause.COMPLETE]
        assert (len(modem.asked), len(faxes.machine.sent)) == (2, 1)
        await faxes.over(await faxes.put(number="4075550187"))
        await faxes.over(await faxes.put())
        assert (len(modem.asked), len(faxes.machine.sent)) == (3, 2)


async def test_a_fax_goes_by_sound_on_another_line_while_the_modem_s_is_in_use_or_the_modem_is_away() -> None:
    async with with_modem() as (faxes, modem):
        faxes.machine_outside()
        caller = await faxes.here.greeted()
        assert (await faxes.over(await faxes.put())).state is FaxState.DELIVERED
        caller.hangs_up()
        await faxes.here.all_is_free()
        modem.there = False
        assert (await faxes.over(await faxes.put())).state is FaxState.DELIVERED
        assert (modem.asked, len(faxes.machine.sent)) == ([], 2)


async def test_somebody_who_answers_is_no_fax_machine_and_is_not_called_again() -> None:
    async with with_modem() as (faxes, modem):
        modem.ends = [FaxResult(FaxCause.NO_ANSWER, 0)]
        faxes.machine_outside()
        fax = await faxes.over(await faxes.put())
        assert (fax.state, [one.cause for one in fax.tries]) == (FaxState.FAILED, [FaxCause.NOT_A_FAX])


async def test_an_emergency_call_has_the_modem_hang_up_at_once_and_the_fax_goes_on_later() -> None:
    async with with_modem(change=only_trunks(1)) as (faxes, modem):
        faxes.machine_outside()
        fax = await faxes.put(3)
        await until(lambda: faxes.now(fax).confirmed == 1, within=60)
        assert modem.off_hook
        front_desk, help_line = faxes.here.phone("fxs-1"), faxes.here.subscriber("911")
        await front_desk.dials("911")
        await until(lambda: not modem.off_hook, within=1)
        await help_line.answers()
        now = faxes.now(fax)
        assert (now.state, now.confirmed, now.last and now.last.counts) == (FaxState.WAITING, 1, False)
        front_desk.hangs_up()
        help_line.hangs_up()
        over = await faxes.over(fax)
        assert (over.state, [one.pages for one in over.tries]) == (FaxState.DELIVERED, [1, 2])


async def test_a_fax_that_is_cancelled_has_the_modem_hang_up() -> None:
    async with with_modem() as (faxes, modem):
        faxes.machine_outside()
        fax = await faxes.put(3)
        await until(lambda: faxes.now(fax).confirmed == 1, within=60)
        await faxes.queue.cancel(fax.id)
        assert (await faxes.over(fax, within=5)).state is FaxState.CANCELLED
        assert not modem.off_hook
        await until(lambda: line(faxes.here).free, within=5)


@asynccontextmanager
async def called_by_a_machine(folder: Path, **further: object) -> AsyncIterator[tuple[World, Modem, FaxOnTelephone]]:
    """A fax machine has called the office, whose modem is as said."""
    async with world() as here:
        modem = replace(Modem(here), **further)  # type: ignore[arg-type]
        here.appliance.fax_desk.carriers.modem = modem.beside
        caller = await here.caller().dials(MAIN)
        await until(lambda: here.trunk_states()[0] == "up", within=15)
        machine = FaxOnTelephone(caller.telephone)
        machine.start(sending(saved(folder / "out.tif", [text(20)])))
        yield here, modem, machine


async def test_a_fax_that_comes_in_is_taken_by_the_modem_where_the_office_says_so(tmp_path: Path) -> None:
    async with called_by_a_machine(tmp_path, receives=True) as (here, modem, _):
        await until(lambda: modem.off_hook, within=30)
        assert card_holds(here)
        await asyncio.sleep(1)
        assert (card_holds(here), line(here).state) == (False, State.UP)
        await here.ended(("main", "fax-received", "released"))
        assert modem.asked == ["receive"]


async def test_a_fax_that_comes_in_is_taken_by_the_sound_otherwise(tmp_path: Path) -> None:
    async with called_by_a_machine(tmp_path) as (here, modem, _):
        await here.all_is_free(within=120)
        await here.ended(("main", "fax-received", "released"))
        assert modem.asked == []


async def test_a_fax_that_comes_in_is_taken_by_the_modem_where_the_engine_of_the_sound_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.faxdesk.receive_fax", Engine(FAILED))
    async with called_by_a_machine(tmp_path) as (here, modem, _):
        await here.all_is_free(within=60)
        await here.ended(("main", "fax-received", "released"))
        assert modem.asked == ["receive"]


async def test_a_fax_that_comes_in_is_taken_by_the_sound_where_the_modem_fails(tmp_path: Path) -> None:
    async with called_by_a_machine(tmp_path, receives=True, dead=True) as (here, modem, machine):
        await until(lambda: machine.result is not None, within=120)
        await here.ended(("main", "fax-received", "released"))
        assert machine.result is not None
        assert (modem.asked, machine.result.cause) == (["receive"], FaxCause.COMPLETE)
