"""Pick-up: a telephone that rings is answered from another one, as if it had been lifted itself."""

from __future__ import annotations

from dataclasses import replace

from appliance.office.departments import Department, Member
from appliance.office.model import Office
from hw.cleared import Cleared
from tests.calls.farlines import ANNE, FarTrunk, FarWorld, hear_each_other
from tests.calls.hearing import until
from tests.calls.plainlines import PlainWorld, hears_tone, on_hold, plain_world


async def rings_ruth(here: FarWorld) -> FarTrunk:
    """A caller for whom Ruth's telephone rings."""
    caller = await here.greeted()
    caller.presses("103")
    await here.ruth.rings()
    return caller


async def test_any_telephone_answers_one_that_rings_and_all_is_as_if_it_had_been_lifted(plain: PlainWorld) -> None:
    caller = await rings_ruth(plain)
    plain.nina.lifts()
    plain.nina.presses("*97")
    await hear_each_other(caller, plain.nina)
    assert not plain.ruth.ringing
    assert caller.heard == ["one-moment"]
    plain.nina.hangs_up()
    await plain.all_is_free()
    assert plain.steps("lab") == ["picks up a call", "answers billing"]
    assert plain.steps("gate 1") == ["to the menu", "to ruth", "rings the telephone of Ruth Olsen"]
    assert sorted(plain.here.outcomes()) == [("gate 1", "connected", "on-hook"), ("lab", "connected", "on-hook")]
    (record,) = [record for record in plain.here.appliance.calls.recent(5) if record.line == "gate 1"]
    assert record.reached == "ruth"


async def test_one_of_the_same_department_comes_before_one_that_has_rung_for_longer() -> None:
    def of_one_department(office: Office) -> Office:
        care = Department("care", "Care", "200", (Member("nina"), Member("maria")))
        return replace(office, departments=(care,))

    async with plain_world(of_one_department) as plain:
        first = await rings_ruth(plain)
        second = await plain.greeted("gate-2")
        second.presses("101")
        await plain.maria.rings()
        plain.nina.lifts()
        plain.nina.presses("*97")
        await hear_each_other(second, plain.nina)
        assert plain.ruth.ringing
        for line in (first, second):
            line.leaves()
        plain.nina.hangs_up()
        await plain.all_is_free()


async def test_the_telephone_of_an_extension_is_answered(plain: PlainWorld) -> None:
    first = await rings_ruth(plain)
    second = await plain.greeted("gate-2")
    second.presses("101")
    await plain.maria.rings()
    plain.nina.lifts()
    plain.nina.presses("*98101")
    await hear_each_other(second, plain.nina)
    assert plain.ruth.ringing
    for line in (first, second):
        line.leaves()
    plain.nina.hangs_up()
    await plain.all_is_free()


async def test_where_none_rings_that_is_said(plain: PlainWorld) -> None:
    for code in ("*97", "*98103", "*98777"):
        plain.nina.lifts()
        plain.nina.presses(code)
        await plain.nina.hears("nothing-to-pick-up")
        await hears_tone(plain.nina, "reorder")
        plain.nina.hangs_up()
        await plain.all_is_free()


async def test_the_extension_is_asked_for_where_none_is_dialled(plain: PlainWorld) -> None:
    caller = await rings_ruth(plain)
    plain.nina.lifts()
    plain.nina.presses("*98")
    await plain.nina.hears("enter-extension-to-pick-up")
    plain.nina.presses("103")
    await hear_each_other(caller, plain.nina)
    caller.leaves()
    plain.nina.hangs_up()
    await plain.all_is_free()


async def test_a_call_is_transferred_by_whoever_picked_it_up(plain: PlainWorld) -> None:
    caller = await rings_ruth(plain)
    plain.nina.lifts()
    plain.nina.presses("*97")
    await hear_each_other(caller, plain.nina)
    plain.nina.flashes()
    await on_hold(caller)
    plain.nina.presses("101")
    await plain.maria.rings()
    plain.nina.hangs_up()
    await until(lambda: len(plain.maria.shown) == 2)
    await plain.maria.answers()
    await hear_each_other(caller, plain.maria)
    assert plain.maria.shown[-1] == ANNE
    caller.leaves()
    plain.maria.hangs_up()
    await plain.all_is_free()


async def test_who_gives_up_as_it_is_picked_up_lets_that_telephone_go(plain: PlainWorld) -> None:
    caller = await rings_ruth(plain)
    plain.nina.lifts()
    plain.nina.presses("*97")
    await until(lambda: not plain.ruth.ringing)
    caller.leaves()
    await hears_tone(plain.nina, "reorder")
    plain.nina.hangs_up()
    await plain.all_is_free()


async def test_a_sip_telephone_picks_up_too(far: FarWorld) -> None:
    caller = await rings_ruth(far)
    far.nina.lifts("*98103")
    await hear_each_other(caller, far.nina)
    far.nina.hangs_up()
    await far.all_is_free()
    assert far.ruth.told == []
    far.ruth.refuses(Cleared.BUSY)  # Too late: it means nothing any more.
