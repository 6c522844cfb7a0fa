"""Telephones that will not be rung, and calls out on lines that dial by themselves."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from appliance.office.model import Office
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from tests.calls.around import spoken, until
from tests.calls.farlines import ANNE, FarTelephone, FarTrunk, FarWorld, far_world

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
async def test_a_telephone_that_refuses_sends_the_caller_to_voicemail_with_the_reason(cause: Cleared, why: str) -> None:
    async with far_world() as here:
        caller = await here.greeted()
        declines(here.ruth, cause)
        with spoken() as said:
            caller.presses("103")
            await asyncio.sleep(6)
            assert said.said == [("gate 1", "one-moment"), ("gate 1", why), ("gate 1", "leave-message")]
        caller.leaves()
        await here.all_is_free()


async def test_a_telephone_that_has_refused_is_rung_again_by_the_next_caller() -> None:
    async with far_world() as here:
        declines(here.ruth, Cleared.BUSY)
        caller = await here.greeted()
        caller.presses("103")
        await until(lambda: len(here.ruth.rings) == 1)
        await asyncio.sleep(1)
        here.ruth.on_ring = lambda: None
        another = await here.greeted("gate-2")
        another.presses("103")
        await here.answered(here.ruth)
        await until(lambda: another.hears(here.ruth))
        for line in (caller, another):
            line.leaves()
        await here.all_is_free()


async def test_a_telephone_in_a_call_is_on_the_phone_and_is_not_rung() -> None:
    async with far_world() as here:
        await here.talking()
        another = await here.greeted("gate-2")
        with spoken() as said:
            another.presses("101")
            await asyncio.sleep(4)
            assert said.said[:2] == [("gate-2", "one-moment"), ("gate-2", "on-the-phone")]
        assert len(here.maria.rings) == 1
        here.card.trunk("gate-1").leaves()
        another.leaves()
        await here.all_is_free()


async def test_a_telephone_that_stops_the_ringing_while_others_ring_leaves_them_ringing() -> None:
    """As when all telephones are rung for the fail-safe."""
    async with far_world() as here:
        here.here.appliance.switchboard.builtin = True
        declines(here.maria, Cleared.REFUSED)
        declines(here.nina, Cleared.BUSY, "102")
        caller = here.card.trunk("gate-1")
        caller.calls(ANNE)
        await until(lambda: here.ruth.ringing, within=30)
        await asyncio.sleep(2)
        assert not here.maria.ringing
        assert not here.nina.ringing
        here.ruth.lifts()
        await until(lambda: caller.hears(here.ruth) and here.ruth.hears(caller))
        caller.leaves()
        await here.all_is_free()


# Forwarded


async def test_a_telephone_that_redirects_has_the_other_rung_which_shows_the_caller() -> None:
    async with far_world() as here:
        declines(here.maria, Cleared.REFUSED, "103")
        caller = await here.greeted()
        caller.presses("101")
        await here.answered(here.ruth)
        await until(lambda: caller.hears(here.ruth) and here.ruth.hears(caller))
        assert here.ruth.rings == [ANNE]
        caller.leaves()
        await here.ended(("gate 1", "connected", "hung-up"))
        (record,) = here.here.appliance.calls.recent(10)
        assert (record.called, record.reached) == ("103", "ruth")


async def test_a_loop_of_redirections_ends_in_the_last_one_s_mailbox() -> None:
    async with far_world() as here:
        declines(here.maria, Cleared.REFUSED, "103")
        declines(here.ruth, Cleared.REFUSED, "104")
        declines(here.nina, Cleared.REFUSED, "101")
        caller = await here.greeted()
        with spoken() as said:
            caller.presses("101")
            await asyncio.sleep(10)
            assert said.said == [("gate 1", "one-moment")] * 3 + [
                ("gate 1", "not-available"),
                ("gate 1", "leave-message"),
            ]
        assert [len(port.rings) for port in (here.maria, here.ruth, here.nina)] == [1, 1, 1]
        caller.leaves()
        await here.all_is_free()


@pytest.mark.parametrize("forward", ["101", f"9{BOB}", "911", "8500", "0", "612", "177", "x"])
async def test_a_redirection_to_anything_but_another_extension_is_no_answer(forward: str) -> None:
    """Nobody may reach an outside line by having a telephone of ours redirect."""
    async with far_world() as here:
        declines(here.maria, Cleared.REFUSED, forward)
        caller = await here.greeted()
        with spoken() as said:
            caller.presses("101")
            await asyncio.sleep(6)
            assert said.on("gate 1") == ["one-moment", "not-available", "leave-message"]
        assert [port.seized for port in here.card.fxo] == [[]] * 4
        caller.leaves()
        await here.all_is_free()


async def test_the_operator_s_telephone_is_forwarded_like_any_other() -> None:
    async with far_world() as here:
        declines(here.maria, Cleared.REFUSED, "103")
        caller = await here.greeted()
        caller.presses("0")
        await here.answered(here.ruth)
        await until(lambda: caller.hears(here.ruth))
        here.ruth.hangs_up()
        await here.ended(("gate 1", "operator", "on-hook"))
        (record,) = here.here.appliance.calls.recent(10)
        assert record.reached == "ruth"


async def test_an_operator_forwarded_in_a_loop_is_nobody_available() -> None:
    async with far_world() as here:
        declines(here.maria, Cleared.REFUSED, "103")
        declines(here.ruth, Cleared.REFUSED, "101")
        caller = await here.greeted()
        with spoken() as said:
            caller.presses("0")
            await asyncio.sleep(10)
            assert said.on("gate 1") == [
                "connecting-operator",
                "nobody-available",
                "greeting-default-general",
                "leave-message",
            ]
        caller.leaves()
        await here.all_is_free()


async def test_after_a_reload_a_telephone_s_second_call_is_its_new_owner_s() -> None:
    async with far_world() as here:
        office = here.here.appliance.office
        stations = tuple(replace(one, name="hall") if one.port == "phone-1" else one for one in office.stations)
        people = tuple(
            replace(person, extension="109", station="hall") if person.id == "maria" else person
            for person in office.people
        )
        await here.here.appliance.use(replace(office, stations=stations, people=people))
        second = here.maria.second
        assert second is not None
        here.maria.lifts("8500")
        second.lifts("103")
        await until(lambda: here.ruth.ringing)
        assert here.ruth.rings == [CallerId("109", "Maria Alvarez")]
        second.hangs_up()
        here.maria.hangs_up()
        await here.all_is_free()
        assert {line for line, _, _ in here.here.outcomes()} == {"hall"}


# Out on lines that dial


def fails(trunk: FarTrunk, cause: Cleared) -> None:
    trunk.on_seized = lambda: trunk.leaves(cause)


async def until_connected(here: FarWorld, name: str) -> FarTrunk:
    trunk = here.card.trunk(name)
    await until(lambda: here.maria.hears(trunk) and trunk.hears(here.maria))
    return trunk


async def test_a_line_that_dials_is_given_the_number_and_no_dial_tone_is_waited_for() -> None:
    async with far_world() as here:
        here.maria.lifts(f"9{BOB}")
        began = asyncio.get_running_loop().time()
        trunk = await until_connected(here, "gate-2")
        assert asyncio.get_running_loop().time() - began < 0.5
        assert (trunk.seized, trunk.pressed) == ([BOB], "")
        trunk.leaves()
        await here.ended(("front desk", "dialled-out", "hung-up"))
        assert here.here.appliance.faults == []


@pytest.mark.parametrize("cause", [Cleared.UNREACHABLE, Cleared.LINK_LOST, Cleared.CONGESTION])
async def test_when_a_line_fails_at_once_the_next_is_tried(cause: Cleared) -> None:
    async with far_world() as here:
        fails(here.card.trunk("gate-2"), cause)
        here.maria.lifts(f"9{BOB}")
        trunk = await until_connected(here, "gate-1")
        assert here.card.trunk("gate-2").seized == trunk.seized == [BOB]
        assert here.here.appliance.faults == ["gate-2 did not take a call"]
        here.maria.hangs_up()
        await here.ended(("front desk", "dialled-out", "on-hook"))


async def test_a_line_that_says_nothing_is_given_up_after_ten_seconds_and_not_taken_for_a_caller() -> None:
    async with far_world() as here:
        for name in ("gate-1", "gate-2"):
            here.card.trunk(name).on_seized = lambda: None
        with spoken() as said:
            here.maria.lifts(f"9{BOB}")
            await asyncio.sleep(26)
            assert said.said == [("front desk", "no-line-free")]
        here.maria.hangs_up()
        await here.ended(("front desk", "no-line", "released"))


async def test_who_hangs_up_before_the_number_is_called_frees_the_line() -> None:
    async with far_world() as here:
        here.card.trunk("gate-2").on_seized = lambda: None
        here.maria.lifts(f"9{BOB}")
        await asyncio.sleep(3)
        assert here.card.trunk("gate-2").off_hook
        here.maria.hangs_up()
        await here.ended(("front desk", "abandoned", "on-hook"))


async def test_an_emergency_call_goes_out_on_a_line_that_dials() -> None:
    async with far_world() as here:
        here.maria.lifts("911")
        trunk = await until_connected(here, "gate-2")
        assert trunk.seized == ["911"]
        here.maria.hangs_up()
        await here.ended(("front desk", "dialled-out", "on-hook"))


async def test_an_emergency_call_takes_a_far_line_from_another_call() -> None:
    def gateway_only(office: Office) -> Office:
        return replace(office, trunks=office.trunks[1:])

    async with far_world(gateway_only) as here:
        await here.greeted("gate-2")
        caller = await here.greeted("gate-1")
        caller.presses("103")
        await here.answered(here.ruth)
        await until(lambda: caller.hears(here.ruth))
        here.maria.lifts("911")
        trunk = await until_connected(here, "gate-2")
        assert trunk.seized == ["911"]
        assert caller.hears(here.ruth), "the other call goes on"
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


async def test_a_number_of_another_office_goes_only_to_the_lines_that_join_and_says_who_calls() -> None:
    async with far_world() as here:
        here.maria.lifts("612")
        trunk = await until_connected(here, "join-1")  # The account of Maria's own extension.
        assert trunk.seized == ["612"]
        assert trunk.callers == [CallerId("101", "Maria Alvarez")]
        assert [port.seized for port in here.card.fxo if port is not trunk] == [[], [], []]
        here.maria.hangs_up()
        await here.ended(("front desk", "connected", "on-hook"))


async def test_a_caller_reaches_another_office_from_the_menu() -> None:
    async with far_world() as here:
        caller = await here.greeted()
        caller.presses("612")
        joining = [here.card.trunk(name) for name in ("join-1", "join-2")]
        await until(lambda: any(caller.hears(port) for port in joining))
        assert sorted(port.seized for port in joining) == [[], ["612"]]
        caller.leaves()
        await here.ended(("gate 1", "connected", "hung-up"))


async def test_an_outside_call_never_uses_a_line_that_joins_offices() -> None:
    async with far_world() as here:
        for name in ("gate-1", "gate-2"):
            here.card.trunk(name).loses_battery(True)
        here.here.exchange.fault("fxo-1", "in-use")
        await asyncio.sleep(1)
        with spoken() as said:
            here.maria.lifts(f"9{BOB}")
            await asyncio.sleep(5)
            assert said.said == [("front desk", "no-line-free")]
        assert [port.seized for port in here.card.fxo] == [[]] * 4
        here.maria.hangs_up()
        await asyncio.sleep(1)
        assert here.here.outcomes() == [("front desk", "no-line", "released")]


async def test_a_call_to_another_office_with_all_lines_there_in_use_is_told() -> None:
    async with far_world() as here:
        for telephone in (here.ruth, here.nina):
            telephone.lifts("612")
            await asyncio.sleep(1)
        assert sorted(port.seized for port in here.card.fxo) == [[], [], ["612"], ["612"]]
        with spoken() as said:
            here.maria.lifts("613")
            await asyncio.sleep(3)
            assert said.said == [("front desk", "no-line-free"), ("front desk", "goodbye")]
        for telephone in (here.maria, here.ruth, here.nina):
            telephone.hangs_up()
        await here.all_is_free()


async def test_who_is_busy_in_another_office_is_not_tried_again_on_the_next_line() -> None:
    async with far_world() as here:
        for name in ("join-1", "join-2"):
            fails(here.card.trunk(name), Cleared.BUSY)
        with spoken() as said:
            here.maria.lifts("613")
            await asyncio.sleep(5)
            assert said.said == [("front desk", "nobody-available"), ("front desk", "goodbye")]
        assert sorted(here.card.trunk(name).seized for name in ("join-1", "join-2")) == [[], ["613"]]
        here.maria.hangs_up()
        await here.all_is_free()
        assert [outcome for _, outcome, _ in here.here.outcomes()] == ["no-answer"]


async def test_a_line_to_another_office_that_is_congested_is_followed_by_the_next() -> None:
    async with far_world() as here:
        fails(here.card.trunk("join-1"), Cleared.CONGESTION)
        here.maria.lifts("613")
        await until_connected(here, "join-2")
        here.maria.hangs_up()
        await here.ended(("front desk", "connected", "on-hook"))
