"""Telephones that will not be rung, and calls out on lines that dial by themselves."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from appliance.office.model import Office
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from tests.calls.farlines import ANNE, FarTelephone, FarTrunk, FarWorld, far_world, hear_each_other
from tests.calls.hearing import until

BOB = "4075550199"


def declines(telephone: FarTelephone, cause: Cleared, forward: str = "") -> None:
    telephone.on_ring = lambda: telephone.refuses(cause, forward)


# Refused


@pytest.mark.parametrize(
    ("cause", "why"),
    [
        (Cleared.BUSY, "on-the-phone"),
        (Cleared.REFUSED, "not-available"),
        (Cleared.NO_ANSWER, "not-available"),
        (Cleared.UNREACHABLE, "not-available"),
        (Cleared.LINK_LOST, "not-available"),
    ],
    ids=lambda cause: getattr(cause, "value", cause),
)
async def test_a_telephone_that_refuses_sends_the_caller_to_voicemail_with_the_reason(
    far: FarWorld, cause: Cleared, why: str
) -> None:
    caller = await far.greeted()
    declines(far.ruth, cause)
    caller.presses("103")
    await caller.hears("leave-message")
    assert caller.heard == ["one-moment", why, "leave-message"]
    caller.leaves()
    await far.all_is_free()


async def test_a_telephone_that_has_refused_is_rung_again_by_the_next_caller(far: FarWorld) -> None:
    declines(far.ruth, Cleared.BUSY)
    caller = await far.greeted()
    caller.presses("103")
    await caller.hears("on-the-phone")
    far.ruth.on_ring = lambda: None
    another = await far.greeted("gate-2")
    another.presses("103")
    await far.ruth.answers()
    await until(lambda: another.is_hearing(far.ruth))
    for line in (caller, another):
        line.leaves()
    await far.all_is_free()


async def test_a_telephone_in_a_call_is_on_the_phone_and_is_not_rung(far: FarWorld) -> None:
    await far.talking()
    another = await far.greeted("gate-2")
    another.presses("101")
    await another.hears("on-the-phone")
    assert another.heard[:2] == ["one-moment", "on-the-phone"]
    assert len(far.maria.shown) == 1
    far.card.trunk("gate-1").leaves()
    another.leaves()
    await far.all_is_free()


async def test_a_telephone_that_stops_the_ringing_while_others_ring_leaves_them_ringing(far: FarWorld) -> None:
    """As when all telephones are rung for the fail-safe."""
    far.here.appliance.switchboard.builtin = True
    declines(far.maria, Cleared.REFUSED)
    declines(far.nina, Cleared.BUSY, "102")
    caller = far.card.trunk("gate-1")
    caller.calls(ANNE)
    await far.ruth.rings(within=30)
    await asyncio.sleep(2)
    assert not far.maria.ringing
    assert not far.nina.ringing
    far.ruth.lifts()
    await hear_each_other(caller, far.ruth)
    caller.leaves()
    await far.all_is_free()


# Forwarded


async def test_a_telephone_that_redirects_has_the_other_rung_which_shows_the_caller(far: FarWorld) -> None:
    declines(far.maria, Cleared.REFUSED, "103")
    caller = await far.greeted()
    caller.presses("101")
    await far.ruth.answers()
    await hear_each_other(caller, far.ruth)
    assert far.ruth.shown == [ANNE]
    caller.leaves()
    await far.ended(("gate 1", "connected", "hung-up"))
    (record,) = far.here.appliance.calls.recent(10)
    assert (record.called, record.reached) == ("101", "ruth")


async def test_a_loop_of_redirections_ends_in_the_mailbox_of_whoever_was_called(far: FarWorld) -> None:
    declines(far.maria, Cleared.REFUSED, "103")
    declines(far.ruth, Cleared.REFUSED, "104")
    declines(far.nina, Cleared.REFUSED, "101")
    caller = await far.greeted()
    caller.presses("101")
    await caller.hears("leave-message")
    assert caller.heard == ["one-moment", "not-available", "leave-message"]
    assert [len(port.shown) for port in (far.maria, far.ruth, far.nina)] == [1, 1, 1]
    caller.leaves()
    await far.all_is_free()


@pytest.mark.parametrize("forward", ["101", f"9{BOB}", "911", "8500", "0", "612", "177", "x"])
async def test_a_redirection_to_anything_but_another_extension_is_no_answer(far: FarWorld, forward: str) -> None:
    """Nobody may reach an outside line by having a telephone of ours redirect."""
    declines(far.maria, Cleared.REFUSED, forward)
    caller = await far.greeted()
    caller.presses("101")
    await caller.hears("leave-message")
    assert caller.heard == ["one-moment", "not-available", "leave-message"]
    assert [port.seized for port in far.card.fxo] == [[]] * 4
    caller.leaves()
    await far.all_is_free()


async def test_the_operator_s_telephone_is_forwarded_like_any_other(far: FarWorld) -> None:
    declines(far.maria, Cleared.REFUSED, "103")
    caller = await far.greeted()
    caller.presses("0")
    await far.ruth.answers()
    await until(lambda: caller.is_hearing(far.ruth))
    far.ruth.hangs_up()
    await far.ended(("gate 1", "operator", "on-hook"))
    (record,) = far.here.appliance.calls.recent(10)
    assert record.reached == "ruth"


async def test_an_operator_forwarded_in_a_loop_is_nobody_available(far: FarWorld) -> None:
    declines(far.maria, Cleared.REFUSED, "103")
    declines(far.ruth, Cleared.REFUSED, "101")
    caller = await far.greeted()
    caller.presses("0")
    await caller.hears("leave-message")
    assert caller.heard == ["connecting-operator", "nobody-available", "greeting-default-general", "leave-message"]
    caller.leaves()
    await far.all_is_free()


async def test_after_a_reload_a_telephone_s_second_call_is_its_new_owner_s(far: FarWorld) -> None:
    office = far.here.appliance.office
    stations = tuple(replace(one, name="hall") if one.port == "phone-1" else one for one in office.stations)
    people = tuple(
        replace(person, extension="109", station="hall") if person.id == "maria" else person for person in office.people
    )
    await far.here.appliance.use(replace(office, stations=stations, people=people))
    second = far.maria.second
    assert second is not None
    far.maria.lifts("8500")
    second.lifts("103")
    await far.ruth.rings()
    assert far.ruth.shown == [CallerId("109", "Maria Alvarez")]
    second.hangs_up()
    far.maria.hangs_up()
    await far.all_is_free()
    assert {line for line, _, _ in far.here.outcomes()} == {"hall"}


# Out on lines that dial


def fails(trunk: FarTrunk, cause: Cleared) -> None:
    trunk.on_seized = lambda: trunk.leaves(cause)


async def until_connected(here: FarWorld, name: str) -> FarTrunk:
    trunk = here.card.trunk(name)
    await hear_each_other(here.maria, trunk)
    return trunk


async def test_a_line_that_dials_is_given_the_number_and_no_dial_tone_is_waited_for(far: FarWorld) -> None:
    far.maria.lifts(f"9{BOB}")
    began = asyncio.get_running_loop().time()
    trunk = await until_connected(far, "gate-2")
    assert asyncio.get_running_loop().time() - began < 0.5
    assert (trunk.seized, trunk.pressed) == ([BOB], "")
    trunk.leaves()
    await far.ended(("front desk", "dialled-out", "hung-up"))
    assert far.here.appliance.faults == []


@pytest.mark.parametrize("cause", [Cleared.UNREACHABLE, Cleared.LINK_LOST, Cleared.CONGESTION])
async def test_when_a_line_fails_at_once_the_next_is_tried(far: FarWorld, cause: Cleared) -> None:
    fails(far.card.trunk("gate-2"), cause)
    far.maria.lifts(f"9{BOB}")
    trunk = await until_connected(far, "gate-1")
    assert far.card.trunk("gate-2").seized == trunk.seized == [BOB]
    assert far.here.appliance.faults == ["gate-2 did not take a call"]
    far.maria.hangs_up()
    await far.ended(("front desk", "dialled-out", "on-hook"))


async def test_a_line_that_says_nothing_is_given_up_after_ten_seconds_and_not_taken_for_a_caller(far: FarWorld) -> None:
    for name in ("gate-1", "gate-2"):
        far.card.trunk(name).on_seized = lambda: None
    far.maria.lifts(f"9{BOB}")
    await far.maria.hears("no-line-free")
    await far.here.logs("front desk", "no-line", "released")
    assert far.here.told.said == [("front desk", "no-line-free")]
    far.maria.hangs_up()
    await far.ended(("front desk", "no-line", "released"))


async def test_who_hangs_up_before_the_number_is_called_frees_the_line(far: FarWorld) -> None:
    far.card.trunk("gate-2").on_seized = lambda: None
    far.maria.lifts(f"9{BOB}")
    await asyncio.sleep(3)
    assert far.card.trunk("gate-2").off_hook
    far.maria.hangs_up()
    await far.ended(("front desk", "abandoned", "on-hook"))


async def test_an_emergency_call_goes_out_on_a_line_that_dials(far: FarWorld) -> None:
    far.maria.lifts("911")
    trunk = await until_connected(far, "gate-2")
    assert trunk.seized == ["911"]
    far.maria.hangs_up()
    await far.ended(("front desk", "dialled-out", "on-hook"))


async def test_an_emergency_call_takes_a_far_line_from_another_call() -> None:
    def gateway_only(office: Office) -> Office:
        return replace(office, trunks=office.trunks[1:])

    async with far_world(gateway_only) as here:
        await here.greeted("gate-2")
        caller = await here.greeted("gate-1")
        caller.presses("103")
        await here.ruth.answers()
        await until(lambda: caller.is_hearing(here.ruth))
        here.maria.lifts("911")
        trunk = await until_connected(here, "gate-2")
        assert trunk.seized == ["911"]
        assert caller.is_hearing(here.ruth), "the other call goes on"
        here.maria.hangs_up()
        caller.leaves()
        await here.all_is_free()


async def test_an_emergency_call_never_goes_to_another_office() -> None:
    async with far_world(lambda office: replace(office, trunks=())) as here:
        for name in ("gate-1", "gate-2"):
            fails(here.card.trunk(name), Cleared.UNREACHABLE)
        here.maria.lifts("911")
        await asyncio.sleep(30)
        assert [here.card.trunk(name).seized for name in ("join-1", "join-2")] == [[], []]
        assert set(here.card.trunk("gate-1").seized) == {"911"}
        here.maria.hangs_up()
        await here.all_is_free()


# To other offices


async def test_a_number_of_another_office_goes_only_to_the_lines_that_join_and_says_who_calls(far: FarWorld) -> None:
    far.maria.lifts("612")
    trunk = await until_connected(far, "join-1")  # The account of Maria's own extension.
    assert trunk.seized == ["612"]
    assert trunk.callers == [CallerId("101", "Maria Alvarez")]
    assert [port.seized for port in far.card.fxo if port is not trunk] == [[], [], []]
    far.maria.hangs_up()
    await far.ended(("front desk", "connected", "on-hook"))


async def test_a_caller_reaches_another_office_from_the_menu(far: FarWorld) -> None:
    caller = await far.greeted()
    caller.presses("612")
    joining = [far.card.trunk(name) for name in ("join-1", "join-2")]
    await until(lambda: any(caller.is_hearing(port) for port in joining))
    assert sorted(port.seized for port in joining) == [[], ["612"]]
    caller.leaves()
    await far.ended(("gate 1", "connected", "hung-up"))


async def test_an_outside_call_never_uses_a_line_that_joins_offices(far: FarWorld) -> None:
    for name in ("gate-1", "gate-2"):
        far.card.trunk(name).loses_battery(True)
    far.here.exchange.fault("fxo-1", "in-use")
    await asyncio.sleep(1)
    far.maria.lifts(f"9{BOB}")
    await far.here.logs("front desk", "no-line", "released")
    assert far.here.told.said == [("front desk", "no-line-free")]
    assert [port.seized for port in far.card.fxo] == [[]] * 4
    far.maria.hangs_up()
    await asyncio.sleep(1)
    assert far.here.outcomes() == [("front desk", "no-line", "released")]


async def test_a_call_to_another_office_with_all_lines_there_in_use_is_told(far: FarWorld) -> None:
    for telephone in (far.ruth, far.nina):
        telephone.lifts("612")
        await asyncio.sleep(1)
    assert sorted(port.seized for port in far.card.fxo) == [[], [], ["612"], ["612"]]
    far.maria.lifts("613")
    await far.maria.hears("goodbye")
    assert far.maria.heard == ["no-line-free", "goodbye"]
    for telephone in (far.maria, far.ruth, far.nina):
        telephone.hangs_up()
    await far.all_is_free()


async def test_who_is_busy_in_another_office_is_not_tried_again_on_the_next_line(far: FarWorld) -> None:
    for name in ("join-1", "join-2"):
        fails(far.card.trunk(name), Cleared.BUSY)
    far.maria.lifts("613")
    await far.here.logs("front desk", "no-answer", "released")
    assert far.maria.heard == ["nobody-available", "goodbye"]
    assert sorted(far.card.trunk(name).seized for name in ("join-1", "join-2")) == [[], ["613"]]
    far.maria.hangs_up()
    await far.all_is_free()
    assert [outcome for _, outcome, _ in far.here.outcomes()] == ["no-answer"]


async def test_a_line_to_another_office_that_is_congested_is_followed_by_the_next(far: FarWorld) -> None:
    fails(far.card.trunk("join-1"), Cleared.CONGESTION)
    far.maria.lifts("613")
    await until_connected(far, "join-2")
    far.maria.hangs_up()
    await far.ended(("front desk", "connected", "on-hook"))
