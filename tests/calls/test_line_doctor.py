"""Lines of a unit that is in service are tested, and calls come first."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from appliance.calls.trunk_protocol import State
from appliance.linedoctor.doctor import PERSON, CannotBeTested, LineDoctor
from hw.audio import Frame, seconds_of
from hw.level import VoiceReceiver
from tests.calls.forwardings import NotesInMemory, left_forwardings
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import World


def doctor_of(here: World) -> LineDoctor:
    unit = here.appliance
    return LineDoctor(unit.services, lambda: unit.switchboard.office, left_forwardings(unit, NotesInMemory()))


def codes(doctor: LineDoctor) -> dict[str, str]:
    assert doctor.test is not None
    return {one.code: one.told for one in doctor.test.findings}


async def test_two_lines_call_each_other_and_are_in_service_again(here: World) -> None:
    doctor = doctor_of(here)
    test = doctor.begin("fxo-1")
    assert test.other
    await asyncio.sleep(1.0)
    assert here.trunk_states().count(State.TESTED.value) == 3
    await doctor.over()
    await asyncio.sleep(2.1)
    assert set(here.trunk_states()) == {State.IDLE.value}
    told = codes(doctor)
    assert "unfinished" not in told
    assert told["dial-tone"].startswith("350 + 440 Hz, at ")
    assert told["country"] == "The tones are those of: United States and Canada."
    assert told["ending-called"].startswith("The loop is opened for 500 ms")
    assert [(one.field, one.value) for one in test.proposals] == [
        ("endings", ["loop-break", "silence", "tone"]),
        ("flash_ms", 400),
        ("ways", ["three-way", "transfer", "two-lines"]),
        ("gain_db", 2.0),
    ]


async def test_a_caller_comes_before_the_test(here: World) -> None:
    doctor = doctor_of(here)
    test = doctor.begin("fxo-1")
    await asyncio.sleep(1.0)
    jane = here.subscriber("5550177", "JANE ROE")
    other = next(trunk for trunk in here.appliance.lines.trunks if trunk.name == test.other)
    await jane.dials(other.facts.number)
    dialled = asyncio.get_running_loop().time()
    await doctor.over()
    assert asyncio.get_running_loop().time() - dialled < 6.0
    assert codes(doctor)["unfinished"] == f"The test ended early: a call has come in on {test.other}. Run it again."
    await until(lambda: other.state is State.UP, 15.0)


async def test_a_hunt_groups_next_line_is_rung_in_place_of_busy_tone_and_that_is_told(here: World) -> None:
    """Its ringback is not taken for busy tone, and the ring not for a caller's."""
    doctor = doctor_of(here)
    test = doctor.begin("fxo-2")
    assert test.other == here.appliance.lines.trunks[0].name
    await doctor.over()
    told = codes(doctor)
    assert "unfinished" not in told
    assert told["busy"] == "Not heard: while the second line is in use, a call to its number rings the next line."
    assert told["country"] == "The tones are those of: United States and Canada."
    assert told["forwarding"].startswith("Three-way calls work.")
    assert test.found is not None
    assert "busy tone" not in test.found.recordings


async def test_where_nobody_is_transferred_the_ring_that_follows_is_no_callers(here: World) -> None:
    for circuit in here.exchange.lines.values():
        circuit.services.transfer = False
    doctor = doctor_of(here)
    doctor.begin("fxo-1")
    await doctor.over()
    told = codes(doctor)
    assert "unfinished" not in told
    assert told["forwarding"] == "Three-way calls work. No caller is transferred."


async def test_a_line_that_is_cut_in_its_test_is_in_service_again_when_it_is_joined(here: World) -> None:
    doctor, trunk = doctor_of(here), here.appliance.lines.trunks[0]
    doctor.begin("fxo-1")
    await asyncio.sleep(5.0)
    here.exchange.fault("fxo-1", "cut")
    await doctor.over()
    assert codes(doctor)["unfinished"] == "The test ended early: main has lost its voltage. Run it again."
    assert trunk.state is State.LOST
    here.exchange.fault("fxo-1", "restore")
    await until(lambda: trunk.free, 10.0)
    jane = here.subscriber("5550177", "JANE ROE")
    await jane.dials(trunk.facts.number)
    await until(lambda: trunk.state is State.UP, 15.0)


async def test_an_emergency_call_takes_a_line_from_the_test(here: World) -> None:
    doctor = doctor_of(here)
    trunks = here.appliance.lines.trunks
    doctor.begin(trunks[0].name)
    await asyncio.sleep(5.0)
    free = [trunk for trunk in trunks if trunk.free]
    for trunk in free:
        here.exchange.fault(trunk.port, "cut")
    await asyncio.sleep(1.5)
    here.exchange.subscriber("911")
    await here.phone("fxs-1").dials("911")
    await until(lambda: here.exchange.telephones["911"].ringing, 15.0)
    await doctor.over()
    assert codes(doctor)["unfinished"] == (
        "The test ended early: the line is needed for an emergency call. Run it again."
    )


async def test_what_cannot_be_tested_says_why(here: World) -> None:
    doctor = doctor_of(here)
    with pytest.raises(CannotBeTested, match="there is no line 'fxo-9'"):
        doctor.begin("fxo-9")
    doctor.begin("fxo-1")
    with pytest.raises(CannotBeTested, match="is being tested"):
        doctor.begin("fxo-2")
    await doctor.close()


async def test_a_dead_line_is_told_at_once(here: World) -> None:
    here.exchange.fault("fxo-1", "cut")
    await asyncio.sleep(2.0)
    doctor = doctor_of(here)
    doctor.begin("fxo-1")
    await doctor.over()
    assert codes(doctor) == {
        "battery": "The line is dead (no voltage on the line, is it plugged in?), so nothing can be measured."
    }


async def test_with_one_line_a_person_is_told_what_to_do(here: World) -> None:
    doctor = doctor_of(here)
    number = here.appliance.lines.trunks[0].facts.number
    test = doctor.begin("fxo-1", PERSON)
    jane = here.subscriber("5550177", "JANE ROE")
    await until(lambda: test.step.startswith("call "), 60.0)
    await jane.dials(number)
    await listens(jane, here, "line-test-hang-up")
    jane.hangs_up()
    await until(lambda: test.step.endswith("once more"), 60.0)
    await jane.dials(number)
    await listens(jane, here, "line-test-stay")
    await doctor.over()
    told = codes(doctor)
    assert told["caller-id"].endswith("5550177.")
    assert told["ending-called"] == "The loop is opened for 500 ms when the other side hangs up."
    assert told["flash"].startswith("The exchange takes flashes of 220 to 220 ms")
    assert "kept" not in told


async def test_a_person_may_hang_up_early_and_say_something_when_the_unit_comes_back(here: World) -> None:
    """Neither is missed, nor taken for dial tone."""
    doctor = doctor_of(here)
    number = here.appliance.lines.trunks[0].facts.number
    circuit = here.exchange.lines[number]
    circuit.services = replace(circuit.services, holds_s=12.5)
    test = doctor.begin("fxo-1", PERSON)
    jane = here.subscriber("5550177", "JANE ROE")
    await until(lambda: test.step.startswith("call "), 60.0)
    await jane.dials(number)
    await until(lambda: here.exchange.lines[number].loop.held, 20.0)
    await asyncio.sleep(1.5)
    jane.hangs_up()
    await until(lambda: test.step.endswith("once more"), 10.0)
    await jane.dials(number)
    await until(lambda: test.step.startswith("whether a call"), 60.0)
    while test.running:
        await jane.says("Hello? Are you still there? I am waiting.")
        await asyncio.sleep(0.3)
    told = codes(doctor)
    assert told["ending-called"] == "The loop is opened for 500 ms when the other side hangs up."
    assert told["kept"].startswith("When we hang up on a caller, the exchange keeps the call for 11 s.")


async def listens(phone: Phone, here: World, words: str) -> None:
    """Stay on the line for as long as this takes to say, from when it begins."""
    speech = VoiceReceiver()
    begun = asyncio.get_running_loop().create_future()

    def hear(frame: Frame) -> None:
        if speech.feed(frame) and not begun.done():
            begun.set_result(None)

    phone.telephone.listeners.append(hear)
    await asyncio.wait_for(begun, 30.0)
    await asyncio.sleep(seconds_of(await doctor_of(here).say(words)) + 0.5)
