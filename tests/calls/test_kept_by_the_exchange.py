"""Calling-party control: the exchange keeps a call that we hang up, and no call out meets that caller again."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from appliance.calls.keptcalls import KeptCall
from appliance.calls.trunk_protocol import State
from appliance.office.model import Office
from tests.calls.hearing import until
from tests.calls.world import World, world

HELD_S = 10.0


def with_hold(seconds: int | None):
    def change(office: Office) -> Office:
        return replace(office, trunks=tuple(replace(trunk, hold_seconds=seconds) for trunk in office.trunks))

    return change


async def hung_up_on(here: World) -> None:
    """Jane is answered, and our side hangs up first. The exchange keeps the call."""
    for line in here.exchange.lines.values():
        line.services.holds_s = HELD_S
    await here.greeted()
    trunk = here.appliance.lines.trunks[0]
    assert trunk.leg is not None
    trunk.hang_up()


async def test_a_line_whose_exchange_keeps_calls_is_free_when_that_is_over() -> None:
    async with world(with_hold(12)) as here:
        await hung_up_on(here)
        trunk = here.appliance.lines.trunks[0]
        await asyncio.sleep(11.5)
        assert trunk.state is State.CLEARING
        await asyncio.sleep(1.0)
        assert trunk.free


async def test_where_the_caller_hung_up_first_nothing_is_kept() -> None:
    async with world(with_hold(12)) as here:
        jane = await here.greeted()
        jane.hangs_up()
        trunk = here.appliance.lines.trunks[0]
        await until(lambda: trunk.state is State.CLEARING, 10.0)
        await asyncio.sleep(2.1)
        assert trunk.free


async def test_where_nobody_knows_a_line_without_dial_tone_behind_a_call_shows_it() -> None:
    async with world(with_hold(None)) as here:
        await hung_up_on(here)
        trunk = here.appliance.lines.trunks[0]
        await until(lambda: trunk.free, 5.0)
        leg = trunk.seize("5550188")
        assert not await _asked(trunk.dial_tone)
        assert trunk.kept.no_dial_tone()
        leg.release()
        assert trunk.kept.noticed
        await asyncio.sleep(HELD_S + 5)
        assert trunk.state is State.CLEARING
        await until(lambda: trunk.free, 6.0)
        leg = trunk.seize("5550188")
        assert await _asked(trunk.dial_tone)
        leg.release()


async def test_help_is_called_when_the_caller_before_has_gone_and_not_into_that_callers_ear() -> None:
    async with world(with_hold(None)) as here:
        for trunk in here.appliance.lines.trunks[1:]:
            here.exchange.fault(trunk.port, "cut")
        here.exchange.subscriber("911")
        await hung_up_on(here)
        await here.phone("fxs-1").dials("911")
        await until(lambda: here.exchange.telephones["911"].ringing, 60.0)


async def _asked(dial_tone: asyncio.Future[None]) -> bool:
    await asyncio.wait([dial_tone], timeout=4.5)
    return dial_tone.done()


async def test_whoever_calls_in_shows_that_the_call_before_is_not_kept_any_more() -> None:
    """A line without dial tone behind that is at fault, and meets nobody from before."""
    line = KeptCall()
    line.begin(called=True)
    assert line.seconds(None, None) == 0.0
    line.rung()
    await asyncio.sleep(6.0)
    assert (line.no_dial_tone(), line.noticed) == (False, False)
