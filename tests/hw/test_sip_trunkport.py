"""The trunk port of a SIP card, in virtual time: how it is called and calls, over a network that is a fake."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from hw.audio import level_dbm0
from hw.callerid.coding import Absence, CallerId
from hw.cleared import Cleared
from hw.linecard import (
    CallTold,
    FarEndAnswered,
    FarEndLeft,
    FarEndRefused,
    LineTraits,
    Proceeding,
    RingingEnded,
    RingStarted,
    RingStopped,
)
from hw.sip import wire
from hw.sip.profile import profile
from hw.tones.toneplan import tone_plan
from tests.hw.sipwires import ANNE, FRAME, GATEWAY, HOME, PLAN, Told, Wires, trunk

# A trunk that is called


@pytest.mark.parametrize(
    ("country", "times"), [("us", [0, 0, 2, 6, 8, 12, 14]), ("uk", [0, 0, 1, 3, 4, 6, 7, 9, 10, 12, 13])]
)
async def test_an_incoming_call_is_told_and_rings_in_the_cadence_of_the_country(
    wires: Wires, country: str, times: list[float]
) -> None:
    port = trunk(wires, plan=tone_plan(country))
    told = Told(port)
    port.incoming(wires.new_call(-1), ANNE, "5550100")
    await asyncio.sleep(14.5)
    bursts = (len(told.events) - 1) // 2
    assert told.events == [CallTold(ANNE, "5550100"), *[RingStarted(), RingStopped()] * bursts]
    assert told.times == times
    assert wires.asked == [wire.Alert(-1)]
    port.stop()


async def test_a_caller_who_gives_up_ends_the_ringing_at_once_and_for_good(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    port.incoming(wires.new_call(-1), ANNE, "")
    await asyncio.sleep(0.5)
    wires.tell(wire.Ended(-1, 487))
    await asyncio.sleep(20)
    assert told.events == [CallTold(ANNE), RingStarted(), RingingEnded()]
    assert told.times == [0, 0, 0.5]
    assert port.free
    port.incoming(wires.new_call(-2), CallerId(), "")
    await asyncio.sleep(0.1)
    assert told.events[3:] == [CallTold(CallerId()), RingStarted()]
    port.stop()


async def test_a_call_is_answered_by_seizing_and_its_end_is_told_once(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    port.incoming(wires.new_call(-1), ANNE, "")
    port.seize()
    port.seize()
    wires.tell(wire.Confirmed(-1), wire.Media(-1, 0, "PCMU"))
    assert port.off_hook
    wires.calls[-1].on_frame(FRAME)
    await asyncio.sleep(10)
    wires.tell(wire.Ended(-1, 200))
    assert told.events == [CallTold(ANNE), RingStarted(), FarEndLeft(Cleared.HUNG_UP)]
    assert [list(frame) for frame in told.frames] == [list(FRAME)]
    assert wires.asked == [wire.Alert(-1), wire.Accept(-1)]
    port.release()
    assert not port.off_hook
    assert wires.asked == [wire.Alert(-1), wire.Accept(-1)], "a call that is over is not cleared again"


async def test_a_caller_who_gives_up_in_the_moment_of_the_answer_has_left(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    port.incoming(wires.new_call(-1), ANNE, "")
    port.seize()
    wires.tell(wire.Ended(-1, 487))
    assert told.events == [CallTold(ANNE), RingStarted(), FarEndLeft(Cleared.HUNG_UP)]
    port.release()


async def test_a_second_call_on_a_line_is_busy(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    port.incoming(wires.new_call(-1), ANNE, "")
    port.incoming(wires.new_call(-2), ANNE, "")
    assert wires.asked == [wire.Alert(-1), wire.Clear(-2, 486)]
    assert told.events == [CallTold(ANNE), RingStarted()]
    port.release()
    port.seize("5551234")
    port.incoming(wires.new_call(-3), ANNE, "")
    assert wires.asked[2:] == [wire.Clear(-1, 486), wire.Clear(-3, 486)]
    port.stop()


async def test_releasing_a_ringing_line_refuses_the_call_and_nothing_more_is_told(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    port.incoming(wires.new_call(-1), ANNE, "")
    port.release()
    wires.tell(wire.Ended(-1, 486, by_us=True))
    await asyncio.sleep(10)
    assert told.events == [CallTold(ANNE), RingStarted()]
    port.release()
    assert wires.asked == [wire.Alert(-1), wire.Clear(-1, 486)]


# A trunk that calls


async def test_a_number_is_called_in_one_stage(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    assert port.traits == LineTraits(echo_tail_ms=0, tells_digits=True, takes_digits=True, dials=True, jitters=True)
    port.seize("5551234#*")
    assert wires.made == [("gate-1", "sip:5551234%23*@192.0.2.20:5062", f"<sip:801@{HOME}>", {})]
    wires.tell(
        wire.ProvisionalAnswer(1, 183, True), wire.Media(1, 0), wire.ProvisionalAnswer(1, 183, True), wire.Confirmed(1)
    )
    assert told.events == [Proceeding()]
    port.release()
    assert wires.asked == [wire.Clear(1, 486)]


async def test_a_line_to_a_server_tells_that_the_far_end_has_answered(wires: Wires) -> None:
    """A gateway answers when its line goes off hook, which tells nothing; see the call in one stage above."""
    port = trunk(wires, profile("sip-server"))
    told = Told(port)
    port.seize("5551234")
    wires.tell(wire.ProvisionalAnswer(1, 180, False))
    assert told.events == [Proceeding()]
    wires.tell(wire.Confirmed(1))
    assert told.events == [Proceeding(), FarEndAnswered()]
    port.release()


async def test_a_line_of_an_account_calls_by_it_and_one_that_joins_offices_says_who_calls(wires: Wires) -> None:
    account = wire.Account("gate-1", "sip:801@192.0.2.20", "sip:192.0.2.20")
    port = trunk(wires, account=account, joins=True)
    port.seize("612", ANNE)
    port.release()
    port.seize("612", CallerId(number_absence=Absence.PRIVATE))
    port.release()
    assert [(caller, headers) for _, _, caller, headers in wires.made] == [
        ("", {"P-Asserted-Identity": '"ANNE HILL" <sip:4075550122@192.0.2.20>'}),
        (
            "",
            {"P-Asserted-Identity": '"Anonymous" <sip:anonymous@anonymous.invalid>', "Privacy": "id"},
        ),
    ]
    provider = trunk(wires, account=account)
    provider.seize("5551234", ANNE)
    assert wires.made[-1][2:] == ("", {}), "who calls is nothing to others"
    provider.release()


async def test_a_call_out_on_an_account_just_being_called_goes_out_and_on_a_gateway_s_line_meets_the_caller(
    wires: Wires,
) -> None:
    account = wire.Account("gate-1", "sip:801@192.0.2.20", "sip:192.0.2.20")
    port = trunk(wires, account=account)
    told = Told(port)
    port.incoming(wires.new_call(-1), ANNE, "")
    port.seize("911")
    assert wires.take_asked() == [wire.Alert(-1), wire.Clear(-1, 486)]
    assert [uri for _, uri, _, _ in wires.made] == ["sip:911@192.0.2.20:5062;transport=udp"]
    await asyncio.sleep(10)
    assert told.take() == [CallTold(ANNE), RingStarted()]
    port.release()
    wires.take_asked()

    port = trunk(wires)
    port.incoming(wires.new_call(-2), ANNE, "")
    port.seize("911")
    assert wires.asked == [wire.Alert(-2), wire.Accept(-2)]
    port.release()


async def test_in_two_stages_the_line_is_seized_and_its_own_dial_tone_waited_for(wires: Wires) -> None:
    port = trunk(wires, replace(GATEWAY, dialling="two-stage"))
    told = Told(port)
    assert not port.traits.dials
    port.seize()
    assert [uri for _, uri, _, _ in wires.made] == ["sip:801@192.0.2.20:5062"]
    wires.tell(wire.ProvisionalAnswer(1, 180, False), wire.Confirmed(1), wire.Media(1, 0))
    wires.calls[-1].on_frame(FRAME)
    await asyncio.sleep(1)
    assert told.events == [], "that the gateway took the call is no dial tone"
    assert len(told.frames) == 1
    assert port.send_digits("5551234") == pytest.approx(1.4)
    assert wires.asked == [wire.SendDigits(1, "5551234", "rfc4733")]
    wires.tell(wire.Ended(1, 200))
    assert told.events == [FarEndLeft(Cleared.HUNG_UP)]
    port.release()


async def test_a_line_in_two_stages_that_is_in_use_is_told_to_have_gone(wires: Wires) -> None:
    port = trunk(wires, replace(GATEWAY, dialling="two-stage"))
    told = Told(port)
    port.seize()
    wires.tell(wire.Ended(1, 486))
    await asyncio.sleep(2)
    assert told.events == [FarEndLeft(Cleared.BUSY)]
    assert told.frames == []
    port.release()


async def test_ringback_is_made_here_until_the_line_s_own_sound_comes(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    port.seize("5551234")
    wires.tell(wire.ProvisionalAnswer(1, 180, False))
    await asyncio.sleep(7)
    assert told.tones(PLAN) == {"ringback"}
    assert len(told.frames) == pytest.approx(350, abs=2)
    wires.tell(wire.ProvisionalAnswer(1, 183, True), wire.Media(1, 0))
    told.frames.clear()
    wires.calls[-1].on_frame(FRAME)
    await asyncio.sleep(3)
    assert [list(frame) for frame in told.frames] == [list(FRAME)]
    wires.tell(wire.ProvisionalAnswer(1, 180, True))
    await asyncio.sleep(3)
    assert len(told.frames) == 1
    port.release()


async def test_ringback_ends_with_the_answer(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    port.seize("5551234")
    wires.tell(wire.ProvisionalAnswer(1, 180, False))
    await asyncio.sleep(1)
    wires.tell(wire.Confirmed(1))
    told.frames.clear()
    await asyncio.sleep(3)
    assert told.frames == []
    assert told.events == [Proceeding()]
    port.release()


@pytest.mark.parametrize(
    ("status", "q850", "tone", "cause"),
    [
        (486, 0, "busy", Cleared.BUSY),
        (600, 0, "busy", Cleared.BUSY),
        (480, 0, "busy", Cleared.NO_ANSWER),
        (404, 0, "reorder", Cleared.NOT_FOUND),
        (503, 17, "busy", Cleared.BUSY),
        (500, 1, "reorder", Cleared.NOT_FOUND),
    ],
)
async def test_a_number_that_cannot_be_reached_is_heard_as_from_the_exchange(
    wires: Wires, status: int, q850: int, tone: str, cause: Cleared
) -> None:
    port = trunk(wires)
    told = Told(port)
    port.seize("5551234")
    wires.tell(wire.Ended(1, status, q850))
    await asyncio.sleep(6)
    assert told.events == [Proceeding(), FarEndRefused(cause)]
    assert told.tones(PLAN) == {tone}
    assert level_dbm0(np.concatenate(told.frames)) > -35
    port.release()
    told.frames.clear()
    await asyncio.sleep(1)
    assert told.frames == []
    assert wires.asked == []


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (503, Cleared.CONGESTION),
        (408, Cleared.UNREACHABLE),
        (0, Cleared.LINK_LOST),
        (403, Cleared.REFUSED),
        (302, Cleared.REFUSED),
    ],
)
async def test_a_line_that_cannot_call_now_has_gone_at_once(wires: Wires, status: int, cause: Cleared) -> None:
    port = trunk(wires)
    told = Told(port)
    port.seize("5551234")
    wires.tell(wire.Ended(1, status))
    await asyncio.sleep(3)
    assert told.events == [FarEndLeft(cause)]
    assert told.frames == []
    port.release()


async def test_ringing_that_comes_to_nothing_on_a_failed_line_is_silent_afterwards(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    port.seize("5551234")
    wires.tell(wire.ProvisionalAnswer(1, 180, False))
    await asyncio.sleep(1)
    wires.tell(wire.Ended(1, 0))
    told.frames.clear()
    await asyncio.sleep(3)
    assert told.events == [Proceeding(), FarEndLeft(Cleared.LINK_LOST)]
    assert told.frames == []
    port.release()


async def test_a_profile_may_mean_something_else_by_a_status(wires: Wires) -> None:
    port = trunk(wires, replace(GATEWAY, clears={486: Cleared.CONGESTION}))
    told = Told(port)
    port.seize("5551234")
    wires.tell(wire.Ended(1, 486))
    assert told.events == [FarEndLeft(Cleared.CONGESTION)]
    port.release()


async def test_a_released_line_can_be_seized_again_and_hears_nothing_of_the_call_before(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    port.seize("1111")
    before = wires.calls[-1]
    port.release()
    port.seize("2222")
    before.take(wire.ProvisionalAnswer(1, 180, False))
    before.take(wire.Ended(1, 487, by_us=True))
    await asyncio.sleep(1)
    assert (told.events, told.frames) == ([], [])
    assert [uri for _, uri, _, _ in wires.made] == [
        "sip:1111@192.0.2.20:5062",
        "sip:2222@192.0.2.20:5062",
    ]
    port.release()
