"""Cards, lines, telephones and the modem as hardware: the methods `hw.…`, and the topic `hw.test`."""

from __future__ import annotations

import asyncio
import re
from contextlib import aclosing
from dataclasses import asdict, fields
from typing import Any, TypedDict

from appliance.api.panel import PanelStatus, panel_status
from appliance.calls.tasks import Tasks
from appliance.calls.trunk_protocol import State
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.hardware.listing import RunningCards, found
from appliance.hardware.porttest import TestStep, no_such_port, try_port
from appliance.linemodem import LineModem
from appliance.unit import Unit
from hw.linecard import DigitTold, LineEvent
from hw.said import said


class PortEventShown(TypedDict):
    """What a port has told, in words. number: for `after`."""

    number: int
    port: str
    told: str


class Looked(TypedDict):
    """levels: what comes in from each port now, in dBm0. events: since the number asked for. panel: lamps, buzzer."""

    levels: dict[str, float]
    events: list[PortEventShown]
    panel: PanelStatus


class ModemLineShown(TypedDict):
    """A line of the dialogue with the modem. number: for `after`. by: `unit`, `modem`, or `note` for what was done."""

    number: int
    by: str
    text: str


class PortTests:
    """The method that tries a port, one at a time. Its steps are told on the topic of that name."""

    def __init__(self, control: ControlServer, unit: Unit) -> None:
        self._control = control
        self._unit = unit
        self._tasks = Tasks(unit.trouble)
        self._port = ""
        self._steps: list[dict[str, Any]] = []
        self._going_on: asyncio.Task[None] | None = None

    def offer(self) -> None:
        """Put method and topic on the socket."""
        self._control.topic("hw.test", lambda: {"port": self._port, "steps": self._steps, "over": not self._is_on})
        self._control.method("hw.test", self._begin, {"port": Param(str)})
        self._control.method("hw.stop_test", self._stop)

    async def close(self) -> None:
        """Hang up whatever is being tried."""
        await self._tasks.close()

    @property
    def _is_on(self) -> bool:
        return self._going_on is not None and not self._going_on.done()

    async def _begin(self, params: dict[str, Any]) -> None:
        if self._is_on:
            raise ControlError("busy", said("%(port)s is being tried; wait until that is over", port=self._port))
        if params["port"] not in self._unit.ports:
            raise ControlError("no-such-port", no_such_port(params["port"], self._unit))
        self._port, self._steps = params["port"], []
        self._going_on = self._tasks.begin("port test", self._try(self._port))

    async def _stop(self, _params: dict[str, Any]) -> None:
        """Hang up what is being tried, if anything is: nobody waits for it any more."""
        if self._going_on is not None:
            self._going_on.cancel()

    async def _try(self, port: str) -> None:
        try:
            async with aclosing(try_port(self._unit, port)) as steps:
                async for step in steps:
                    self._tell(step)
        except Exception:
            self._tell(TestStep("The test itself has failed; the log of the unit tells more.", False))
            raise
        finally:
            self._control.publish("hw.test", {"port": port, "steps": [], "over": True})

    def _tell(self, step: TestStep) -> None:
        self._steps.append(asdict(step))
        self._control.publish("hw.test", {"port": self._port, "steps": [asdict(step)], "over": False})


def offer_hardware(control: ControlServer, unit: Unit, modem: LineModem) -> PortTests:
    """Put all of it on the socket. What it returns is to be closed."""
    watch = unit.rack.watch

    async def listed(_params: dict[str, Any]) -> list[dict[str, Any]]:
        dead = {trunk.port: trunk.dead_because for trunk in unit.lines.trunks if trunk.state is State.LOST}
        office = None if unit.switchboard.builtin else unit.office
        running = RunningCards(unit.rack.status(), dead, modem.running())
        return [asdict(one) for one in await off_loop(found, office, running)]

    async def look(params: dict[str, Any]) -> Looked:
        watch.look()
        events = [
            PortEventShown(number=one.number, port=one.port, told=event_words(one.event))
            for one in watch.events_after(params["after"])
        ]
        levels = {port: round(level, 1) for port, level in watch.levels.items()}
        return Looked(levels=levels, events=events, panel=panel_status(unit.lamps))

    async def modem_dialogue(params: dict[str, Any]) -> list[ModemLineShown]:
        if modem.modem is None:
            raise ControlError("no-modem", said("the office uses no modem"))
        lines = modem.modem.log.after(params["after"])
        return [ModemLineShown(number=line.number, by=line.by, text=line.text) for line in lines]

    control.method("hw.list", listed)
    control.method("hw.modem", modem_dialogue, {"after": Param(int, 0)})
    control.method("hw.look", look, {"after": Param(int, 0)})
    tests = PortTests(control, unit)
    tests.offer()
    return tests


def event_words(event: LineEvent) -> str:
    """What a port has told, without what may be private: whoever looks on need not see which keys are pressed."""
    words = re.sub("(?<!^)(?=[A-Z])", " ", type(event).__name__).lower()
    if isinstance(event, DigitTold) or not fields(event):
        return words
    shown = [getattr(event, field.name) for field in fields(event)]
    plain = [str(value).lower() for value in shown if isinstance(value, bool | float | int)]
    return f"{words}: {', '.join(plain)}" if plain else words
