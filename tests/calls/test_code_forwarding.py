"""Forwarding by a code is tried on a unit in service, and no forwarding is left behind."""

from __future__ import annotations

import asyncio

import pytest

from appliance.calls.trunk_protocol import State
from appliance.linedoctor.doctor import CannotBeTested, LineDoctor
from appliance.linedoctor.leftforwardings import TRIED_AFTER_S
from appliance.store.forwardings import ForwardingNote
from hw.sim.circuit import LineCircuit
from tests.calls.forwardings import NotesInMemory, left_forwardings
from tests.calls.hearing import until
from tests.calls.world import World

TARGET = "5550103"
NOTE = ForwardingNote(TARGET, "*73")
LEFT = "a test has left calls to main forwarded to 5550103: dial *73 on a telephone in its socket"


def first_line(here: World) -> LineCircuit:
    return here.exchange.lines[here.appliance.lines.trunks[0].facts.number]


async def test_a_power_cut_in_the_middle_is_told_and_the_forwarding_ended(here: World) -> None:
    line, trouble = first_line(here), here.appliance.trouble
    line.forwarded_to = TARGET
    notes = NotesInMemory()
    notes.notes["fxo-1"] = NOTE
    left = left_forwardings(here.appliance, notes)
    await left.begin()
    assert trouble.now == [LEFT]
    await until(lambda: not trouble.now, 30.0)
    assert (line.forwarded_to, notes.notes) == ("", {})
    await until(lambda: here.appliance.lines.trunks[0].free, 10.0)
    await left.close()


async def test_what_the_exchange_does_not_confirm_stays_told_until_a_call_has_come_in_a_test(here: World) -> None:
    line, trouble = first_line(here), here.appliance.trouble
    line.services.forwarding = "none"
    notes = NotesInMemory()
    left = left_forwardings(here.appliance, notes)
    await left.noted("fxo-1", NOTE)
    left.see_to_them()
    await asyncio.sleep(sum(TRIED_AFTER_S) + 90)
    assert (trouble.now, notes.notes) == ([LEFT], {"fxo-1": NOTE})
    unit = here.appliance
    doctor = LineDoctor(unit.services, lambda: unit.switchboard.office, left)
    doctor.begin("fxo-1")
    await doctor.over()
    assert (trouble.now, notes.notes) == ([], {})
    await doctor.close()
    await left.close()


async def test_a_caller_who_ends_the_test_in_the_middle_leaves_nothing_forwarded(here: World) -> None:
    notes = NotesInMemory()
    left = left_forwardings(here.appliance, notes)
    unit = here.appliance
    doctor = LineDoctor(unit.services, lambda: unit.switchboard.office, left)
    test = doctor.begin("fxo-1", forwarding=True)
    line = first_line(here)
    await until(lambda: line.forwarded_to != "", 600.0)
    assert list(notes.notes) == ["fxo-1"]
    target = next(trunk for trunk in unit.lines.trunks if trunk.facts.number == line.forwarded_to)
    jane = here.subscriber("5550177", "JANE ROE")
    await jane.dials(test.other and next(one for one in unit.lines.trunks if one.name == test.other).facts.number)
    await doctor.over()
    assert [one.code for one in test.findings if one.trouble] == ["code-forwarding", "unfinished"]
    assert target.state is not State.TESTED
    await until(lambda: line.forwarded_to == "" and not notes.notes, 120.0)
    assert unit.trouble.now == []
    await doctor.close()
    await left.close()


async def test_it_takes_three_lines(here: World) -> None:
    unit = here.appliance
    doctor = LineDoctor(unit.services, lambda: unit.switchboard.office, left_forwardings(unit, NotesInMemory()))
    for trunk in unit.lines.trunks[2:]:
        here.exchange.fault(trunk.port, "cut")
    await asyncio.sleep(1.5)
    with pytest.raises(CannotBeTested, match="three lines that are free"):
        doctor.begin("fxo-1", forwarding=True)
