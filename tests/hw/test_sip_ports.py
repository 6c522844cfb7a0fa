"""The ports of a SIP card, in virtual time: what a trunk and a station tell and send, over a network that is a fake."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hw.audio import SILENCE, level_dbm0
from hw.callerid.coding import Absence, CallerId
from hw.cleared import Cleared
from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    CallTold,
    DigitTold,
    FarEndLeft,
    Held,
    HookFlash,
    LineError,
    LineTraits,
    OffHook,
    OnHook,
    Proceeding,
    RingingEnded,
    RingRefused,
    RingStarted,
    RingStopped,
    TransferAsked,
)
from hw.sip import wire
from hw.sip.lineport import Device
from hw.sip.message import SipMessage
from hw.sip.profile import Profile
from hw.sip.stationport import SipStationPort
from hw.sip.trunkport import SipTrunkPort
from hw.tones.toneplan import TonePlan, tone_plan
from tests.hw.sipwires import Told, Wires, virtual

HOME = "192.0.2.1:5060"
GATEWAY = Profile(model="g", title="The gateway", sheet="g", kind="gateway", fxo=4, fxs=4)
PLAN = tone_plan("us")
ANNE = CallerId("4075550122", "ANNE HILL")
FRAME = np.arange(160, dtype=np.int16)


def trunk(network: Wires, profile: Profile = GATEWAY, plan: TonePlan = PLAN, **device: Any) -> SipTrunkPort:
    return SipTrunkPort("gate-1", Device(profile, "192.0.2.20", 5062, "801", **device), HOME, network, plan)


def station(network: Wires, profile: Profile = GATEWAY, second: SipStationPort | None = None) -> SipStationPort:
    device = Device(profile, "192.0.2.31", 5060, "702")
    return SipStationPort("phone-1", device, HOME, network, _port_of, second)


def _port_of(call_id: str) -> str:
    return "phone-1-second" if call_id == "abc@home" else ""


def invite(user: str, from_user: str = "702") -> SipMessage:
    return SipMessage(f"INVITE sip:{user}@192.0.2.1 SIP/2.0\r\nFrom: <sip:{from_user}@192.0.2.31>;tag=1\r\n\r\n")


# A trunk that is called


@pytest.mark.parametrize(
    ("country", "times"), [("us", [0, 0, 2, 6, 8, 12, 14]), ("uk", [0, 0, 1, 3, 4, 6, 7, 9, 10, 12, 13])]
)
def test_an_incoming_call_is_told_and_rings_in_the_cadence_of_the_country(country: str, times: list[float]) -> None:
    async def main(network: Wires) -> None:
        port = trunk(network, plan=tone_plan(country))
        told = Told(port)
        port.incoming(network.new_call(-1), ANNE, "5550100")
        await asyncio.sleep(14.5)
        bursts = (len(told.events) - 1) // 2
        assert told.events == [CallTold(ANNE, "5550100"), *[RingStarted(), RingStopped()] * bursts]
        assert told.times == times
        assert network.asked == [wire.Alert(-1)]
        port.stop()

    virtual(main)


def test_a_caller_who_gives_up_ends_the_ringing_at_once_and_for_good() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.incoming(network.new_call(-1), ANNE, "")
        await asyncio.sleep(0.5)
        network.tell(wire.Ended(-1, 487))
        await asyncio.sleep(20)
        assert told.events == [CallTold(ANNE), RingStarted(), RingingEnded()]
        assert told.times == [0, 0, 0.5]
        assert port.free
        port.incoming(network.new_call(-2), CallerId(), "")
        await asyncio.sleep(0.1)
        assert told.events[3:] == [CallTold(CallerId()), RingStarted()]
        port.stop()

    virtual(main)


def test_a_call_is_answered_by_seizing_and_its_end_is_told_once() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.incoming(network.new_call(-1), ANNE, "")
        port.seize()
        port.seize()
        network.tell(wire.Confirmed(-1), wire.Media(-1, 0, "PCMU"))
        assert port.off_hook
        network.calls[-1].on_frame(FRAME)
        await asyncio.sleep(10)
        network.tell(wire.Ended(-1, 200))
        assert told.events == [CallTold(ANNE), RingStarted(), FarEndLeft(Cleared.HUNG_UP)]
        assert [list(frame) for frame in told.frames] == [list(FRAME)]
        assert network.asked == [wire.Alert(-1), wire.Accept(-1)]
        port.release()
        assert not port.off_hook
        assert network.asked == [wire.Alert(-1), wire.Accept(-1)], "a call that is over is not cleared again"

    virtual(main)


def test_a_caller_who_gives_up_in_the_moment_of_the_answer_has_left() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.incoming(network.new_call(-1), ANNE, "")
        port.seize()
        network.tell(wire.Ended(-1, 487))
        assert told.events == [CallTold(ANNE), RingStarted(), FarEndLeft(Cleared.HUNG_UP)]
        port.release()

    virtual(main)


def test_a_second_call_on_a_line_is_busy() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.incoming(network.new_call(-1), ANNE, "")
        port.incoming(network.new_call(-2), ANNE, "")
        assert network.asked == [wire.Alert(-1), wire.Clear(-2, 486)]
        assert told.events == [CallTold(ANNE), RingStarted()]
        port.release()
        port.seize("5551234")
        port.incoming(network.new_call(-3), ANNE, "")
        assert network.asked[2:] == [wire.Clear(-1, 486), wire.Clear(-3, 486)]
        port.stop()

    virtual(main)


def test_releasing_a_ringing_line_refuses_the_call_and_nothing_more_is_told() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.incoming(network.new_call(-1), ANNE, "")
        port.release()
        network.tell(wire.Ended(-1, 486, by_us=True))
        await asyncio.sleep(10)
        assert told.events == [CallTold(ANNE), RingStarted()]
        port.release()
        assert network.asked == [wire.Alert(-1), wire.Clear(-1, 486)]

    virtual(main)


# A trunk that calls


def test_a_number_is_called_in_one_stage() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        assert port.traits == LineTraits(echo_tail_ms=0, tells_digits=True, takes_digits=True, dials=True)
        port.seize("5551234#*")
        assert network.made == [("gate-1", "sip:5551234%23*@192.0.2.20:5062", f"<sip:801@{HOME}>", {})]
        network.tell(
            wire.ProvisionalAnswer(1, 183, True),
            wire.Media(1, 0),
            wire.ProvisionalAnswer(1, 183, True),
            wire.Confirmed(1),
        )
        assert told.events == [Proceeding()]
        port.release()
        assert network.asked == [wire.Clear(1, 486)]

    virtual(main)


def test_a_line_of_an_account_calls_by_it_and_one_that_joins_offices_says_who_calls() -> None:
    async def main(network: Wires) -> None:
        account = wire.Account("gate-1", "sip:801@192.0.2.20", "sip:192.0.2.20")
        port = trunk(network, account=account, joins=True)
        port.seize("612", ANNE)
        port.release()
        port.seize("612", CallerId(number_absence=Absence.PRIVATE))
        port.release()
        assert [(caller, headers) for _, _, caller, headers in network.made] == [
            ("", {"P-Asserted-Identity": '"ANNE HILL" <sip:4075550122@192.0.2.20>'}),
            (
                "",
                {"P-Asserted-Identity": '"Anonymous" <sip:anonymous@anonymous.invalid>', "Privacy": "id"},
            ),
        ]
        provider = trunk(network, account=account)
        provider.seize("5551234", ANNE)
        assert network.made[-1][2:] == ("", {}), "who calls is nothing to others"
        provider.release()

    virtual(main)


def test_a_call_out_on_an_account_just_being_called_goes_out_and_on_a_gateway_s_line_meets_the_caller() -> None:
    async def main(network: Wires) -> None:
        account = wire.Account("gate-1", "sip:801@192.0.2.20", "sip:192.0.2.20")
        port = trunk(network, account=account)
        told = Told(port)
        port.incoming(network.new_call(-1), ANNE, "")
        port.seize("911")
        assert network.take_asked() == [wire.Alert(-1), wire.Clear(-1, 486)]
        assert [uri for _, uri, _, _ in network.made] == ["sip:911@192.0.2.20:5062;transport=udp"]
        await asyncio.sleep(10)
        assert told.take() == [CallTold(ANNE), RingStarted()]
        port.release()
        network.take_asked()

        port = trunk(network)
        port.incoming(network.new_call(-2), ANNE, "")
        port.seize("911")
        assert network.asked == [wire.Alert(-2), wire.Accept(-2)]
        port.release()

    virtual(main)


def test_in_two_stages_the_line_is_seized_and_its_own_dial_tone_waited_for() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network, replace(GATEWAY, dialling="two-stage"))
        told = Told(port)
        assert not port.traits.dials
        port.seize()
        assert [uri for _, uri, _, _ in network.made] == ["sip:801@192.0.2.20:5062"]
        network.tell(wire.ProvisionalAnswer(1, 180, False), wire.Confirmed(1), wire.Media(1, 0))
        network.calls[-1].on_frame(FRAME)
        await asyncio.sleep(1)
        assert told.events == [], "that the gateway took the call is no dial tone"
        assert len(told.frames) == 1
        assert port.send_digits("5551234") == pytest.approx(1.4)
        assert network.asked == [wire.SendDigits(1, "5551234", "rfc4733")]
        network.tell(wire.Ended(1, 200))
        assert told.events == [FarEndLeft(Cleared.HUNG_UP)]
        port.release()

    virtual(main)


def test_a_line_in_two_stages_that_is_in_use_is_told_to_have_gone() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network, replace(GATEWAY, dialling="two-stage"))
        told = Told(port)
        port.seize()
        network.tell(wire.Ended(1, 486))
        await asyncio.sleep(2)
        assert told.events == [FarEndLeft(Cleared.BUSY)]
        assert told.frames == []
        port.release()

    virtual(main)


def test_ringback_is_made_here_until_the_line_s_own_sound_comes() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.seize("5551234")
        network.tell(wire.ProvisionalAnswer(1, 180, False))
        await asyncio.sleep(7)
        assert told.tones(PLAN) == {"ringback"}
        assert len(told.frames) == pytest.approx(350, abs=2)
        network.tell(wire.ProvisionalAnswer(1, 183, True), wire.Media(1, 0))
        told.frames.clear()
        network.calls[-1].on_frame(FRAME)
        await asyncio.sleep(3)
        assert [list(frame) for frame in told.frames] == [list(FRAME)]
        network.tell(wire.ProvisionalAnswer(1, 180, True))
        await asyncio.sleep(3)
        assert len(told.frames) == 1
        port.release()

    virtual(main)


def test_ringback_ends_with_the_answer() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.seize("5551234")
        network.tell(wire.ProvisionalAnswer(1, 180, False))
        await asyncio.sleep(1)
        network.tell(wire.Confirmed(1))
        told.frames.clear()
        await asyncio.sleep(3)
        assert told.frames == []
        assert told.events == [Proceeding()]
        port.release()

    virtual(main)


@pytest.mark.parametrize(
    ("status", "q850", "tone"),
    [(486, 0, "busy"), (600, 0, "busy"), (480, 0, "busy"), (404, 0, "reorder"), (503, 17, "busy"), (500, 1, "reorder")],
)
def test_a_number_that_cannot_be_reached_is_heard_as_from_the_exchange(status: int, q850: int, tone: str) -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.seize("5551234")
        network.tell(wire.Ended(1, status, q850))
        await asyncio.sleep(6)
        assert told.events == [Proceeding()]
        assert told.tones(PLAN) == {tone}
        assert level_dbm0(np.concatenate(told.frames)) > -35
        port.release()
        told.frames.clear()
        await asyncio.sleep(1)
        assert told.frames == []
        assert network.asked == []

    virtual(main)


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
def test_a_line_that_cannot_call_now_has_gone_at_once(status: int, cause: Cleared) -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.seize("5551234")
        network.tell(wire.Ended(1, status))
        await asyncio.sleep(3)
        assert told.events == [FarEndLeft(cause)]
        assert told.frames == []
        port.release()

    virtual(main)


def test_ringing_that_comes_to_nothing_on_a_failed_line_is_silent_afterwards() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.seize("5551234")
        network.tell(wire.ProvisionalAnswer(1, 180, False))
        await asyncio.sleep(1)
        network.tell(wire.Ended(1, 0))
        told.frames.clear()
        await asyncio.sleep(3)
        assert told.events == [Proceeding(), FarEndLeft(Cleared.LINK_LOST)]
        assert told.frames == []
        port.release()

    virtual(main)


def test_a_profile_may_mean_something_else_by_a_status() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network, replace(GATEWAY, clears={486: Cleared.CONGESTION}))
        told = Told(port)
        port.seize("5551234")
        network.tell(wire.Ended(1, 486))
        assert told.events == [FarEndLeft(Cleared.CONGESTION)]
        port.release()

    virtual(main)


def test_a_released_line_can_be_seized_again_and_hears_nothing_of_the_call_before() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.seize("1111")
        before = network.calls[-1]
        port.release()
        port.seize("2222")
        before.take(wire.ProvisionalAnswer(1, 180, False))
        before.take(wire.Ended(1, 487, by_us=True))
        await asyncio.sleep(1)
        assert (told.events, told.frames) == ([], [])
        assert [uri for _, uri, _, _ in network.made] == [
            "sip:1111@192.0.2.20:5062",
            "sip:2222@192.0.2.20:5062",
        ]
        port.release()

    virtual(main)


# Both kinds


@pytest.mark.parametrize("way", ["rfc4733", "info", "in-band"])
def test_a_key_counts_only_as_it_comes_by_the_profile_s_way(way: Any) -> None:
    async def main(network: Wires) -> None:
        port = trunk(network, replace(GATEWAY, digits_in=way))
        told = Told(port)
        port.incoming(network.new_call(-1), ANNE, "")
        port.seize()
        network.tell(wire.Confirmed(-1))
        told.take()
        network.tell(
            wire.KeyPressed(-1, "5", "rfc4733"), wire.KeyPressed(-1, "5", "info"), wire.KeyPressed(-1, "#", "rfc4733")
        )
        expected = {"rfc4733": [DigitTold("5"), DigitTold("#")], "info": [DigitTold("5")], "in-band": []}
        assert told.events == expected[way]
        port.release()

    virtual(main)


@pytest.mark.parametrize("way", ["rfc4733", "info"])
def test_keys_go_by_the_profile_s_way(way: Any) -> None:
    async def main(network: Wires) -> None:
        port = trunk(network, replace(GATEWAY, digits_out=way))
        assert port.traits.takes_digits
        assert port.send_digits("12") == pytest.approx(0.4)
        port.seize("5551234")
        port.send_digits("12")
        assert network.asked == [wire.SendDigits(1, "12", way)]
        port.release()

    virtual(main)


def test_where_keys_are_tones_none_can_be_sent_apart() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network, replace(GATEWAY, digits_out="in-band"))
        assert not port.traits.takes_digits
        with pytest.raises(LineError, match="gate-1 takes digits as tones"):
            port.send_digits("1")

    virtual(main)


@pytest.mark.parametrize("way", ["rfc4733", "info"])
def test_a_hook_flash_is_asked_of_the_gateway(way: Any) -> None:
    async def main(network: Wires) -> None:
        port = trunk(network, replace(GATEWAY, flash_out=way, flash_info_type="application/broadsoft"))
        with pytest.raises(LineError, match="on hook"):
            port.flash(500)
        port.seize("5551234")
        port.flash(500)
        assert network.asked == [wire.SendFlash(1, way, "application/broadsoft")]
        port.release()

    virtual(main)


def test_a_gateway_that_makes_no_hook_flash_is_named() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network, replace(GATEWAY, flash_out="none"))
        port.seize("5551234")
        with pytest.raises(LineError, match="The gateway takes no hook flash"):
            port.flash(500)
        port.release()

    virtual(main)


def test_what_is_written_is_said_to_the_far_end_and_ignored_without_a_call() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        port.write(FRAME)
        port.seize("5551234")
        port.write(FRAME)
        network.tell(wire.Media(1, 2, "PCMU"))
        port.write(FRAME)
        port.write(SILENCE)
        assert list(network.memory.said) == [0, 0, 2, 0]
        assert list(network.rings[2, 1, 0]) == list(FRAME)
        assert port.codec == "PCMU"
        network.tell(wire.Media(1, -1))
        port.write(FRAME)
        assert list(network.memory.said) == [0, 0, 2, 0]
        port.release()

    virtual(main)


def seconds_of_silence(network: Wires, ref: int, seconds: int, packets: int = 50) -> None:
    network.tell(*[wire.Reception(ref, packets)] * seconds)


async def answered(network: Wires, port: SipTrunkPort) -> Told:
    told = Told(port)
    port.incoming(network.new_call(-1), ANNE, "")
    port.seize()
    network.tell(wire.Confirmed(-1))
    told.take()
    return told


def test_a_call_without_any_sound_for_half_a_minute_is_over() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = await answered(network, port)
        seconds_of_silence(network, -1, 30)
        assert told.events == []
        seconds_of_silence(network, -1, 1)
        assert told.events == [FarEndLeft(Cleared.NO_AUDIO)]
        assert network.asked == [wire.Alert(-1), wire.Accept(-1), wire.Clear(-1, 486)]
        port.release()

    virtual(main)


def test_a_packet_now_and_then_keeps_a_call() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = await answered(network, port)
        for packets in range(20):
            seconds_of_silence(network, -1, 29, packets)
        assert told.events == []
        port.release()

    virtual(main)


def test_a_call_that_is_held_may_be_silent_and_has_its_time_afresh_afterwards() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = await answered(network, port)
        network.tell(wire.HoldChanged(-1, True))
        seconds_of_silence(network, -1, 3600)
        network.tell(wire.HoldChanged(-1, False))
        seconds_of_silence(network, -1, 29)
        assert told.events == []
        seconds_of_silence(network, -1, 1)
        assert told.events == [FarEndLeft(Cleared.NO_AUDIO)]
        port.release()

    virtual(main)


def test_a_device_with_comfort_noise_may_be_silent() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network, replace(GATEWAY, comfort_noise=True))
        told = await answered(network, port)
        seconds_of_silence(network, -1, 3600)
        assert told.events == []
        port.release()

    virtual(main)


# A device that answers, or does not


def test_a_gateway_that_does_not_answer_is_a_line_without_battery() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        for up in (True, False, False, True, True):
            port.set_up(up)
        assert told.events == [BatteryLost(), BatteryRestored()]
        port.set_up(False)
        assert not port.battery
        assert port.dead_because == "The gateway at 192.0.2.20 does not answer; is it on, and on the network?"

    virtual(main)


def test_a_call_in_progress_outlives_missing_answers_and_the_line_is_dead_behind_it() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = await answered(network, port)
        port.set_up(False)
        assert port.battery
        assert told.events == []
        port.release()
        port.set_up(False)
        assert told.events == [BatteryLost()]

    virtual(main)


def test_why_a_line_is_dead_may_change() -> None:
    async def main(network: Wires) -> None:
        port = trunk(network)
        told = Told(port)
        port.set_up(False, "it refuses the password")
        assert port.dead_because == "it refuses the password"
        port.set_up(False, "")
        assert told.events == [BatteryLost(), BatteryRestored(), BatteryLost()]
        assert port.dead_because.startswith("The gateway at")

    virtual(main)


# A station


def test_a_telephone_is_rung_with_the_caller_s_number_and_name() -> None:
    async def main(network: Wires) -> None:
        port = station(network)
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
        assert [made[1] for made in network.made] == ["sip:702@192.0.2.31:5060"] * 6
        assert [made[2] for made in network.made] == [
            f'"ANNE HILL" <sip:4075550122@{HOME}>',
            f"<sip:101@{HOME}>",
            '"Anonymous" <sip:anonymous@anonymous.invalid>',
            f'"Q \\"x\\" \\\\" <sip:unavailable@{HOME}>',
            f"<sip:702@{HOME}>",
            f"<sip:702@{HOME}>",
        ]
        assert network.asked == [wire.Clear(ref, 486) for ref in range(1, 7)]

    virtual(main)


def test_a_telephone_that_answers_is_off_hook_until_it_hangs_up() -> None:
    async def main(network: Wires) -> None:
        port = station(network)
        told = Told(port)
        port.ring(PLAN.ring, ANNE)
        network.tell(wire.ProvisionalAnswer(1, 180, False), wire.Confirmed(1), wire.Media(1, 0))
        assert port.off_hook
        network.calls[-1].on_frame(FRAME)
        port.stop_ring()
        network.tell(wire.Ended(1, 200))
        assert told.events == [OffHook(), OnHook()]
        assert len(told.frames) == 1
        assert not port.off_hook
        assert network.asked == []

    virtual(main)


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
def test_a_telephone_may_refuse_to_be_rung(status: int, contact: str, refused: RingRefused) -> None:
    async def main(network: Wires) -> None:
        port = station(network)
        told = Told(port)
        port.ring(PLAN.ring, ANNE)
        network.tell(wire.Ended(1, status, contact=contact))
        assert told.events == [refused]
        port.stop_ring()
        port.ring(PLAN.ring, ANNE)
        assert len(network.made) == 2
        port.stop()

    virtual(main)


def test_a_telephone_in_a_call_cannot_be_rung_and_a_cadence_must_be_one() -> None:
    async def main(network: Wires) -> None:
        port = station(network)
        with pytest.raises(LineError, match="not a cadence"):
            port.ring((1.0, 2.0, 3.0))
        with pytest.raises(LineError, match="not a cadence"):
            port.ring(())
        port.incoming(network.new_call(-1), invite("103"))
        with pytest.raises(LineError, match="phone-1 is in a call"):
            port.ring(PLAN.ring)
        port.stop()

    virtual(main)


@pytest.mark.parametrize(
    ("user", "dialled"),
    [("103", "103"), ("%2A98%23", "*98#"), ("702", ""), ("", ""), ("lobby", ""), ("+4412", "+4412")],
)
def test_a_lifted_telephone_may_have_dialled(user: str, dialled: str) -> None:
    async def main(network: Wires) -> None:
        port = station(network)
        told = Told(port)
        port.incoming(network.new_call(-1), invite(user))
        assert (network.asked, told.events) == ([wire.Accept(-1)], [])
        network.tell(wire.Confirmed(-1))
        assert told.events == [OffHook(dialled)]
        network.tell(wire.Ended(-1, 200))
        port.ring(PLAN.ring)
        network.tell(wire.Confirmed(1))
        assert told.events[1:] == [OnHook(), OffHook()], "what it dialled before is forgotten"
        port.stop()

    virtual(main)


def test_a_telephone_s_second_call_comes_from_its_second_port_and_a_third_is_busy() -> None:
    async def main(network: Wires) -> None:
        second = station(network)
        port = station(network, second=second)
        first_told, second_told = Told(port), Told(second)
        port.incoming(network.new_call(-1), invite("103"))
        network.tell(wire.Confirmed(-1))
        port.incoming(network.new_call(-2), invite("104"))
        network.tell(wire.Confirmed(-2))
        port.incoming(network.new_call(-3), invite("105"))
        assert (first_told.events, second_told.events) == ([OffHook("103")], [OffHook("104")])
        assert network.asked == [wire.Accept(-1), wire.Accept(-2), wire.Clear(-3, 486)]
        network.tell(wire.Ended(-3, 486))
        assert second.off_hook
        port.stop()
        second.stop()

    virtual(main)


def test_a_telephone_without_a_second_call_is_busy_to_its_own() -> None:
    async def main(network: Wires) -> None:
        port = station(network)
        port.incoming(network.new_call(-1), invite("103"))
        port.incoming(network.new_call(-2), invite("104"))
        assert network.asked == [wire.Accept(-1), wire.Clear(-2, 486)]
        port.stop()

    virtual(main)


async def off_hook(network: Wires, port: SipStationPort) -> Told:
    told = Told(port)
    port.incoming(network.new_call(-1), invite("103"))
    network.tell(wire.Confirmed(-1))
    told.take()
    network.take_asked()
    return told


def test_hold_flash_and_keys_of_a_telephone_are_told() -> None:
    async def main(network: Wires) -> None:
        port = station(network, replace(GATEWAY, flash_in="info"))
        told = await off_hook(network, port)
        network.tell(
            wire.HoldChanged(-1, True),
            wire.HoldChanged(-1, False),
            wire.Flashed(-1, "rfc4733"),
            wire.Flashed(-1, "info"),
            wire.KeyPressed(-1, "7", "rfc4733"),
        )
        assert told.events == [Held(True), Held(False), HookFlash(), DigitTold("7")]
        port.stop()

    virtual(main)


@pytest.mark.parametrize(
    ("target", "replaces", "asked"),
    [
        ("104", "", TransferAsked("104")),
        ("104", "abc@home", TransferAsked(to="phone-1-second")),
        ("104", "unknown@home", TransferAsked()),
        ("", "", TransferAsked()),
    ],
)
def test_a_transfer_is_asked_for_by_number_or_by_the_telephone_s_other_call(
    target: str, replaces: str, asked: TransferAsked
) -> None:
    async def main(network: Wires) -> None:
        port = station(network)
        told = await off_hook(network, port)
        network.tell(wire.ReferAsked(-1, target, replaces))
        assert told.events == [asked]
        port.transferred(False)
        assert (network.take_asked(), port.off_hook) == ([wire.ReferDone(-1, 503)], True)
        network.tell(wire.ReferAsked(-1, target, replaces))
        told.take()
        port.transferred(True)
        assert network.asked == [wire.ReferDone(-1, 200), wire.Clear(-1, 486)]
        assert (told.events, port.off_hook) == ([OnHook()], False)
        port.transferred(True)
        assert told.events == [OnHook()], "a telephone that hung up meanwhile is told no more"

    virtual(main)


def test_a_telephone_whose_far_end_has_gone_is_cleared() -> None:
    async def main(network: Wires) -> None:
        port = station(network)
        told = await off_hook(network, port)
        port.break_loop(500)
        assert network.asked == [wire.Clear(-1, 486)]
        network.tell(wire.Ended(-1, 200, by_us=True))
        assert told.events == [OnHook()]
        port.break_loop(500)
        assert told.events == [OnHook()]

    virtual(main)


def test_a_telephone_without_sound_for_half_a_minute_has_hung_up() -> None:
    async def main(network: Wires) -> None:
        port = station(network)
        told = await off_hook(network, port)
        seconds_of_silence(network, -1, 31)
        assert told.events == [OnHook()]
        assert network.asked == [wire.Clear(-1, 486)]

    virtual(main)


def lamp(waiting: str, new: int) -> wire.SendRequest:
    return wire.SendRequest(
        "NOTIFY",
        "sip:702@192.0.2.31:5060",
        {"Event": "message-summary", "Subscription-State": "active"},
        "application/simple-message-summary",
        f"Messages-Waiting: {waiting}\r\nMessage-Account: sip:702@{HOME}\r\nVoice-Message: {new}/0\r\n",
    )


def test_a_telephone_is_told_of_messages_and_again_when_it_is_back() -> None:
    async def main(network: Wires) -> None:
        port = station(network)
        port.set_lamp(True)
        port.set_lamp(False)
        assert network.take_asked() == [lamp("yes", 1), lamp("no", 0)]
        port.set_lamp(True)
        for up in (True, False, False, True, True):
            port.set_up(up)
        assert network.asked == [lamp("yes", 1)] * 2

    virtual(main)
