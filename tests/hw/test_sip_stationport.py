"""The station port of a SIP card, in virtual time: how a telephone rings, calls, holds and transfers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hw.callerid.coding import Absence, CallerId
from hw.cleared import Cleared
from hw.linecard import (
    DigitTold,
    Held,
    HookFlash,
    LineError,
    OffHook,
    OnHook,
    RingRefused,
    TransferAsked,
)
from hw.ringkind import RingKind
from hw.sip import wire
from hw.sip.message import SipMessage
from hw.sip.stationport import SipStationPort
from tests.hw.sipwires import ANNE, FRAME, GATEWAY, HOME, PLAN, Told, Wires, seconds_of_silence, station


def invite(user: str, from_user: str = "702") -> SipMessage:
    return SipMessage(f"INVITE sip:{user}@192.0.2.1 SIP/2.0\r\nFrom: <sip:{from_user}@192.0.2.31>;tag=1\r\n\r\n")


async def test_a_telephone_is_rung_with_the_caller_s_number_and_name(wires: Wires) -> None:
    port = station(wires)
    callers = [
        ANNE,
        CallerId("101"),
        CallerId(number_absence=Absence.PRIVATE),
        CallerId(name='Q "x" \\', number_absence=Absence.UNAVAILABLE),
        CallerId(),
        None,
    ]
    for caller in callers:
        port.ring(PLAN.ring, caller)
        port.stop_ring()
    assert [made[1] for made in wires.made] == ["sip:702@192.0.2.31:5060"] * 6
    assert [made[2] for made in wires.made] == [
        f'"ANNE HILL" <sip:4075550122@{HOME}>',
        f"<sip:101@{HOME}>",
        '"Anonymous" <sip:anonymous@anonymous.invalid>',
        f'"Q \\"x\\" \\\\" <sip:unavailable@{HOME}>',
        f"<sip:702@{HOME}>",
        f"<sip:702@{HOME}>",
    ]
    assert wires.asked == [wire.Clear(ref, 486) for ref in range(1, 7)]


async def test_a_telephone_is_told_for_what_kind_of_call_it_rings(wires: Wires) -> None:
    port = station(wires)
    for kind in (RingKind.INSIDE, RingKind.RETURNED, RingKind.PAGE, None):
        port.ring(PLAN.ring, ANNE, kind)
        port.stop_ring()
    assert [made[3] for made in wires.made] == [
        {"Alert-Info": "<urn:alert:source:internal>;info=alert-internal"},
        {"Alert-Info": "<urn:alert:service:recall:transfer>;info=alert-returned"},
        {
            "Alert-Info": "<urn:alert:source:internal>;info=alert-autoanswer;delay=0",
            "Call-Info": f"<sip:{HOME}>;answer-after=0",
            "Answer-Mode": "Auto",
        },
        {},
    ]


async def test_a_telephone_that_answers_is_off_hook_until_it_hangs_up(wires: Wires) -> None:
    port = station(wires)
    told = Told(port)
    port.ring(PLAN.ring, ANNE)
    wires.tell(wire.ProvisionalAnswer(1, 180, False), wire.Confirmed(1), wire.Media(1, 0))
    assert port.off_hook
    wires.calls[-1].on_frame(FRAME)
    port.stop_ring()
    wires.tell(wire.Ended(1, 200))
    assert told.events == [OffHook(), OnHook()]
    assert len(told.frames) == 1
    assert not port.off_hook
    assert wires.asked == []


@pytest.mark.parametrize(
    ("status", "contact", "refused"),
    [
        (486, "", RingRefused(Cleared.BUSY)),
        (603, "", RingRefused(Cleared.REFUSED)),
        (480, "", RingRefused(Cleared.NO_ANSWER)),
        (408, "", RingRefused(Cleared.UNREACHABLE)),
        (0, "", RingRefused(Cleared.LINK_LOST)),
        (302, "sip:103@192.0.2.1", RingRefused(Cleared.REFUSED, "103")),
        (302, "<sip:9%2A5;x=y@192.0.2.1;transport=udp>", RingRefused(Cleared.REFUSED, "9*5")),
        (302, "nonsense", RingRefused(Cleared.REFUSED)),
        (486, "sip:702@192.0.2.31:5062", RingRefused(Cleared.BUSY)),
    ],
)
async def test_a_telephone_may_refuse_to_be_rung(wires: Wires, status: int, contact: str, refused: RingRefused) -> None:
    port = station(wires)
    told = Told(port)
    port.ring(PLAN.ring, ANNE)
    wires.tell(wire.Ended(1, status, contact=contact))
    assert told.events == [refused]
    port.stop_ring()
    port.ring(PLAN.ring, ANNE)
    assert len(wires.made) == 2
    port.stop()


async def test_a_telephone_in_a_call_cannot_be_rung_and_a_cadence_must_be_one(wires: Wires) -> None:
    port = station(wires)
    with pytest.raises(LineError, match="not a cadence"):
        port.ring((1.0, 2.0, 3.0))
    with pytest.raises(LineError, match="not a cadence"):
        port.ring(())
    port.incoming(wires.new_call(-1), invite("103"))
    with pytest.raises(LineError, match="phone-1 is in a call"):
        port.ring(PLAN.ring)
    port.stop()


@pytest.mark.parametrize(
    ("user", "dialled"),
    [("103", "103"), ("%2A98%23", "*98#"), ("702", ""), ("", ""), ("lobby", ""), ("+4412", "+4412")],
)
async def test_a_lifted_telephone_may_have_dialled(wires: Wires, user: str, dialled: str) -> None:
    port = station(wires)
    told = Told(port)
    port.incoming(wires.new_call(-1), invite(user))
    assert (wires.asked, told.events) == ([wire.Accept(-1)], [])
    wires.tell(wire.Confirmed(-1))
    assert told.events == [OffHook(dialled)]
    wires.tell(wire.Ended(-1, 200))
    port.ring(PLAN.ring)
    wires.tell(wire.Confirmed(1))
    assert told.events[1:] == [OnHook(), OffHook()], "what it dialled before is forgotten"
    port.stop()


async def test_a_telephone_s_second_call_comes_from_its_second_port_and_a_third_is_busy(wires: Wires) -> None:
    second = station(wires)
    port = station(wires, second=second)
    first_told, second_told = Told(port), Told(second)
    port.incoming(wires.new_call(-1), invite("103"))
    wires.tell(wire.Confirmed(-1))
    port.incoming(wires.new_call(-2), invite("104"))
    wires.tell(wire.Confirmed(-2))
    port.incoming(wires.new_call(-3), invite("105"))
    assert (first_told.events, second_told.events) == ([OffHook("103")], [OffHook("104")])
    assert wires.asked == [wire.Accept(-1), wire.Accept(-2), wire.Clear(-3, 486)]
    wires.tell(wire.Ended(-3, 486))
    assert second.off_hook
    port.stop()
    second.stop()


async def test_a_telephone_without_a_second_call_is_busy_to_its_own(wires: Wires) -> None:
    port = station(wires)
    port.incoming(wires.new_call(-1), invite("103"))
    port.incoming(wires.new_call(-2), invite("104"))
    assert wires.asked == [wire.Accept(-1), wire.Clear(-2, 486)]
    port.stop()


async def off_hook(wires: Wires, port: SipStationPort) -> Told:
    told = Told(port)
    port.incoming(wires.new_call(-1), invite("103"))
    wires.tell(wire.Confirmed(-1))
    told.take()
    wires.take_asked()
    return told


async def test_hold_flash_and_keys_of_a_telephone_are_told(wires: Wires) -> None:
    port = station(wires, replace(GATEWAY, flash_in="info"))
    told = await off_hook(wires, port)
    wires.tell(
        wire.HoldChanged(-1, True),
        wire.HoldChanged(-1, False),
        wire.Flashed(-1, "rfc4733"),
        wire.Flashed(-1, "info"),
        wire.KeyPressed(-1, "7", "rfc4733"),
    )
    assert told.events == [Held(True), Held(False), HookFlash(), DigitTold("7")]
    port.stop()


@pytest.mark.parametrize(
    ("target", "replaces", "asked"),
    [
        ("104", "", TransferAsked("104")),
        ("104", "abc@home", TransferAsked(to="phone-1-second")),
        ("104", "unknown@home", TransferAsked()),
        ("", "", TransferAsked()),
    ],
)
async def test_a_transfer_is_asked_for_by_number_or_by_the_telephone_s_other_call(
    wires: Wires, target: str, replaces: str, asked: TransferAsked
) -> None:
    port = station(wires)
    told = await off_hook(wires, port)
    wires.tell(wire.ReferAsked(-1, target, replaces))
    assert told.events == [asked]
    port.transferred(False)
    assert (wires.take_asked(), port.off_hook) == ([wire.ReferDone(-1, 503)], True)
    wires.tell(wire.ReferAsked(-1, target, replaces))
    told.take()
    port.transferred(True)
    assert wires.asked == [wire.ReferDone(-1, 200), wire.Clear(-1, 486)]
    assert (told.events, port.off_hook) == ([OnHook()], False)
    port.transferred(True)
    assert told.events == [OnHook()], "a telephone that hung up meanwhile is told no more"


async def test_a_telephone_whose_far_end_has_gone_is_cleared(wires: Wires) -> None:
    port = station(wires)
    told = await off_hook(wires, port)
    port.break_loop(500)
    assert wires.asked == [wire.Clear(-1, 486)]
    wires.tell(wire.Ended(-1, 200, by_us=True))
    assert told.events == [OnHook()]
    port.break_loop(500)
    assert told.events == [OnHook()]


async def test_a_telephone_without_sound_for_half_a_minute_has_hung_up(wires: Wires) -> None:
    port = station(wires)
    told = await off_hook(wires, port)
    seconds_of_silence(wires, -1, 31)
    assert told.events == [OnHook()]
    assert wires.asked == [wire.Clear(-1, 486)]


def lamp(waiting: str, new: int) -> wire.SendRequest:
    return wire.SendRequest(
        "NOTIFY",
        "sip:702@192.0.2.31:5060",
        {"Event": "message-summary", "Subscription-State": "active"},
        "application/simple-message-summary",
        f"Messages-Waiting: {waiting}\r\nMessage-Account: sip:702@{HOME}\r\nVoice-Message: {new}/0\r\n",
    )


async def test_a_telephone_is_told_of_messages_and_again_when_it_is_back(wires: Wires) -> None:
    port = station(wires)
    port.set_lamp(True)
    port.set_lamp(False)
    assert wires.take_asked() == [lamp("yes", 1), lamp("no", 0)]
    port.set_lamp(True)
    for up in (True, False, False, True, True):
        port.set_up(up)
    assert wires.asked == [lamp("yes", 1)] * 2
