"""What both ports of a SIP card do, in virtual time: keys, flash, sound, silence, and a device that does not answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hw.audio import SILENCE
from hw.cleared import Cleared
from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    DigitTold,
    FarEndLeft,
    LineError,
)
from hw.sip import wire
from hw.sip.trunkport import SipTrunkPort
from tests.hw.sipwires import ANNE, FRAME, GATEWAY, Told, Wires, seconds_of_silence, trunk

# Keys, flash and sound


@pytest.mark.parametrize("way", ["rfc4733", "info", "in-band"])
async def test_a_key_counts_only_as_it_comes_by_the_profile_s_way(wires: Wires, way: Any) -> None:
    port = trunk(wires, replace(GATEWAY, digits_in=way))
    told = Told(port)
    port.incoming(wires.new_call(-1), ANNE, "")
    port.seize()
    wires.tell(wire.Confirmed(-1))
    told.take()
    wires.tell(
        wire.KeyPressed(-1, "5", "rfc4733"), wire.KeyPressed(-1, "5", "info"), wire.KeyPressed(-1, "#", "rfc4733")
    )
    expected = {"rfc4733": [DigitTold("5"), DigitTold("#")], "info": [DigitTold("5")], "in-band": []}
    assert told.events == expected[way]
    port.release()


@pytest.mark.parametrize("way", ["rfc4733", "info"])
async def test_keys_go_by_the_profile_s_way(wires: Wires, way: Any) -> None:
    port = trunk(wires, replace(GATEWAY, digits_out=way))
    assert port.traits.takes_digits
    assert port.send_digits("12") == pytest.approx(0.4)
    port.seize("5551234")
    port.send_digits("12")
    assert wires.asked == [wire.SendDigits(1, "12", way)]
    port.release()


async def test_where_keys_are_tones_none_can_be_sent_apart(wires: Wires) -> None:
    port = trunk(wires, replace(GATEWAY, digits_out="in-band"))
    assert not port.traits.takes_digits
    with pytest.raises(LineError, match="gate-1 takes digits as tones"):
        port.send_digits("1")


@pytest.mark.parametrize("way", ["rfc4733", "info"])
async def test_a_hook_flash_is_asked_of_the_gateway(wires: Wires, way: Any) -> None:
    port = trunk(wires, replace(GATEWAY, flash_out=way, flash_info_type="application/broadsoft"))
    with pytest.raises(LineError, match="on hook"):
        port.flash(500)
    port.seize("5551234")
    port.flash(500)
    assert wires.asked == [wire.SendFlash(1, way, "application/broadsoft")]
    port.release()


async def test_a_gateway_that_makes_no_hook_flash_is_named(wires: Wires) -> None:
    port = trunk(wires, replace(GATEWAY, flash_out="none"))
    port.seize("5551234")
    with pytest.raises(LineError, match="The gateway takes no hook flash"):
        port.flash(500)
    port.release()


async def test_what_is_written_is_said_to_the_far_end_and_ignored_without_a_call(wires: Wires) -> None:
    port = trunk(wires)
    port.write(FRAME)
    port.seize("5551234")
    port.write(FRAME)
    wires.tell(wire.Media(1, 2, "PCMU"))
    port.write(FRAME)
    port.write(SILENCE)
    assert list(wires.memory.said) == [0, 0, 2, 0]
    assert list(wires.rings[2, 1, 0]) == list(FRAME)
    assert port.codec == "PCMU"
    wires.tell(wire.Media(1, -1))
    port.write(FRAME)
    assert list(wires.memory.said) == [0, 0, 2, 0]
    port.release()


async def answered(wires: Wires, port: SipTrunkPort) -> Told:
    told = Told(port)
    port.incoming(wires.new_call(-1), ANNE, "")
    port.seize()
    wires.tell(wire.Confirmed(-1))
    told.take()
    return told


async def test_a_call_without_any_sound_for_half_a_minute_is_over(wires: Wires) -> None:
    port = trunk(wires)
    told = await answered(wires, port)
    seconds_of_silence(wires, -1, 30)
    assert told.events == []
    seconds_of_silence(wires, -1, 1)
    assert told.events == [FarEndLeft(Cleared.NO_AUDIO)]
    assert wires.asked == [wire.Alert(-1), wire.Accept(-1), wire.Clear(-1, 486)]
    port.release()


async def test_a_packet_now_and_then_keeps_a_call(wires: Wires) -> None:
    port = trunk(wires)
    told = await answered(wires, port)
    for packets in range(20):
        seconds_of_silence(wires, -1, 29, packets)
    assert told.events == []
    port.release()


async def test_a_call_that_is_held_may_be_silent_and_has_its_time_afresh_afterwards(wires: Wires) -> None:
    port = trunk(wires)
    told = await answered(wires, port)
    wires.tell(wire.HoldChanged(-1, True))
    seconds_of_silence(wires, -1, 3600)
    wires.tell(wire.HoldChanged(-1, False))
    seconds_of_silence(wires, -1, 29)
    assert told.events == []
    seconds_of_silence(wires, -1, 1)
    assert told.events == [FarEndLeft(Cleared.NO_AUDIO)]
    port.release()


async def test_a_device_with_comfort_noise_may_be_silent(wires: Wires) -> None:
    port = trunk(wires, replace(GATEWAY, comfort_noise=True))
    told = await answered(wires, port)
    seconds_of_silence(wires, -1, 3600)
    assert told.events == []
    port.release()


# A device that answers, or does not


async def test_a_gateway_that_does_not_answer_is_a_line_without_battery(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    for up in (True, False, False, True, True):
        port.set_up(up)
    assert told.events == [BatteryLost(), BatteryRestored()]
    port.set_up(False)
    assert not port.battery
    assert port.dead_because == "The gateway at 192.0.2.20 does not answer; is it on, and on the network?"


async def test_a_call_in_progress_outlives_missing_answers_and_the_line_is_dead_behind_it(wires: Wires) -> None:
    port = trunk(wires)
    told = await answered(wires, port)
    port.set_up(False)
    assert port.battery
    assert told.events == []
    port.release()
    port.set_up(False)
    assert told.events == [BatteryLost()]


async def test_why_a_line_is_dead_may_change(wires: Wires) -> None:
    port = trunk(wires)
    told = Told(port)
    port.set_up(False, "it refuses the password")
    assert port.dead_because == "it refuses the password"
    port.set_up(False, "")
    assert told.events == [BatteryLost(), BatteryRestored(), BatteryLost()]
    assert port.dead_because.startswith("The gateway at")
