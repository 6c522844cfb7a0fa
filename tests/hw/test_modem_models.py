"""The driver with the stand-in of each model, on a line of the exchange: who calls is sound on the line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hw.callerid.coding import Absence, CallerId
from hw.modem.driver import Modem
from hw.modem.events import CallerTold, ModemRang
from hw.modem.wanted import ModemWanted
from hw.sim.circuit import Shown
from hw.sim.modem.faults import Cure
from hw.sim.modem.model import MODELS
from tests.calls.hearing import until
from tests.hw.memorybus import MemoryBus
from tests.hw.simworld import JANE, NINE_THIRTY, World

LINE = "5550100"
ROE = CallerId(JANE, "JANE ROE", when=(NINE_THIRTY.month, NINE_THIRTY.day, NINE_THIRTY.hour, NINE_THIRTY.minute))


class Beside:
    """An exchange whose first line has a modem beside it."""

    def __init__(self, model: str) -> None:
        self.world = World("us", 1, {})
        self.bus = MemoryBus(model, self.world.exchange.lines[LINE].loop, self.world.plan)
        self.modem = Modem(self.bus, ModemWanted(country_code=self.world.plan.t35, named="0001"))
        self.told: list[str] = []
        self.callers: list[CallerId] = []
        self.rings = 0
        self.modem.on_fault = lambda fault, there: self.told.append(fault if there else f"- {fault}")
        self.modem.on_event = self._event

    async def ready(self, within: float = 60) -> None:
        await until(lambda: self.modem.ready is not None, within)

    async def jane_calls(self, shown: Shown = "shown") -> None:
        """She calls, and gives up behind the second ring."""
        self.world.exchange.lines[JANE].shown = shown
        await self.world.call(self.world.jane, LINE)
        await asyncio.sleep(11)
        self.world.jane.hang_up()
        await asyncio.sleep(8)

    def _event(self, event: object) -> None:
        match event:
            case ModemRang():
                self.rings += 1
            case CallerTold(caller_id):
                self.callers.append(caller_id)


@asynccontextmanager
async def beside(model: str) -> AsyncIterator[Beside]:
    made = Beside(model)
    await made.world.exchange.start()
    made.modem.start()
    try:
        yield made
    finally:
        await made.modem.close()
        made.bus.modem.unplug()
        await made.world.exchange.close()


@pytest.mark.parametrize("model", MODELS)
async def test_each_model_is_set_up_and_tells_who_calls_where_it_can(model: str) -> None:
    async with beside(model) as here:
        await here.ready()
        assert here.modem.ready is not None
        assert here.modem.ready.identity == MODELS[model].answers["I3"][0]
        assert here.modem.ready.taken["caller ID"] == ("#CID=1" if model == "rockwell" else "+VCID=1")
        await here.jane_calls()
        assert here.callers == ([ROE] if MODELS[model].hears_caller_id else [])
        assert here.rings == 2
        assert here.told == []


async def test_a_number_that_is_withheld_or_not_known_is_none() -> None:
    async with beside("usr5637") as here:
        await here.ready()
        await here.jane_calls("private")
        await here.jane_calls("unavailable")
        assert [(caller.shown, caller.name_absence) for caller in here.callers] == [
            ("private", Absence.PRIVATE),
            ("unavailable", Absence.UNAVAILABLE),
        ]


@pytest.mark.parametrize(("cure", "resets"), [("closing", 0), ("reset", 1)])
async def test_a_modem_that_hangs_is_recovered_within_a_minute_and_tells_callers_again(cure: Cure, resets: int) -> None:
    async with beside("cx93010") as here:
        await here.ready()
        here.bus.modem.faults.hangs = cure
        await until(lambda: here.modem.ready is None, within=40)
        await here.ready(40)
        assert here.bus.resets == resets
        await here.jane_calls()
        assert here.callers == [ROE]
        assert here.told == []


async def test_a_modem_that_only_unplugging_helps_works_again_behind_that() -> None:
    async with beside("cx93010") as here:
        await here.ready()
        here.bus.modem.faults.hangs = "unplugging"
        await until(lambda: bool(here.told), within=60)
        here.bus.modem.unplug()
        await asyncio.sleep(10)
        here.bus.modem.plug_in()
        await here.ready()
        assert here.modem.ready is not None
        told = [one.partition(":")[0] for one in here.told]
        assert told == ["the modem does not answer", "- the modem does not answer"]


@pytest.mark.parametrize("trouble", [{"late_s": 0.5}, {"late_s": 3.5}, {"twice": True}, {"noise": b"\xff{\r\n~"}])
async def test_answers_that_come_late_twice_or_with_noise_are_understood(trouble: dict[str, object]) -> None:
    async with beside("usr5637") as here:
        for name, value in trouble.items():
            setattr(here.bus.modem.faults, name, value)
        await here.ready(120)
        assert here.modem.ready is not None
        assert here.modem.ready.taken["caller ID"] == "+VCID=1"
        await here.jane_calls()
        assert ROE in here.callers
