"""Call waiting: a second call is announced to whoever talks, and a hook flash changes between the two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from appliance.office.forwarding import Forwarding, ForwardWhen
from appliance.office.model import Office
from appliance.office.operators import OperatorTurn
from hw.audio import level_dbm0
from hw.cleared import Cleared
from hw.ringkind import RingKind
from tests.calls.farlines import ANNE, FarTrunk, far_world
from tests.calls.farlines import hear_each_other as far_hear_each_other
from tests.calls.hearing import until
from tests.calls.peopleoffice import with_departments
from tests.calls.plainlines import PlainTelephone, PlainWorld, hear_each_other, hears_tone, on_hold, plain_world
from tests.calls.world import World


@pytest.fixture
def plain():
    return plain_world(waits=True)


@asynccontextmanager
async def forwarding_when_busy() -> AsyncIterator[PlainWorld]:
    """Maria's calls go to Ruth while she talks."""

    def change(office: Office) -> Office:
        to_ruth = Forwarding(ForwardWhen.BUSY, "103")
        people = [replace(one, forwarding=to_ruth) if one.id == "maria" else one for one in office.people]
        return replace(office, people=tuple(people))

    async with plain_world(change, waits=True) as plain:
        yield plain


async def waits(plain: PlainWorld) -> tuple[FarTrunk, PlainTelephone, FarTrunk]:
    """A caller who talks to Maria, Maria, and another one whose call waits there."""
    first, maria = await plain.talking()
    second = await plain.greeted("gate-2")
    second.presses("101")
    await until(lambda: maria.waiting)
    return first, maria, second


async def test_it_is_announced_and_flashes_answer_it_and_change_between_the_two(plain: PlainWorld) -> None:
    first, maria, second = await waits(plain)
    assert maria.announced == [ANNE]
    await hear_each_other(first, maria)
    maria.flashes()
    await hear_each_other(second, maria)
    assert not maria.waiting
    await on_hold(first)
    maria.flashes()
    await hear_each_other(first, maria)
    await on_hold(second)
    maria.flashes()
    await hear_each_other(second, maria)
    second.leaves()
    await hears_tone(maria, "reorder")
    maria.flashes()
    await hear_each_other(first, maria)
    maria.hangs_up()
    await plain.all_is_free()
    assert sorted(plain.here.outcomes()) == [("gate 1", "connected", "on-hook"), ("gate-2", "connected", "hung-up")]
    assert {record.reached for record in plain.here.appliance.calls.recent(5)} == {"maria"}


async def test_a_telephone_on_a_wire_shows_who_waits_and_the_other_party_hears_nothing_of_it(here: World) -> None:
    caller, maria = await here.connected()
    maria.telephone.shows_waiting_caller = True
    heard: list[float] = []
    second = await here.greeted()
    caller.telephone.listeners.append(lambda frame: heard.append(level_dbm0(frame)))
    await second.presses("101")
    await until(lambda: (shown := maria.telephone.caller_id) is not None and shown.name == "CALLER 2", within=15)
    assert max(heard) < -35
    maria.flashes()
    await asyncio.sleep(1)
    second.hangs_up()
    maria.hangs_up()
    await maria.answers()
    await caller.says("Are you there?")
    caller.hangs_up()
    maria.hangs_up()
    await here.all_is_free()


async def test_hanging_up_with_one_on_hold_rings_back_and_joins_nobody(plain: PlainWorld) -> None:
    first, maria, second = await waits(plain)
    maria.flashes()
    await hear_each_other(second, maria)
    maria.hangs_up()
    await until(lambda: not second.off_hook)
    await maria.answers()
    assert maria.rang[-1][1] is RingKind.RETURNED
    await hear_each_other(first, maria)
    first.leaves()
    maria.hangs_up()
    await plain.all_is_free()


async def test_hanging_up_while_it_waits_lets_it_ring(plain: PlainWorld) -> None:
    first, maria, second = await waits(plain)
    maria.hangs_up()
    await until(lambda: not first.off_hook)
    await maria.answers()
    assert not maria.waiting
    assert maria.shown[-1] == ANNE
    await hear_each_other(second, maria)
    second.leaves()
    maria.hangs_up()
    await plain.all_is_free()


async def test_a_flash_behind_the_end_of_the_first_call_answers_it(plain: PlainWorld) -> None:
    first, maria, second = await waits(plain)
    first.leaves()
    await hears_tone(maria, "reorder")
    maria.flashes()
    await hear_each_other(second, maria)
    maria.hangs_up()
    await plain.all_is_free()


async def test_who_waits_and_gives_up_is_announced_no_more(plain: PlainWorld) -> None:
    first, maria, second = await waits(plain)
    second.leaves()
    await until(lambda: not maria.waiting)
    maria.flashes()
    await hears_tone(maria, "recall")
    maria.flashes()
    await hear_each_other(first, maria)
    first.leaves()
    maria.hangs_up()
    await plain.all_is_free()


async def test_who_is_not_answered_hears_that_the_person_is_on_the_phone(plain: PlainWorld) -> None:
    first, maria, second = await waits(plain)
    await second.hears("on-the-phone", "leave-message", within=40)
    assert not maria.waiting
    await hear_each_other(first, maria)
    for line in (first, second):
        line.leaves()
    maria.hangs_up()
    await plain.all_is_free()


async def test_a_third_call_finds_the_telephone_busy(plain: PlainWorld) -> None:
    first, maria, second = await waits(plain)
    plain.ruth.lifts()
    plain.ruth.presses("101")
    await plain.ruth.hears("on-the-phone", within=3)
    assert len(maria.announced) == 1
    for line in (first, second):
        line.leaves()
    for telephone in (maria, plain.ruth):
        telephone.hangs_up()
    await plain.all_is_free()


async def test_whose_calls_are_forwarded_while_busy_is_not_before_the_waiting_was_in_vain() -> None:
    async with forwarding_when_busy() as plain:
        first, maria, second = await waits(plain)
        await asyncio.sleep(15)
        assert maria.waiting
        assert not plain.ruth.ringing
        await plain.ruth.rings()
        assert not maria.waiting
        for line in (first, second):
            line.leaves()
        maria.hangs_up()
        await plain.all_is_free()


async def test_a_call_to_a_department_rings_who_is_free_and_waits_at_nobody() -> None:
    async with plain_world(with_departments, waits=True) as plain:
        first, maria = await plain.talking()
        second = await plain.greeted("gate-2")
        second.presses("201")
        tom = plain.here.phone("fxs-2")
        await tom.rings()
        assert maria.announced == []
        for line in (first, second):
            line.leaves()
        maria.hangs_up()
        await plain.all_is_free()


async def test_of_several_operators_the_next_one_is_rung_at_once_and_the_call_waits_at_the_last() -> None:
    def of_two_operators(office: Office) -> Office:
        return replace(office, operators=(OperatorTurn("maria"), OperatorTurn("ruth")))

    async with plain_world(of_two_operators, waits=True) as plain:
        first, maria = await plain.talking()
        second = await plain.greeted("gate-2")
        second.presses("0")
        await plain.ruth.answers()
        await hear_each_other(second, plain.ruth)
        plain.nina.lifts()
        plain.nina.presses("0")
        await until(lambda: plain.ruth.waiting)
        assert maria.announced == []
        for line in (first, second):
            line.leaves()
        for telephone in (maria, plain.ruth, plain.nina):
            telephone.hangs_up()
        await plain.all_is_free()


async def test_no_call_waits_during_one_that_is_dialled_behind_the_code(plain: PlainWorld) -> None:
    plain.maria.lifts()
    plain.maria.presses("*70")
    await hears_tone(plain.maria, "dial")
    plain.maria.presses("103")
    await plain.ruth.answers()
    await hear_each_other(plain.maria, plain.ruth)
    caller = await plain.greeted()
    caller.presses("101")
    await caller.hears("on-the-phone", within=3)
    assert plain.maria.announced == []
    caller.leaves()
    plain.maria.hangs_up()
    plain.ruth.hangs_up()
    await plain.all_is_free()


async def test_no_call_waits_where_the_telephone_says_so_or_while_it_has_another_on_hold(plain: PlainWorld) -> None:
    first, maria = await plain.talking()
    maria.flashes()
    maria.presses("103")
    await plain.ruth.answers()
    await hear_each_other(maria, plain.ruth)
    second = await plain.greeted("gate-2")
    second.presses("101")
    await second.hears("on-the-phone", within=3)
    assert maria.announced == []
    for line in (first, second):
        line.leaves()
    for telephone in (maria, plain.ruth):
        telephone.hangs_up()
    await plain.all_is_free()


async def test_a_sip_telephone_is_called_a_second_time_and_holds_by_itself() -> None:
    async with far_world(waits=True) as far:
        first, maria = await far.talking()
        second = await far.greeted("gate-2")
        second.presses("101")
        assert maria.second is not None
        await maria.second.rings()
        assert maria.second.shown == [ANNE]
        maria.holds(True)
        maria.second.lifts()
        await far_hear_each_other(second, maria.second)
        assert not maria.second.ringing
        maria.second.hangs_up()
        maria.holds(False)
        await far_hear_each_other(first, maria)
        first.leaves()
        await far.all_is_free()


async def test_a_sip_telephone_may_refuse_it() -> None:
    async with far_world(waits=True) as far:
        first, maria = await far.talking()
        second = await far.greeted("gate-2")
        second.presses("101")
        assert maria.second is not None
        await maria.second.rings()
        maria.second.refuses(Cleared.BUSY)
        await second.hears("on-the-phone", within=3)
        await far_hear_each_other(first, maria)
        for line in (first, second):
            line.leaves()
        await far.all_is_free()
