"""A modem is found, set up, checked and recovered. In virtual time, with a modem that answers by a script."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest

from hw.callerid.coding import CallerId
from hw.modem.bus import ModemError
from hw.modem.driver import CLOSED_S, LOOK_EVERY_S, Modem
from hw.modem.events import CallerTold, ModemRang
from hw.modem.wanted import ModemWanted
from tests.hw.modemworld import FIRST, ScriptedBus

LOOK_S = 0.25


class Desk:
    """A driver with its bus. told: what people were told, with a minus where it is over."""

    def __init__(self) -> None:
        self.bus = ScriptedBus()
        self.modem = Modem(self.bus, ModemWanted(country_code="B5"))
        self.told: list[str] = []
        self.events: list[object] = []
        self.modem.on_fault = lambda fault, there: self.told.append(fault if there else f"- {fault}")
        self.modem.on_event = self.events.append

    async def ready(self, within: float = 60.0) -> float:
        """Wait until it is set up, and say how long that took."""
        return await self._until(lambda: self.modem.ready is not None, within)

    async def lost(self, within: float = 60.0) -> None:
        """Wait until it is noticed that it does not work."""
        await self._until(lambda: self.modem.ready is None, within)

    async def _until(self, true: Callable[[], bool], within: float) -> float:
        """In virtual time looking again and again costs nothing."""
        for looks in range(round(within / LOOK_S)):
            if true():
                return looks * LOOK_S
            await asyncio.sleep(LOOK_S)
        raise AssertionError(f"not within {within} s")


@pytest.fixture
def desk() -> AbstractAsyncContextManager[Desk]:
    @asynccontextmanager
    async def at_work() -> AsyncIterator[Desk]:
        desk = Desk()
        desk.modem.start()
        yield desk
        await desk.modem.close()

    return at_work()


UNPLUG = "the modem does not answer: unplug it, wait ten seconds, and plug it in again"


async def test_a_modem_is_set_up_with_the_country_of_its_line_and_tells_rings_and_callers(desk: Desk) -> None:
    assert await desk.ready() < 3
    assert desk.bus.modem.written == [
        *("ATQ0V1E0", "AT&F1", "ATE0V1Q0X4", "ATS0=0", "ATI3", "AT+GCI=B5", "AT+VCID=1", "AT-SDR=7")
    ]
    assert desk.modem.ready is not None
    assert desk.modem.ready.identity == "U.S. Robotics 56K FAX USB V1.2.23"
    desk.bus.modem.says("RING\r\n\r\nNMBR = 4075550000")
    await asyncio.sleep(1)
    assert desk.events == [ModemRang(), CallerTold(CallerId("4075550000"))]
    assert desk.told == []


@pytest.mark.parametrize(
    ("cured_by", "done"), [("dtr", ["(DTR)"]), ("+++", ["(DTR)", "+++", "ATH"]), ("reset", ["(DTR)", "+++", "ATH"])]
)
async def test_a_modem_that_hangs_is_recovered_within_a_minute(desk: Desk, cured_by: str, done: list[str]) -> None:
    await desk.ready()
    desk.bus.modem.hung, desk.bus.modem.cured_by = True, cured_by
    hung = asyncio.get_running_loop().time()
    await desk.lost()
    await desk.ready()
    assert asyncio.get_running_loop().time() - hung < 60
    assert [one for one in desk.bus.modem.written if one in ("(DTR)", "+++", "ATH")] == done
    assert desk.bus.resets == (cured_by == "reset")
    assert desk.told == []


async def test_people_are_told_once_to_unplug_a_modem_that_nothing_else_helps(desk: Desk) -> None:
    await desk.ready()
    desk.bus.modem.hung = True
    await asyncio.sleep(60)
    assert desk.told == [UNPLUG]
    await asyncio.sleep(600)
    assert desk.told == [UNPLUG]
    await desk.bus.replug("/dev/ttyACM7")
    await desk.ready()
    assert desk.told == [UNPLUG, f"- {UNPLUG}"]
    assert desk.bus.opened[-1] == "/dev/ttyACM7"


async def test_a_modem_that_was_recovered_and_hangs_again_is_recovered_from_the_first_step(desk: Desk) -> None:
    for _ in range(2):
        await desk.ready()
        desk.bus.modem.hung, desk.bus.modem.cured_by = True, "dtr"
        await desk.lost()
    await desk.ready()
    assert "+++" not in desk.bus.modem.written


async def test_a_modem_that_has_its_factory_settings_again_is_set_up_again(desk: Desk) -> None:
    await desk.ready()
    desk.bus.modem.forgets()
    await asyncio.sleep(25)
    assert desk.bus.modem.tells_callers
    assert desk.bus.modem.written.count("AT+VCID=1") == 2


async def test_a_modem_that_comes_back_under_another_name_is_set_up_again(desk: Desk) -> None:
    await desk.ready()
    await desk.bus.replug("/dev/ttyACM1")
    await desk.ready(10)
    assert desk.bus.opened == ["/dev/ttyACM0", "/dev/ttyACM1"]
    assert desk.told == []


async def test_people_are_told_of_a_modem_that_is_not_plugged_in_and_when_it_is(desk: Desk) -> None:
    await desk.ready()
    await desk.bus.replug("/dev/ttyACM0", away_s=60)
    await desk.ready()
    assert desk.told == ["the modem is not plugged in", "- the modem is not plugged in"]


async def test_a_port_that_may_not_be_opened_is_told_and_not_reset(desk: Desk) -> None:
    desk.bus.fails = PermissionError(errno.EACCES, "Permission denied")
    await asyncio.sleep(120)
    assert desk.told == ["the modem cannot be opened: Permission denied"]
    assert desk.bus.resets == 0
    desk.bus.fails = None
    await desk.ready()
    assert desk.told[-1] == "- the modem cannot be opened: Permission denied"


async def test_a_port_that_another_program_uses_is_told_when_it_is_so_for_some_seconds(desk: Desk) -> None:
    desk.bus.fails = OSError(errno.EBUSY, "Device or resource busy")
    await asyncio.sleep(1)
    assert desk.told == []
    await asyncio.sleep(5)
    assert desk.told == ["the modem cannot be opened: another program uses it"]


async def test_of_two_modems_the_same_one_is_taken_again(desk: Desk) -> None:
    await desk.ready()
    desk.bus.other = replace(FIRST, device="/dev/ttyACM0", serial="0002", socket="1-1.4")
    await desk.bus.replug("/dev/ttyACM1")
    await desk.ready()
    assert desk.bus.opened == ["/dev/ttyACM0", "/dev/ttyACM1"]
    desk.bus.unplug()
    await asyncio.sleep(15)
    assert desk.bus.opened[2:] == ["/dev/ttyACM0"]


async def test_a_driver_that_fails_is_told(desk: Desk) -> None:
    await desk.ready()
    desk.bus.breaks = True
    desk.bus.unplug()
    await asyncio.sleep(3)
    assert desk.told == ["the modem cannot be used: RuntimeError"]


@pytest.mark.parametrize("late_s", [1.0, 2.9, 3.5, 4.0])
async def test_a_modem_that_answers_late_is_set_up_all_the_same(desk: Desk, late_s: float) -> None:
    desk.bus.modem.late_s = late_s
    await desk.ready(120)
    assert desk.modem.ready is not None
    assert desk.modem.ready.taken["caller ID"] == "+VCID=1"
    assert desk.modem.ready.identity == "U.S. Robotics 56K FAX USB V1.2.23"


async def test_a_modem_that_answers_twice_or_with_noise_is_set_up_all_the_same(desk: Desk) -> None:
    desk.bus.modem.twice, desk.bus.modem.noise = True, b"\x00\xff~~\r\n\x7f{"
    await desk.ready()
    assert desk.modem.ready is not None
    assert desk.modem.ready.taken["caller ID"] == "+VCID=1"
    await asyncio.sleep(120)
    assert desk.modem.ready is not None


async def test_a_command_that_is_never_answered_is_a_modem_that_does_not_work(desk: Desk) -> None:
    desk.bus.modem.silent_to = {"+VCID=1"}
    await asyncio.sleep(120)
    assert desk.told == [UNPLUG]


async def test_nothing_is_asked_while_the_line_rings(desk: Desk) -> None:
    await desk.ready()
    desk.bus.modem.written.clear()
    for _ in range(10):
        desk.bus.modem.says("RING")
        await asyncio.sleep(6)
    assert desk.bus.modem.written == []
    await asyncio.sleep(10)
    assert desk.bus.modem.written == ["AT+VCID?"]


async def test_the_port_is_lent_to_a_fax_engine_and_the_modem_set_up_again_behind_it(desk: Desk) -> None:
    await desk.ready()
    async with desk.modem.lent() as path:
        assert path == "/dev/ttyACM0"
        assert desk.modem.ready is None
        desk.bus.modem.written.clear()
        await asyncio.sleep(300)
        assert desk.bus.modem.written == []
        with pytest.raises(ModemError):
            await desk.modem.ask("I0")
    await asyncio.sleep(CLOSED_S / 2)
    assert len(desk.bus.opened) == 1, "a modem that was left off hook has to notice that its port is closed"
    await desk.ready()
    assert desk.bus.modem.written[0] == "(DTR)"
    assert "AT+VCID=1" in desk.bus.modem.written


async def test_two_that_want_the_port_get_it_one_after_the_other(desk: Desk) -> None:
    await desk.ready()
    order: list[str] = []

    async def fax(name: str) -> None:
        async with desk.modem.lent():
            order.append(f"{name} has it")
            await asyncio.sleep(30)
            order.append(f"{name} gives it back")

    await asyncio.gather(fax("one"), fax("two"))
    assert order == ["one has it", "one gives it back", "two has it", "two gives it back"]


@pytest.mark.parametrize("unplugged_at", [0.0, 0.1, 0.35, 0.6, 0.85, 1.1, 1.4, 10.0, 22.0, 22.03])
async def test_a_modem_may_be_unplugged_in_every_state_of_the_dialogue(desk: Desk, unplugged_at: float) -> None:
    await asyncio.sleep(unplugged_at)
    await desk.bus.replug("/dev/ttyACM1")
    await desk.ready(15)
    assert desk.bus.opened[-1] == "/dev/ttyACM1"
    assert desk.told == []


async def test_a_modem_may_be_unplugged_while_it_is_recovered_asked_and_lent(desk: Desk) -> None:
    await desk.ready()
    desk.bus.modem.hung = True
    await desk.lost()
    await desk.bus.replug("/dev/ttyACM1")
    await desk.ready()
    desk.bus.modem.silent_to = {"I9"}
    asked = asyncio.ensure_future(desk.modem.ask("I9"))
    await asyncio.sleep(1)
    await desk.bus.replug("/dev/ttyACM2")
    with pytest.raises(ModemError):
        await asked
    await desk.ready()
    async with desk.modem.lent():
        await desk.bus.replug("/dev/ttyACM3")
    await desk.ready()
    assert desk.bus.opened[-1] == "/dev/ttyACM3"
    assert desk.told == []


async def test_a_modem_that_babbles_without_end_is_recovered_like_one_that_is_mute(desk: Desk) -> None:
    await desk.ready()
    desk.bus.modem.hung, desk.bus.modem.cured_by = True, "reset"
    babble = asyncio.ensure_future(babbling(desk))
    await desk.lost()
    await desk.ready(60)
    babble.cancel()
    assert desk.bus.resets == 1


async def babbling(desk: Desk) -> None:
    while desk.bus.resets == 0:
        desk.bus.modem.on_bytes(b"\xff~OK{\r\n\r\n\x00")
        await asyncio.sleep(0.02)


async def test_a_modem_that_does_not_work_is_not_lent(desk: Desk) -> None:
    desk.bus.plugged = None
    loop = asyncio.get_running_loop()
    for hung in (False, True):
        before = loop.time()
        with pytest.raises(ModemError):
            async with desk.modem.lent():
                raise AssertionError("it was lent")
        assert loop.time() - before == (15 if hung else 0)
        desk.bus.modem.hung, desk.bus.plugged = True, FIRST
        await asyncio.sleep(LOOK_EVERY_S + 0.5)


async def test_a_question_is_answered_between_checks(desk: Desk) -> None:
    await desk.ready()
    assert await desk.modem.ask("-TRV") == ("48.5",)
    with pytest.raises(ModemError, match="does not know that"):
        await desk.modem.ask("#NOTHING")
