"""What is connected, a port that is tried step by step, and what ports tell: over the control socket."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest

from appliance.api.hardware import event_words, offer_hardware
from appliance.calls.outcome import Cause
from appliance.control.errors import ControlError
from appliance.hardware.listing import RunningCards, found
from appliance.hardware.porttest import TestStep, try_port
from appliance.linemodem import LineModem
from appliance.office.lamp import Panel
from appliance.office.usbmodem import ModemUse, UsbModem
from hw.cleared import Cleared
from hw.found import HEALTHY
from hw.linecard import DigitTold, FarEndLeft, LineInUse, PulseDigit, RingStarted
from tests.calls.farlines import far_world
from tests.calls.hearing import until
from tests.calls.world import MAIN, World, example_office, world
from tests.hw.modemworld import ScriptedBus
from tests.notify.offered import Offered


class Told(Offered):
    """Remembers what was published, too. modem: the unit's."""

    modem: LineModem

    def __init__(self) -> None:
        super().__init__()
        self.published: list[dict[str, Any]] = []

    def topic(self, _name: str, state: Callable[[], Any]) -> None:
        self.state = state

    def publish(self, _topic: str, event: dict[str, Any]) -> None:
        self.published.append(event)


@asynccontextmanager
async def looking() -> AsyncIterator[tuple[World, Told]]:
    control = Told()
    async with world() as here:
        modem = LineModem(ScriptedBus(), here.appliance.trouble, lambda _port: None)
        tests = offer_hardware(control, here.appliance, modem)  # type: ignore[arg-type]
        control.modem = modem
        yield here, control
        await tests.close()
        await modem.close()


async def tried(here: World, port: str) -> list[TestStep]:
    return [step async for step in try_port(here.appliance, port)]


async def test_lines_and_telephones_are_listed_and_a_dead_line_has_a_mend() -> None:
    async with looking() as (here, control):
        here.exchange.lines["5550100"].loop.set_cut(True)
        await asyncio.sleep(3)
        listed = await control.call("hw.list")
        assert {one["name"] for one in listed} >= {"fxo-1", "fxo-2", "fxs-1"}
        assert [one["name"] for one in listed if one["state"] != HEALTHY] == ["fxo-1"]
        assert all(bool(one["mend"]) == (one["state"] != HEALTHY) for one in listed)


async def test_what_is_said_to_the_modem_and_by_it_is_told_and_the_modem_listed() -> None:
    async with looking() as (here, control):
        with pytest.raises(ControlError, match="uses no modem"):
            await control.call("hw.modem")
        await control.modem.use(replace(here.appliance.office, modem=UsbModem(ModemUse.BOTH, "fxo-1")))
        await asyncio.sleep(5)
        said = await control.call("hw.modem")
        assert [(line["by"], line["text"]) for line in said[:3]] == [
            ("note", "/dev/ttyACM0 is open: USRobotics USR5637"),
            ("unit", "ATQ0V1E0"),
            ("modem", "OK"),
        ]
        assert await control.call("hw.modem", after=said[-1]["number"]) == []
        [modem] = [one for one in await control.call("hw.list") if one["kind"] == "modem"]
        assert modem["state"] == HEALTHY


def test_a_device_on_the_network_that_does_not_answer_is_told_with_its_address() -> None:
    line = {"port": "gw-1", "device": "HT813", "address": "192.0.2.4:5060", "up": False, "heard": False}
    status = {"kind": "sip", "lines": [line, line | {"up": True}, line | {"up": True, "heard": True}]}
    states = [one.state for one in found(None, RunningCards([status], {}))]
    assert states == ["no-answer", "not-heard", HEALTHY]


def test_without_a_unit_it_is_told_that_none_runs() -> None:
    assert {one.state for one in found(example_office(), None)} == {"not-running"}


def test_pins_that_cannot_be_used_are_told_with_the_mend_where_the_office_needs_them() -> None:
    office = replace(example_office(), panel=Panel(night_button=4))
    with mock.patch.dict(sys.modules, {"RPi": None}):
        [pins] = [one for one in found(office, RunningCards([], {})) if one.kind == "gpio"]
    assert (pins.state, pins.mend) == ("no-pins", "install rpi-lgpio (pip install copperdesk[pi]).")
    assert found(example_office(), RunningCards([], {})) == []


async def test_a_line_has_voltage_dial_tone_and_hears_a_key() -> None:
    async with world() as here:
        steps = await tried(here, "fxo-1")
        assert [step.well for step in steps] == [True, True, True, None]
        assert "Dial tone is heard, at -1" in steps[1].told
        await until(lambda: here.appliance.lines.trunks[0].free, within=5)


async def test_steps_are_told_to_whoever_watches_and_only_one_port_is_tried_at_a_time() -> None:
    async with looking() as (_here, control):
        await control.call("hw.test", port="fxo-1")
        with pytest.raises(ControlError, match="fxo-1 is being tried"):
            await control.call("hw.test", port="fxo-2")
        await until(lambda: bool(control.published) and control.published[-1]["over"], within=20)
        assert [len(event["steps"]) for event in control.published] == [1, 1, 1, 1, 0]
        assert control.state()["port"] == "fxo-1"
        with pytest.raises(ControlError, match="no port 'fxo-9'"):
            await control.call("hw.test", port="fxo-9")


async def test_a_test_that_nobody_waits_for_is_stopped_and_the_telephone_rings_no_more() -> None:
    async with looking() as (here, control):
        await control.call("hw.stop_test")
        await control.call("hw.test", port="fxs-1")
        await until(lambda: here.exchange.telephones["fxs-1"].ringing)
        await control.call("hw.stop_test")
        await until(lambda: control.published[-1]["over"], within=0.2)
        assert here.appliance.lines.station_lines[0].free


async def test_a_telephone_whose_port_does_not_work_is_told_and_not_rung() -> None:
    async with far_world() as far:
        far.maria.dead_because = "its card was unplugged"
        assert not far.here.appliance.lines.stations["front desk"].connected
        assert await tried(far.here, "phone-1") == [
            TestStep("It does not work: its card was unplugged. `copperdesk hw list` says more.", False)
        ]


async def test_a_test_that_fails_itself_is_told_and_is_not_well() -> None:
    async with looking() as (here, control):
        here.appliance.lines.station_lines[0].ring = None  # type: ignore[assignment,method-assign]
        await control.call("hw.test", port="fxs-1")
        await until(lambda: bool(control.published) and control.published[-1]["over"], within=20)
        assert control.published[-2]["steps"] == [
            {"told": "The test itself has failed; the log of the unit tells more.", "well": False}
        ]


async def test_a_line_that_is_dead_or_used_is_not_taken() -> None:
    async with world() as here:
        here.exchange.lines["5550100"].loop.set_cut(True)
        await asyncio.sleep(3)
        assert (await tried(here, "fxo-1"))[-1] == TestStep(
            "The line is dead: no voltage on the line, is it plugged in?", False
        )
        here.exchange.lines["5550100"].loop.set_cut(False)
        await until(lambda: here.appliance.lines.trunks[0].free, within=5)
        await here.greeted()
        assert [step.well for step in await tried(here, "fxo-1")] == [True, False]


async def test_a_line_that_an_emergency_call_takes_is_let_go() -> None:
    async with world() as here, aclosing(try_port(here.appliance, "fxo-1")) as steps:
        await anext(steps)
        listening = asyncio.ensure_future(anext(steps))
        await asyncio.sleep(0.5)
        trunk = here.appliance.lines.trunks[0]
        assert trunk.leg is not None
        trunk.leg.left(Cause.TAKEN)
        assert await listening == TestStep(
            "It was hung up, or taken for another call. Try again when it is free.", False
        )
        await until(lambda: trunk.leg is None)


async def test_a_telephone_rings_is_lifted_and_its_keys_are_heard() -> None:
    async with world() as here, aclosing(try_port(here.appliance, "fxs-1")) as steps:
        assert "rings now" in (await anext(steps)).told
        lifting = asyncio.create_task(here.phone("fxs-1").answers())
        assert await anext(steps) == TestStep("It was lifted.", True)
        await lifting
        assert "Press 1, 2, 3" in (await anext(steps)).told
        pressing = asyncio.create_task(here.phone("fxs-1").presses("123"))
        assert await anext(steps) == TestStep("All three keys were heard.", True)
        await pressing


async def test_a_telephone_that_nobody_lifts_rings_no_more() -> None:
    async with world() as here:
        assert [step.well for step in await tried(here, "fxs-1")] == [None, False]
        await until(lambda: here.appliance.lines.stations["front desk"].free)


async def test_a_port_that_is_not_there_is_told_with_those_that_are() -> None:
    async with world() as here:
        with pytest.raises(LookupError, match="no port 'fxo-9'; there are fxo-1"):
            await tried(here, "fxo-9")


async def test_whoever_looks_sees_events_and_levels_of_all_ports() -> None:
    async with looking() as (here, control):
        dark = {"message": "off", "mailboxes": {}, "lines": {}, "buzzer": ""}
        assert await control.call("hw.look", after=0) == {"levels": {}, "events": [], "panel": dark}
        await here.caller().dials(MAIN)
        await asyncio.sleep(3)
        await control.call("hw.look", after=0)
        await asyncio.sleep(0.5)
        looked = await control.call("hw.look", after=0)
        assert next((one["port"], one["told"]) for one in looked["events"]) == ("fxo-1", "ring started")
        assert -70 < looked["levels"]["fxo-1"] < 0
        last = looked["events"][-1]["number"]
        await asyncio.sleep(0.1)
        assert all(one["number"] > last for one in (await control.call("hw.look", after=last))["events"])


def test_keys_and_callers_are_not_among_the_words_of_events() -> None:
    assert event_words(RingStarted()) == "ring started"
    assert event_words(LineInUse(True)) == "line in use: true"
    assert event_words(DigitTold("7")) == "digit told"
    assert event_words(PulseDigit("7")) == "pulse digit"
    assert event_words(FarEndLeft(Cleared.LINK_LOST)) == "far end left"
