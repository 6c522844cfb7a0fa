"""Twenty members of a department ring at once, at desks and outside: the first wins, and all the others are let go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from appliance.calls.station import StationState
from appliance.office.departments import Department, Member, Strategy
from appliance.office.forwarding import Reaching
from appliance.office.model import Office, Person, Station
from tests.calls.around import lines_off_hook
from tests.calls.cellphones import steps
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.silence import SilenceHeard
from tests.calls.world import World, world

MEMBERS = 20
SALES = "201"


def desk(number: int) -> str:
    return f"desk-{number}"


def cell_number(number: int) -> str:
    return f"40755503{number:02}"


def at_desks(office: Office) -> Office:
    """Twenty more people, with a telephone each, are in sales, which all ring at once."""
    stations = tuple(Station(desk(number), desk(number)) for number in range(MEMBERS))
    people = tuple(
        Person(f"p{number}", f"Person {number}", f"6{number:02}", station=desk(number), pin="7391")
        for number in range(MEMBERS)
    )
    members = tuple(Member(person.id) for person in people)
    return replace(
        office,
        stations=(*office.stations, *stations),
        people=(*office.people, *people),
        departments=(Department("sales", "Sales", SALES, members, strategy=Strategy.ALL, longest_seconds=30),),
    )


def outside(keep_lines_free: int = 0) -> Callable[[Office], Office]:
    """Sales are twenty numbers outside, all called at once."""

    def changed(office: Office) -> Office:
        members = tuple(Member(number=office.outside_prefix + cell_number(number)) for number in range(MEMBERS))
        sales = Department("sales", "Sales", SALES, members, strategy=Strategy.ALL, longest_seconds=30)
        return replace(office, departments=(sales,), reaching=Reaching(keep_lines_free=keep_lines_free))

    return changed


async def all_is_over(here: World) -> None:
    """Nobody is left on any line, nothing rings, and no task of a call is left."""
    await here.all_is_free(within=60)
    await until(lambda: here.trunk_states() == ["idle"] * 4, within=30)
    assert lines_off_hook(here) == []
    await until(lambda: here.appliance.engine.ports == (), within=5)
    assert [line for line in here.appliance.lines.station_lines if line.state is not StationState.ON_HOOK] == []
    assert here.appliance.faults == []
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith(("asking", "reaching", "last"))]


async def test_twenty_desks_ring_at_once_and_two_that_answer_together_are_one_answer() -> None:
    async with world(at_desks) as here:
        desks = [here.phone(desk(number)) for number in range(MEMBERS)]
        caller = await here.greeted()
        await caller.presses(SALES)
        await until(lambda: all(phone.ringing for phone in desks), within=8)
        desks[7].lifts()
        desks[13].lifts()
        await until(lambda: not any(phone.ringing for phone in desks), within=8)
        talking = [leg for line in here.appliance.lines.station_lines for leg in line.legs if leg.in_conversation]
        assert len(talking) == 1
        for phone in (desks[7], desks[13]):
            phone.hangs_up()
        caller.hangs_up()
        await all_is_over(here)
        (record,) = [record for record in here.appliance.calls.recent(10) if record.direction == "in"]
        assert record.outcome == "connected"
        assert record.reached in ("p7", "p13")


async def test_a_caller_who_hangs_up_while_twenty_desks_ring_stops_them_all() -> None:
    async with world(at_desks) as here:
        desks = [here.phone(desk(number)) for number in range(MEMBERS)]
        caller = await here.greeted()
        await caller.presses(SALES)
        await until(lambda: all(phone.ringing for phone in desks), within=8)
        caller.hangs_up()
        await until(lambda: not any(phone.ringing for phone in desks), within=9)
        await all_is_over(here)


async def called_outside(here: World) -> tuple[Phone, list[Phone], SilenceHeard]:
    """A caller for sales, and the three cell phones that ring: there are three lines besides the caller's."""
    cells = [here.subscriber(cell_number(number)) for number in range(MEMBERS)]
    caller = await here.greeted()
    silence = SilenceHeard(here, caller)
    await caller.presses(SALES)
    await caller.hears("say-your-name", "beep")
    await caller.says("Anne Abel")
    await caller.hears("trying-to-connect")
    await until(lambda: sum(phone.ringing for phone in cells) == 3, within=30)
    await asyncio.sleep(3)
    ringing = [phone for phone in cells if phone.ringing]
    assert len(ringing) == 3
    return caller, ringing, silence


async def test_of_twenty_outside_as_many_ring_as_there_are_lines_and_the_first_key_wins() -> None:
    async with world(outside()) as here:
        caller, ringing, _silence = await called_outside(here)
        for phone in ringing:
            phone.lifts()
        await asyncio.sleep(3)
        lines = [phone.line for phone in ringing]
        assert len(set(lines)) == 3
        await ringing[1].presses("1")
        await until(lambda: "call-taken" in ringing[0].heard and "call-taken" in ringing[2].heard, within=3)
        assert "call-taken" not in ringing[1].heard
        await until(lambda: here.trunk_states().count("up") == 2, within=8)
        assert [phone.line for phone in ringing] == lines
        ringing[1].hangs_up()
        caller.hangs_up()
        await all_is_over(here)
        record = here.appliance.calls.recent(1)[0]
        assert record.outcome == "forwarded"
        assert sum(step.endswith(": no-line") for step in steps(record)) == MEMBERS - 3


async def test_two_who_press_the_key_together_are_not_both_connected() -> None:
    async with world(outside()) as here:
        caller, ringing, _silence = await called_outside(here)
        for phone in ringing:
            phone.lifts()
        await asyncio.sleep(3)
        await asyncio.gather(ringing[0].presses("1"), ringing[2].presses("1"))
        await until(lambda: sum("call-taken" in phone.heard for phone in ringing) == 2, within=3)
        legs = [trunk.leg for trunk in here.appliance.lines.trunks if trunk.leg is not None]
        assert sum(leg.in_conversation for leg in legs) == 2
        caller.hangs_up()
        await all_is_over(here)


async def test_where_nobody_of_twenty_outside_answers_the_caller_is_not_left_in_silence() -> None:
    async with world(outside(keep_lines_free=1)) as here:
        for number in range(MEMBERS):
            here.subscriber(cell_number(number))
        caller = await here.greeted()
        silence = SilenceHeard(here, caller)
        await caller.presses(SALES)
        await caller.hears("say-your-name", "beep")
        await caller.says("Anne Abel")
        await caller.hears("trying-to-connect")
        await asyncio.sleep(20)
        assert here.trunk_states().count("idle") == 1
        await caller.hears("leave-message", within=90)
        silence.stop()
        caller.hangs_up()
        assert silence.longest <= 3.0, silence.during
        await all_is_over(here)
