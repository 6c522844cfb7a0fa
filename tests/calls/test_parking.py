"""Parking: whoever is on hold waits in a numbered place, where any telephone takes the call up."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from appliance.api.status import unit_status
from appliance.office.model import Office
from appliance.office.telephones import Telephones
from hw.ringkind import RingKind
from tests.calls.farlines import FarTrunk, FarWorld
from tests.calls.farlines import hear_each_other as far_hear_each_other
from tests.calls.hearing import until
from tests.calls.plainlines import (
    PlainTelephone,
    PlainWorld,
    hear_each_other,
    hears_tone,
    on_hold,
    plain_world,
)


async def parks(plain: PlainWorld, telephone: PlainTelephone) -> None:
    """This telephone, which talks to somebody, parks that one, and is hung up."""
    telephone.flashes()
    await hears_tone(telephone, "recall")
    telephone.forgets()
    telephone.presses("*76")
    await telephone.hears("parked-in-place")
    telephone.hangs_up()


async def parked(plain: PlainWorld) -> FarTrunk:
    """A caller whom Maria has parked."""
    caller, maria = await plain.talking()
    await parks(plain, maria)
    await on_hold(caller)
    caller.forgets()
    return caller


def places(plain: PlainWorld) -> list[tuple[int, str]]:
    return [(one["place"], one["station"]) for one in unit_status(plain.here.appliance)["parked"]]


async def test_a_parked_caller_hears_music_and_is_taken_up_at_any_telephone(plain: PlainWorld) -> None:
    caller = await parked(plain)
    assert places(plain) == [(1, "front desk")]
    plain.nina.lifts()
    plain.nina.presses("*771")
    await hear_each_other(caller, plain.nina)
    assert places(plain) == []
    assert caller.heard == []
    caller.leaves()
    await hears_tone(plain.nina, "reorder")
    plain.nina.hangs_up()
    await plain.all_is_free()
    assert plain.steps("gate 1")[-3:] == ["held by front desk", "transferred", "parked in 1 by front desk"]
    assert plain.steps("lab") == ["to a parked call"]
    assert sorted(plain.here.outcomes()) == [
        ("front desk", "changed", "on-hook"),
        ("gate 1", "connected", "hung-up"),
        ("lab", "connected", "released"),
    ]
    assert [record.reached for record in plain.here.appliance.calls.recent(5) if record.line == "gate 1"] == ["nina"]


async def test_whoever_took_it_up_hangs_up_or_holds_and_transfers_as_in_any_call(plain: PlainWorld) -> None:
    caller = await parked(plain)
    plain.nina.lifts()
    plain.nina.presses("*771")
    await hear_each_other(caller, plain.nina)
    plain.nina.flashes()
    await on_hold(caller)
    plain.nina.presses("103")
    await plain.ruth.answers()
    await hear_each_other(plain.nina, plain.ruth)
    plain.nina.hangs_up()
    await hear_each_other(caller, plain.ruth)
    plain.ruth.hangs_up()
    await until(lambda: not caller.off_hook)
    await plain.all_is_free()


async def test_the_lowest_free_place_is_taken_and_a_caller_who_hangs_up_frees_one(plain: PlainWorld) -> None:
    first = await parked(plain)
    second = await plain.greeted("gate-2")
    second.presses("103")
    await plain.ruth.answers()
    await hear_each_other(second, plain.ruth)
    await parks(plain, plain.ruth)
    assert places(plain) == [(1, "front desk"), (2, "billing")]
    first.leaves()
    await until(lambda: places(plain) == [(2, "billing")])
    second.leaves()
    await until(lambda: places(plain) == [])
    await plain.all_is_free()


async def test_where_all_places_are_taken_the_caller_stays_on_hold() -> None:
    def one_place(office: Office) -> Office:
        return replace(office, telephones=Telephones(parking_places=1))

    async with plain_world(one_place) as plain:
        first = await parked(plain)
        second = await plain.greeted("gate-2")
        second.presses("103")
        await plain.ruth.answers()
        await hear_each_other(second, plain.ruth)
        plain.ruth.flashes()
        plain.ruth.presses("*76")
        await plain.ruth.hears("all-places-taken")
        await on_hold(second)
        await hears_tone(plain.ruth, "reorder")
        plain.ruth.flashes()
        await hear_each_other(second, plain.ruth)
        for line in (first, second):
            line.leaves()
        plain.ruth.hangs_up()
        await plain.all_is_free()


async def test_nobody_on_hold_nobody_to_park_and_nobody_parked(plain: PlainWorld) -> None:
    plain.maria.lifts()
    plain.maria.presses("*76")
    await plain.maria.hears("nobody-to-park")
    plain.maria.hangs_up()
    await plain.all_is_free()
    plain.maria.lifts()
    plain.maria.presses("*77")
    await plain.maria.hears("enter-parking-place")
    plain.maria.presses("4")
    await plain.maria.hears("nobody-parked-there")
    plain.maria.hangs_up()
    await plain.all_is_free()


async def test_who_was_called_for_help_is_not_parked(far: FarWorld) -> None:
    far.maria.lifts("911")
    helper = far.card.trunk("gate-2")
    await far_hear_each_other(far.maria, helper)
    far.maria.holds(True)
    assert far.maria.second is not None
    far.maria.second.lifts("*76")
    await far.maria.hears("nobody-to-park")
    far.maria.holds(False)
    await far_hear_each_other(far.maria, helper)
    far.maria.hangs_up()
    far.maria.second.hangs_up()
    await far.all_is_free()


async def test_a_sip_telephone_parks_whom_it_holds_by_a_second_call(far: FarWorld) -> None:
    caller, maria = await far.talking()
    maria.holds(True)
    assert maria.second is not None
    maria.second.lifts("*76")
    await maria.hears("parked-in-place")
    assert not maria.off_hook
    far.nina.lifts("*771")
    await far_hear_each_other(caller, far.nina)
    caller.leaves()
    maria.second.hangs_up()
    await far.all_is_free()


async def test_behind_a_minute_it_rings_whoever_parked_it_with_a_ring_of_its_own_and_says_why(
    plain: PlainWorld,
) -> None:
    caller = await parked(plain)
    await caller.hears("still-on-hold", within=45)
    await plain.maria.rings(within=25)
    shown = plain.maria.shown[-1]
    assert shown is not None
    assert shown.name == "parked: ANNE HILL"
    assert plain.maria.rang[-1][1] is RingKind.PARKED
    await plain.maria.answers()
    await plain.maria.hears("parked-call-is-back")
    await hear_each_other(caller, plain.maria)
    assert places(plain) == []
    plain.maria.hangs_up()
    await plain.all_is_free()


async def test_it_can_be_taken_up_while_it_rings_back(plain: PlainWorld) -> None:
    caller = await parked(plain)
    await plain.maria.rings(within=70)
    plain.nina.lifts()
    plain.nina.presses("*771")
    await hear_each_other(caller, plain.nina)
    await until(lambda: not plain.maria.ringing)
    plain.nina.hangs_up()
    await plain.all_is_free()


async def test_where_nobody_answers_there_the_operator_is_called_and_then_a_message_taken(plain: PlainWorld) -> None:
    caller = await plain.greeted()
    caller.presses("103")
    await plain.ruth.answers()
    await hear_each_other(caller, plain.ruth)
    await parks(plain, plain.ruth)
    await plain.ruth.rings(within=70)
    await caller.hears("connecting-operator", within=40)
    await plain.maria.rings()
    await caller.hears("nobody-available", "leave-message", within=60)
    caller.leaves()
    await plain.all_is_free()


async def test_pound_leaves_a_message_for_whoever_parked_the_caller(plain: PlainWorld) -> None:
    caller = await parked(plain)
    await caller.hears("still-on-hold", within=45)
    caller.presses("#")
    await caller.hears("greeting-default", "leave-message", "beep")
    assert places(plain) == []
    caller.leaves()
    await plain.all_is_free()


async def test_who_takes_it_up_at_the_moment_the_caller_leaves_is_let_go(plain: PlainWorld) -> None:
    caller = await parked(plain)
    plain.nina.lifts()
    plain.nina.presses("*771")
    await until(lambda: places(plain) == [])
    caller.leaves()
    await hears_tone(plain.nina, "reorder")
    plain.nina.hangs_up()
    await plain.all_is_free()


async def test_who_takes_it_up_with_somebody_on_hold_swaps_between_the_two(plain: PlainWorld) -> None:
    caller = await parked(plain)
    other = await plain.greeted("gate-2")
    other.presses("104")
    await plain.nina.answers()
    await hear_each_other(other, plain.nina)
    plain.nina.flashes()
    await asyncio.sleep(0.5)
    plain.nina.presses("*771")
    await hear_each_other(caller, plain.nina)
    await on_hold(other)
    plain.nina.flashes()
    await hear_each_other(other, plain.nina)
    await on_hold(caller)
    plain.nina.hangs_up()
    await plain.nina.answers()
    await hear_each_other(caller, plain.nina)
    caller.leaves()
    plain.nina.hangs_up()
    await until(lambda: not other.off_hook)
    await plain.all_is_free()
